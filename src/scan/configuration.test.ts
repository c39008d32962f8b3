import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UsageError } from '../core/problem.ts'
import { parseConfiguration } from './configuration.ts'

/** The place and message of the refusal. */
function refusalOf(text: string): string {
  try {
    parseConfiguration(text)
  } catch (error) {
    assert.ok(error instanceof UsageError)
    return `${error.place}: ${error.message}`
  }
  return ''
}

test('rules, excludes and thresholds', () => {
  const read = parseConfiguration([
    'rules:', '  config: security/rules', '  disable:', '    - a.b', 'exclude: [vendor/]', 'thresholds:', '  severity: medium',
    '  confidence: low', '  fail-on: high',
  ].join('\n'))
  assert.deepEqual(read, {
    rules: ['security/rules'], disabled: [{ id: 'a.b', line: 4 }], exclude: ['vendor/'], severity: 'medium', confidence: 'low',
    failOn: 'high',
  })
})

test('an empty file asks for nothing', () => {
  assert.deepEqual(parseConfiguration('').exclude, [])
  assert.deepEqual(parseConfiguration('# nothing\n').rules, [])
})

test('what is not understood has its line', () => {
  assert.match(refusalOf('rules:\n  enable: [x]\n'), /^assay\.yaml:2: "enable" is no setting; known here: config, disable/)
  assert.match(refusalOf('exclude:\n  - a\n  - 3\n'), /^assay\.yaml:3: exclude is a list of texts/)
  assert.match(refusalOf('\nthresholds: {severity: grave}'), /^assay\.yaml:2: thresholds\.severity is one of low/)
  assert.match(refusalOf('[1, 2]'), /^assay\.yaml:1: assay\.yaml is a mapping/)
  assert.match(refusalOf('a: [\n'), /^assay\.yaml:\d: not valid YAML/)
})

test('nothing is read outside the root', () => {
  for (const path of ['../rules', '/etc/rules', 'a/../../b', 'C:\\rules', '~/rules', '..\\rules']) {
    assert.match(refusalOf(`rules:\n  config: ['${path}']`), /^assay\.yaml:2: .* leads out of the root/)
  }
})

test('hostile YAML ends', () => {
  const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]', ...'bcdefghi'.split('').map((key, at) => `${key}: &${key} [${`*${'abcdefgh'[at]},`.repeat(9)}]`)].join('\n')
  assert.match(refusalOf(bomb), /aliases|no setting/)
  assert.match(refusalOf('__proto__: {exclude: [a]}'), /no setting|mapping/)
  assert.match(refusalOf('['.repeat(50_000)), /assay\.yaml:\d/)
})
