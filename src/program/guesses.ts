import type { FunctionFacts } from '../flow/facts.ts'
import type { Classes } from './classes.ts'
import type { FunctionRef, ProgramFile } from './program.ts'
import type { Space } from './space.ts'

/** Candidates of a call resolved by its method's name alone. */
const MAX_GUESSES = 4

/** Definitions of a name anywhere in the program beyond which the name says nothing. */
const MAX_DEFINITIONS = 12

/** A name shorter than this is too common to say anything. */
const MIN_NAME = 3

/** Methods by their name alone, for calls whose receiver is unknown. */
export class Guesses {
  readonly #space: Space
  readonly #classes: Classes
  readonly #common = new Map<string, ReadonlySet<string>>()
  #methods: ReadonlyMap<string, readonly FunctionRef[]> | undefined

  constructor(space: Space, classes: Classes) {
    this.#space = space
    this.#classes = classes
  }

  /**
   * Methods of that name that take the call's arguments, the nearest ones where
   * they are many; none when the name is common or too many are equally near.
   * Methods in test files are found only by calls in test files.
   */
  of(
    file: ProgramFile, call: number, method: string,
    accepts: (file: ProgramFile, call: number, of: FunctionFacts, offset: number) => boolean,
  ): readonly FunctionRef[] {
    if (method.length < MIN_NAME || this.#isCommon(file, method)) return []
    this.#methods ??= this.#index()
    const named = this.#methods.get(method) ?? []
    if (named.length > MAX_DEFINITIONS) return []
    const fitting = named.filter((each) => {
      const owner = this.#space.fileOfFunction(each)
      const facts = owner.facts.functions[each - owner.functionBase]
      return facts !== undefined && (file.isTest || !owner.isTest) && accepts(file, call, facts, 1)
    })
    if (fitting.length <= MAX_GUESSES) return fitting
    const near = Math.min(...fitting.map((each) => distance(file.path, this.#space.fileOfFunction(each).path)))
    const nearest = fitting.filter((each) => distance(file.path, this.#space.fileOfFunction(each).path) === near)
    return nearest.length <= MAX_GUESSES ? nearest : []
  }

  /** Methods that built-in types have: the receiver is more likely one of these. */
  #isCommon(file: ProgramFile, method: string): boolean {
    const language = this.#space.languageOf(file)
    let names = this.#common.get(language.id)
    if (!names) {
      names = new Set(language.flow?.builtinMethods ?? [])
      this.#common.set(language.id, names)
    }
    return names.has(method) || method.startsWith('__')
  }

  #index(): ReadonlyMap<string, readonly FunctionRef[]> {
    const table = new Map<string, FunctionRef[]>()
    for (const file of this.#space.files) {
      for (const [index, each] of file.facts.functions.entries()) {
        if (each.kind !== 'function' || !this.#classes.receiver(file.functionBase + index)) continue
        const list = table.get(each.name)
        if (list) list.push(file.functionBase + index)
        else table.set(each.name, [file.functionBase + index])
      }
    }
    return table
  }
}

/** Folders to leave and enter on the way from one file to another; 0 for the same file. */
function distance(from: string, to: string): number {
  if (from === to) return 0
  const some = from.split('/')
  const others = to.split('/')
  let common = 0
  while (common < some.length - 1 && common < others.length - 1 && some[common] === others[common]) common++
  return some.length + others.length - 2 * common - 1
}
