import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Span } from '../core/text.ts'
import { RangeIndex } from './range-index.ts'

const PLACES: readonly (readonly [number, number])[] = [[4, 6], [0, 20], [4, 10], [12, 14], [10, 10]]
const index = new RangeIndex(PLACES.map(([start, end]) => ({ start, end })))

function places(list: readonly Span[]): string[] {
  return list.map((each) => `${each.start}-${each.end}`)
}

test('ranges that contain one, outermost first', () => {
  assert.deepEqual(places(index.containing({ start: 5, end: 6 })), ['0-20', '4-10', '4-6'])
  assert.deepEqual(places(index.containing({ start: 4, end: 10 })), ['0-20', '4-10'])
  assert.deepEqual(places(index.containing({ start: 15, end: 21 })), [])
})

test('ranges within one, an equal one left out', () => {
  assert.deepEqual(places(index.within({ start: 4, end: 10 })), ['4-6', '10-10'])
  assert.deepEqual(places(index.within({ start: 0, end: 20 })), ['4-10', '4-6', '10-10', '12-14'])
})
