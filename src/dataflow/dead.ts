import type { FileFacts } from '../flow/facts.ts'
import type { ArgumentValueRef, FunctionRef, Program, Ref } from '../program/program.ts'
import { Evaluator, evaluator } from './evaluate.ts'
import type { Known } from './evaluate.ts'

/**
 * Which code never runs: what no path through its function leads to, where a
 * condition that always has the same outcome opens one path only. In a calling
 * context also what the constants that the call passes keep control out of.
 */
export class DeadCode {
  readonly #program: Program
  readonly #evaluator: Evaluator
  readonly #live = new Map<FunctionRef, Uint8Array>()
  /** By call and function; `undefined` where the call passes no constant. */
  readonly #liveIn = new Map<Ref, Map<FunctionRef, Uint8Array | undefined>>()

  constructor(program: Program) {
    this.#program = program
    this.#evaluator = evaluator(program)
  }

  /** Whether an instruction is in code that never runs. */
  has(value: Ref): boolean {
    const file = this.#program.fileOf(value)
    const block = file.facts.block[value - file.valueBase] ?? -1
    return block >= 0 && !this.isReached(this.#program.functionOf(value), block)
  }

  /** Whether control can come to a block of a function, given by its number in the file. */
  isReached(of: FunctionRef, block: number): boolean {
    let live = this.#live.get(of)
    if (!live) {
      live = this.#reached(this.#evaluator, of)
      this.#live.set(of, live)
    }
    return live[block - this.#program.function(of).firstBlock] !== 0
  }

  /** Whether an instruction is in code that does not run when a call runs its function. */
  hasIn(call: Ref, value: Ref): boolean {
    if (this.has(value)) return true
    const of = this.#program.functionOf(value)
    const known = this.#liveIn.get(call) ?? new Map<FunctionRef, Uint8Array | undefined>()
    this.#liveIn.set(call, known)
    if (!known.has(of)) known.set(of, this.#reachedFrom(call, of))
    const { facts, valueBase } = this.#program.fileOf(value)
    return known.get(of)?.[(facts.block[value - valueBase] ?? -1) - this.#program.function(of).firstBlock] === 0
  }

  /** Blocks that control can come to when a call runs a function. */
  #reachedFrom(call: Ref, of: FunctionRef): Uint8Array | undefined {
    const program = this.#program
    const { parameters, blockCount } = program.function(of)
    if (blockCount < 2 || !program.targets(call).functions.includes(of)) return undefined
    const { valueBase } = program.fileOfFunction(of)
    const given = new Map<Ref, Known>()
    for (const [index, { value }] of parameters.entries()) {
      const known = this.#passed(program.argumentFor(call, of, index))
      if (known !== undefined) given.set(valueBase + value, known)
    }
    return given.size === 0 ? undefined : this.#reached(new Evaluator(program, given), of)
  }

  /** What all arguments that a parameter may get are. */
  #passed(values: readonly ArgumentValueRef[]): Known | undefined {
    const isWhole = values.every(({ how, into }) => how !== 'element' && into === undefined)
    const [first, ...others] = isWhole ? values.map(({ value }) => this.#evaluator.valueOf(value)) : []
    return others.every((each) => each === first) ? first : undefined
  }

  /** The nearest condition around dead code that keeps control out; `undefined` where a jump does. */
  conditionOver(value: Ref): Ref | undefined {
    const { facts, valueBase } = this.#program.fileOf(value)
    // Dominator chains are acyclic by the facts' invariants; the bound is the number of blocks.
    let left = facts.dominator.length
    for (let block = facts.block[value - valueBase] ?? -1; block >= 0 && left > 0; left--) {
      if (isShut(this.#evaluator, valueBase, facts, block)) return valueBase + (facts.condition[block] ?? 0)
      block = facts.dominator[block] ?? -1
    }
    return undefined
  }

  /** Blocks of a function that control can come to, by their number in it. */
  #reached(evaluator: Evaluator, of: FunctionRef): Uint8Array {
    const { facts, valueBase } = this.#program.fileOfFunction(of)
    const { firstBlock, blockCount } = this.#program.function(of)
    const live = new Uint8Array(blockCount)
    const waiting = blockCount === 0 ? [] : [firstBlock]
    live[0] = 1
    for (let block = waiting.pop(); block !== undefined; block = waiting.pop()) {
      const end = facts.successorStart[block + 1] ?? 0
      for (let at = facts.successorStart[block] ?? 0; at < end; at++) {
        const next = facts.successors[at] ?? firstBlock
        if (live[next - firstBlock] !== 0 || isShut(evaluator, valueBase, facts, next)) continue
        live[next - firstBlock] = 1
        waiting.push(next)
      }
    }
    return live
  }
}

/** Whether the condition under which a block is entered never holds. */
function isShut(evaluator: Evaluator, valueBase: number, facts: FileFacts, block: number): boolean {
  const condition = facts.condition[block] ?? -1
  if (condition < 0) return false
  const truth = evaluator.truthOf(valueBase + condition)
  return truth !== undefined && truth !== (facts.sense[block] === 1)
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
