import { Op } from '../flow/facts.ts'
import type { Program, Ref } from '../program/program.ts'
import type { Demand } from './demand.ts'
import { reaches } from './paths.ts'
import { instruction } from './reader.ts'

/** Ops that make a new object each time they run. */
const MAKES: ReadonlySet<number> = new Set([Op.Container, Op.Call])

/** Whether a change of what a demand is of only comes after it is used. */
export function isLater(program: Program, { value, until, stack }: Demand, change: Ref): boolean {
  if (!until || until.stack !== stack || change <= until.at && isStraight(program, change, until.at)) return false
  const owner = program.functionOf(change)
  if (program.functionOf(until.at) !== owner || program.functionOf(value) !== owner) return false
  return !reaches(program, change, until.at, MAKES.has(instruction(program, value).op) ? value : undefined)
}

/** Whether one instruction stands before another in the same block. */
function isStraight(program: Program, first: Ref, second: Ref): boolean {
  const { facts, valueBase } = program.fileOf(first)
  return facts.block[first - valueBase] === facts.block[second - valueBase]
}
