import { displayWidth, printable } from '../core/printable.ts'
import type { Location } from '../review/review.ts'

/** One line of a code frame. */
export interface FrameLine {
  /** Line number, or `undefined` for a line of carets. */
  readonly number: number | undefined
  readonly text: string
}

/** Columns a tab is shown as; terminals differ, and carets must stand under the code. */
const TAB = '    '

/**
 * The quoted code with its line numbers and carets under the exact place. Only
 * printable characters come out; carets count the columns they take.
 */
export function frameOf(place: Location): readonly FrameLine[] {
  if (place.code === '') return []
  const lines: FrameLine[] = []
  const quoted = place.code.split('\n')
  for (const [at, line] of quoted.entries()) {
    const number = place.line + at
    lines.push({ number, text: shownCode(line) })
    const carets = caretsUnder(place, line, number)
    if (carets !== '') lines.push({ number: undefined, text: carets })
  }
  return lines
}

/** One line of code as it is shown: harmless, tabs as blanks. */
export function shownCode(line: string): string {
  return line.split('\t').map(printable).join(TAB)
}

function caretsUnder(place: Location, line: string, number: number): string {
  const shift = number === place.line ? place.shift : 0
  const first = number === place.line ? place.column - 1 + shift : leadingBlanks(line)
  const last = number === place.endLine ? place.endColumn - 1 + shift : line.trimEnd().length
  const from = Math.min(Math.max(first, 0), line.length)
  const to = Math.min(Math.max(last, from), line.length)
  const before = displayWidth(shownCode(line.slice(0, from)))
  const width = displayWidth(shownCode(line.slice(from, to)))
  if (width === 0 && number !== place.line) return ''
  return `${' '.repeat(before)}${'^'.repeat(Math.max(1, width))}`
}

function leadingBlanks(line: string): number {
  return line.length - line.trimStart().length
}
