import { instruction, operand } from '../../dataflow/reader.ts'
import { Op } from '../../flow/facts.ts'
import type { FunctionRef, Program, Ref } from '../../program/program.ts'

/** Functions that are known to reach something, at most. */
const MAX_REACHING = 20_000

/** Calls looked at of one function: what is called from more places is no check of a particular one. */
const MAX_CALLERS = 2_000

/**
 * Functions from which some calls are reached through calls, each with the call in
 * it that leads there. Found upward from what is reached, so that nothing is
 * resolved that does not lead to it.
 */
export class Reaching {
  readonly #by = new Map<FunctionRef, Ref>()
  readonly #depth = new Map<FunctionRef, number>()

  /** `most`: calls between a function and what it reaches, at most. */
  constructor(program: Program, reached: readonly Ref[], most: number = Infinity) {
    const queue: FunctionRef[] = []
    const add = (call: Ref, depth: number): void => {
      const of = program.functionOf(call)
      const { kind } = program.function(of)
      if (this.#by.has(of) || kind === 'module' || kind === 'class-body') return
      this.#by.set(of, call)
      this.#depth.set(of, depth)
      queue.push(of)
    }
    for (const call of reached) add(call, 0)
    for (let at = 0; at < queue.length && this.#by.size < MAX_REACHING; at++) {
      const from = queue[at] ?? 0
      const depth = (this.#depth.get(from) ?? 0) + 1
      if (depth > most) continue
      const callers = program.callers(from, false)
      if (callers.length > MAX_CALLERS) continue
      for (const call of callers) if (!isGiven(program, call)) add(call, depth)
    }
  }

  /** The call of a function that leads there; `undefined` when none is known to. */
  call(of: FunctionRef): Ref | undefined {
    return this.#by.get(of)
  }

  /** Calls from a function to what is reached, 0 where it is in the function itself; `undefined` when it is not. */
  depth(of: FunctionRef): number | undefined {
    return this.#depth.get(of)
  }

  get functions(): Iterable<FunctionRef> {
    return this.#by.keys()
  }
}

/** Whether a call runs what the function was handed, as a decorator's wrapper does: what it reaches so is not its own doing. */
export function isGiven(program: Program, call: Ref): boolean {
  const of = instruction(program, call)
  const { op } = instruction(program, operand(of, of.a))
  return op === Op.Param || op === Op.Capture
}
