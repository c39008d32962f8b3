import type { Span } from '../core/text.ts'

/**
 * Ranges by place. Ranges of trees are nested or apart, so those that contain a
 * given one, or lie within it, are found without looking at all the others.
 */
export class RangeIndex<R extends Span> {
  readonly #sorted: readonly R[]
  /** Per range: the greatest end of it and all before it. */
  readonly #reach: readonly number[]

  constructor(ranges: readonly R[]) {
    this.#sorted = [...ranges].sort((one, other) => one.start - other.start || other.end - one.end)
    let reach = 0
    this.#reach = this.#sorted.map((each) => (reach = Math.max(reach, each.end)))
  }

  /** Every range; the first to start first. */
  get all(): readonly R[] {
    return this.#sorted
  }

  /** Whether some range has a place in common with the given one, be it only an end. */
  touches(of: Span): boolean {
    const last = this.#firstFrom(of.end + 1) - 1
    return last >= 0 && (this.#reach[last] ?? 0) >= of.start
  }

  /** Ranges that contain the given one, equal ones too; the first to start first. */
  containing(of: Span): R[] {
    const found: R[] = []
    for (let at = this.#firstFrom(of.start + 1) - 1; at >= 0 && (this.#reach[at] ?? 0) >= of.end; at--) {
      const each = this.#sorted[at]
      if (each !== undefined && each.end >= of.end) found.push(each)
    }
    return found.reverse()
  }

  /** Ranges that lie within the given one, equal ones left out; the first to start first. */
  within(of: Span): R[] {
    const found: R[] = []
    for (let at = this.#firstFrom(of.start); at < this.#sorted.length; at++) {
      const each = this.#sorted[at]
      if (each === undefined || each.start > of.end) break
      const isEqual = each.start === of.start && each.end === of.end
      if (each.end <= of.end && !isEqual) found.push(each)
    }
    return found
  }

  /** Index of the first range that starts at an offset or after it. */
  #firstFrom(start: number): number {
    let low = 0
    let high = this.#sorted.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#sorted[middle]?.start ?? 0) < start) low = middle + 1
      else high = middle
    }
    return low
  }
}
