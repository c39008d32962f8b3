import { errorCode } from '../core/files.ts'
import type { Catalogue } from '../cwe/catalogue.ts'
import type { Review } from '../review/review.ts'
import { shippedRules } from '../scan/load-knowledge.ts'
import { reviewFiles } from '../scan/review.ts'
import type { Engine, EngineAnswer } from './evidence.ts'
import { isFamily } from './family.ts'
import type { Target } from './target.ts'

/** No engine: it was not asked for. */
export const NO_ENGINE: Engine = {
  prepare: () => Promise.resolve(),
  about: () => Promise.resolve(unavailable('Assay was told not to review the code itself.')),
}

/** Files that are reviewed for one verification; a program's own reviews are not repeated for thousands of them. */
const MAX_FILES = 2_000

/**
 * Reviews the files that a review cites, all at once, and only when there are
 * rules for one of the weaknesses it names. The program around them is read, so that data is followed across files.
 */
export class ReviewEngine implements Engine {
  readonly #target: Target
  readonly #catalogue: Catalogue
  /** Weaknesses that there are rules for. */
  readonly #searched: readonly number[]
  readonly #claimed: readonly number[]
  readonly #paths: readonly string[]
  readonly #cacheFolder: string | undefined
  readonly #byFile = new Map<string, EngineAnswer>()
  #review: Promise<Review | string> | undefined

  /** `cited` are the paths that may be asked for, `claimed` the weaknesses. */
  constructor(
    target: Target,
    catalogue: Catalogue,
    cited: readonly string[],
    claimed: readonly number[],
    cacheFolder?: string,
  ) {
    this.#claimed = claimed
    this.#target = target
    this.#cacheFolder = cacheFolder
    this.#catalogue = catalogue
    this.#searched = [
      ...new Set(shippedRules(catalogue, target.languages).flatMap((rule) => [rule.cwe, ...rule.otherCwes])),
    ]
    const understood = [...new Set(cited)].sort().filter((path) => target.sources.languageOf(path)?.flow !== undefined)
    this.#paths = understood.slice(0, MAX_FILES)
  }

  async prepare(): Promise<void> {
    if (this.#paths.length > 0 && this.#isSearched(this.#claimed)) await this.#answer()
  }

  async about(path: string, ids: readonly number[]): Promise<EngineAnswer> {
    if (!this.#isSearched(ids)) return unavailable('Assay has no rule for this weakness.')
    if (!this.#paths.includes(path)) return unavailable('Assay does not follow data in files of this kind.')
    const review = await this.#answer()
    if (typeof review === 'string') return unavailable(review)
    const known = this.#byFile.get(path) ?? answerAbout(review, path)
    this.#byFile.set(path, known)
    return known
  }

  #isSearched(ids: readonly number[]): boolean {
    return ids.some((id) => this.#searched.some((each) => isFamily(this.#catalogue, id, each)))
  }

  #answer(): Promise<Review | string> {
    this.#review ??= this.#run()
    return this.#review
  }

  /** The review for what is claimed, or why there is none. */
  async #run(): Promise<Review | string> {
    const { root, tree } = this.#target
    const cwe = this.#searched.filter((each) => this.#claimed.some((id) => isFamily(this.#catalogue, id, each)))
    try {
      return await reviewFiles(root, tree, this.#paths, {
        cwe,
        ...(this.#cacheFolder === undefined ? {} : { cacheFolder: this.#cacheFolder }),
      })
    } catch (error) {
      // A file can go while it is read; the other verdicts stand without the engine.
      return `Assay could not review the code itself (${errorCode(error)}).`
    }
  }
}

function answerAbout(review: Review, path: string): EngineAnswer {
  return {
    isAvailable: true,
    reason: '',
    findings: [...review.findings, ...review.suppressed.map((each) => each.finding)].filter(
      (each) => each.place.path === path,
    ),
    places: review.places.filter((each) => each.place.path === path),
  }
}

function unavailable(reason: string): EngineAnswer {
  return { isAvailable: false, reason, findings: [], places: [] }
}
