import { LIMITS, type LimitName } from '../core/limits.ts'

/**
 * The work one rule may do in one file. Every loop of the matcher spends from
 * it; when it is used up, matching ends and the limit is named in the result.
 */
export class Budget {
  readonly #reached = new Set<LimitName>()
  #left: number
  #refusals = 0

  constructor(steps: number = LIMITS.matchSteps) {
    this.#left = steps
  }

  /** Spends one step; false when none is left. */
  step(): boolean {
    if (this.#left > 0) {
      this.#left--
      return true
    }
    return this.#refuse('matchSteps')
  }

  /** Spends many steps at once; false when there are not so many. */
  steps(count: number): boolean {
    this.#left -= count
    if (this.#left >= 0) return true
    this.#left = 0
    return this.#refuse('matchSteps')
  }

  /** Whether a list of matches has room for another one. */
  hasRoom(count: number): boolean {
    if (count < LIMITS.matchesPerFile) return true
    return this.#refuse('matchesPerFile')
  }

  /** How often something was refused: when it grew meanwhile, what was found meanwhile is not all there is. */
  get refusals(): number {
    return this.#refusals
  }

  #refuse(limit: LimitName): false {
    this.#reached.add(limit)
    this.#refusals++
    return false
  }

  /** Names of the limits reached, sorted. */
  get reached(): readonly LimitName[] {
    return [...this.#reached].sort()
  }
}
