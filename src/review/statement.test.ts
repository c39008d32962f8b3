import { strict as assert } from 'node:assert'
import { test } from 'node:test'
import { CallFlag, Op } from '../flow/facts.ts'
import type { FileFacts } from '../flow/facts.ts'
import { statementAround } from './statement.ts'

/** Facts of instructions given as operation, start, end, flags. */
function factsOf(...instructions: readonly (readonly [number, number, number, number?])[]): FileFacts {
  return {
    op: Uint8Array.from(instructions, (each) => each[0]),
    start: Int32Array.from(instructions, (each) => each[1]),
    end: Int32Array.from(instructions, (each) => each[2]),
    b: Int32Array.from(instructions, (each) => each[3] ?? 0),
  } as unknown as FileFacts
}

const PLACE = { start: 20, end: 30 }

test('the largest written expression or statement around the place counts', () => {
  const facts = factsOf([Op.Call, 20, 30], [Op.Call, 15, 40], [Op.Return, 10, 45], [Op.Call, 0, 25])
  assert.deepEqual(statementAround(facts, { firstValue: 0, valueCount: 4 }, PLACE), { start: 10, end: 45 })
})

test('what is no expression of its own, a decorator and another function do not', () => {
  const facts = factsOf([Op.Phi, 0, 90], [Op.Param, 0, 90], [Op.Call, 0, 90, CallFlag.Decorator], [Op.Call, 0, 90])
  assert.deepEqual(statementAround(facts, { firstValue: 0, valueCount: 3 }, PLACE), PLACE)
})
