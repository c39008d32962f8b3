import { readdirSync, readFileSync } from 'node:fs'
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { Ajv } from 'ajv'
import { parse } from 'yaml'
import { PROJECT } from '../../test/shipped.ts'

const isValid = new Ajv({ strictTypes: false }).compile(
  JSON.parse(readFileSync(join(PROJECT, 'schemas', 'rule.schema.json'), 'utf8')) as object,
)

const HEAD = 'id: a\nmessage: m\nseverity: ERROR\nlanguages: [python]\n'
const TAINT = 'mode: taint\npattern-sources: [{pattern: a}]\npattern-sinks: [{pattern: b}]'

describe('rule schema', () => {
  for (const name of ruleFiles()) {
    it(`accepts ${name}`, () => {
      isValid(parse(readFileSync(join(PROJECT, 'rules', name), 'utf8'), { merge: true }))
      assert.deepEqual(isValid.errors ?? [], [])
    })
  }

  const accepted: readonly (readonly [what: string, rule: string])[] = [
    ['a pattern', 'pattern: f($X)'],
    ['unknown keys of a rule', 'pattern: f($X)\nfrom-the-future: {a: 1}'],
    ['every operator', `patterns:
  - pattern-either: [{pattern: f($X)}, {patterns: [{pattern: g($X)}, {pattern-not: g(1)}]}, {pattern-inside: "h(...)"}]
  - pattern-not-inside: {patterns: [{pattern: h(...)}]}
  - pattern-not-regex: x
  - focus-metavariable: [$X, $Y]
  - metavariable-regex: {metavariable: $X, regex: a, constant-propagation: true}
  - metavariable-pattern: {metavariable: $X, language: generic, patterns: [{pattern: a}]}
  - metavariable-comparison: {metavariable: $X, comparison: $X > 1, strip: true}
  - metavariable-type: {metavariable: $X, types: [int, str]}
  - metavariable-analysis: {metavariable: $X, analyzer: entropy}`],
    ['taint sections', `mode: taint
pattern-sources: [{pattern: a, label: A, by-side-effect: only, exact: true}]
pattern-sinks: [{patterns: [{pattern: f($X)}, {focus-metavariable: $X}], requires: A and not B}]
pattern-sanitizers: [{pattern: s(...), not_conflicting: true}]
pattern-propagators: [{pattern: $A.add($B), from: $B, to: $A, by-side-effect: true}]`],
    ['kinds instead of sections', 'mode: taint\nmetadata: {assay: {sources: [remote], sinks: [sql]}}'],
    ['the newer syntax', 'match: {all: [f($X), {not: f(1)}], where: [{metavariable: $X, regex: a}, {focus: $X}]}'],
    ['newer taint', 'taint: {sources: [a], sinks: [{pattern: f($X)}]}'],
    ['paths', 'pattern: a\npaths: {include: [src/**], exclude: [test]}'],
    ['fixes', 'pattern: a\nfix: b\nfix-regex: {regex: a, replacement: b, count: 1}'],
  ]
  for (const [what, rule] of accepted) {
    it(`accepts ${what}`, () => {
      isValid({ rules: [parse(HEAD + rule)] })
      assert.deepEqual(isValid.errors ?? [], [])
    })
  }

  const refused: readonly (readonly [what: string, rule: string])[] = [
    ['no formula', 'fix: a'],
    ['two formulas', 'pattern: a\npattern-regex: b'],
    ['two keys in a list item', 'patterns: [{pattern: a, pattern-not: b}]'],
    ['a negation directly under either', 'pattern-either: [{pattern-not: a}]'],
    ['a condition directly under either', 'pattern-either: [{focus-metavariable: $X}]'],
    ['an operator that does not exist', 'patterns: [{pattern-maybe: a}]'],
    ['an unknown key inside paths', 'pattern: a\npaths: {includes: [a]}'],
    ['an unknown key inside metavariable-regex',
      'patterns: [{pattern: f($X)}, {metavariable-regex: {metavariable: $X, regex: a, flags: i}}]'],
    ['an unknown key inside metavariable-pattern',
      'patterns: [{pattern: f($X)}, {metavariable-pattern: {metavariable: $X, pattern: a, x: 1}}]'],
    ['an unknown key inside fix-regex', 'pattern: a\nfix-regex: {regex: a, replacement: b, flags: i}'],
    ['a focus on no metavariable', 'patterns: [{pattern: f($X)}, {focus-metavariable: X}]'],
    ['taint sections in a search rule', 'pattern: a\npattern-sinks: [{pattern: b}]'],
    ['a pattern in a taint rule', `${TAINT}\npattern: a`],
    ['a taint rule without sources', 'mode: taint\npattern-sinks: [{pattern: b}]'],
    ['a propagator without direction', `${TAINT}\npattern-propagators: [{pattern: c}]`],
    ['a message in extract mode', 'mode: extract\npattern: a\nextract: $X\ndest-language: html'],
    ['a formula beside join', 'mode: join\njoin: {refs: [{rule: a}], on: ["a.$X == b.$X"]}\npattern: a'],
    ['an unknown key of ours', 'pattern: a\nmetadata: {assay: {sink: [sql]}}'],
    ['an unknown mode', 'mode: seek\npattern: a'],
  ]
  for (const [what, rule] of refused) {
    it(`refuses ${what}`, () => assert.equal(isValid({ rules: [parse(HEAD + rule)] }), false))
  }

  it('refuses keys beside rules, a bad id and an unknown severity', () => {
    assert.equal(isValid({ rules: [], extra: 1 }), false)
    assert.equal(isValid({ rules: [{ ...baseRule(), id: 'a b' }] }), false)
    assert.equal(isValid({ rules: [{ ...baseRule(), severity: 'BAD' }] }), false)
  })

  it('accepts a bare list', () => assert.equal(isValid([baseRule()]), true))
})

function ruleFiles(): string[] {
  const names = readdirSync(join(PROJECT, 'rules'), { recursive: true, encoding: 'utf8' })
  return names.filter((each) => each.endsWith('.yaml')).sort()
}

function baseRule(): Readonly<Record<string, unknown>> {
  return { id: 'a', message: 'm', severity: 'ERROR', languages: ['python'], pattern: 'a' }
}
