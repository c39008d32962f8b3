import { Op } from '../flow/facts.ts'
import type { LibraryTypes } from './knowledge.ts'
import type { Ref } from './program.ts'
import type { Space } from './space.ts'

/** Texts that libraries offer under names. Only reads whose last name is one of these are resolved. */
export class LibraryTexts {
  readonly #space: Space
  readonly #library: LibraryTypes
  readonly #names: (value: Ref) => readonly string[]
  #lastNames: ReadonlySet<string> | undefined

  constructor(space: Space, library: LibraryTypes, names: (value: Ref) => readonly string[]) {
    this.#space = space
    this.#library = library
    this.#names = names
  }

  /** The text that a value is a read of; `undefined` when it may be anything else. */
  of(value: Ref): string | undefined {
    this.#lastNames ??= this.#library.constantNames()
    if (!this.#lastNames.has(this.#lastName(value))) return undefined
    const [first, ...others] = this.#names(value).map((name) => this.#library.constant(name))
    return others.every((each) => each === first) ? first : undefined
  }

  #lastName(value: Ref): string {
    const { facts, valueBase } = this.#space.fileOf(value)
    const at = value - valueBase
    switch (facts.op[at]) {
      case Op.Attr:
        return facts.strings[facts.b[at] ?? -1] ?? ''
      case Op.Name:
        return facts.strings[facts.a[at] ?? -1] ?? ''
      case Op.Import:
        return facts.imports[facts.a[at] ?? -1]?.name ?? ''
      default:
        return ''
    }
  }
}
