import { REVIEW_LIMITS } from './reader.ts'
import { isSpace } from './tokens.ts'

/** What a scanner writes in the place of code it withholds. */
const WITHHELD: ReadonlySet<string> = new Set(['requires login'])

/** A quote, cleaned of what the review added to the code. */
export interface CleanQuote {
  /** The code with its lines. */
  readonly text: string
  /** Number of lines that are not blank. */
  readonly lines: number
  /** The whole without white space. */
  readonly squashed: string
  /** What stands between `...`; one piece when there is no gap. */
  readonly pieces: readonly string[]
}

/**
 * Takes away what is not code: diff markers, line numbers before the lines, HTML
 * entities, typographic quote marks. `undefined` for a quote that holds nothing.
 */
export function cleanQuote(quoted: string): CleanQuote | undefined {
  const decoded = plainMarks(quoted.slice(0, REVIEW_LIMITS.quoteCharacters))
  const lines = withoutLineNumbers(
    withoutDiffMarks(
      decoded
        .split('\n')
        .map((line) => line.trimEnd())
        .filter((line) => !isPointer(line)),
    ),
  )
  const text = lines.join('\n')
  const squashed = squash(text)
  if (squashed === '' || WITHHELD.has(text.trim().toLowerCase())) return undefined
  return { text, lines: lines.filter((line) => line.trim() !== '').length, squashed, pieces: piecesOf(text) }
}

/** A line that only points at what stands above it: `   | ^^^^^`. */
function isPointer(line: string): boolean {
  return /[\^~]/.test(line) && /^[\s|\u2502^~]+$/.test(line)
}

/** The text without any white space. */
export function squash(text: string): string {
  let squashed = ''
  let from = 0
  for (let at = 0; at < text.length; at++) {
    if (!isSpace(text.charCodeAt(at))) continue
    squashed += text.slice(from, at)
    from = at + 1
  }
  return squashed + text.slice(from)
}

const ENTITIES: readonly (readonly [string, string])[] = [
  ['&lt;', '<'], ['&gt;', '>'], ['&quot;', '"'], ['&#39;', "'"], ['&#x27;', "'"], ['&apos;', "'"], ['&nbsp;', ' '],
  ['&amp;', '&'],
]

function plainMarks(text: string): string {
  let plain = text
    .replaceAll('\r\n', '\n')
    .replaceAll('\r', '\n')
    .replaceAll(/[\u2018\u2019]/g, "'")
    .replaceAll(/[\u201c\u201d]/g, '"')
  for (const [entity, mark] of ENTITIES) plain = plain.replaceAll(entity, mark)
  return plain
}

/** Lines of a unified diff as they stand after the change; unchanged when it is none. */
function withoutDiffMarks(lines: readonly string[]): readonly string[] {
  const full = lines.filter((line) => line !== '')
  const isDiff =
    full.some((line) => line.startsWith('@@')) ||
    (full.length > 1 && full.every((line) => /^[-+ ]/.test(line)) && full.some((line) => /^[-+]/.test(line)))
  if (!isDiff) return lines
  return lines.filter((line) => !/^(@@|---|\+\+\+|-)/.test(line)).map((line) => line.slice(1))
}

/** Lines without their numbers `12`, `12:`, `12 |`, `L12`, `> 12 |`, when all have one and they ascend by one. */
function withoutLineNumbers(lines: readonly string[]): readonly string[] {
  const numbers = lines.map(lineNumber)
  const full = lines.map((line, at) => ({ line, number: numbers[at] })).filter(({ line }) => line.trim() !== '')
  if (full.length === 0 || full.some(({ number }) => number === undefined)) return lines
  const first = full[0]?.number
  const isMarked = first !== undefined && (first.isMarked || full.length > 1)
  const ascends = full.every(({ number }, at) => at === 0 || (number?.value ?? 0) > (full[at - 1]?.number?.value ?? 0))
  return isMarked && ascends ? lines.map((line, at) => line.slice(numbers[at]?.length ?? 0)) : lines
}

interface LineNumber {
  readonly value: number
  /** Characters before the code. */
  readonly length: number
  /** Whether a mark follows it, so that it can be nothing else. */
  readonly isMarked: boolean
}

function lineNumber(line: string): LineNumber | undefined {
  const found = /^([> ]{0,24})[Ll]?(\d{1,6})( ?[:|\u2502]|\t| |$)/.exec(line)
  if (found === null) return undefined
  const isMarked = /[:|\u2502]/.test(found[3] ?? '')
  // Deep in a line a bare number is code.
  if (!isMarked && (found[1] ?? '').length > MAX_BARE_INDENT) return undefined
  return { value: Number(found[2]), length: found[0].length, isMarked }
}

/** Columns before a line number that no mark follows. */
const MAX_BARE_INDENT = 6

/** Shorter pieces between gaps are found anywhere. */
const SHORTEST_PIECE = 4

function piecesOf(text: string): readonly string[] {
  const whole = squash(text)
  const pieces = whole.replaceAll('\u2026', '...').split('...').map((piece) => piece.replace(/^[#/*]+|[#/*]+$/g, ''))
  const kept = pieces.filter((piece) => piece.length >= SHORTEST_PIECE)
  return kept.length === 0 ? [whole] : kept
}
