import { LIMITS } from '../core/limits.ts'
import type { Classes } from './classes.ts'
import type { Denotation, Denotations } from './denote.ts'
import type { Heap } from './heap.ts'
import type { ClassRef, FunctionRef, Ref } from './program.ts'

/** Descendants of a class up to which each one's whole order of ancestors is asked. */
const MAX_DESCENDANTS = 64

/** What a member of an object stands for. */
export interface MemberTargets {
  readonly found: readonly Denotation[]
  /** More were found than are followed. */
  readonly tooMany: boolean
  /** The type is a class of the program whose members are all known, and this is none of them. */
  readonly isAbsent: boolean
}

/** Looks up members of objects by their types. */
export class Members {
  readonly #denotations: Denotations
  readonly #classes: Classes
  readonly #heap: Heap
  readonly #known = new Map<ClassRef, Map<string, readonly Denotation[]>>()

  constructor(denotations: Denotations, classes: Classes, heap: Heap) {
    this.#denotations = denotations
    this.#classes = classes
    this.#heap = heap
  }

  /**
   * What a member of an object of this type denotes: the nearest definition,
   * what descendants put in its place unless the object is `exact`ly of this
   * type, functions stored in the field, and for a library ancestor its
   * documented name.
   */
  of(type: string, name: string, exact: boolean = false): MemberTargets {
    const own = this.#classes.named(type)
    if (own === undefined) {
      return { found: [this.#denotations.library(`${type}.${name}`)], tooMany: false, isAbsent: false }
    }
    const declared = exact ? this.#called(this.#classes.member(own, name)) : this.#declared(own, name)
    const callable = declared.length > 0 ? declared : this.#called(this.#heap.stores([type], name))
    if (callable.length > 0) {
      const tooMany = callable.length > LIMITS.callTargets
      return { found: callable.slice(0, LIMITS.callTargets), tooMany, isAbsent: false }
    }
    const { library, isOpen } = this.#classes.lineage(own)
    const found = library.map((base) => this.#denotations.library(`${base}.${name}`))
    const isAbsent = found.length === 0 && !isOpen && this.#classes.member(own, name).length === 0
    return { found, tooMany: false, isAbsent }
  }

  /** What a class and its descendants declare. */
  #declared(own: ClassRef, name: string): readonly Denotation[] {
    const names = this.#known.get(own) ?? new Map<string, readonly Denotation[]>()
    this.#known.set(own, names)
    const known = names.get(name)
    if (known) return known
    const values = [...this.#classes.member(own, name)]
    const descendants = this.#classes.descendants(own)
    // Below a class that inherits from several, a name may mean what a sibling of this class declares.
    const isNarrow = descendants.length <= MAX_DESCENDANTS
    for (const each of descendants) {
      values.push(...(isNarrow ? this.#classes.member(each, name) : this.#classes.ownMember(each, name)))
    }
    const found = this.#called([...new Set(values)])
    if (!this.#denotations.isProvisional) names.set(name, found)
    return found
  }

  /** The member that the way to the parent class reaches from a method of a class. */
  ofParent(of: ClassRef, name: string): readonly Denotation[] {
    const found = this.#called(this.#classes.inherited(of, name))
    if (found.length > 0) return found
    return this.#classes.lineage(of).library.map((base) => this.#denotations.library(`${base}.${name}`))
  }

  /** Properties that reading the member runs: of the type, and what its descendants put in their place. */
  properties(type: string, name: string): readonly FunctionRef[] {
    return this.#accessors(type, name, (of) => this.#classes.isProperty(of))
  }

  /** Properties that assigning the member runs. */
  setters(type: string, name: string): readonly FunctionRef[] {
    return this.#accessors(type, name, (of) => this.#classes.isSetter(of))
  }

  #accessors(type: string, name: string, isWanted: (of: FunctionRef) => boolean): readonly FunctionRef[] {
    const own = this.#classes.named(type)
    if (own === undefined) return []
    const found = this.#declared(own, name).flatMap((each) => (each.kind === 'function' && isWanted(each.of) ? [each.of] : []))
    return found.slice(0, LIMITS.callTargets)
  }

  /** Values that a type's own classes bind the name to in a class body. */
  bound(type: string, name: string): readonly Ref[] {
    const own = this.#classes.named(type)
    return own === undefined ? [] : this.#classes.member(own, name)
  }

  /** Whether a type's own classes bind the name in a class body, so that an instance is bound to it as receiver. */
  isDeclared(type: string, name: string): boolean {
    const own = this.#classes.named(type)
    return own !== undefined && this.#classes.member(own, name).length > 0
  }

  #called(values: readonly number[]): readonly Denotation[] {
    const found = values.length === 0 ? [] : values.flatMap((value) => this.#denotations.of(value))
    return [...new Set(found)].filter((each) => each.kind !== 'module')
  }
}
