import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { language } from '../languages/python/language.ts'
import { Op } from './facts.ts'
import type { FileFacts } from './facts.ts'
import { factsOf } from './lower.ts'
import { invariantsBroken } from './validate.ts'

let facts: FileFacts

before(async () => {
  const frontEnd = await language.open()
  const source = 'import m\ndef f(a, b=1):\n    if a:\n        return g(a, k=b)\n    return {a: 1}\nclass C(B): pass\n'
  facts = factsOf(frontEnd.parse(source), language)
  assert.deepEqual(invariantsBroken(facts), [])
})

/** A copy of a table with one entry changed. */
function changed(table: Int32Array, at: number, to: number): Int32Array {
  const copy = Int32Array.from(table)
  copy[at] = to
  return copy
}

function first(op: number | undefined): number {
  return facts.op.indexOf(op ?? -1)
}

test('an operand of another function is found', () => {
  const call = first(Op.Call)
  assert.match(invariantsBroken({ ...facts, a: changed(facts.a, call, 0) })[0] ?? '', /^value \d+ \(Call\): a 0$/)
})

test('an argument, a tag and a string out of range are found', () => {
  const at = facts.argStart[first(Op.Call)] ?? 0
  assert.match(invariantsBroken({ ...facts, args: changed(facts.args, at, -4) })[0] ?? '', /tag -4/)
  assert.match(invariantsBroken({ ...facts, args: changed(facts.args, at + 1, 10_000) })[0] ?? '', /argument 10000/)
  const a = changed(facts.a, first(Op.Name), facts.strings.length)
  assert.match(invariantsBroken({ ...facts, a })[0] ?? '', /\(Name\): a/)
})

test('a dominator that does not come before is found', () => {
  const block = facts.dominator.length - 2
  assert.match(invariantsBroken({ ...facts, dominator: changed(facts.dominator, block, block) })[0] ?? '', /dominator/)
})

test('a span outside the file is found', () => {
  assert.match(invariantsBroken({ ...facts, end: changed(facts.end, 0, 100_000) })[0] ?? '', /span 7\.\.100000/)
})

test('tables that do not fit one another are found', () => {
  assert.deepEqual(invariantsBroken({ ...facts, start: facts.start.subarray(1) }), ['value tables differ in length'])
  const none = invariantsBroken({ ...facts, functions: [] })
  assert.deepEqual(none, ['no module', 'functions do not cover all values and blocks'])
  const functions = facts.functions.slice(1)
  assert.match(invariantsBroken({ ...facts, functions })[0] ?? '', /only the first is the module/)
})

test('a default that is no value of the enclosing function is found', () => {
  const functions = facts.functions.map((each) => ({
    ...each, parameters: each.parameters.map((parameter) => ({ ...parameter, default: parameter.value })),
  }))
  assert.match(invariantsBroken({ ...facts, functions })[0] ?? '', /function 1: default/)
})
