/** Keys of one page; those of one function stand close together. */
const SHIFT = 5
const MASK = (1 << SHIFT) - 1

/**
 * What is known by number, for numbers from 0 that are asked about in clusters.
 * Pages are made when first written to; looking something up costs no hashing.
 */
export class PagedTable<T> {
  readonly #pages: ((T | undefined)[] | undefined)[] = []

  get(key: number): T | undefined {
    const page = this.#pages[key >> SHIFT]
    return page === undefined ? undefined : page[key & MASK]
  }

  set(key: number, value: T): void {
    const number = key >> SHIFT
    // Filled from the start, so that no place is a hole.
    while (this.#pages.length <= number) this.#pages.push(undefined)
    let page = this.#pages[number]
    if (page === undefined) {
      page = []
      while (page.length <= MASK) page.push(undefined)
      this.#pages[number] = page
    }
    page[key & MASK] = value
  }
}
