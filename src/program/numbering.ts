/** Numbers that share one entry of the table: so few steps are left from there. */
const SHIFT = 5

/**
 * Consecutive runs of numbers, as the values of each file: which run a number is
 * in. Asked at nearly every step of every analysis, so it is looked up in a table
 * and not searched for.
 */
export class Numbering {
  readonly #starts: Int32Array
  /** By number, shifted: the last run that starts at or before the first of them. */
  readonly #table: Int32Array

  /** `starts`: where each run starts, ascending; an empty one starts where the next does. `end`: one past the last number. */
  constructor(starts: Int32Array, end: number) {
    this.#starts = starts
    this.#table = new Int32Array((end >> SHIFT) + 1)
    let run = 0
    for (let entry = 0; entry < this.#table.length; entry++) {
      while (run + 1 < starts.length && (starts[run + 1] ?? 0) <= entry << SHIFT) run++
      this.#table[entry] = run
    }
  }

  /** The run of a number: the last of those that start at or before it, for one past the end too. */
  indexOf(number: number): number {
    const starts = this.#starts
    let run = this.#table[number >> SHIFT] ?? starts.length - 1
    while (run + 1 < starts.length && (starts[run + 1] ?? 0) <= number) run++
    return run
  }
}
