import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { PROJECT } from '../../test/shipped.ts'
import { openCatalogue } from '../cwe/open.ts'
import { loadRules, type LoadedRules } from './load.ts'

const { catalogue } = openCatalogue(join(PROJECT, 'data', 'cwe'))

function load(origin: 'assay' | 'user', ...texts: string[]): LoadedRules {
  return loadRules(texts.map((text, at) => ({ path: `rules/${at}/r.yaml`, text })), origin, catalogue)
}

/** A rule file with further keys in its one rule. */
function file(keys: string, id = 'r'): string {
  return `rules:\n  - id: ${id}\n    languages: [python]\n    severity: ERROR\n    message: m\n${keys.replaceAll(/^/gm, '    ')}\n`
}

function messages(origin: 'assay' | 'user', ...texts: string[]): string[] {
  return load(origin, ...texts).problems.map((each) => each.message)
}

test('a defect names file, line, rule and what to do; other rules of the file are loaded', () => {
  const text = `${file('patterns:\n  - pattern: a()\n  - metavariable-name: {metavariable: $X}')}  - id: s
    languages: [python]
    severity: INFO
    message: m
    pattern: b()
`
  const { rules, problems } = load('user', text)
  assert.deepEqual(rules.map((rule) => rule.id), ['s'])
  const [problem, ...more] = problems
  assert.deepEqual([problem?.kind, problem?.path, more], ['rule', 'rules/0/r.yaml', []])
  const expected = /^rules\/0\/r\.yaml:8: rule r is left out: the operator metavariable-name is not supported; supported are/
  assert.match(problem?.message ?? '', expected)
})

test('what would silently mean nothing is refused', () => {
  const rows: readonly (readonly [string, RegExp])[] = [
    ['pattern: a\npattern-regex: b', /only one of pattern, pattern-regex/],
    ['patterns:\n  - pattern: a\n    pattern-not: b', /exactly one key, not 2; is a hyphen missing/],
    ['patterns:\n  - pattern-not: b', /at least one positive pattern/],
    ['pattern: a\npaths: {only: [b]}', /only is unknown here; known are include and exclude/],
    ['pattern: a\nmetadata: {assay: {sink: [a]}}', /sink is unknown here; known are title/],
    ['patterns:\n  - pattern: a($X)\n  - metavariable-comparison: {comparison: "$X >"}', /the comparison cannot be used: it ends too early/],
    ['patterns:\n  - pattern: a($X)\n  - metavariable-pattern: {metavariable: $X, regex: a}', /regex is unknown here; known are pattern, patterns/],
    ['mode: taint\npattern: a', /pattern cannot stand in a taint rule/],
    ['mode: taint\npattern-sources: [{pattern: a}]', /needs pattern-sources and pattern-sinks/],
    ['mode: taint\npattern-sources: [{pattern: a}]\npattern-sinks: [{pattern: b, label: A}]', /label is not supported/],
    ['mode: taint\npattern-sources: [{pattern: a}]\npattern-sinks: [{pattern: b, requires: A and}]', /requires is an expression of/],
    ['mode: taint\npattern-sources: [{pattern: a, by-side-effect: only}]\npattern-sinks: [{pattern: b}]', /true or false/],
    ['mode: join', /mode "join" is not supported|mode join is not supported/],
    ['metadata: {assay: {sinks: [sql]}}\npattern: a', /a rule by kinds has mode: taint/],
    ['pattern: a\nmetadata: {cwe: SQL}', /cwe has the form/],
    ['pattern: a\nmetadata: {cwe: CWE-99999}', /CWE-99999 is not in/],
    ['mode: taint\nmetadata: {assay: {sinks: [sql], constants: {matches: (a+)+$}}}', /cannot be used: a repeated group/],
  ]
  for (const [keys, expected] of rows) {
    assert.match(messages('user', file(keys)).join('\n'), expected, keys)
    assert.deepEqual(load('user', file(keys)).rules, [], keys)
  }
})

test('broken YAML, no list, too many aliases', () => {
  assert.match(messages('user', 'rules: [').join(), /rules\/0\/r\.yaml:1: not valid YAML/)
  assert.match(messages('user', 'a: 1').join(), /no rules found/)
  const bomb = `a: &a [1]\n${Array.from({ length: 9 }, (_, at) => {
    const name = String.fromCharCode(98 + at)
    return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${String.fromCharCode(97 + at)}`).join(', ')}]\n`
  }).join('')}rules: []\n`
  assert.match(messages('user', bomb).join(), /aliases are expanded/)
})

test('an id is one rule\'s: repeated in one file it is refused, in other folders qualified, never twice among our own', () => {
  const twice = `${file('pattern: a')}${file('pattern: b').replace('rules:\n', '')}`
  assert.match(messages('user', twice).join(), /r is left out: the id exists already in rules\/0\/r\.yaml/)
  const { rules, problems } = load('user', file('pattern: a'), file('pattern: b'))
  assert.deepEqual([rules.map((rule) => rule.id), problems], [['r', 'rules.1.r'], []])
  const own = file('pattern: a\nmetadata: {cwe: CWE-89}')
  assert.match(messages('assay', own, own).join(), /the id exists already/)
})

test('an id of our own rules is not the user\'s', () => {
  const taken = load('assay', file('pattern: a\nmetadata: {cwe: CWE-89}', 'python.ours')).rules
  const read = (path: string): LoadedRules => loadRules([{ path, text: file('pattern: b', 'python.ours') }], 'user', catalogue, taken)
  assert.match(read('mine.yaml').problems[0]?.message ?? '', /python\.ours is left out: the id exists already in rules\/0\/r\.yaml/)
  assert.deepEqual(read('exported/mine.yaml').rules.map((rule) => rule.id), ['exported.python.ours'])
})

test('a user\'s rule for a weakness that is none to map to is kept, with a line', () => {
  const said = (cwe: string): string => messages('user', file(`pattern: a\nmetadata: {cwe: ${cwe}}`)).join()
  assert.match(said('CWE-20'), /rule r is kept, but CWE-20: Improper Input Validation is discouraged for mapping\. Use in its place: CWE-/)
  assert.match(said('CWE-16'), /is kept, but CWE-16: Configuration is a category/)
  assert.match(said('CWE-71'), /is deprecated/)
  assert.equal(said('CWE-22'), '')
})

test('a wrong name of a weakness: our rule is refused, the user\'s kept with a line', () => {
  const text = file('pattern: a\nmetadata: {cwe: "CWE-613: Insufficient Logging"}')
  assert.match(messages('assay', text).join(), /left out: the catalogue calls CWE-613 "Insufficient Session Expiration"/)
  const { rules, problems } = load('user', text)
  assert.equal(rules[0]?.cwe, 613)
  assert.match(problems[0]?.message ?? '', /rules\/0\/r\.yaml:7: rule r is kept, but the catalogue calls CWE-613/)
})

test('our primary weakness may be mapped to, with the reason where CWE asks for review', () => {
  const rule = (cwe: string, assay = ''): string => file(`pattern: a\nmetadata: {cwe: ${cwe}${assay}}`)
  assert.deepEqual(messages('assay', rule('CWE-89')), [])
  assert.match(messages('assay', rule('CWE-20')).join(), /discouraged/)
  assert.match(messages('assay', rule('CWE-732')).join(), /review/)
  assert.deepEqual(messages('assay', rule('CWE-732', ', assay: {mapping-reason: why}')), [])
  assert.match(messages('assay', file('pattern: a')).join(), /metadata\.cwe is needed/)
  assert.deepEqual(load('user', rule('CWE-20')).rules[0]?.cwe, 20)
})

test('severities of both scales; our own overrides; examples as code or files', () => {
  const severity = (given: string, keys = 'pattern: a'): string | undefined => load('user', file(keys).replace('ERROR', given)).rules[0]?.severity
  assert.deepEqual(['INFO', 'LOW', 'WARNING', 'MEDIUM', 'ERROR', 'HIGH', 'CRITICAL'].map((each) => severity(each)), [
    'low', 'low', 'medium', 'medium', 'high', 'high', 'critical',
  ])
  assert.equal(severity('INFO', 'pattern: a\nmetadata: {assay: {severity: critical}}'), 'critical')
  assert.equal(severity('GRAVE'), undefined)
  const [rule] = load('user', file('pattern: a\nmetadata: {assay: {examples: [{title: t, code: x}, {title: u, files: {a.py: y}}]}}')).rules
  assert.deepEqual(rule?.examples.map((each) => [each.title, [...each.files]]), [['t', [['example', 'x']]], ['u', [['a.py', 'y']]]])
})
