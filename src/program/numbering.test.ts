import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Numbering } from './numbering.ts'

test('each number is in the run that starts last at or before it', () => {
  const starts = [0, 1, 31, 32, 33, 33, 100, 1000, 1000]
  const numbering = new Numbering(Int32Array.from(starts), 1100)
  for (let number = 0; number < 1100; number++) {
    assert.equal(numbering.indexOf(number), starts.findLastIndex((start) => start <= number), String(number))
  }
})

test('the end and what lies beyond it are in the last run', () => {
  assert.equal(new Numbering(Int32Array.of(0, 5), 5).indexOf(5), 1)
  assert.equal(new Numbering(Int32Array.of(0, 5), 5).indexOf(5000), 1)
  assert.equal(new Numbering(Int32Array.of(0), 0).indexOf(0), 0)
})
