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
  /** Stores through the receiver of a method, by the name and the class that declares the method. */
  readonly received: ReadonlyMap<string, ReadonlyMap<ClassRef, readonly Ref[]>>
  readonly typed: ReadonlyMap<string, readonly TypedStore[]>
  /** Answers given, by class and name. */
  readonly declared: Map<ClassRef, Map<string, readonly Ref[]>>
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
    const classes: ClassRef[] = []
    for (const type of types) {
      const named = this.#classes.named(type)
      if (named !== undefined) classes.push(named)
    }
    if (classes.length === 0) return []
    this.#tables ??= this.#index()
    const others = this.#tables.typed.get(name)
    const [only] = classes
    if (others === undefined && classes.length === 1 && only !== undefined) return this.#declared(only, name)
    const found: (readonly Ref[])[] = classes.map((each) => this.#declared(each, name))
    if (others !== undefined && others.length <= MAX_TYPED_STORES) {
      const families = classes.map((each) => this.#classes.family(each))
      const stored = others.filter(({ object }) => families.some((family) => this.#isIn(object, family)))
      if (stored.length > 0) found.push(stored.map(({ value }) => value))
    }
    return found.length === 1 ? found[0] ?? [] : [...new Set(found.flat())].sort((a, b) => a - b)
  }

  /** What the methods and bodies of a class's family store, which no type decides. Sorted. */
  #declared(of: ClassRef, name: string): readonly Ref[] {
    const { received, declared } = this.#tables ??= this.#index()
    let byName = declared.get(of)
    if (byName === undefined) {
      byName = new Map()
      declared.set(of, byName)
    }
    let known = byName.get(name)
    if (known === undefined) {
      const family = this.#classes.family(of)
      const found = new Set<Ref>()
      addFrom(received.get(name), family, found)
      addFrom(this.#classes.declaring(name), family, found)
      known = [...found].sort((a, b) => a - b)
      byName.set(name, known)
    }
    return known
  }

  #isIn(object: Ref, family: ReadonlySet<ClassRef>): boolean {
    return this.#typesOf(object).some((type) => {
      const own = this.#classes.named(type)
      return own !== undefined && family.has(own)
    })
  }

  #index(): Tables {
    const received = new Map<string, Map<ClassRef, Ref[]>>()
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
          const classes = received.get(name) ?? new Map<ClassRef, Ref[]>()
          received.set(name, classes)
          push(classes, receiver, value)
        }
      }
    }
    return { received, typed, declared: new Map() }
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

/** Adds what classes of a family have: of the two, the smaller is walked. */
function addFrom(having: ReadonlyMap<ClassRef, readonly Ref[]> | undefined, family: ReadonlySet<ClassRef>, found: Set<Ref>): void {
  if (having === undefined) return
  const few = having.size < family.size ? having.keys() : family
  for (const each of few) {
    const values = family.has(each) ? having.get(each) : undefined
    for (const value of values ?? []) found.add(value)
  }
}

function push<K, T>(table: Map<K, T[]>, key: K, value: T): void {
  const list = table.get(key)
  if (list) list.push(value)
  else table.set(key, [value])
}
