import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PagedTable } from './paged-table.ts'

test('what is set is found under its own number alone', () => {
  const table = new PagedTable<string>()
  for (const key of [0, 127, 128, 5000]) table.set(key, `at ${key}`)
  assert.deepEqual([0, 127, 128, 5000].map((key) => table.get(key)), ['at 0', 'at 127', 'at 128', 'at 5000'])
  assert.deepEqual([1, 126, 129, 4999, 5001, 1e6].map((key) => table.get(key)), Array(6).fill(undefined))
  table.set(128, 'new')
  assert.equal(table.get(128), 'new')
})
