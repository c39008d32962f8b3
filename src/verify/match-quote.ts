import type { CodeText } from './code-text.ts'
import type { CleanQuote } from './quoted-code.ts'

/** Lines where a quote stands, inclusive, counted from 1. */
export interface QuoteLines {
  readonly line: number
  readonly endLine: number
}

/** Places of one quote in one file that are looked at. */
const MAX_PLACES = 1_000

/** Lines a quote may take more than it has itself: code joined from several lines. */
const JOINED_LINES = 10

/** Lines from one piece of a quote with gaps to the next. */
const GAP_LINES = 60

/**
 * Where a quote stands verbatim but for white space: the place nearest to the
 * cited line, or the first without one. `undefined` when it does not stand there.
 */
export function findVerbatim(code: CodeText, quote: CleanQuote, near: number | undefined): QuoteLines | undefined {
  const places = placesOf(code, quote.squashed).filter((each) => each.endLine - each.line < quote.lines + JOINED_LINES)
  const all = places.length > 0 || quote.pieces[0] === quote.squashed ? places : placesWithGaps(code, quote.pieces)
  return nearest(all, near)
}

/** How often a quote stands in a file, counted up to a limit. */
export function countVerbatim(code: CodeText, quote: CleanQuote): number {
  return placesOf(code, quote.squashed).length
}

function nearest(places: readonly QuoteLines[], near: number | undefined): QuoteLines | undefined {
  if (near === undefined) return places[0]
  let best: QuoteLines | undefined
  for (const place of places) if (best === undefined || distance(place, near) < distance(best, near)) best = place
  return best
}

/** Lines between a place and a line; 0 when the line lies in it. */
export function distance({ line, endLine }: QuoteLines, from: number): number {
  if (from < line) return line - from
  return from > endLine ? from - endLine : 0
}

function placesOf(code: CodeText, squashed: string): readonly QuoteLines[] {
  const places: QuoteLines[] = []
  const text = code.squashed
  for (let at = text.indexOf(squashed); at >= 0 && places.length < MAX_PLACES; at = text.indexOf(squashed, at + 1)) {
    if (!isWholeWords(code, squashed, at)) continue
    places.push({ line: code.lineAt(at), endLine: code.lineAt(at + squashed.length - 1) })
  }
  return places
}

/** A name that begins the quote begins there too, and is not the tail of a longer one. */
function isWholeWords(code: CodeText, squashed: string, at: number): boolean {
  return !/[\w$]/.test(squashed[0] ?? '') || !/[\w$]/.test(code.before(at))
}

function placesWithGaps(code: CodeText, pieces: readonly string[]): readonly QuoteLines[] {
  const [first = '', ...rest] = pieces
  const found: QuoteLines[] = []
  for (
    let at = code.squashed.indexOf(first);
    at >= 0 && found.length < MAX_PLACES;
    at = code.squashed.indexOf(first, at + 1)
  ) {
    let end = at + first.length
    let line = code.lineAt(end - 1)
    const start = code.lineAt(at)
    const isWhole = rest.every((piece) => {
      const next = code.squashed.indexOf(piece, end)
      if (next < 0 || code.lineAt(next) - line > GAP_LINES) return false
      end = next + piece.length
      line = code.lineAt(end - 1)
      return true
    })
    if (isWhole) found.push({ line: start, endLine: line })
  }
  return found
}
