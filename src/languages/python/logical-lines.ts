/** A statement's lines: bracketed and quoted text goes on over line ends. */
export interface LogicalLine {
  /** Offset of the first character that is no blank. */
  readonly start: number
  /** Offset of the last line's end, without the line end. */
  readonly end: number
  readonly indent: number
  /** Brackets or quotes do not match, or a block follows that no colon opens. */
  readonly broken: boolean
}

interface Line extends LogicalLine {
  /** A colon ends the line. */
  readonly opens: boolean
  /** A compound statement's header without a colon. */
  readonly lacksColon: boolean
}

const COMPOUND = /(?:class|def|if|elif|else|for|while|try|except|finally|with|async)\b(?!\s*[=.,:)([])/y

/** What can only begin a statement, never go on inside brackets. */
const KEYWORDS = [
  'def', 'class', 'import', 'return', 'while', 'try', 'with', 'raise', 'del', 'pass', 'assert', 'global', 'nonlocal',
  'except', 'finally', 'elif', 'continue', 'break',
].join('|')
const STATEMENT_START = new RegExp(
  `[ \\t\\f]*(?:(?:${KEYWORDS})\\b(?!\\s*[=,.)\\]}])|async\\s+def\\b|from\\s+[\\w.]+\\s+import\\b|@[A-Za-z_])`, 'y',
)

/**
 * Cuts a text into logical lines, blank and comment lines left out. Where a
 * bracket stays open and a line begins as only a statement can, the bracket
 * counts as forgotten and the line before as broken.
 */
export function logicalLines(text: string): LogicalLine[] {
  const lines = new Cutter(text).run()
  return lines.map((line, index) => {
    const opensBlock = (lines[index + 1]?.indent ?? 0) > line.indent
    const broken = line.broken || (opensBlock && !line.opens) || line.lacksColon
    return { start: line.start, end: line.end, indent: line.indent, broken }
  })
}

class Cutter {
  readonly #text: string
  readonly #lines: Line[] = []
  /** Quotes of three that are known not to be closed any more. */
  readonly #unclosed = new Set<string>()
  #at = 0
  /** Characters that may still be read beyond statements' first lines: open brackets must not cost the square. */
  #ahead: number
  /** The last character of the line that is neither blank nor in a comment. */
  #lastCode = ''
  /** Whether the line has a colon outside brackets. */
  #hasColon = false

  constructor(text: string) {
    this.#text = text
    this.#ahead = 1_000 + text.length * 4
  }

  run(): Line[] {
    while (this.#at < this.#text.length) this.#line()
    return this.#lines
  }

  #line(): void {
    const lineStart = this.#at
    while (' \t\f\uFEFF'.includes(this.#text[this.#at] ?? '\n')) this.#at++
    const start = this.#at
    const first = this.#text[start]
    if (first === undefined || first === '\n' || first === '\r' || first === '#') {
      this.#at = this.#physicalEnd(start) + 1
      return
    }
    const { end, broken } = this.#statement()
    COMPOUND.lastIndex = start
    const lacksColon = !this.#hasColon && COMPOUND.test(this.#text)
    this.#lines.push({ start, end, indent: start - lineStart, broken, opens: this.#lastCode === ':', lacksColon })
    this.#at = Math.max(this.#at, end + 1)
  }

  /** Offset of the line feed that ends the physical line, or of the text's end. */
  #physicalEnd(from: number): number {
    const found = this.#text.indexOf('\n', from)
    return found < 0 ? this.#text.length : found
  }

  #statement(): { readonly end: number; readonly broken: boolean } {
    this.#hasColon = false
    let depth = 0
    let firstEnd = -1
    let broken = false
    for (let at = this.#at; at < this.#text.length; at++) {
      const char = this.#text[at] ?? ''
      if (firstEnd >= 0 && this.#ahead-- <= 0) return { end: firstEnd, broken: true }
      if (char === '\n') {
        if (firstEnd < 0) firstEnd = at
        if (depth === 0) return { end: at, broken }
        STATEMENT_START.lastIndex = at + 1
        if (STATEMENT_START.test(this.#text)) return { end: at, broken: true }
      } else if (char === '\\') at++
      else if (char === '#') {
        at = this.#physicalEnd(at) - 1
        continue
      }
      else if ('([{'.includes(char)) depth++
      else if (')]}'.includes(char)) {
        if (depth === 0) broken = true
        else depth--
      } else if (char === '"' || char === "'") {
        const close = this.#stringEnd(at, char)
        if (close < 0) return { end: this.#physicalEnd(at), broken: true }
        at = close
      }
      if (depth === 0 && char === ':') this.#hasColon = true
      if (!' \t\r\n\f'.includes(char)) this.#lastCode = char
    }
    if (depth > 0 && firstEnd >= 0) return { end: firstEnd, broken: true }
    return { end: this.#text.length, broken: broken || depth > 0 }
  }

  /** Offset of a string's last quote; -1 when it is not closed. */
  #stringEnd(at: number, quote: string): number {
    const triple = quote.repeat(3)
    if (!this.#text.startsWith(triple, at)) return singleEnd(this.#text, at, quote)
    if (this.#unclosed.has(triple)) return -1
    for (let each = at + 3; each < this.#text.length; each++) {
      if (this.#text[each] === '\\') each++
      else if (this.#text.startsWith(triple, each)) return each + 2
    }
    this.#unclosed.add(triple)
    return -1
  }
}

function singleEnd(text: string, at: number, quote: string): number {
  for (let each = at + 1; each < text.length && text[each] !== '\n'; each++) {
    if (text[each] === '\\') each++
    else if (text[each] === quote) return each
  }
  return -1
}
