import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fixedText, readFix } from './fix.ts'

function fixed(rule: Readonly<Record<string, unknown>>, matched: string, bindings: Record<string, string> = {}): string | undefined {
  const fix = readFix(rule)
  assert.ok(fix)
  return fixedText(fix, matched, new Map(Object.entries(bindings)))
}

test('fix: metavariables are filled in, each once; unknown ones stay; what changes nothing is no fix', () => {
  assert.equal(fixed({ fix: ' g($X, $XY) ' }, 'f(a)', { $X: '$XY', $XY: 'b' }), 'g($XY, b)')
  assert.equal(fixed({ fix: 'g($...ARGS, $Z)' }, 'f(a)', { '$...ARGS': 'a, b' }), 'g(a, b, $Z)')
  assert.equal(fixed({ fix: '' }, 'f(a)'), '')
  assert.equal(fixed({ fix: 'f(a)' }, 'f(a)'), undefined)
})

test('fix-regex: all finds or the first ones, with groups by number and name', () => {
  const regex = (regex: string, replacement: string, count?: number) => ({ 'fix-regex': { regex, replacement, ...(count === undefined ? {} : { count }) } })
  assert.equal(fixed(regex('a(.)', '<\\1\\0>'), 'ab ac'), '<bab> <cac>')
  assert.equal(fixed(regex('a(?P<N>.)', '\\g<N>\\n', 1), 'ab ac'), 'b\n ac')
  assert.equal(fixed(regex('(.*)\\)', '\\1, timeout=30)'), 'get(url)'), 'get(url, timeout=30)')
  assert.equal(fixed(regex('x', 'y'), 'ab'), undefined)
})

test('what is no fix is refused', () => {
  const rows: readonly (readonly [Record<string, unknown>, RegExp])[] = [
    [{ fix: 1 }, /a text is needed/], [{ fix: '', 'fix-regex': {} }, /not both/], [{ 'fix-regex': { regex: 'a' } }, /a text is needed/],
    [{ 'fix-regex': { regex: '(a+)+$', replacement: '' } }, /exponential/], [{ 'fix-regex': { regex: 'a', replacement: '', count: -1 } }, /whole number/],
    [{ 'fix-regex': { regex: 'a', replacement: '', flags: 'i' } }, /flags is unknown/],
  ]
  for (const [rule, message] of rows) assert.throws(() => readFix(rule), { message }, JSON.stringify(rule))
  assert.equal(readFix({}), undefined)
})
