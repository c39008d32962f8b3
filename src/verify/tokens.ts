/** A token of code in no particular language. */
export interface Token {
  /** As written; a string literal is one token. */
  readonly text: string
  readonly kind: 'word' | 'number' | 'string' | 'mark'
  readonly start: number
  readonly end: number
}

/** Tokens of one text at most; the rest is left out. */
const MAX_TOKENS = 200_000

/** Longest string literal; a quote mark without partner on its line is a mark. */
const MAX_STRING = 5_000

/**
 * Splits code into words, numbers, string literals and single marks. Comments
 * are left out where their opener is known: `openers` are those of line comments.
 */
export function tokensOf(text: string, openers: readonly string[] = []): readonly Token[] {
  const tokens: Token[] = []
  for (let at = 0; at < text.length && tokens.length < MAX_TOKENS;) {
    const code = text.charCodeAt(at)
    if (isSpace(code)) {
      at += 1
      continue
    }
    if (openers.some((opener) => text.startsWith(opener, at))) {
      at = lineEnd(text, at)
      continue
    }
    const end = tokenEnd(text, at, code)
    tokens.push({ text: text.slice(at, end), kind: kindOf(code, end - at), start: at, end })
    at = end
  }
  return tokens
}

function tokenEnd(text: string, at: number, code: number): number {
  if (isWordStart(code)) return runEnd(text, at, isWordPart)
  if (isDigit(code)) return runEnd(text, at, isWordPart)
  return isQuoteMark(code) ? stringEnd(text, at, code) : at + 1
}

function kindOf(code: number, length: number): Token['kind'] {
  if (isWordStart(code)) return 'word'
  if (isDigit(code)) return 'number'
  return isQuoteMark(code) && length > 1 ? 'string' : 'mark'
}

/** The end of a string literal on one line, or of the quote mark alone when it has no partner. */
function stringEnd(text: string, at: number, mark: number): number {
  const last = Math.min(text.length, at + MAX_STRING)
  for (let to = at + 1; to < last; to++) {
    const code = text.charCodeAt(to)
    if (code === 92) to += 1
    else if (code === 10 || code === 13) break
    else if (code === mark) return to + 1
  }
  return at + 1
}

function runEnd(text: string, at: number, isPart: (code: number) => boolean): number {
  let to = at + 1
  while (to < text.length && isPart(text.charCodeAt(to))) to += 1
  return to
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end
}

/** The same token but for its quote marks. */
export function isSameToken(one: string, other: string): boolean {
  if (one === other) return true
  return isQuoteMark(one.charCodeAt(0)) && isQuoteMark(other.charCodeAt(0)) && one.length > 1
    && one.length === other.length && one.slice(1, -1) === other.slice(1, -1)
}

export function isSpace(code: number): boolean {
  return (
    code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0xfeff || code === 0x2028 || code === 0x2029
  )
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

function isWordStart(code: number): boolean {
  return (
    (code >= 65 && code <= 90) ||
    (code >= 97 && code <= 122) ||
    code === 95 ||
    code === 36 ||
    (code > 127 && !isSpace(code))
  )
}

function isWordPart(code: number): boolean {
  return isWordStart(code) || isDigit(code)
}

function isQuoteMark(code: number): boolean {
  return code === 34 || code === 39 || code === 96
}
