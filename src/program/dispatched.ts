import { CallFlag, Op } from '../flow/facts.ts'
import type { Denotations } from './denote.ts'
import type { FunctionRef, ProgramFile } from './program.ts'
import type { Space } from './space.ts'

/**
 * Functions that are run in another's place, chosen by the type of an argument: those
 * that a decorator of the other registered, as `functools.singledispatch` does.
 */
export class Dispatched {
  readonly #space: Space
  readonly #denotations: Denotations
  #table: ReadonlyMap<FunctionRef, readonly FunctionRef[]> | undefined

  constructor(space: Space, denotations: Denotations) {
    this.#space = space
    this.#denotations = denotations
  }

  /** What may be run where a function is called, besides itself. */
  besides(of: FunctionRef): readonly FunctionRef[] {
    this.#table ??= this.#index()
    return this.#table.get(of) ?? []
  }

  #index(): ReadonlyMap<FunctionRef, readonly FunctionRef[]> {
    const table = new Map<FunctionRef, FunctionRef[]>()
    for (const file of this.#space.files) {
      const dispatch = this.#space.languageOf(file).flow?.dispatch
      if (dispatch === undefined || !file.facts.strings.includes(dispatch.register)) continue
      for (let at = 0; at < file.facts.op.length; at++) {
        if (file.facts.op[at] !== Op.Call || ((file.facts.b[at] ?? 0) & CallFlag.Decorator) === 0) continue
        for (const of of this.#registersFor(file, file.facts.a[at] ?? -1, dispatch)) {
          const own = this.#functionsOf(file, file.facts.args[(file.facts.argStart[at] ?? 0) + 1] ?? -1)
          table.set(of, [...table.get(of) ?? [], ...own])
        }
      }
    }
    return table
  }

  /** The functions for which a decorator, or what it is called on, registers others. */
  #registersFor(file: ProgramFile, decorator: number, dispatch: { readonly decorators: readonly string[], readonly register: string }): readonly FunctionRef[] {
    const { facts } = file
    const named = facts.op[decorator] === Op.Call ? facts.a[decorator] ?? -1 : decorator
    if (facts.op[named] !== Op.Attr || facts.strings[facts.b[named] ?? 0] !== dispatch.register) return []
    return this.#functionsOf(file, facts.a[named] ?? -1).filter((of) => this.#isDispatching(of, dispatch.decorators))
  }

  #isDispatching(of: FunctionRef, decorators: readonly string[]): boolean {
    const file = this.#space.fileOfFunction(of)
    const declared = file.facts.functions[of - file.functionBase]?.decorators ?? []
    return declared.some((local) => this.#denotations.of(file.valueBase + local)
      .some((each) => each.kind === 'library' && decorators.includes(each.name)))
  }

  #functionsOf(file: ProgramFile, at: number): readonly FunctionRef[] {
    if (at < 0) return []
    return this.#denotations.of(file.valueBase + at).flatMap((each) => (each.kind === 'function' ? [each.of] : []))
  }
}
