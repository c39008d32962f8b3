import { Op } from '../../flow/facts.ts'
import type { FunctionRef, Program, Ref } from '../../program/program.ts'
import { alwaysRaises } from './exempt.ts'

/**
 * A way through a function to its end on which none of some calls is made: the last
 * value on it. Ways that end in an exception are left out. `undefined` when every way
 * leads by one of the calls.
 */
export function wayAround(program: Program, of: FunctionRef, calls: readonly Ref[]): Ref | undefined {
  const { facts, valueBase } = program.fileOfFunction(of)
  const { firstBlock, firstValue, valueCount } = program.function(of)
  const stops = new Set(calls.map((call) => facts.block[call - valueBase] ?? -1))
  for (let local = firstValue; local < firstValue + valueCount; local++) {
    if (facts.op[local] === Op.Raise) stops.add(facts.block[local] ?? -1)
  }
  const seen = new Set([firstBlock])
  for (const block of seen) {
    if (stops.has(block)) continue
    const start = facts.successorStart[block] ?? 0
    const end = facts.successorStart[block + 1] ?? 0
    const last = start === end ? lastOf(program, of, block) : undefined
    if (last !== undefined) return last
    for (let at = start; at < end; at++) {
      const next = facts.successors[at] ?? -1
      if (!raisesIn(program, of, block)) seen.add(next)
    }
  }
  return undefined
}

/** The last value of a block, or the condition under which control is there; `undefined` when its calls always raise. */
function lastOf(program: Program, of: FunctionRef, block: number): Ref | undefined {
  if (raisesIn(program, of, block)) return undefined
  const { facts, valueBase } = program.fileOfFunction(of)
  const { firstValue, valueCount } = program.function(of)
  for (let local = firstValue + valueCount - 1; local >= firstValue; local--) if (facts.block[local] === block) return valueBase + local
  const condition = facts.condition[block] ?? -1
  return condition < 0 ? undefined : valueBase + condition
}

/** Whether a block calls a function of the program that does nothing but raise in the end. */
function raisesIn(program: Program, of: FunctionRef, block: number): boolean {
  const { facts, valueBase } = program.fileOfFunction(of)
  const { firstValue, valueCount } = program.function(of)
  for (let local = firstValue; local < firstValue + valueCount; local++) {
    if (facts.block[local] !== block || facts.op[local] !== Op.Call) continue
    const { functions, guess } = program.targets(valueBase + local)
    if (!guess && functions.length === 1 && functions.every((each) => alwaysRaises(program, each))) return true
  }
  return false
}
