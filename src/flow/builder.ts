import type { StringId } from './facts.ts'

/** A growing list of 32-bit integers. */
export class IntList {
  #items: Int32Array
  length = 0

  constructor(capacity = 64) {
    this.#items = new Int32Array(capacity)
  }

  push(value: number): void {
    if (this.length === this.#items.length) this.#grow(this.length * 2)
    this.#items[this.length++] = value
  }

  /** Adds so many items; they are to be written to the array given, from the former `length` on. */
  extend(count: number): Int32Array {
    this.length += count
    if (this.length > this.#items.length) this.#grow(this.length * 2)
    return this.#items
  }

  /** The item at an index; 0 outside the list. */
  at(index: number): number {
    return this.#items[index] ?? 0
  }

  set(index: number, value: number): void {
    this.#items[index] = value
  }

  /** Forgets all items and keeps the memory. */
  clear(): void {
    this.length = 0
  }

  /** A copy of exactly the items. */
  toArray(): Int32Array {
    return this.#items.slice(0, this.length)
  }

  /** A copy of the items, each of which is a byte. */
  toBytes(): Uint8Array {
    return new Uint8Array(this.#items.subarray(0, this.length))
  }

  #grow(capacity: number): void {
    const wider = new Int32Array(capacity)
    wider.set(this.#items)
    this.#items = wider
  }
}

/** Strings by number, each once, numbered by first use. */
export class Strings {
  readonly #ids = new Map<string, StringId>()
  readonly list: string[] = []

  id(text: string): StringId {
    const known = this.#ids.get(text)
    if (known !== undefined) return known
    const made = this.list.length
    this.list.push(text)
    this.#ids.set(text, made)
    return made
  }
}
