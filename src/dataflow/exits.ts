import { Op } from '../flow/facts.ts'
import type { FileFacts } from '../flow/facts.ts'
import type { FunctionRef, Program, ProgramFile, Ref } from '../program/program.ts'
import { certainTargets } from './certain-targets.ts'
import { deadCode } from './dead.ts'
import type { FlowSemantics } from './search.ts'

/** Functions one inside the other that are looked at for one that always raises. */
const MAX_DEPTH = 3

/** Calls that never return: a library's, as the models say, and the program's functions that always raise. */
export class Exits {
  readonly #program: Program
  readonly #semantics: FlowSemantics
  readonly #raising = new Map<FunctionRef, boolean>()

  constructor(program: Program, semantics: FlowSemantics) {
    this.#program = program
    this.#semantics = semantics
  }

  /** Whether control never comes from a block above to the end of one, as some call on the way does not return. */
  isLeft(facts: FileFacts, file: ProgramFile, of: FunctionRef, from: number, above: number): boolean {
    for (let block = from; block >= 0 && block !== above; block = facts.dominator[block] ?? -1) {
      if (this.#hasExit(file, of, block, 0)) return true
    }
    return false
  }

  #hasExit({ facts, valueBase }: ProgramFile, of: FunctionRef, block: number, depth: number): boolean {
    const { firstValue, valueCount } = this.#program.function(of)
    for (let local = lastIn(facts, block, firstValue, valueCount); local >= firstValue && facts.block[local] === block; local--) {
      if (facts.op[local] === Op.Call && this.#isExit(valueBase + local, depth)) return true
    }
    return false
  }

  #isExit(call: Ref, depth: number): boolean {
    if (this.#semantics.exits(call)) return true
    // What is done with a result shows that there is one.
    if (this.#program.uses(call).length > 0) return false
    const targets = certainTargets(this.#program, call)
    return targets.length > 0 && targets.every((target) => this.#neverReturns(target, depth))
  }

  #neverReturns(target: FunctionRef, depth: number): boolean {
    const known = this.#raising.get(target)
    if (known !== undefined) return known
    if (depth > MAX_DEPTH) return false
    this.#raising.set(target, false)
    const found = this.#isAlwaysLeft(target, depth)
    this.#raising.set(target, found)
    return found
  }

  /** Whether every block in which a function ends is left by an exception. */
  #isAlwaysLeft(target: FunctionRef, depth: number): boolean {
    const program = this.#program
    const file = program.fileOfFunction(target)
    const { facts } = file
    const { firstBlock, blockCount, firstValue, valueCount, isGenerator } = program.function(target)
    if (isGenerator) return false
    let isLeft = false
    for (let block = firstBlock; block < firstBlock + blockCount; block++) {
      if (facts.successorStart[block] !== facts.successorStart[block + 1] || !deadCode(program).isReached(target, block)) continue
      const last = lastIn(facts, block, firstValue, valueCount)
      if (last < 0 || facts.op[last] !== Op.Raise && !this.#hasExit(file, target, block, depth + 1)) return false
      isLeft = true
    }
    return isLeft
  }
}

/** The last value of a block, -1 when it has none. Values of a function are in the order of its blocks. */
function lastIn(facts: FileFacts, block: number, firstValue: number, valueCount: number): number {
  let low = firstValue
  let high = firstValue + valueCount
  while (low < high) {
    const middle = (low + high) >> 1
    if ((facts.block[middle] ?? 0) <= block) low = middle + 1
    else high = middle
  }
  return low > firstValue && facts.block[low - 1] === block ? low - 1 : -1
}
