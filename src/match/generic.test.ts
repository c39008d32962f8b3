import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Budget } from './budget.ts'
import { findGeneric, parseGeneric } from './generic.ts'

/** Each match with its bindings. */
function found(pattern: string, text: string): string[] {
  return findGeneric(parseGeneric(pattern), text, { start: 0, end: text.length }, new Budget()).map(({ start, end, environment }) => {
    return [text.slice(start, end), ...environment.bound.map((each) => `${each.name}=${each.text}`)].join(' ')
  })
}

test('words and punctuation in order, however they are spaced', () => {
  assert.deepEqual(found('a = b', 'a=b; a  =\n b; aa = b'), ['a=b', 'a  =\n b'])
  assert.deepEqual(found('%s', '%s %source'), ['%s'])
})

test('a metavariable stands for one word, the same each time', () => {
  assert.deepEqual(found('$X = $X', 'a = b c = c . = .'), ['c = c $X=c'])
  assert.deepEqual(found('$SCHEME://', 'http://x'), ['http:// $SCHEME=http'])
})

test('an ellipsis takes as little as possible, at the end all, and no more than ten lines', () => {
  assert.deepEqual(found('( ... )', '(a) (b (c))'), ['(a)', '(b (c)', '(c)'])
  assert.deepEqual(found('<$TAG ...', '<b c>d'), ['<b c>d $TAG=b'])
  assert.deepEqual(found('a $...X c', 'a b1 b2 c'), ['a b1 b2 c $...X=b1 b2'])
  assert.deepEqual(found('a ... c', `a${'\nb'.repeat(9)}\nc`).length, 1)
  assert.deepEqual(found('a ... c', `a${'\nb'.repeat(10)}\nc`), [])
})

test('a pattern of ellipses alone is none, and the work is bounded', () => {
  assert.deepEqual(parseGeneric('... $...X'), [])
  const budget = new Budget(1000)
  const text = 'a '.repeat(5000)
  assert.deepEqual(findGeneric(parseGeneric('a ... a ... b'), text, { start: 0, end: text.length }, budget), [])
  assert.deepEqual(budget.reached, ['matchSteps'])
})

test('of a text of very many words the beginning is searched, and that is said', () => {
  const budget = new Budget()
  const text = `a b ${'. '.repeat(500_000)}a b`
  assert.equal(findGeneric(parseGeneric('a b'), text, { start: 0, end: text.length }, budget).length, 1)
  assert.deepEqual(budget.reached, ['matchSteps'])
})

test('an ellipsis passes a block as one and does not leave the block around it; brackets within a line are none', () => {
  const code = 'a {\n  b {\n    c\n  }\n  d ( e\n}\nc\n'
  assert.deepEqual([found('a ... c', code).length, found('d ... c', code).length], [1, 0])
  assert.deepEqual(found('a { ... d ... }', code).length, 1)
  assert.deepEqual(found('b ... d', code), ['b {\n    c\n  }\n  d'])
  assert.deepEqual(found('( ... c', 'f(a { b c })'), ['(a { b c'])
})
