/**
 * Source text and places in it.
 *
 * Every offset in Assay is in UTF-16 code units of the decoded text, counted
 * from 0. Lines and columns exist only in reports, both counted from 1; a
 * column counts UTF-16 code units too.
 */

/** A half-open range `[start, end)` of a file's text. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A place as people read it: line and column, both from 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** One file's decoded text with its line starts. */
export class SourceText {
  readonly text: string
  #lineStarts: Int32Array | undefined

  constructor(text: string) {
    this.text = text
  }

  /** Offset of each line's first character; `\n`, `\r\n` and a lone `\r` end a line. */
  get lineStarts(): Int32Array {
    this.#lineStarts ??= findLineStarts(this.text)
    return this.#lineStarts
  }

  /** Number of lines; an empty text has one. */
  get lineCount(): number {
    return this.lineStarts.length
  }

  /** Line and column of an offset; an offset outside the text is clamped to it. */
  position(offset: number): Position {
    const starts = this.lineStarts
    const at = Math.max(0, Math.min(offset, this.text.length))
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= at) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: at - (starts[low] ?? 0) + 1 }
  }

  /** Text of a line (from 1) without its line end; `''` for a line that does not exist. */
  line(number: number): string {
    const start = this.lineStarts[number - 1]
    if (start === undefined) return ''
    const next = this.lineStarts[number] ?? this.text.length
    return this.text.slice(start, next).replace(/[\r\n]+$/, '')
  }

  /** The text of a span, verbatim. */
  slice(span: Span): string {
    return this.text.slice(span.start, span.end)
  }
}

function findLineStarts(text: string): Int32Array {
  const starts = [0]
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1)
  }
  return Int32Array.from(starts)
}
