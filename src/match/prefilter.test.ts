import assert from 'node:assert/strict'
import { test } from 'node:test'
import { satisfies } from './prefilter.ts'

test('a word that no pattern asked for before is found, in the same text and in the next', () => {
  const text = 'allow zebra_one;'
  assert.equal(satisfies([['zebra_other']], text), false)
  assert.equal(satisfies([['zebra_one']], text), true)
  assert.equal(satisfies([['zebra_one'], ['zebra_other', 'allow']], text), true)
  assert.equal(satisfies([['zebra_one']], 'allow zebra_one2;'), false)
})

test('a word in compatible characters is found, known before or not', () => {
  const wide = 'ｚｅｂｒａ_two(x)'
  assert.equal(satisfies([['zebra_two']], wide), true)
  assert.equal(satisfies([['zebra_two']], `${wide}\n`), true)
  assert.equal(satisfies([['zebra_three']], wide), false)
})
