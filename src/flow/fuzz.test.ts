import assert from 'node:assert/strict'
import { test } from 'node:test'
import { language } from '../languages/python/language.ts'
import { SAMPLE } from '../languages/python/sample.ts'
import { decodeFacts, encodeFacts } from './codec.ts'
import { factsOf } from './lower.ts'
import { invariantsBroken } from './validate.ts'

/** Pieces that start, end or bend constructs. */
const PIECES = [
  'try:\n', 'finally:\n', 'else:\n', 'match x:\n case [a, *b]:\n', ' nonlocal x\n', ' global y\n', 'lambda x=y: x',
  'return', 'break\n', '[a for a in b if (c := a)]', '*', '**', 'async ', 'yield ', 'del ', '= ', ':', '(', ')',
  'class C[T: int = str]:\n', 'except* E:\n', 'while True:\n', 'a and b or not c', 'x if y else z', '\n    ',
  'continue\n', 'with a as (b, c):\n',
]

test('facts of broken code are sound and survive the cache', async () => {
  const frontEnd = await language.open()
  let state = 20
  const below = (limit: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
  for (let round = 0; round < 400; round++) {
    let source = SAMPLE.slice(below(SAMPLE.length / 2))
    for (let left = below(10); left > 0; left--) {
      const at = below(source.length)
      source = source.slice(0, at) + (PIECES[below(PIECES.length)] ?? '') + source.slice(at + below(12))
    }
    const facts = factsOf(frontEnd.parse(source), language)
    assert.deepEqual(invariantsBroken(facts), [], source)
    assert.deepEqual(decodeFacts(encodeFacts(facts)), facts, source)
  }
})
