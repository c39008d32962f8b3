import { errorCode } from '../core/files.ts'
import type { Review } from '../review/review.ts'
import { reviewFiles } from '../scan/review.ts'
import type { Engine, EngineAnswer } from './evidence.ts'
import type { Target } from './target.ts'

/** No engine: it was not asked for. */
export const NO_ENGINE: Engine = {
  about: () => Promise.resolve(unavailable('Assay was told not to review the code itself.')),
}

/** Files that are reviewed for one verification; a program's own reviews are not repeated for thousands of them. */
const MAX_FILES = 2_000

/**
 * Reviews the files that a review cites, all at once and only when a premise
 * asks. The program around them is read, so that data is followed across files.
 */
export class ReviewEngine implements Engine {
  readonly #target: Target
  readonly #paths: readonly string[]
  #review: Promise<Review | string> | undefined

  /** `cited` are the paths that may be asked for. */
  constructor(target: Target, cited: readonly string[]) {
    this.#target = target
    const understood = [...new Set(cited)].sort().filter((path) => target.sources.languageOf(path)?.flow !== undefined)
    this.#paths = understood.slice(0, MAX_FILES)
  }

  async about(path: string): Promise<EngineAnswer> {
    if (!this.#paths.includes(path)) return unavailable('Assay does not follow data in files of this kind.')
    this.#review ??= this.#run()
    const review = await this.#review
    if (typeof review === 'string') return unavailable(review)
    return {
      isAvailable: true,
      reason: '',
      findings: [...review.findings, ...review.suppressed.map((each) => each.finding)].filter((each) => each.place.path === path),
      places: review.places.filter((each) => each.place.path === path),
    }
  }

  /** The review, or why there is none. */
  async #run(): Promise<Review | string> {
    const { root, tree } = this.#target
    try {
      return await reviewFiles(root, tree, this.#paths)
    } catch (error) {
      // A file can go while it is read; the other verdicts stand without the engine.
      return `Assay could not review the code itself (${errorCode(error)}).`
    }
  }
}

function unavailable(reason: string): EngineAnswer {
  return { isAvailable: false, reason, findings: [], places: [] }
}
