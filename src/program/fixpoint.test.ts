import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Fixpoint, Questions } from './fixpoint.ts'

/** Answers that are a node's own number and those of its successors. */
function reach(graph: Readonly<Record<number, readonly number[]>>): Fixpoint<number> {
  const answers: Fixpoint<number> = new Fixpoint(new Questions(), (node) => {
    const found = [node, ...(graph[node] ?? []).flatMap((next) => answers.of(next))]
    return [...new Set(found)].sort((a, b) => a - b)
  })
  return answers
}

test('answers round a cycle are the same for all on it, whoever is asked first', () => {
  const graph = { 1: [2], 2: [3, 4], 3: [1], 4: [2, 5], 5: [] }
  for (const order of [[1, 2, 3, 4], [4, 3, 2, 1], [3, 1, 4, 2]]) {
    const answers = reach(graph)
    for (const node of order) assert.deepEqual(answers.of(node), [1, 2, 3, 4, 5], `${node} in ${order.join()}`)
  }
})

test('a cycle inside a cycle is settled with the outer one', () => {
  const graph = { 1: [2], 2: [3], 3: [2, 4], 4: [3, 1, 9] }
  for (const first of [1, 2, 3, 4]) {
    const answers = reach(graph)
    assert.deepEqual(answers.of(first), [1, 2, 3, 4, 9])
    assert.deepEqual(answers.of(3), [1, 2, 3, 4, 9])
  }
})

test('what does not reach the cycle is not drawn into it', () => {
  const answers = reach({ 1: [2], 2: [1, 3], 3: [4], 4: [] })
  assert.deepEqual(answers.of(1), [1, 2, 3, 4])
  assert.deepEqual(answers.of(3), [3, 4])
})

test('a chain of any length ends without deep recursion, and its end is still known', () => {
  const length = 20_000
  let asked = 0
  const answers: Fixpoint<number> = new Fixpoint(new Questions(), (node) => {
    asked++
    return node >= length ? [node] : answers.of(node + 1)
  })
  assert.deepEqual(answers.of(0), [])
  assert.deepEqual(answers.of(length - 10), [length])
  for (let node = 0; node <= length; node++) answers.of(node)
  assert.ok(asked < length * 4, `asked ${asked} times`)
})
