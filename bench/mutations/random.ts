/** Numbers that look random and are the same for the same seed. */
export class SeededRandom {
  #state: number

  constructor(seed: number) {
    this.#state = seed & 0x7fff_ffff
  }

  /** A whole number from 0 to below the limit. */
  below(limit: number): number {
    this.#state = (Math.imul(this.#state, 1_103_515_245) + 12_345) & 0x7fff_ffff
    return (this.#state >>> 8) % Math.max(1, limit)
  }

  /** One of several; `undefined` of none. */
  pick<Item>(items: readonly Item[]): Item | undefined {
    return items[this.below(items.length)]
  }

  /** So many of several at most, each once, in the order given. */
  sample<Item>(items: readonly Item[], most: number): readonly Item[] {
    const left = items.map((item, at) => ({ item, at }))
    const chosen: { readonly item: Item; readonly at: number }[] = []
    while (chosen.length < most && left.length > 0) chosen.push(...left.splice(this.below(left.length), 1))
    return chosen.sort((one, other) => one.at - other.at).map(({ item }) => item)
  }
}
