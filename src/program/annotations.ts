import { ConstKind, Op } from '../flow/facts.ts'
import type { Classes } from './classes.ts'
import type { Denotations } from './denote.ts'
import type { LibraryTypes } from './knowledge.ts'
import type { Modules } from './modules.ts'
import type { ProgramFile, Ref } from './program.ts'
import type { Space } from './space.ts'

/** Nesting of an annotation that is followed. */
const MAX_DEPTH = 4

/** Generic types that stand for their arguments, and those whose first argument is the type. */
const TRANSPARENT: ReadonlySet<string> = new Set([
  'Optional', 'Union', 'Annotated', 'Final', 'ClassVar', 'Required', 'NotRequired',
])

/** A dotted name written inside a string annotation. */
const SPELLED = /^[A-Za-z_][\w.]*$/

/** Which part of a container: what iterating it gives, or what a key or index gives. */
export type Part = 'iterated' | 'indexed'

/** Reads declared types. */
export class Annotations {
  readonly #space: Space
  readonly #modules: Modules
  readonly #denotations: Denotations
  readonly #classes: Classes
  readonly #library: LibraryTypes

  constructor(space: Space, modules: Modules, denotations: Denotations, classes: Classes, library: LibraryTypes) {
    this.#space = space
    this.#modules = modules
    this.#denotations = denotations
    this.#classes = classes
    this.#library = library
  }

  /** Types an annotation names; `Optional[X]`, `X | None` and strings are understood. */
  types(annotation: Ref, depth = 0): readonly string[] {
    if (depth > MAX_DEPTH) return []
    const file = this.#space.fileOf(annotation)
    const { facts } = file
    const at = annotation - file.valueBase
    const a = file.valueBase + (facts.a[at] ?? 0)
    switch (facts.op[at]) {
      case Op.Binary:
        return [a, file.valueBase + (facts.b[at] ?? 0)].flatMap((each) => this.types(each, depth + 1))
      case Op.Index: {
        const generic = this.types(a, depth + 1)
        if (!generic.some(isTransparent)) return generic
        return this.#arguments(annotation).flatMap((each) => this.types(each, depth + 1))
      }
      case Op.Container:
        return this.#list(annotation).flatMap((each) => this.types(each, depth + 1))
      case Op.Const:
        return facts.b[at] === ConstKind.String ? this.#spelled(file, facts.strings[facts.a[at] ?? 0] ?? '') : []
      default: {
        const named = this.#named(annotation)
        return named.length > 0 ? named : this.#aliased(annotation).flatMap((each) => this.types(each, depth + 1))
      }
    }
  }

  /** Type expressions that a name in an annotation is bound to. */
  #aliased(annotation: Ref): readonly Ref[] {
    return this.#denotations.definitions(annotation).filter((each) => {
      const { facts, valueBase } = this.#space.fileOf(each)
      const op = facts.op[each - valueBase]
      return op === Op.Index || op === Op.Binary
    })
  }

  /** Types that an annotation declares for a container's parts: `X` for `list[X]` and for a key of `dict[K, X]`. */
  parts(annotation: Ref, part: Part, depth = 0): readonly string[] {
    if (depth > MAX_DEPTH) return []
    const { facts, valueBase } = this.#space.fileOf(annotation)
    const at = annotation - valueBase
    if (facts.op[at] === Op.Binary) {
      return [facts.a[at] ?? 0, facts.b[at] ?? 0].flatMap((each) => this.parts(valueBase + each, part, depth + 1))
    }
    if (facts.op[at] !== Op.Index) return this.#aliased(annotation).flatMap((each) => this.parts(each, part, depth + 1))
    const given = this.#arguments(annotation)
    const generic = this.types(valueBase + (facts.a[at] ?? 0), depth + 1)
    if (generic.some(isTransparent)) return given.flatMap((each) => this.parts(each, part, depth + 1))
    const wanted = given.length === 2 && part === 'indexed' ? given[1] : given[0]
    return wanted === undefined ? [] : this.types(wanted, depth + 1)
  }

  /**
   * Types that an annotation declares for one part of each element: `X` at index 1 for `list[tuple[str, X]]`;
   * with `whole` for one part of the value itself, as of `tuple[str, X]`.
   */
  pairs(annotation: Ref, index: number, whole: boolean, depth = 0): readonly string[] {
    if (depth > MAX_DEPTH) return []
    const { facts, valueBase } = this.#space.fileOf(annotation)
    const at = annotation - valueBase
    if (facts.op[at] === Op.Binary) {
      return [facts.a[at] ?? 0, facts.b[at] ?? 0].flatMap((each) => this.pairs(valueBase + each, index, whole, depth + 1))
    }
    if (facts.op[at] !== Op.Index) return this.#aliased(annotation).flatMap((each) => this.pairs(each, index, whole, depth + 1))
    const given = this.#arguments(annotation)
    const generic = this.types(valueBase + (facts.a[at] ?? 0), depth + 1)
    if (generic.some(isTransparent)) return given.flatMap((each) => this.pairs(each, index, whole, depth + 1))
    const [first] = given
    if (!whole) return first === undefined ? [] : this.pairs(first, index, true, depth + 1)
    const part = given.length > 1 ? given[index] : undefined
    return part === undefined ? [] : this.types(part, depth + 1)
  }

  /** What stands between the brackets of a generic type. */
  #arguments(generic: Ref): readonly Ref[] {
    const { facts, valueBase } = this.#space.fileOf(generic)
    const key = facts.b[generic - valueBase] ?? 0
    return facts.op[key] === Op.Container ? this.#list(valueBase + key) : [valueBase + key]
  }

  #list(container: Ref): readonly Ref[] {
    return this.#space.list(container).filter((_, index) => index % 2 === 1)
  }

  /** A type written as a string, looked up in the module. */
  #spelled(file: ProgramFile, text: string): readonly string[] {
    const parts = SPELLED.test(text.trim()) ? text.trim().split('.') : []
    const [first, ...rest] = parts
    if (first === undefined) return []
    const values = this.#modules.member(file, first)
    return values.flatMap((value) => this.#denotations.of(value)).flatMap((each) => {
      if (each.kind === 'class' && rest.length === 0) return [this.#classes.name(each.of)]
      if (each.kind === 'library') return [this.#library.canonical([each.name, ...rest].join('.'))]
      return each.kind === 'module' ? [[each.of.module, ...rest].join('.')] : []
    })
  }

  #named(value: Ref): readonly string[] {
    return this.#denotations.of(value).flatMap((each) => {
      if (each.kind === 'class') return [this.#classes.name(each.of)]
      return each.kind === 'library' ? [each.name] : []
    })
  }
}

function isTransparent(name: string): boolean {
  return TRANSPARENT.has(name.slice(name.lastIndexOf('.') + 1))
}
