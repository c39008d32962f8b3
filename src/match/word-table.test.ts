import assert from 'node:assert/strict'
import { test } from 'node:test'
import { WordTable } from './word-table.ts'

function found(text: string, ...words: string[]): string[] {
  const table = new WordTable()
  for (const word of words) table.add(word)
  return [...table.wordsIn(text)].sort()
}

test('words: whole ones, at the ends too', () => {
  assert.deepEqual(found('load(data)', 'load', 'dat', 'oad'), ['load'])
  assert.deepEqual(found('x.sha256_crypt', 'sha256_crypt', 'x', 'crypt'), ['sha256_crypt', 'x'])
  assert.deepEqual(found('preload loads reload', 'load'), [])
  assert.deepEqual(found('', 'load'), [])
})

test('words: a number may stand before one', () => {
  assert.deepEqual(found('1if x else 0', 'if', 'else'), ['else', 'if'])
  assert.deepEqual(found('0x1for y in z', 'for', 'in'), ['for', 'in'])
})

test('words: what no table of plain words can hold is unknown', () => {
  const table = new WordTable()
  table.add('größe')
  table.add('$scope')
  table.add('scope')
  assert.deepEqual([table.has('größe'), table.has('$scope'), table.has('scope')], [false, false, true])
})

test('words: two words with one hash are told apart', () => {
  // 31 * 'A' + 'a' is 31 * 'B' + 'B'.
  assert.deepEqual(found('Aa', 'BB'), [])
  assert.deepEqual(found('Aa BB', 'BB'), ['BB'])
})
