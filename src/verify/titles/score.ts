import type { Catalogue } from '../../cwe/catalogue.ts'
import { inParentheses, titleWords, withoutParentheses } from './words.ts'

/** A weakness with how well a title fits it. */
export interface TitleScore {
  readonly id: number
  /** Cosine to the best of its names, 0 to 1. */
  readonly score: number
  /** The name that fits best. */
  readonly name: string
}

interface NameVector {
  readonly id: number
  readonly name: string
  readonly weights: ReadonlyMap<string, number>
  readonly length: number
}

/**
 * Compares titles with every name that the catalogue has for a live weakness:
 * name, name without parentheses, what stands in them, former names, alternate
 * terms. Rare words weigh more.
 */
export class TitleScorer {
  readonly #names: readonly NameVector[]
  readonly #frequency = new Map<string, number>()
  readonly #count: number

  constructor(catalogue: Catalogue) {
    const documents = catalogue.data.weaknesses.filter((each) => each.status !== 'Deprecated').flatMap((weakness) => {
      const bare = withoutParentheses(weakness.name)
      const names = [
        weakness.name, ...(bare === weakness.name ? [] : [bare]), ...inParentheses(weakness.name),
        ...catalogue.formerNames(weakness.id), ...weakness.alternateTerms ?? [],
      ]
      return names.map((name) => ({ id: weakness.id, name, words: titleWords(name) }))
    })
    this.#count = documents.length
    for (const { words } of documents) {
      for (const word of new Set(words)) this.#frequency.set(word, (this.#frequency.get(word) ?? 0) + 1)
    }
    this.#names = documents.map(({ id, name, words }) => ({ id, name, ...this.#vector(words) }))
  }

  /** Weaknesses that share a word with the title, best first. */
  rank(title: string): readonly TitleScore[] {
    const asked = this.#vector(titleWords(title))
    const best = new Map<number, TitleScore>()
    for (const { id, name, weights, length } of this.#names) {
      const score = cosine(asked, { weights, length })
      if (score > (best.get(id)?.score ?? 0)) best.set(id, { id, score, name })
    }
    return [...best.values()].sort((one, other) => other.score - one.score || one.id - other.id)
  }

  #vector(words: readonly string[]): Pick<NameVector, 'weights' | 'length'> {
    const weights = new Map<string, number>()
    for (const word of words) weights.set(word, (weights.get(word) ?? 0) + this.#rarity(word))
    const length = Math.sqrt([...weights.values()].reduce((sum, weight) => sum + weight * weight, 0))
    return { weights, length }
  }

  #rarity(word: string): number {
    return Math.log((this.#count + 1) / ((this.#frequency.get(word) ?? 0) + 0.5))
  }
}

function cosine(one: Pick<NameVector, 'weights' | 'length'>, other: Pick<NameVector, 'weights' | 'length'>): number {
  if (one.length === 0 || other.length === 0) return 0
  let product = 0
  for (const [word, weight] of one.weights) product += weight * (other.weights.get(word) ?? 0)
  return product / (one.length * other.length)
}
