import { Op } from '../flow/facts.ts'
import type { Classes } from './classes.ts'
import type { ClassRef, Ref } from './program.ts'
import type { Space } from './space.ts'

/** Assignments to one name through other objects than the receiver that are told apart by type; with more, none is. */
const MAX_TYPED_STORES = 40

/** One `object.name = value` whose object is not the receiver of a method. */
interface TypedStore {
  readonly object: Ref
  readonly value: Ref
}

interface Tables {
  /** Stores through the receiver of a method, by the class that declares the method and the name. */
  readonly received: ReadonlyMap<ClassRef, ReadonlyMap<string, readonly Ref[]>>
  readonly typed: ReadonlyMap<string, readonly TypedStore[]>
}

/** What is stored in attributes, by class and name, whatever the instance. */
export class Heap {
  readonly #space: Space
  readonly #classes: Classes
  #typesOf: (value: Ref) => readonly string[] = () => []
  #tables: Tables | undefined

  constructor(space: Space, classes: Classes) {
    this.#space = space
    this.#classes = classes
  }

  /** Says how types of objects are found, for stores through other objects than receivers. */
  connect(typesOf: (value: Ref) => readonly string[]): void {
    this.#typesOf = typesOf
  }

  /** The same heap seen with types of a later round. */
  seenWith(typesOf: (value: Ref) => readonly string[]): Heap {
    const heap = new Heap(this.#space, this.#classes)
    this.#tables ??= this.#index()
    heap.#tables = this.#tables
    heap.connect(typesOf)
    return heap
  }

  /**
   * Values stored under a name in instances of these types, their ancestors and
   * descendants, or bound in their bodies.
   */
  stores(types: readonly string[], name: string): readonly Ref[] {
    const family = this.#family(types)
    if (family.size === 0) return []
    this.#tables ??= this.#index()
    const found = new Set<Ref>()
    for (const each of family) {
      for (const value of this.#tables.received.get(each)?.get(name) ?? []) found.add(value)
      for (const value of this.#classes.ownMember(each, name)) found.add(value)
    }
    const typed = this.#tables.typed.get(name) ?? []
    if (typed.length <= MAX_TYPED_STORES) {
      for (const { object, value } of typed) if (this.#isIn(object, family)) found.add(value)
    }
    return [...found].sort((a, b) => a - b)
  }

  #isIn(object: Ref, family: ReadonlySet<ClassRef>): boolean {
    return this.#typesOf(object).some((type) => {
      const own = this.#classes.named(type)
      return own !== undefined && family.has(own)
    })
  }

  #family(types: readonly string[]): ReadonlySet<ClassRef> {
    const family = new Set<ClassRef>()
    for (const type of types) {
      const own = this.#classes.named(type)
      if (own === undefined) continue
      for (const each of this.#classes.lineage(own).own) family.add(each)
      for (const each of this.#classes.descendants(own)) family.add(each)
    }
    return family
  }

  #index(): Tables {
    const received = new Map<ClassRef, Map<string, Ref[]>>()
    const typed = new Map<string, TypedStore[]>()
    for (const file of this.#space.files) {
      const { facts, valueBase } = file
      for (let at = 0; at < facts.op.length; at++) {
        if (facts.op[at] !== Op.SetAttr) continue
        const object = valueBase + (facts.a[at] ?? 0)
        const name = facts.strings[facts.b[at] ?? 0] ?? ''
        const value = valueBase + (facts.args[facts.argStart[at] ?? 0] ?? 0)
        const receiver = this.#receiverAt(object)
        if (receiver === undefined) {
          push(typed, name, { object, value })
        } else {
          const names = received.get(receiver) ?? new Map<string, Ref[]>()
          received.set(receiver, names)
          push(names, name, value)
        }
      }
    }
    return { received, typed }
  }

  /** The class whose method's receiver an object is; also that of the method around a nested function. */
  #receiverAt(object: Ref): ClassRef | undefined {
    const { facts, valueBase } = this.#space.fileOf(object)
    const at = object - valueBase
    if (facts.op[at] === Op.Capture) {
      const captured = this.#space.list(object)
      const [only] = captured
      if (captured.length !== 1 || only === undefined || facts.op[only - valueBase] !== Op.Param) return undefined
      return this.#receiverAt(only)
    }
    if (facts.op[at] !== Op.Param) return undefined
    const receiver = this.#classes.receiver(this.#space.functionOf(object))
    return receiver?.value === object ? receiver.of : undefined
  }
}

function push<T>(table: Map<string, T[]>, name: string, value: T): void {
  const list = table.get(name)
  if (list) list.push(value)
  else table.set(name, [value])
}
