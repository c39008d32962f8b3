import assert from 'node:assert/strict'
import { test } from 'node:test'
import { WordIndex } from './word-index.ts'

const index = new WordIndex()
index.add(0, 'session.query(user_name)\n')
index.add(1, 'session.commit()\n')
index.add(4, 'def user_name(session): return query\n')
index.add(7, 'nothing of it')

test('a text is looked for in the files that hold all its inner words', () => {
  assert.deepEqual(index.candidates('(session.query(user_name))'), [0, 4])
  assert.deepEqual(index.candidates('(session.'), [0, 1, 4])
  assert.deepEqual(index.candidates('.unheard_of('), [])
})

test('the first and last word of a text may be parts of longer ones', () => {
  assert.deepEqual(index.candidates('sess'), [0, 1, 4, 7])
  assert.deepEqual(index.candidates('ssion.query(user_na'), [0, 4])
})
