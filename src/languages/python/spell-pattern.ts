import { skipString } from './lower/split.ts'
import { SPELLING } from './lower/metavariables.ts'

/**
 * Spells a rule's own signs so that the grammar can read them, keeping every
 * length: `$X`, `$...X`, `...`, `<... P ...>`, `($X : T)`. Strings are left as
 * they are, except inside the interpolations of f-strings.
 *
 * `{...}` may be a set or a dictionary: both spellings are given.
 */
export function spellPattern(text: string): readonly string[] {
  const asDict = new Speller(text, true)
  const first = asDict.run()
  return asDict.ambiguous ? [first, new Speller(text, false).run()] : [first]
}

interface Frame {
  readonly closing: string
  /** A dictionary's braces: an element that is no pair is spelled `**x`. */
  readonly isDict: boolean
  /** Parentheses in which `$X : T` is a typed metavariable. */
  readonly takesTyped: boolean
  /** `lambda`s whose colon has not come yet. */
  lambdas: number
}

const METAVARIABLE = /\$(?:\.\.\.)?[A-Z_][A-Z0-9_]*/y
const WORD = /[\p{XID_Start}_][\p{XID_Continue}]*/uy
const STRING_PREFIX = /(?:[bBuUrRfFtT]{0,2})$/

class Speller {
  readonly #text: string
  readonly #out: string[]
  readonly #frames: Frame[] = []
  readonly #preferDict: boolean
  #at = 0
  /** Whether braces were met that hold nothing but ellipses. */
  ambiguous = false

  constructor(text: string, preferDict: boolean) {
    this.#text = text
    this.#out = text.split('')
    this.#preferDict = preferDict
  }

  run(): string {
    this.#code(this.#text.length)
    return this.#out.join('')
  }

  #write(at: number, spelled: string): void {
    for (let each = 0; each < spelled.length; each++) this.#out[at + each] = spelled[each] ?? ''
  }

  #code(end: number): void {
    while (this.#at < end) {
      const char = this.#text[this.#at] ?? ''
      if (char === '"' || char === "'") this.#string(end)
      else if (char === '#') this.#at = this.#lineEnd()
      else if (char === '$') this.#metavariable()
      else if (char === '.' || char === '<') this.#dots(char)
      else if ('([{'.includes(char)) this.#open(char)
      else if (')]}'.includes(char)) this.#close()
      else if (!this.#word()) this.#at++
    }
  }

  #lineEnd(): number {
    const line = this.#text.indexOf('\n', this.#at)
    return line < 0 ? this.#text.length : line
  }

  #word(): boolean {
    WORD.lastIndex = this.#at
    const word = WORD.exec(this.#text)?.[0]
    const frame = this.#frames.at(-1)
    if (word === undefined) {
      if (this.#text[this.#at] === ':' && frame !== undefined && frame.lambdas > 0) frame.lambdas--
      return false
    }
    if (word === 'lambda' && frame !== undefined) frame.lambdas++
    this.#at += word.length
    return true
  }

  #string(end: number): void {
    const quote = this.#at
    const last = skipString(this.#text, quote, end)
    const prefix = STRING_PREFIX.exec(this.#text.slice(Math.max(0, quote - 2), quote))?.[0] ?? ''
    if (/[ft]/i.test(prefix)) this.#interpolations(quote + 1, last)
    this.#at = last + 1
  }

  #interpolations(start: number, end: number): void {
    for (let at = start; at < end; at++) {
      if (this.#text[at] !== '{') continue
      if (this.#text[at + 1] === '{') {
        at++
        continue
      }
      const close = matching(this.#text, at, end)
      this.#at = at + 1
      this.#code(close)
      at = close
    }
  }

  #metavariable(): void {
    METAVARIABLE.lastIndex = this.#at
    const found = METAVARIABLE.exec(this.#text)?.[0]
    if (found === undefined) {
      this.#at++
      return
    }
    const start = this.#at
    this.#at += found.length
    if (found.startsWith('$...')) {
      const isElement = this.#inDictElement(start)
      this.#write(start, isElement ? `**${SPELLING.metavariable.repeat(2)}` : SPELLING.metavariable.repeat(4))
      return
    }
    const colon = this.#typeColon()
    this.#write(start, colon < 0 ? SPELLING.metavariable : SPELLING.typed)
    if (colon >= 0) this.#write(colon, '<')
  }

  /** Offset of the colon after a typed metavariable; -1 when it is none. */
  #typeColon(): number {
    const frame = this.#frames.at(-1)
    if (frame === undefined || !frame.takesTyped || frame.lambdas > 0) return -1
    const blank = /\s*/y
    blank.lastIndex = this.#at
    const at = this.#at + (blank.exec(this.#text)?.[0].length ?? 0)
    return this.#text[at] === ':' && this.#text[at + 1] !== '=' ? at : -1
  }

  #dots(char: string): void {
    const start = this.#at
    if (char === '<' && this.#text.startsWith('<...', start)) {
      this.#write(start, `${SPELLING.deep.repeat(3)}(`)
      this.#frames.push({ closing: '...>', isDict: false, takesTyped: true, lambdas: 0 })
      this.#at += 4
    } else if (this.#frames.at(-1)?.closing === '...>' && this.#text.startsWith('...>', start)) {
      this.#write(start, '   )')
      this.#frames.pop()
      this.#at += 4
    } else if (this.#text.startsWith('...', start)) {
      this.#write(start, this.#inDictElement(start) ? `**${SPELLING.ellipsis}` : SPELLING.ellipsis.repeat(3))
      this.#at += 3
    } else this.#at++
  }

  /** Whether an element of a dictionary begins here: after its brace or a comma. */
  #inDictElement(start: number): boolean {
    if (this.#frames.at(-1)?.isDict !== true) return false
    return /[{,]\s*$/.test(this.#text.slice(0, start))
  }

  #open(char: string): void {
    const start = this.#at++
    if (char === '{') {
      const inner = this.#text.slice(start + 1, matching(this.#text, start, this.#text.length))
      const onlySigns = /^[\s,]*(\.\.\.|\$\.\.\.[A-Z_][A-Z0-9_]*)([\s,]|\.\.\.|\$\.\.\.[A-Z_][A-Z0-9_]*)*$/.test(inner)
      if (onlySigns) this.ambiguous = true
      const isDict = onlySigns ? this.#preferDict : hasPair(inner)
      this.#frames.push({ closing: '}', isDict, takesTyped: false, lambdas: 0 })
    } else {
      const isDefinition = /\bdef\s+\S+\s*$/.test(this.#text.slice(0, start))
      const takesTyped = char === '(' && !isDefinition
      this.#frames.push({ closing: char === '(' ? ')' : ']', isDict: false, takesTyped, lambdas: 0 })
    }
  }

  #close(): void {
    if (this.#frames.at(-1)?.closing === this.#text[this.#at]) this.#frames.pop()
    this.#at++
  }
}

/** Offset of the bracket that closes the one at `start`, or `end`. */
function matching(text: string, start: number, end: number): number {
  let depth = 0
  for (let at = start; at < end; at++) {
    const char = text[at] ?? ''
    if (char === '"' || char === "'") at = skipString(text, at, end)
    else if ('([{'.includes(char)) depth++
    else if (')]}'.includes(char) && --depth === 0) return at
  }
  return end
}

/** Whether a colon stands outside brackets and strings, or a `**` begins an element. */
function hasPair(inner: string): boolean {
  if (/^\s*\*\*/.test(inner)) return true
  let depth = 0
  for (let at = 0; at < inner.length; at++) {
    const char = inner[at] ?? ''
    if (char === '"' || char === "'") at = skipString(inner, at, inner.length)
    else if ('([{'.includes(char)) depth++
    else if (')]}'.includes(char)) depth--
    else if (depth === 0 && char === ':' && inner[at + 1] !== '=') return true
    else if (depth === 0 && char === ',' && /^\s*\*\*/.test(inner.slice(at + 1, at + 80))) return true
  }
  return false
}
