import { instruction, literal, operand, text } from '../../dataflow/reader.ts'
import type { Instruction } from '../../dataflow/reader.ts'
import { spelled } from '../../dataflow/steps.ts'
import { Op } from '../../flow/facts.ts'
import type { FileFacts } from '../../flow/facts.ts'
import type { Program, Ref } from '../../program/program.ts'

/** Uses of one value that are looked at. */
const MAX_USES = 200

/**
 * Where a value is used as something that it cannot be: a tested value whose parts are
 * read, that is called on, iterated or compared with another, only where the test says that it is empty or
 * nothing. `undefined` when there is no such place.
 */
export function usedThoughEmpty(program: Program, tested: Ref): Ref | undefined {
  for (const value of [tested, ...readAgain(program, tested)]) {
    const found = program.uses(value).slice(0, MAX_USES).find((use) => takesPart(program, use, value) && isWhereEmpty(program, use, tested))
    if (found !== undefined) return found
  }
  return undefined
}

/** Later reads in a function of an attribute that was tested. */
function readAgain(program: Program, tested: Ref): readonly Ref[] {
  const of = instruction(program, tested)
  if (of.op !== Op.Attr) return []
  const { facts, valueBase } = of.file
  const { firstValue, valueCount } = program.function(program.functionOf(tested))
  const name = spelled(program, tested)
  if (name.includes('…') || name.includes('()')) return []
  const found: Ref[] = []
  for (let local = tested - valueBase + 1; local < firstValue + valueCount && found.length < MAX_USES; local++) {
    if (facts.op[local] === Op.Attr && facts.b[local] === of.b && spelled(program, valueBase + local) === name) found.push(valueBase + local)
  }
  return found
}

function takesPart(program: Program, use: Ref, value: Ref): boolean {
  const of = instruction(program, use)
  if (of.op === Op.Binary) return isComparison(program, of, value)
  if (of.op !== Op.Attr && of.op !== Op.Index && of.op !== Op.Element) return false
  return operand(of, of.a) === value
}

/** Whether a value is compared with another that is not written out: of one that is empty the outcome is known. */
function isComparison(program: Program, of: Instruction, value: Ref): boolean {
  const operator = text(of, of.firstArg)
  if (operator !== '==' && operator !== '!=') return false
  const other = operand(of, of.a) === value ? operand(of, of.b) : operand(of, of.a)
  return literal(instruction(program, other)) === undefined
}

/** Whether a place is run after a test, and not where it holds: where it does, the caller is refused and nothing follows. */
function isWhereEmpty(program: Program, place: Ref, tested: Ref): boolean {
  if (place < tested) return false
  const { facts, valueBase } = program.fileOf(place)
  const test = facts.block[tested - valueBase] ?? -1
  for (let block = facts.block[place - valueBase] ?? -1; block >= 0; block = facts.dominator[block] ?? -1) {
    if (facts.condition[block] === tested - valueBase) return facts.sense[block] === 0
    if (block === test) return facts.block[place - valueBase] !== test && isAfterBranch(facts, test, tested - valueBase)
  }
  return false
}

/** Whether a block ends in the test of a value, so that what it dominates is run after the test. */
function isAfterBranch(facts: FileFacts, block: number, tested: number): boolean {
  const start = facts.successorStart[block] ?? 0
  const end = facts.successorStart[block + 1] ?? 0
  for (let at = start; at < end; at++) if (facts.condition[facts.successors[at] ?? -1] === tested) return true
  return false
}
