/** Numbers that look random and are the same for the same seed, on every machine. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = (Math.imul(seed, 0x85ebca6b) ^ 0x9e3779b9) >>> 0
  }

  /** Begins anew, so that what was drawn before does not matter any more. */
  restart(seed: number): void {
    this.#state = (Math.imul(seed, 0x85ebca6b) ^ 0x9e3779b9) >>> 0
  }

  /** From 0, below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }

  /** A whole number from 0, below `limit`. */
  below(limit: number): number {
    return Math.floor(this.next() * limit)
  }

  chance(share: number): boolean {
    return this.next() < share
  }

  /** One of several. Throws when there is none. */
  pick<T>(from: readonly T[]): T {
    const picked = from[this.below(from.length)]
    if (picked === undefined) throw new Error('nothing to pick from')
    return picked
  }

  /** The same things in another order. */
  shuffled<T>(things: readonly T[]): T[] {
    const mixed = [...things]
    for (let last = mixed.length - 1; last > 0; last--) {
      const other = this.below(last + 1)
      const [a, b] = [mixed[last], mixed[other]]
      if (a !== undefined && b !== undefined) [mixed[last], mixed[other]] = [b, a]
    }
    return mixed
  }
}
