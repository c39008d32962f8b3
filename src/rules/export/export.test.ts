import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { Ajv } from 'ajv'
import { parse } from 'yaml'
import { PROJECT, shipped } from '../../../test/shipped.ts'
import { language } from '../../languages/python/language.ts'
import { compileRule } from '../../match/compile.ts'
import { loadRules } from '../load.ts'
import type { Rule } from '../rule.ts'
import { exportRule } from './export.ts'

const { rules, knowledge, catalogue } = shipped()
const front = await language.open()
const validate = new Ajv({ allErrors: true, strict: false }).compile(
  JSON.parse(readFileSync(join(PROJECT, 'schemas', 'rule.schema.json'), 'utf8')) as Record<string, unknown>,
)

/** Offences against the schema, as text. */
function offences(yaml: string): string[] {
  validate(parse(yaml))
  return (validate.errors ?? []).map((each) => `${each.instancePath}: ${each.message}`)
}

function exported(id: string): string {
  const rule = rules.find((each) => each.id === id)
  assert.ok(rule, id)
  return exportRule(rule, knowledge.models, 'builtins')
}

/** Rules that are only a test the rule language lacks. */
const WITHOUT_FORM = ['python.world-writable-file']

test('every rule file is valid by the schema', () => {
  for (const file of new Set(rules.map((rule) => rule.file))) {
    assert.deepEqual(offences(readFileSync(join(PROJECT, file), 'utf8')), [], file)
  }
})

test('every rule is exported as one that the schema, the loader and the matcher accept', () => {
  for (const rule of rules) {
    if (WITHOUT_FORM.includes(rule.id)) {
      assert.throws(() => exported(rule.id), /has no form/, rule.id)
      continue
    }
    const yaml = exported(rule.id)
    assert.deepEqual(offences(yaml), [], rule.id)
    const loaded = loadRules([{ path: 'exported.yaml', text: yaml }], 'user', catalogue)
    assert.deepEqual(loaded.problems, [], rule.id)
    const [again] = loaded.rules as [Rule]
    assert.equal(again.kinds, undefined)
    assert.deepEqual(compileRule(again, front).problems, [], rule.id)
  }
})

test('sources, sinks in focus and sanitizers are spelled out through the models', () => {
  const rule = (parse(exported('python.sql-injection')) as { rules: Record<string, unknown>[] }).rules[0]
  const sources = JSON.stringify(rule?.['pattern-sources'])
  assert.match(sources, /"pattern":"flask\.request\.args"/)
  const sinks = rule?.['pattern-sinks'] as unknown[]
  const expected = { patterns: [{ pattern: '$R.execute($SINK, ...)' }, { 'focus-metavariable': '$SINK' }] }
  assert.ok(sinks.some((each) => JSON.stringify(each) === JSON.stringify(expected)), JSON.stringify(sinks).slice(0, 500))
})

test('conditions of a sink become patterns', () => {
  const yaml = exported('python.os-command-injection')
  assert.match(yaml, /pattern: subprocess\.run\(\.\.\., shell=\$V, \.\.\.\)/)
  assert.match(yaml, /^# Left out, because the rule language has no form for it: parameters of functions/)
})

test('the schema names what is wrong', () => {
  const rule = (keys: string): string => `rules: [{id: a, languages: [python], severity: ERROR, message: m, ${keys}}]`
  assert.deepEqual(offences(rule('pattern: foo()')), [])
  for (const keys of [
    'pattern: a, pattern-regex: b', 'patterns: [{pattern: a, pattern-not: b}]', 'mode: taint, pattern: a', 'pattern-sources: []',
    'pattern: a, paths: {only: [b]}', 'patterns: [{pattern: a}, {metavariable-regex: {metavariable: X, regex: a}}]',
    'pattern: a, metadata: {assay: {sink: [a]}}', 'pattern: a, metadata: {cwe: "89"}',
  ]) assert.notDeepEqual(offences(rule(keys)), [], keys)
})
