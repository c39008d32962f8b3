import { IntList } from '../builder.ts'
import type { ValueId } from '../facts.ts'

/** Where variables stand in the source and which value each has there. */
export class Places {
  readonly #start: IntList
  readonly #end: IntList
  readonly #value: IntList

  /** `places` is how many are expected. */
  constructor(places: number) {
    this.#start = new IntList(places)
    this.#end = new IntList(places)
    this.#value = new IntList(places)
  }

  get count(): number {
    return this.#start.length
  }

  /** Notes a variable at a span with a provisional value of the function being lowered. */
  note(start: number, end: number, value: number): void {
    this.#start.push(start)
    this.#end.push(end)
    this.#value.push(value)
  }

  /** Forgets what was noted since there were so many. */
  truncate(count: number): void {
    this.#start.length = count
    this.#end.length = count
    this.#value.length = count
  }

  /** Gives everything noted since its final value. */
  renumber(from: number, renumber: (value: number) => ValueId): void {
    for (let at = from; at < this.#value.length; at++) this.#value.set(at, renumber(this.#value.at(at)))
  }

  /** All places sorted by start; of several at one span the first noted stays. */
  finish(): { readStart: Int32Array, readEnd: Int32Array, readValue: Int32Array } {
    const keys = new Float64Array(this.count)
    let kept = 0
    for (let at = 0; at < this.count; at++) if (this.#value.at(at) >= 0) keys[kept++] = this.#start.at(at) * STRIDE + at
    const order = keys.subarray(0, kept).sort()
    this.#sortEnds(order)
    const [starts, ends, values] = [new Int32Array(kept), new Int32Array(kept), new Int32Array(kept)]
    let count = 0
    for (let index = 0; index < kept; index++) {
      const at = placeOf(order[index] ?? 0)
      const [start, end] = [this.#start.at(at), this.#end.at(at)]
      if (count > 0 && starts[count - 1] === start && ends[count - 1] === end) continue
      starts[count] = start
      ends[count] = end
      values[count++] = this.#value.at(at)
    }
    return { readStart: starts.slice(0, count), readEnd: ends.slice(0, count), readValue: values.slice(0, count) }
  }

  /** Puts places that start together in the order of their ends; there are few of them. */
  #sortEnds(order: Float64Array): void {
    const endOf = (key: number): number => this.#end.at(placeOf(key))
    for (let at = 1; at < order.length; at++) {
      const key = order[at] ?? 0
      let to = at
      for (; to > 0; to--) {
        const before = order[to - 1] ?? 0
        if (startOf(before) !== startOf(key) || endOf(before) <= endOf(key)) break
        order[to] = before
      }
      order[to] = key
    }
  }
}

/** Larger than any number of places; times a file's length it stays an exact number. */
const STRIDE = 2 ** 26

function startOf(key: number): number {
  return Math.floor(key / STRIDE)
}

/** The number of a place; the remainder by `%` takes ten times as long. */
function placeOf(key: number): number {
  return key - startOf(key) * STRIDE
}
