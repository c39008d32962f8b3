import assert from 'node:assert/strict'
import { test } from 'node:test'
import { holdsComparison, metavariablesIn, parseComparison, type Value } from './comparison.ts'

const VALUES: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['$I', { type: 'int', value: 42n }], ['$F', { type: 'float', value: 2.5 }], ['$S', { type: 'string', value: 'AES' }],
  ['$B', { type: 'boolean', value: false }], ['$C', { type: 'code', value: 'name.x' }],
])

function holds(source: string): boolean {
  const { comparison, problem } = parseComparison(source)
  assert.equal(problem, '')
  assert.ok(comparison)
  return holdsComparison(comparison, (name) => VALUES.get(name))
}

test('comparisons hold as their language has them', () => {
  const holding = [
    '$I == 42', '$I > 41.9', '$I < 50 and $F < 3', 'not $I < 0 or $B', '$I % 2 == 0', '$I - 2 * 20 == 2', '(1 + 1) * 21 == $I',
    '10 < $I <= 42', '$I in [1, 42]', '$I not in [1, 2]', '"E" in $S', '$S == "AES"', 'lower($S) == "aes"', 'int("42") == $I',
    'str($I) == "42"', '0o52 == $I', '0x2a == $I', '$I & 2 == 2', '$I | 1 == 43', '~$I == -43', '-2 ** 2 == -4', '1 << 3 == 8',
    're.match("[A-Z]+", $S)', '$B == False', 'str($C) == "name.x"', 'parse_promql_duration("1m30s") == 90_000', '$I == 42.0',
  ]
  assert.deepEqual(holding.filter((each) => !holds(each)), [])
})

test('what does not hold, or cannot be evaluated, does not hold', () => {
  const failing = [
    '$I == 43', '$I < $I', '$S < 3', '$UNKNOWN == $UNKNOWN', '$I / 0 == 0', '$C > 3', 're.match("x", $S)', '2 ** 100000 > 1',
    '$I', '$S - 1 == 0', 'int($S) == 1', 'not $S', '$B == 0',
  ]
  assert.deepEqual(failing.filter(holds), [])
})

test('what is not understood is refused with the reason', () => {
  const problem = (source: string): string => parseComparison(source).problem
  assert.match(problem('$I >'), /ends too early/)
  assert.match(problem('$I = 3'), /"= 3" is not understood/)
  assert.match(problem('open($I)'), /open\(\) is not known/)
  assert.match(problem('$I < today()'), /depend on the clock/)
  assert.match(problem('re.match("(a+)+$", $S)'), /exponential/)
  assert.match(problem(`${'('.repeat(60)}1${')'.repeat(60)}`), /nested too deeply/)
  assert.match(problem(`${'not '.repeat(60)}$B`), /nested too deeply/)
})

test('the metavariables of an expression are known', () => {
  const { comparison } = parseComparison('$A < 3 and str($B) in [$C]')
  assert.deepEqual(comparison && metavariablesIn(comparison), ['$A', '$B', '$C'])
})
