import type { ForeignFinding } from './claim.ts'
import type { LocatedFile, Sources } from './evidence.ts'
import { codeOf } from './code-text.ts'
import { findVerbatim } from './match-quote.ts'
import { cleanQuote } from './quoted-code.ts'
import { tokensOf } from './tokens.ts'

/** A text in more files than this says nothing. */
const MAX_FILES = 40

/** Texts of one finding that vote. */
const MAX_BALLOTS = 24

/** Shorter texts vote for chance. */
const SHORTEST = 5

/** Candidates that are told. */
const SHOWN = 3

/** The weight by which each file is meant, with what speaks for it. */
export type Votes = ReadonlyMap<string, { readonly weight: number, readonly by: readonly string[] }>

/** Each distinct text of the findings votes for every file that has it, with 1 / (number of those files). */
export function voteForFiles(findings: readonly ForeignFinding[], sources: Sources): Votes {
  const votes = new Map<string, { weight: number, by: string[] }>()
  for (const text of ballotsOf(findings)) {
    const found = sources.filesWith(text, MAX_FILES)
    if (found.isCut) continue
    for (const path of found.paths) {
      const vote = votes.get(path) ?? { weight: 0, by: [] }
      vote.weight += 1 / found.paths.length
      vote.by.push(text)
      votes.set(path, vote)
    }
  }
  return votes
}

/**
 * Whether a file has one of the quotes whole, or nothing is quoted: parts of a line alone may be those of a test or
 * an example.
 */
export function hasWholeQuote(path: string, findings: readonly ForeignFinding[], sources: Sources): boolean {
  const quotes = findings
    .flatMap(({ claims }) => claims)
    .filter((claim) => claim.kind === 'quote')
    .flatMap((claim) => cleanQuote(claim.text) ?? [])
  const code = codeOf(sources, path)
  return (
    quotes.length === 0 ||
    (code !== undefined && quotes.some((quote) => findVerbatim(code, quote, undefined) !== undefined))
  )
}

/** The file that the votes name: with at least one whole vote and twice as many as any other. */
export function elect(votes: Votes): LocatedFile {
  const ranked = [...votes].map(([path, vote]) => ({ path, ...vote }))
    .sort((one, other) => other.weight - one.weight || (one.path < other.path ? -1 : 1))
  const [first, second] = ranked
  const told = ranked.slice(0, SHOWN)
  const isClear = first !== undefined && first.weight >= 1 && first.weight >= 2 * (second?.weight ?? 0)
  return isClear ? { path: first.path, how: 'inferred', votes: told } : { path: '', how: 'not-stated', votes: told }
}

/** Lines, string literals, calls and long names out of quotes and named constructs. */
function ballotsOf(findings: readonly ForeignFinding[]): readonly string[] {
  const texts = new Set<string>()
  for (const { claims } of findings) {
    const own = new Set<string>()
    for (const claim of claims) {
      if (claim.kind === 'quote') for (const text of partsOf(claim.text)) own.add(text)
      if (claim.kind === 'construct' && claim.name.length >= SHORTEST) own.add(claim.name)
    }
    for (const text of [...own].slice(0, MAX_BALLOTS)) texts.add(text)
  }
  return [...texts]
}

function partsOf(quoted: string): readonly string[] {
  const quote = cleanQuote(quoted)
  if (quote === undefined) return []
  const parts = quote.text.split('\n').map((line) => line.trim())
  const tokens = tokensOf(quote.text)
  for (const [at, token] of tokens.entries()) {
    const next = tokens[at + 1]
    if (token.kind === 'string') parts.push(token.text.slice(1, -1))
    else if (token.kind === 'word' && next?.text === '(') {
      // A call with its first argument is rarer than its name.
      const argument = tokens[at + 2]
      const isWord = argument?.kind === 'word' || argument?.kind === 'string'
      parts.push(quote.text.slice(token.start, isWord ? argument.end : next.end))
    } else if (token.kind === 'word') parts.push(token.text)
  }
  return parts.filter((part) => part.length >= SHORTEST)
}
