import { Op } from '../flow/facts.ts'
import type { Classes } from './classes.ts'
import type { Denotations } from './denote.ts'
import type { ClassRef, Ref } from './program.ts'
import type { Space } from './space.ts'

/** Generic ancestors that an argument is handed through. */
const MAX_DEPTH = 6

/** What is asked to know what type variables stand for. */
export interface GenericParts {
  readonly space: Space
  readonly denotations: Denotations
  readonly classes: Classes
}

/** What the type variables of generic classes stand for in the classes that descend from them. */
export class Generics {
  readonly #parts: GenericParts
  readonly #variables = new Map<ClassRef, readonly Ref[]>()

  constructor(parts: GenericParts) {
    this.#parts = parts
  }

  /** The definition of the type variable that an annotation is; `undefined` for any other annotation. */
  variable(annotation: Ref): Ref | undefined {
    const { facts, valueBase } = this.#parts.space.fileOf(annotation)
    const values = facts.op[annotation - valueBase] === Op.Call ? [annotation] : this.#parts.denotations.definitions(annotation)
    return values.find((each) => this.#isVariable(each))
  }

  /** The annotations that stand for a type variable of an ancestor in a class. */
  arguments(of: ClassRef, variable: Ref, depth: number = 0): readonly Ref[] {
    if (depth > MAX_DEPTH) return []
    return this.#bases(of).flatMap(({ base, given }) => {
      const found = [...this.#given(base, given, variable)]
      for (const each of this.arguments(base, variable, depth + 1)) {
        const inner = this.variable(each)
        found.push(...(inner === undefined ? [each] : this.#given(base, given, inner)))
      }
      return found
    })
  }

  #given(base: ClassRef, given: readonly Ref[], variable: Ref): readonly Ref[] {
    const argument = given[this.#variablesOf(base).indexOf(variable)]
    return argument === undefined ? [] : [argument]
  }

  /** Type variables of a class, in the order in which arguments are given. */
  #variablesOf(of: ClassRef): readonly Ref[] {
    const known = this.#variables.get(of)
    if (known) return known
    const found = new Set<Ref>()
    const { facts, classBase, valueBase } = this.#parts.space.fileOfClass(of)
    for (const base of facts.classes[of - classBase]?.bases ?? []) {
      for (const each of this.#arguments(valueBase + base)) {
        const variable = this.variable(each)
        if (variable !== undefined) found.add(variable)
      }
    }
    const variables = [...found]
    this.#variables.set(of, variables)
    return variables
  }

  /** Bases of the program that are given arguments or not. */
  #bases(of: ClassRef): readonly { readonly base: ClassRef, readonly given: readonly Ref[] }[] {
    const { facts, classBase, valueBase } = this.#parts.space.fileOfClass(of)
    return (facts.classes[of - classBase]?.bases ?? []).flatMap((local) => {
      const named = facts.op[local] === Op.Index ? facts.a[local] ?? local : local
      const classes = this.#parts.denotations.of(valueBase + named)
      return classes.flatMap((each) => (
        each.kind === 'class' && each.of !== of ? [{ base: each.of, given: this.#arguments(valueBase + local) }] : []
      ))
    })
  }

  /** What stands between the brackets after a class. */
  #arguments(base: Ref): readonly Ref[] {
    const { facts, valueBase } = this.#parts.space.fileOf(base)
    const at = base - valueBase
    if (facts.op[at] !== Op.Index) return []
    const key = facts.b[at] ?? 0
    if (facts.op[key] !== Op.Container) return [valueBase + key]
    return this.#parts.space.list(valueBase + key).filter((_, index) => index % 2 === 1)
  }

  #isVariable(value: Ref): boolean {
    const { facts, valueBase } = this.#parts.space.fileOf(value)
    if (facts.op[value - valueBase] !== Op.Call) return false
    const callee = this.#parts.denotations.of(valueBase + (facts.a[value - valueBase] ?? 0))
    const known = this.#parts.space.languageOf(this.#parts.space.fileOf(value)).flow?.typeVariables ?? []
    return callee.some((each) => each.kind === 'library' && known.includes(each.name))
  }
}
