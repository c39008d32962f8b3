/** A part of a text without the blanks around it. */
export interface Piece {
  readonly start: number
  readonly end: number
}

const OPENING = '([{'
const CLOSING = ')]}'

/**
 * Splits `[start, end)` at a separator that stands outside brackets and strings.
 * Pieces keep their own offsets; empty ones are left out.
 */
export function splitTopLevel(text: string, start: number, end: number, separator: string): Piece[] {
  const pieces: Piece[] = []
  let depth = 0
  let from = start
  for (let at = start; at < end; at++) {
    const char = text[at] ?? ''
    if (char === '"' || char === "'") at = skipString(text, at, end)
    else if (char === '#') at = skipComment(text, at, end)
    else if (OPENING.includes(char)) depth++
    else if (CLOSING.includes(char)) depth--
    else if (depth === 0 && char === separator) {
      pieces.push(trimmed(text, from, at))
      from = at + 1
    }
  }
  pieces.push(trimmed(text, from, end))
  return pieces.filter((each) => each.end > each.start)
}

/** Offset of a string literal's last quote, or of the last character when it is not closed. */
export function skipString(text: string, at: number, end: number): number {
  const quote = text[at] ?? ''
  const closing = text.startsWith(quote.repeat(3), at) ? quote.repeat(3) : quote
  for (let each = at + closing.length; each < end; each++) {
    if (text[each] === '\\') each++
    else if (text.startsWith(closing, each)) return each + closing.length - 1
  }
  return end - 1
}

function skipComment(text: string, at: number, end: number): number {
  const line = text.indexOf('\n', at)
  return line < 0 || line > end ? end : line
}

function trimmed(text: string, start: number, end: number): Piece {
  let first = start
  let last = end
  while (first < last && /\s/.test(text[first] ?? '')) first++
  while (last > first && /\s/.test(text[last - 1] ?? '')) last--
  return { start: first, end: last }
}
