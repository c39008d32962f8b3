import type { FunctionFacts } from '../flow/facts.ts'
import type { FunctionRef, Program, ProgramFile, Ref } from '../program/program.ts'
import { evaluator } from './evaluate.ts'
import type { Evaluator } from './evaluate.ts'

/**
 * Which code never runs: what no path through its function leads to, where a
 * condition that always has the same outcome opens one path only.
 */
export class DeadCode {
  readonly #program: Program
  readonly #evaluator: Evaluator
  readonly #live = new Map<FunctionRef, Uint8Array>()

  constructor(program: Program) {
    this.#program = program
    this.#evaluator = evaluator(program)
  }

  /** Whether an instruction is in code that never runs. */
  has(value: Ref): boolean {
    const file = this.#program.fileOf(value)
    const block = file.facts.block[value - file.valueBase] ?? -1
    if (block < 0) return false
    return !this.isReached(this.#program.functionOf(value), block)
  }

  /** Whether control can come to a block of a function, given by its number in the file. */
  isReached(of: FunctionRef, block: number): boolean {
    const declared = this.#program.function(of)
    let live = this.#live.get(of)
    if (!live) {
      live = this.#reached(this.#program.fileOfFunction(of), declared)
      this.#live.set(of, live)
    }
    return live[block - declared.firstBlock] !== 0
  }

  /** The nearest condition around dead code that keeps control out; `undefined` where a jump does. */
  conditionOver(value: Ref): Ref | undefined {
    const { facts, valueBase } = this.#program.fileOf(value)
    // Dominator chains are acyclic by the facts' invariants; the bound is the number of blocks.
    let left = facts.dominator.length
    for (let block = facts.block[value - valueBase] ?? -1; block >= 0 && left > 0; left--) {
      if (this.#isShut(valueBase, facts, block)) return valueBase + (facts.condition[block] ?? 0)
      block = facts.dominator[block] ?? -1
    }
    return undefined
  }

  /** Blocks of a function that control can come to, by their number in it. */
  #reached(file: ProgramFile, { firstBlock, blockCount }: FunctionFacts): Uint8Array {
    const { facts, valueBase } = file
    const live = new Uint8Array(blockCount)
    const waiting = blockCount === 0 ? [] : [firstBlock]
    live[0] = 1
    for (let block = waiting.pop(); block !== undefined; block = waiting.pop()) {
      const end = facts.successorStart[block + 1] ?? 0
      for (let at = facts.successorStart[block] ?? 0; at < end; at++) {
        const next = facts.successors[at] ?? firstBlock
        if (live[next - firstBlock] !== 0 || this.#isShut(valueBase, facts, next)) continue
        live[next - firstBlock] = 1
        waiting.push(next)
      }
    }
    return live
  }

  /** Whether the condition under which a block is entered never holds. */
  #isShut(valueBase: number, facts: ProgramFile['facts'], block: number): boolean {
    const condition = facts.condition[block] ?? -1
    if (condition < 0) return false
    const truth = this.#evaluator.truthOf(valueBase + condition)
    return truth !== undefined && truth !== (facts.sense[block] === 1)
  }
}

const ofPrograms = new WeakMap<Program, DeadCode>()

/** The dead code of a program, found as it is asked for. */
export function deadCode(program: Program): DeadCode {
  let known = ofPrograms.get(program)
  if (!known) {
    known = new DeadCode(program)
    ofPrograms.set(program, known)
  }
  return known
}
