import type { Usage, Weakness } from './record.ts'

/** A weakness found by words. */
export interface SearchHit {
  readonly weakness: Weakness
  /** The alternate term or former name that matched better than the name did. */
  readonly matchedBy?: string
}

/** How much a query word counts that a text has as a word, in another form, at a word's start, inside a word. */
const EXACT = 8
const SAME_STEM = 6
const PREFIX = 3
const INSIDE = 1
/** Shorter words are looked for as whole words only. */
const SHORTEST_PART = 3

interface Ranked extends SearchHit {
  readonly words: number
  readonly score: number
  /** Whether the query names the whole text. */
  readonly whole: boolean
  readonly length: number
}

/**
 * Weaknesses in the order of: query words found, how well they match, the whole
 * text named, found by the name itself, brevity of the text, usage (allowed first), id.
 */
export function searchWeaknesses(
  weaknesses: readonly Weakness[], formerNames: (id: number) => readonly string[], query: string,
): SearchHit[] {
  const wanted = wordsOf(query)
  if (wanted.length === 0) return []
  const ranked: Ranked[] = []
  for (const weakness of weaknesses) {
    const best = bestText(weakness, formerNames(weakness.id), wanted)
    if (best !== undefined) ranked.push(best)
  }
  return ranked.sort(compare).map(({ weakness, matchedBy }) => ({
    weakness, ...(matchedBy === undefined ? {} : { matchedBy }),
  }))
}

function bestText(weakness: Weakness, former: readonly string[], wanted: readonly string[]): Ranked | undefined {
  let best: Ranked | undefined
  const popular = popularName(weakness.name)
  const own = popular === undefined ? [weakness.name] : [weakness.name, popular]
  for (const text of [...own, ...(weakness.alternateTerms ?? []), ...former]) {
    const words = wordsOf(text)
    const scores = wanted.map((word) => scoreOf(word, words)).filter((score) => score > 0)
    if (scores.length === 0) continue
    const candidate = {
      weakness,
      ...(own.includes(text) ? {} : { matchedBy: text }),
      words: scores.length,
      score: scores.reduce((sum, score) => sum + score, 0),
      whole: scores.length === words.length,
      length: words.length,
    }
    if (best === undefined || isBetter(candidate, best) || (text === popular && candidate.whole && isAsGood(candidate, best))) best = candidate
  }
  return best
}

/** A term or former name takes the name's place only by matching more of the query. */
function isBetter(a: Ranked, b: Ranked): boolean {
  return a.words > b.words || (a.words === b.words && a.score > b.score)
}

function isAsGood(a: Ranked, b: Ranked): boolean {
  return a.words === b.words && a.score === b.score
}

/** What people call it, which CWE puts at the end of a name: `... ('SQL Injection')`. */
function popularName(name: string): string | undefined {
  return /\('([^']+)'\)$/.exec(name)?.[1]
}

function scoreOf(wanted: string, words: readonly string[]): number {
  if (words.includes(wanted)) return EXACT
  if (wanted.length < SHORTEST_PART) return 0
  const stem = stemOf(wanted)
  if (words.some((word) => stemOf(word) === stem)) return SAME_STEM
  if (words.some((word) => word.startsWith(wanted))) return PREFIX
  return words.some((word) => word.includes(wanted)) ? INSIDE : 0
}

function wordsOf(text: string): string[] {
  return [...new Set(text.toLowerCase().match(/[a-z0-9]+/g) ?? [])]
}

/** A rough common form of `log`, `logs`, `logged`, `logging`; enough to look up a name. */
function stemOf(word: string): string {
  const stem = word.replace(/(?:ings?|ed|es|s)$/, '')
  if (stem.length < SHORTEST_PART) return word
  return stem.replace(/([b-df-hj-np-tv-z])\1$/, '$1')
}

const USAGE_ORDER: Readonly<Record<Usage, number>> = {
  Allowed: 0, 'Allowed-with-Review': 1, Discouraged: 2, Prohibited: 3,
}

function compare(a: Ranked, b: Ranked): number {
  return b.words - a.words
    || b.score - a.score
    || Number(b.whole) - Number(a.whole)
    || Number(a.matchedBy !== undefined) - Number(b.matchedBy !== undefined)
    || a.length - b.length
    || USAGE_ORDER[a.weakness.mapping] - USAGE_ORDER[b.weakness.mapping]
    || a.weakness.id - b.weakness.id
}
