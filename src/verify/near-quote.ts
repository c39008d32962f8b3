import type { CodeText } from './code-text.ts'
import type { CleanQuote } from './quoted-code.ts'
import { isSameToken, tokensOf, type Token } from './tokens.ts'

/** Something similar to a quote. */
export interface NearQuote {
  readonly line: number
  readonly endLine: number
  /** Common tokens, twice, over the tokens of both; 0 to 1. */
  readonly similarity: number
  /** Whether a name, literal or operator differs. */
  readonly isLoadBearing: boolean
  /** The tokens that differ, in the quote and in the file, in order. */
  readonly difference: { readonly said: string, readonly found: string }
}

/** Least similarity that is worth showing. */
const THRESHOLD = 0.75

/** Bounds on one comparison: tokens of the quote, windows aligned, and tokens of a window beyond the quote's. */
const MAX_QUOTE = 300
const MAX_WINDOWS = 60
const WINDOW_MARGIN = 12

/** Shorter quotes are similar to anything. */
const SHORTEST = 4

/** The text of a file that is most similar to a quote; `undefined` when nothing is similar enough. */
export function findNear(code: CodeText, quote: CleanQuote): NearQuote | undefined {
  const said = tokensOf(quote.text)
  if (said.length < SHORTEST || said.length > MAX_QUOTE) return undefined
  let best: Alignment | undefined
  for (const start of windowStarts(code.tokens, said)) {
    const window = code.tokens.slice(start, start + said.length + WINDOW_MARGIN)
    const alignment = align(said, window)
    if (best === undefined || alignment.similarity > best.similarity) best = alignment
  }
  return best === undefined || best.similarity < THRESHOLD ? undefined : describe(code, best)
}

/** Where a window may begin: around the places of the quote's rarest words and strings. */
function windowStarts(tokens: readonly Token[], said: readonly Token[]): readonly number[] {
  const places = placesByText(tokens, new Set(said.filter((each) => each.kind !== 'mark').map((each) => each.text)))
  const anchors = said
    .map((token, at) => ({ at, places: places.get(token.text) ?? [] }))
    .filter((each) => each.places.length > 0)
  anchors.sort((one, other) => one.places.length - other.places.length || one.at - other.at)
  const starts = new Set<number>()
  for (const { at, places: found } of anchors) {
    for (const place of found) {
      if (starts.size < MAX_WINDOWS) starts.add(Math.max(0, place - at - WINDOW_MARGIN / 2))
    }
  }
  return [...starts].sort((one, other) => one - other)
}

function placesByText(tokens: readonly Token[], wanted: ReadonlySet<string>): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>()
  for (const [at, { text }] of tokens.entries()) {
    if (!wanted.has(text)) continue
    const known = places.get(text)
    if (known === undefined) places.set(text, [at])
    else known.push(at)
  }
  return places
}

interface Alignment {
  readonly similarity: number
  readonly window: readonly Token[]
  /** First and last token of the window that belong to it. */
  readonly first: number
  readonly last: number
  readonly said: readonly Token[]
  /** Tokens in common, as pairs of positions, ascending. */
  readonly pairs: readonly (readonly [number, number])[]
}

/**
 * Aligns by the longest common subsequence, twice: taking the latest partners
 * says where the similar text begins, taking the earliest from there where it ends.
 */
function align(said: readonly Token[], window: readonly Token[]): Alignment {
  const latest = pairsOf(said, window, 0, true)
  const start = latest[0]?.[1] ?? 0
  const pairs = withoutStrays(pairsOf(said, window, start, false), said.length)
  return {
    similarity: similarityOf(pairs, said.length),
    window,
    first: pairs[0]?.[1] ?? 0,
    last: pairs.at(-1)?.[1] ?? 0,
    said,
    pairs,
  }
}

/** Tokens in common as pairs of positions, from a table of lengths that is filled from the end. */
function pairsOf(
  said: readonly Token[],
  window: readonly Token[],
  from: number,
  takesLatest: boolean,
): readonly (readonly [number, number])[] {
  const width = window.length + 1
  const lengths = new Uint16Array((said.length + 1) * width)
  const isSame = (at: number, to: number): boolean => isSameToken(said[at]?.text ?? '', window[to]?.text ?? '')
  for (let at = said.length - 1; at >= 0; at--) {
    for (let to = window.length - 1; to >= from; to--) {
      const skipped = Math.max(lengths[(at + 1) * width + to] ?? 0, lengths[at * width + to + 1] ?? 0)
      lengths[at * width + to] = isSame(at, to)
        ? Math.max(skipped, 1 + (lengths[(at + 1) * width + to + 1] ?? 0))
        : skipped
    }
  }
  const pairs: (readonly [number, number])[] = []
  for (let at = 0, to = from; at < said.length && to < window.length;) {
    const here = lengths[at * width + to] ?? 0
    const canSkip = here === (lengths[at * width + to + 1] ?? 0)
    if (takesLatest && canSkip) to += 1
    else if (isSame(at, to) && here === 1 + (lengths[(at + 1) * width + to + 1] ?? 0)) {
      pairs.push([at, to])
      at += 1
      to += 1
    } else if (here === (lengths[(at + 1) * width + to] ?? 0)) at += 1
    else to += 1
  }
  return pairs
}

function similarityOf(pairs: readonly (readonly [number, number])[], said: number): number {
  const found = (pairs.at(-1)?.[1] ?? 0) - (pairs[0]?.[1] ?? 0) + 1
  return pairs.length === 0 ? 0 : (2 * pairs.length) / (said + found)
}

/** A token in common far from the others stretches the region; without it the rest is more similar. */
function withoutStrays(
  pairs: readonly (readonly [number, number])[],
  said: number,
): readonly (readonly [number, number])[] {
  let kept = pairs
  for (;;) {
    const shorter = [kept.slice(1), kept.slice(0, -1)].find(
      (each) => similarityOf(each, said) > similarityOf(kept, said),
    )
    if (shorter === undefined) return kept
    kept = shorter
  }
}

function describe(code: CodeText, { similarity, window, first, last, said, pairs }: Alignment): NearQuote {
  const saidPaired = new Set(pairs.map(([at]) => at))
  const foundPaired = new Set(pairs.map(([, to]) => to))
  const saidOnly = said.filter((_, at) => !saidPaired.has(at))
  const foundOnly = window.filter((_, to) => to >= first && to <= last && !foundPaired.has(to))
  const start = window[first]?.start ?? 0
  return {
    line: code.source.position(start).line,
    endLine: code.source.position(Math.max(start, (window[last]?.end ?? 1) - 1)).line,
    similarity,
    isLoadBearing: [...saidOnly, ...foundOnly].some(isLoadBearing),
    difference: { said: joined(saidOnly), found: joined(foundOnly) },
  }
}

/** A comma, semicolon or backslash at a line's end changes nothing that a reader means. */
function isLoadBearing({ text }: Token): boolean {
  return text !== ',' && text !== ';' && text !== '\\'
}

function joined(tokens: readonly Token[]): string {
  return tokens.map((each) => each.text).join(' ').slice(0, MAX_SHOWN)
}

/** Characters of a difference that are shown. */
const MAX_SHOWN = 300
