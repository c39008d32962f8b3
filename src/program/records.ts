import { CallFlag, Op } from '../flow/facts.ts'
import type { Classes } from './classes.ts'
import type { Denotations } from './denote.ts'
import type { LibraryTypes } from './knowledge.ts'
import type { ClassRef, Ref } from './program.ts'
import type { Space } from './space.ts'

/** Classes whose constructor a library makes out of the annotated names in their bodies. */
export class Records {
  readonly #space: Space
  readonly #classes: Classes
  readonly #denotations: Denotations
  readonly #library: LibraryTypes
  readonly #known = new Map<ClassRef, readonly string[] | undefined>()

  constructor(space: Space, classes: Classes, denotations: Denotations, library: LibraryTypes) {
    this.#space = space
    this.#classes = classes
    this.#denotations = denotations
    this.#library = library
  }

  /** Parameters of the made constructor, those of ancestors first; `undefined` for a class that has none. */
  fields(of: ClassRef): readonly string[] | undefined {
    if (!this.#known.has(of)) this.#known.set(of, this.#find(of))
    return this.#known.get(of)
  }

  #find(of: ClassRef): readonly string[] | undefined {
    const file = this.#space.fileOfClass(of)
    const constructors = this.#space.languageOf(file).flow?.constructors ?? []
    if (constructors.some((name) => this.#classes.member(of, name).length > 0)) return undefined
    const { own, library } = this.#classes.lineage(of)
    const byBase = library.some((base) => this.#library.isRecordBase(base))
    const made = own.filter((each) => byBase || this.#isDecorated(each))
    if (made.length === 0) return undefined
    return [...new Set(made.reverse().flatMap((each) => this.#annotated(each)))]
  }

  #isDecorated(of: ClassRef): boolean {
    const { facts, valueBase, classBase } = this.#space.fileOfClass(of)
    return (facts.classes[of - classBase]?.decorators ?? []).some((local) => {
      const isMade = facts.op[local] === Op.Call && ((facts.b[local] ?? 0) & CallFlag.Decorator) === 0
      const named: Ref = valueBase + (isMade ? facts.a[local] ?? 0 : local)
      return this.#denotations.of(named).some((each) => each.kind === 'library' && this.#library.isRecordDecorator(each.name))
    })
  }

  /** Annotated names of a class's own body. */
  #annotated(of: ClassRef): readonly string[] {
    const { facts, classBase } = this.#space.fileOfClass(of)
    const bindings = facts.functions[facts.classes[of - classBase]?.body ?? -1]?.bindings ?? []
    return bindings.flatMap(({ name, value }) => (facts.op[value] === Op.Annotated ? facts.strings[name] ?? '' : []))
  }
}
