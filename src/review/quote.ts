import type { SourceText, Span } from '../core/text.ts'
import type { Location } from './review.ts'

/** Lines of one quote at most; a longer place shows its beginning and says how much is left out. */
export const QUOTED_LINES = 10
/** Characters of one quoted line at most: beyond it lies generated or minified code. */
export const QUOTED_CHARACTERS = 160
/** Characters kept before the place when the beginning of its line is cut. */
const LEAD = 40

/**
 * A place as the report quotes it: whole lines, verbatim, with what was cut said
 * in the text itself.
 */
export function locationOf(path: string, text: SourceText, span: Span): Location {
  const start = text.position(span.start)
  const end = text.position(Math.max(span.start, span.end))
  const lastLine = end.column === 1 && end.line > start.line ? end.line - 1 : end.line
  const lines = lastLine - start.line + 1
  const shown = Math.min(lines, QUOTED_LINES)
  const first = cutLine(text.line(start.line), start.column)
  const quoted = [first.code]
  for (let line = 1; line < shown; line++) quoted.push(cutLine(text.line(start.line + line), 1).code)
  return {
    path,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
    code: quoted.join('\n'),
    cut: lines - shown,
    shift: first.shift,
  }
}

/** A place in a file whose text is not at hand: line 1, no code. */
export function locationWithoutText(path: string): Location {
  return { path, line: 1, column: 1, endLine: 1, endColumn: 1, code: '', cut: 0, shift: 0 }
}

/** Code of a span on one line for use inside a sentence: blanks joined, at most `length` characters. */
export function codeInSentence(text: SourceText, span: Span, length = 80): string {
  const joined = text.text
    .slice(span.start, Math.min(span.end, span.start + length * 4))
    .replace(/\s+/g, ' ')
    .trim()
  const short = joined.length > length ? `${withoutHalf(joined.slice(0, length - 1))}…` : joined
  // A backtick would end the quotation in the sentence.
  return short.replaceAll('`', "'")
}

interface CutLine {
  readonly code: string
  readonly shift: number
}

function cutLine(line: string, column: number): CutLine {
  if (line.length <= QUOTED_CHARACTERS) return { code: line, shift: 0 }
  const from = column <= QUOTED_CHARACTERS - LEAD ? 0 : wholeFrom(line, column - 1 - LEAD)
  const to = wholeFrom(line, Math.min(line.length, from + QUOTED_CHARACTERS))
  const before = from > 0 ? `[${from} characters cut] ` : ''
  const after = to < line.length ? ` [${line.length - to} characters cut]` : ''
  return { code: before + line.slice(from, to) + after, shift: before.length - from }
}

/** Text about code, which may hold a whole literal of it, at a length that people read. */
export function bounded(text: string, length: number = 400): string {
  return text.length <= length
    ? text
    : `${withoutHalf(text.slice(0, length))}… (${text.length - length} characters cut)`
}

/** The offset, or the one before when it would cut a surrogate pair in half. */
function wholeFrom(line: string, at: number): number {
  return /^[\udc00-\udfff]/.test(line.charAt(at)) && /[\ud800-\udbff]/.test(line.charAt(at - 1)) ? at - 1 : at
}

/** A cut must not leave half of a surrogate pair. */
function withoutHalf(text: string): string {
  return /[\ud800-\udbff]$/.test(text) ? text.slice(0, -1) : text
}
