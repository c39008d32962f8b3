/** Entries by full name, and those for any receiver by the last part of it. */
export class Index<E> {
  readonly #byName = new Map<string, E[]>()
  readonly #byMember = new Map<string, E[]>()

  /** Does nothing for an entry that has no name of this sort. */
  add(name: string | undefined, entry: E, anyReceiver: boolean): void {
    if (name === undefined) return
    push(this.#byName, name, entry)
    if (anyReceiver) push(this.#byMember, lastPart(name), entry)
  }

  /** Entries of a full name. */
  get(name: string): readonly E[] {
    return this.#byName.get(name) ?? []
  }

  /** Entries for any receiver, by the name of the method or attribute. */
  named(member: string): readonly E[] {
    return this.#byMember.get(member) ?? []
  }
}

function push<E>(map: Map<string, E[]>, key: string, entry: E): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [entry])
  else list.push(entry)
}

/** Keeps the first value of a key. */
export function setOnce<V>(map: Map<string, V>, key: string, value: V): void {
  if (!map.has(key)) map.set(key, value)
}

/** The library of a dotted name. */
export function firstPart(name: string): string {
  const dot = name.indexOf('.')
  return dot < 0 ? name : name.slice(0, dot)
}

/** What a dotted name names, without what it is part of. */
export function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1)
}
