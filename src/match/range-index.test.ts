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

test('whether any range touches one, at an end too', () => {
  const few = new RangeIndex([{ start: 4, end: 6 }, { start: 10, end: 14 }, { start: 11, end: 12 }])
  const touched = [[0, 3], [0, 4], [5, 5], [6, 8], [7, 9], [13, 20], [14, 15], [15, 16], [0, 20]].map(([start = 0, end = 0]) => few.touches({ start, end }))
  assert.deepEqual(touched, [false, true, true, true, false, true, true, false, true])
  assert.equal(new RangeIndex([]).touches({ start: 0, end: 1 }), false)
})
