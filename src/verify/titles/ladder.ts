import type { Catalogue } from '../../cwe/catalogue.ts'
import { idsOfShortName } from './short-names.ts'
import { TitleScorer, type TitleScore } from './score.ts'
import { inParentheses, plainTitle, specificTitle, withoutParentheses } from './words.ts'

/** What a title is to a weakness, from the best to the worst. */
export type TitleStep =
  | 'official'
  | 'normalised'
  | 'former'
  | 'alternate'
  | 'short'
  | 'paraphrase'
  | 'over-general'
  | 'truncated'
  | 'unclear'
  | 'placeholder'
  | 'other-weakness'

/** The judgement of a title given for an id. */
export interface TitleJudgement {
  readonly step: TitleStep
  /** The name it equals or fits best: former name, alternate term. */
  readonly matched: string
  /** How well it fits the cited id, 0 to 1. */
  readonly score: number
  /** Other weaknesses it fits, best first; for `over-general` and `other-weakness` the first is meant. */
  readonly candidates: readonly TitleScore[]
}

/**
 * Decision of section "paraphrase": scores at which a title fits, by which a rival must lead, and that it must have.
 */
const FITS = 0.5
const LEAD = 0.3
const RIVAL = 0.45

/** A title cut off at its end must still have this many characters. */
const SHORTEST_CUT = 12

/** Candidates told. */
const SHOWN = 2

/** What older editions of the list wrote before the name of a category. */
const CATEGORY = 'CWE CATEGORY:'

const PLACEHOLDERS: ReadonlySet<string> = new Set([
  '', 'none', 'n a', 'na', 'tbd', 'todo', 'unknown', 'other', 'title', 'name',
])

/** Judges titles against the names of one catalogue. */
export class TitleLadder {
  readonly #catalogue: Catalogue
  #scorer: TitleScorer | undefined

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue
  }

  /** The title of an entry that exists. */
  judge(id: number, given: string): TitleJudgement {
    const title = given.startsWith(CATEGORY) ? given.slice(CATEGORY.length).trim() : given
    const specific = specificTitle(plainTitle(title))
    const named = this.#byName(id, title) ?? (specific === plainTitle(title) ? undefined : this.#byName(id, specific))
    if (named !== undefined) return named
    if (this.#catalogue.get(id) === undefined) return { step: 'unclear', matched: '', score: 0, candidates: [] }
    return this.#byScore(id, title)
  }

  /** The weaknesses that a title fits best, for a finding without id. */
  best(title: string): readonly TitleScore[] {
    const short = idsOfShortName(title)
    if (short.length > 0) return short.map((id) => ({ id, score: 1, name: title }))
    this.#scorer ??= new TitleScorer(this.#catalogue)
    return this.#scorer
      .rank(title)
      .filter((each) => each.score >= FITS)
      .slice(0, SHOWN)
  }

  #byName(id: number, title: string): TitleJudgement | undefined {
    const official = this.#catalogue.nameOf(id) ?? ''
    const step = (name: TitleStep, matched: string): TitleJudgement => ({
      step: name,
      matched,
      score: 1,
      candidates: [],
    })
    if (title.trim() === official) return step('official', official)
    const plain = plainTitle(title)
    const isSame = (name: string): boolean => plainTitle(name) === plain
    if (isSame(official)) return step('normalised', official)
    if (PLACEHOLDERS.has(plain)) return { step: 'placeholder', matched: '', score: 0, candidates: [] }
    const former = this.#catalogue.formerNames(id).find(isSame)
    if (former !== undefined) return step('former', former)
    const alternate = this.#catalogue.get(id)?.alternateTerms?.find((term) => variantsOf(term).some(isSame))
    if (alternate !== undefined) return step('alternate', alternate)
    const variant = variantsOf(official).find((name) =>
      variantsOf(title).some((each) => plainTitle(each) === plainTitle(name)),
    )
    if (variant !== undefined) return step('normalised', variant)
    const isShort = [title, withoutParentheses(title), ...inParentheses(title)].some((each) =>
      idsOfShortName(each).includes(id),
    )
    if (isShort) return step('short', title)
    const isCut =
      plain.length >= SHORTEST_CUT && (plainTitle(official).startsWith(plain) || plain.startsWith(plainTitle(official)))
    return isCut ? step('truncated', official) : undefined
  }

  #byScore(id: number, title: string): TitleJudgement {
    this.#scorer ??= new TitleScorer(this.#catalogue)
    const ranked = this.#scorer.rank(title)
    const own = ranked.find((each) => each.id === id)
    const score = own?.score ?? 0
    const matched = own?.name ?? ''
    const rivals = ranked.filter((each) => each.id !== id)
    const unrelated = rivals.filter((each) => !this.#isRelated(id, each.id))
    const [rival] = unrelated
    if (rival !== undefined && rival.score >= RIVAL && rival.score >= score + LEAD) {
      return { step: 'other-weakness', matched, score, candidates: unrelated.slice(0, SHOWN) }
    }
    if (score < FITS) return { step: 'unclear', matched, score, candidates: rivals.slice(0, SHOWN) }
    const finer = rivals.filter((each) => each.score > score && this.#catalogue.isAncestor(id, each.id))
    return finer.length > 0
      ? { step: 'over-general', matched, score, candidates: finer.slice(0, SHOWN) }
      : { step: 'paraphrase', matched, score, candidates: rivals.slice(0, SHOWN) }
  }

  /** An ancestor, a descendant, or a weakness below the same parent. */
  #isRelated(one: number, other: number): boolean {
    const catalogue = this.#catalogue
    if (catalogue.isAncestor(one, other) || catalogue.isAncestor(other, one)) return true
    return catalogue.parents(one).some((parent) => catalogue.parents(other).includes(parent))
  }
}

/** A name, the name without parentheses, what stands in them, and the sides of a slash. */
function variantsOf(name: string): readonly string[] {
  const variants = [name, withoutParentheses(name), ...inParentheses(name), ...name.split(' / ')]
  return variants.filter((each) => each.trim() !== '')
}
