import { ArgTag, CallFlag, Op } from '../flow/facts.ts'
import { argumentAt } from './callbacks.ts'
import type { Classes } from './classes.ts'
import { textOf } from './contents.ts'
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

  /** The same for the class that a call makes an object of, where a library's call made the class. */
  made(call: Ref): readonly string[] | undefined {
    const { facts, valueBase } = this.#space.fileOf(call)
    const callee = valueBase + (facts.a[call - valueBase] ?? 0)
    const values = [callee, ...this.#denotations.definitions(callee)]
    const [fields, ...others] = values.flatMap((each) => [this.#named(each) ?? []].filter((names) => names.length > 0))
    return others.length === 0 ? fields : undefined
  }

  /** The names of the fields of a class that a library's call gives. */
  #named(value: Ref): readonly string[] | undefined {
    const file = this.#space.fileOf(value)
    const { facts, valueBase } = file
    const at = value - valueBase
    if (facts.op[at] !== Op.Call) return undefined
    for (const each of this.#denotations.of(valueBase + (facts.a[at] ?? 0))) {
      const argument = each.kind === 'library' ? this.#library.recordFieldsArgument(each.name) : undefined
      const names = argument && argumentAt(file, at, argument)
      if (names !== undefined) return this.#texts(names)
    }
    return undefined
  }

  /** The names in a list of texts, or in one text with spaces or commas between them. */
  #texts(value: Ref): readonly string[] | undefined {
    const { facts, valueBase } = this.#space.fileOf(value)
    const at = value - valueBase
    const written = textOf(facts, at)
    if (written !== undefined) return written.split(/[\s,]+/).filter((each) => each !== '')
    if (facts.op[at] !== Op.Container) return undefined
    const names: string[] = []
    for (let entry = facts.argStart[at] ?? 0; entry < (facts.argStart[at + 1] ?? 0); entry += 2) {
      const name = facts.args[entry] === ArgTag.Positional ? textOf(facts, facts.args[entry + 1] ?? -1) : undefined
      if (name === undefined) return undefined
      names.push(name)
    }
    return names
  }

  #find(of: ClassRef): readonly string[] | undefined {
    const file = this.#space.fileOfClass(of)
    const constructors = this.#space.languageOf(file).flow?.constructors ?? []
    if (constructors.some((name) => this.#classes.member(of, name).length > 0)) return undefined
    const { own, library } = this.#classes.lineage(of)
    const byBase = library.some((base) => this.#library.isRecordBase(base))
    const made = own.filter((each) => byBase || this.#isDecorated(each) || this.#byMadeBase(each).length > 0)
    if (made.length === 0) return undefined
    return [...new Set(made.reverse().flatMap((each) => [...this.#byMadeBase(each), ...this.#annotated(each)]))]
  }

  /** Fields of a class that a library's call made, from which this one descends directly. */
  #byMadeBase(of: ClassRef): readonly string[] {
    const { facts, valueBase, classBase } = this.#space.fileOfClass(of)
    return (facts.classes[of - classBase]?.bases ?? []).flatMap((local) => (
      [valueBase + local, ...this.#denotations.definitions(valueBase + local)].flatMap((each) => this.#named(each) ?? [])
    ))
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
