/** Times the values of one cycle are computed anew before they are taken as they are. */
const MAX_ROUNDS = 8

/** Questions open at one time; a longer chain of definitions is cut, and the answers on it not remembered. */
const MAX_OPEN = 160

interface Open<T> {
  readonly depth: number
  /** What is known of it so far, for those that ask on the way round a cycle. */
  value: readonly T[]
}

interface Provisional<T> {
  readonly value: readonly T[]
  /** Depth of the outermost open question it depends on. */
  readonly low: number
}

/**
 * Answers questions whose answers are sets that depend on one another, each when
 * it is first asked. Answers round a cycle are computed together until they no
 * longer grow, so that what is remembered does not depend on who asked first.
 */
export class Fixpoint<T> {
  readonly #find: (key: number) => readonly T[]
  readonly #known = new Map<number, readonly T[]>()
  readonly #open = new Map<number, Open<T>>()
  readonly #provisional = new Map<number, Provisional<T>>()
  /** Keys of `#provisional`, in order. */
  readonly #pending: number[] = []
  /** Depth of the outermost open question that the current answer has met; infinite when none. */
  #low = Infinity
  /** Whether a chain was cut for its length since the outermost question was asked. */
  #isCut = false

  /** `find` computes one answer, sorted, asking `of` for others. */
  constructor(find: (key: number) => readonly T[]) {
    this.#find = find
  }

  /**
   * Whether the answer being computed has met a question that is still open. What
   * is derived now may be incomplete and is not to be remembered.
   */
  get isProvisional(): boolean {
    return this.#low !== Infinity
  }

  of(key: number): readonly T[] {
    const known = this.#known.get(key)
    if (known) return known
    const open = this.#open.get(key)
    if (open) {
      this.#low = Math.min(this.#low, open.depth)
      return open.value
    }
    const provisional = this.#provisional.get(key)
    if (provisional) {
      this.#low = Math.min(this.#low, provisional.low)
      return provisional.value
    }
    if (this.#open.size >= MAX_OPEN) {
      this.#low = 0
      this.#isCut = true
      return []
    }
    if (this.#open.size === 0) this.#isCut = false
    return this.#answer(key)
  }

  #answer(key: number): readonly T[] {
    const outer = this.#low
    const first = this.#pending.length
    const open: Open<T> = { depth: this.#open.size, value: [] }
    this.#open.set(key, open)
    for (let round = 1; ; round++) {
      this.#low = Infinity
      const found = this.#find(key)
      const isStable = isSame(found, open.value)
      open.value = found
      if (this.#low !== open.depth || isStable || this.#isCut || round === MAX_ROUNDS) break
      for (const each of this.#pending.splice(first)) this.#provisional.delete(each)
    }
    this.#open.delete(key)
    if (this.#low >= open.depth) {
      this.#known.set(key, open.value)
      for (const each of this.#pending.splice(first)) {
        if (!this.#isCut) this.#known.set(each, this.#provisional.get(each)?.value ?? [])
        this.#provisional.delete(each)
      }
      this.#low = outer
    } else {
      this.#provisional.set(key, { value: open.value, low: this.#low })
      this.#pending.push(key)
      this.#low = Math.min(outer, this.#low)
    }
    return open.value
  }
}

function isSame<T>(some: readonly T[], others: readonly T[]): boolean {
  return some.length === others.length && some.every((each, at) => each === others[at])
}
