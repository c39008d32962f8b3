import { Op } from '../flow/facts.ts'
import type { FunctionRef, Program, Ref } from '../program/program.ts'
import { isPossible, proves } from './conditions.ts'
import { deadCode } from './dead.ts'
import { evaluator } from './evaluate.ts'
import { heldOver, isShown } from './evidence.ts'
import type { Outcome, Prover } from './prover.ts'
import { instruction, operand } from './reader.ts'
import { extended, partsWithin } from './subject.ts'
import type { Subject } from './subject.ts'

/** The subject as a function sees it that a call hands it to; `undefined` when the call does not. */
export function inside(program: Program, call: Ref, target: FunctionRef, subject: Subject): Subject | undefined {
  const { parameters, classIndex } = program.function(target)
  const { valueBase } = program.fileOfFunction(target)
  for (const [index, parameter] of parameters.entries()) {
    const given = program.argumentFor(call, target, index)
    const [only] = given
    if (given.length !== 1 || only?.how !== 'value' || only.into !== undefined) continue
    const parts = partsWithin(program, subject, only.value)
    if (parts === undefined) continue
    const found = extended(program, valueBase + parameter.value, parts)
    // Its other parameters matter only where there are any.
    const isAlone = parameters.length < (classIndex >= 0 ? 3 : 2)
    const frame = isAlone ? undefined : { call, target, outer: subject.frame }
    return { ...found, ...(subject.isPart === true && { isPart: true }), ...(frame && { frame }) }
  }
  return undefined
}

/** Whether it shows a subject to be harmless that a function ends with an outcome, or normally at all. */
export function functionProves(prover: Prover, target: FunctionRef, outcome: Outcome | 'returns', subject: Subject, nesting: number): boolean {
  const { program } = prover
  return exitsOf(program, target).every(({ value, block }) => {
    if (outcome !== 'returns') {
      const known = value === undefined ? null : evaluator(program).valueOf(value)
      if (known !== undefined && !isPossible(outcome, known)) return true
      if (value !== undefined && proves(prover, value, outcome, subject, nesting)) return true
      const isTruth = outcome === 'true' || outcome === 'false'
      const held = heldOver(prover, program.fileOfFunction(target), target, block)
      if (value !== undefined && isTruth && isShown(prover, [...held, { condition: value, truth: outcome === 'true' }], subject)) return true
    }
    return prover.inBlock(subject, block, nesting) !== undefined
  })
}

/** An end that a function comes to without an exception: the block, and what is returned, unless nothing is. */
export interface Exit {
  readonly value: Ref | undefined
  readonly block: number
}

/** The ends that a function comes to without an exception. */
export function exitsOf(program: Program, target: FunctionRef): readonly Exit[] {
  const { facts, valueBase } = program.fileOfFunction(target)
  const { firstBlock, blockCount, returns } = program.function(target)
  const exits: Exit[] = []
  const ended = new Set<number>()
  for (const local of returns) {
    const block = facts.block[local] ?? -1
    ended.add(block)
    if (deadCode(program).has(valueBase + local)) continue
    const of = instruction(program, valueBase + local)
    exits.push({ value: of.a < 0 ? undefined : operand(of, of.a), block })
  }
  for (let block = firstBlock; block < firstBlock + blockCount; block++) {
    const isEnd = facts.successorStart[block] === facts.successorStart[block + 1]
    if (isEnd && !ended.has(block) && deadCode(program).isReached(target, block) && !raises(facts, block, target, program)) exits.push({ value: undefined, block })
  }
  return exits
}

/** Whether a block ends in an exception. */
function raises(facts: ReturnType<Program['fileOf']>['facts'], block: number, target: FunctionRef, program: Program): boolean {
  const { firstValue, valueCount } = program.function(target)
  for (let local = firstValue + valueCount - 1; local >= firstValue; local--) {
    if (facts.block[local] === block) return facts.op[local] === Op.Raise
  }
  return false
}
