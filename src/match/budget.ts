import { LIMITS, type LimitName } from '../core/limits.ts'

/**
 * The work one rule may do in one file. Every loop of the matcher spends from
 * it; when it is used up, matching ends and the limit is named in the result.
 */
export class Budget {
  readonly #reached = new Set<LimitName>()
  #left: number

  constructor(steps: number = LIMITS.matchSteps) {
    this.#left = steps
  }

  /** Spends one step; false when none is left. */
  step(): boolean {
    if (this.#left > 0) {
      this.#left--
      return true
    }
    this.#reached.add('matchSteps')
    return false
  }

  /** Spends many steps at once; false when there are not so many. */
  steps(count: number): boolean {
    this.#left -= count
    if (this.#left >= 0) return true
    this.#left = 0
    this.#reached.add('matchSteps')
    return false
  }

  /** Whether a list of matches has room for another one. */
  hasRoom(count: number): boolean {
    if (count < LIMITS.matchesPerFile) return true
    this.#reached.add('matchesPerFile')
    return false
  }

  /** Names of the limits reached, sorted. */
  get reached(): readonly LimitName[] {
    return [...this.#reached].sort()
  }
}
