import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readFormula } from './read-formula.ts'

function formulaOf(rule: Readonly<Record<string, unknown>>): unknown {
  return readFormula(rule, false)
}

test('the newer syntax reads as the older one does', () => {
  const newer = {
    match: {
      all: ['f($X)', { inside: 'def $F(...): ...' }, { not: 'f(1)' }, { not: { inside: 'g(...)' } }, { not: { regex: 'x' } }, { any: ['f(...)', { regex: 'f' }] }],
      where: [
        { metavariable: '$X', pattern: 'h(...)' }, { metavariable: '$X', types: ['int'] }, { comparison: '$X > 1' }, { focus: '$X' },
      ],
    },
  }
  const older = {
    patterns: [
      { pattern: 'f($X)' }, { 'pattern-inside': 'def $F(...): ...' }, { 'pattern-not': 'f(1)' }, { 'pattern-not-inside': 'g(...)' }, { 'pattern-not-regex': 'x' },
      { 'pattern-either': [{ pattern: 'f(...)' }, { 'pattern-regex': 'f' }] },
      { 'metavariable-pattern': { metavariable: '$X', pattern: 'h(...)' } }, { 'metavariable-type': { metavariable: '$X', type: 'int' } },
      { 'metavariable-comparison': { comparison: '$X > 1' } }, { 'focus-metavariable': '$X' },
    ],
  }
  assert.deepEqual(formulaOf(newer), formulaOf(older))
})

test('the newer syntax of taint rules needs no mode', () => {
  const newer = { taint: { sources: ['source()'], sinks: [{ pattern: 'sink($X)', where: [{ focus: '$X' }] }], sanitizers: [{ any: ['a()', 'b()'], exact: true }] } }
  const older = {
    mode: 'taint', 'pattern-sources': [{ pattern: 'source()' }],
    'pattern-sinks': [{ patterns: [{ pattern: 'sink($X)' }, { 'focus-metavariable': '$X' }] }],
    'pattern-sanitizers': [{ 'pattern-either': [{ pattern: 'a()' }, { pattern: 'b()' }], exact: true }],
  }
  assert.deepEqual(formulaOf(newer), formulaOf(older))
})

test('where: an expression also sees constants, unlike metavariable-regex', () => {
  const formula = formulaOf({ match: { pattern: 'f($X)', where: [{ metavariable: '$X', regex: 'a' }] } })
  assert.deepEqual(formula, {
    mode: 'search',
    formula: {
      op: 'all', of: [{ op: 'pattern', pattern: 'f($X)' }], focus: [],
      conditions: [{ kind: 'regex', metavariable: '$X', regex: 'a', constantPropagation: true }],
    },
  })
})

test('what is not understood is refused with its place', () => {
  const rows: readonly (readonly [unknown, RegExp])[] = [
    [{ all: [{ not: 'a' }] }, /at least one positive/], [{ pattern: 'a', regex: 'b' }, /exactly one of/],
    [{ pattern: 'a', were: [] }, /were is unknown here/], [{ all: [] }, /a list of patterns is needed/],
    [{ pattern: 'a', where: [{ metavariable: '$X', comparison: '1 +' }] }, /the comparison cannot be used/],
  ]
  for (const [match, expected] of rows) assert.throws(() => formulaOf({ match }), expected)
})
