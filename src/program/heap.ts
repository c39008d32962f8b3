import { Op } from '../flow/facts.ts'
import type { Classes } from './classes.ts'
import type { ClassRef, Ref } from './program.ts'
import type { Space } from './space.ts'

/** What is stored in attributes, by class and name, whatever the instance. */
export class Heap {
  readonly #space: Space
  readonly #classes: Classes
  readonly #known = new Map<string, readonly Ref[]>()
  #stores: ReadonlyMap<string, readonly Ref[]> | undefined

  constructor(space: Space, classes: Classes) {
    this.#space = space
    this.#classes = classes
  }

  /** Values stored under a name in instances of these types, their ancestors and descendants, or bound in their bodies. */
  stores(types: readonly string[], name: string): readonly Ref[] {
    const key = `${types.join('|')}.${name}`
    let known = this.#known.get(key)
    if (!known) {
      known = this.#find(types, name)
      this.#known.set(key, known)
    }
    return known
  }

  #find(types: readonly string[], name: string): readonly Ref[] {
    const family = new Set<ClassRef>()
    for (const type of types) {
      const own = this.#classes.named(type)
      if (own === undefined) continue
      for (const each of this.#classes.lineage(own).own) family.add(each)
      for (const each of this.#classes.descendants(own)) family.add(each)
    }
    const table = this.#table()
    const found = new Set<Ref>()
    for (const each of family) {
      for (const value of table.get(`${each}.${name}`) ?? []) found.add(value)
      for (const value of this.#classes.ownMember(each, name)) found.add(value)
    }
    return [...found].sort((a, b) => a - b)
  }

  /** Stores through the receiver of a method, by the class that declares the method. */
  #table(): ReadonlyMap<string, readonly Ref[]> {
    if (this.#stores) return this.#stores
    const table = new Map<string, Ref[]>()
    for (const file of this.#space.files) {
      const { facts } = file
      for (let at = 0; at < facts.op.length; at++) {
        if (facts.op[at] !== Op.SetAttr) continue
        const object = facts.a[at] ?? 0
        if (facts.op[object] !== Op.Param) continue
        const receiver = this.#classes.receiver(this.#space.functionOf(file.valueBase + at))
        if (receiver?.value !== file.valueBase + object) continue
        const key = `${receiver.of}.${facts.strings[facts.b[at] ?? 0] ?? ''}`
        const value = file.valueBase + (facts.args[facts.argStart[at] ?? 0] ?? 0)
        const list = table.get(key)
        if (list) list.push(value)
        else table.set(key, [value])
      }
    }
    this.#stores = table
    return table
  }
}
