import { REVIEW_LIMITS, type JsonValue } from './reader.ts'

/** What became of a text as JSON: its value, or why there is none, one sentence. */
export type JsonOutcome = { readonly value: JsonValue } | { readonly refusal: string }

/**
 * Reads JSON with the place of every value. A comma before a closing bracket is
 * taken, as language models write it; nothing else is repaired. Every step
 * advances; depth and number of values are bounded.
 */
export function readJson(text: string, from: number = 0): JsonOutcome {
  const scanner = new JsonScanner(text, from)
  try {
    const value = scanner.value(0)
    scanner.space()
    return scanner.isAtEnd ? { value } : { refusal: `text follows the JSON value at character ${scanner.at}` }
  } catch (error) {
    if (error instanceof JsonRefusal) return { refusal: error.message }
    throw error
  }
}

/** As `readJson`, for a value that may have anything after it; its `end` says where it ended. */
export function readJsonPrefix(text: string, from: number): JsonOutcome {
  try {
    return { value: new JsonScanner(text, from).value(0) }
  } catch (error) {
    if (error instanceof JsonRefusal) return { refusal: error.message }
    throw error
  }
}

class JsonRefusal extends Error {}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'], ['\\', '\\'], ['/', '/'], ['b', '\b'], ['f', '\f'], ['n', '\n'], ['r', '\r'], ['t', '\t'],
])

const WORDS: readonly (readonly [string, true | false | null])[] = [['true', true], ['false', false], ['null', null]]

class JsonScanner {
  readonly #text: string
  #values = 0
  at: number

  constructor(text: string, from: number) {
    this.#text = text
    this.at = from
    // A byte order mark is no white space of JSON, but files begin with it.
    if (text.charCodeAt(this.at) === 0xfeff) this.at += 1
  }

  get isAtEnd(): boolean {
    return this.at >= this.#text.length
  }

  space(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.at)
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return
      this.at += 1
    }
  }

  /** The depth is bounded, so is the recursion. */
  value(depth: number): JsonValue {
    if (depth > REVIEW_LIMITS.depth) throw new JsonRefusal(`nested deeper than ${REVIEW_LIMITS.depth} levels`)
    this.#values += 1
    if (this.#values > REVIEW_LIMITS.values) throw new JsonRefusal(`more than ${REVIEW_LIMITS.values} values`)
    this.space()
    const start = this.at
    switch (this.#text[start]) {
      case '{': return this.#object(depth, start)
      case '[': return this.#array(depth, start)
      case '"': {
        const value = this.#string()
        return { kind: 'string', value, start, end: this.at }
      }
      default: return this.#plain(start)
    }
  }

  #object(depth: number, start: number): JsonValue {
    const members = new Map<string, JsonValue>()
    this.at += 1
    for (;;) {
      this.space()
      if (this.#take('}')) return { kind: 'object', members, start, end: this.at }
      if (this.#text[this.at] !== '"') throw this.#unexpected()
      const key = this.#string()
      this.space()
      if (!this.#take(':')) throw this.#unexpected()
      members.set(key, this.value(depth + 1))
      this.space()
      if (!this.#take(',') && this.#text[this.at] !== '}') throw this.#unexpected()
    }
  }

  #array(depth: number, start: number): JsonValue {
    const items: JsonValue[] = []
    this.at += 1
    for (;;) {
      this.space()
      if (this.#take(']')) return { kind: 'array', items, start, end: this.at }
      items.push(this.value(depth + 1))
      this.space()
      if (!this.#take(',') && this.#text[this.at] !== ']') throw this.#unexpected()
    }
  }

  #string(): string {
    let value = ''
    this.at += 1
    for (let from = this.at; ;) {
      const code = this.#text.charCodeAt(this.at)
      if (Number.isNaN(code)) throw this.#unexpected()
      if (code === 34) {
        value += this.#text.slice(from, this.at)
        this.at += 1
        return value
      }
      if (code === 92) {
        value += this.#text.slice(from, this.at) + this.#escape()
        from = this.at
      } else {
        this.at += 1
      }
    }
  }

  #escape(): string {
    const letter = this.#text[this.at + 1] ?? ''
    if (letter === 'u') {
      const digits = this.#text.slice(this.at + 2, this.at + 6)
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw this.#unexpected()
      this.at += 6
      return String.fromCharCode(Number.parseInt(digits, 16))
    }
    const value = ESCAPES.get(letter)
    if (value === undefined) throw this.#unexpected()
    this.at += 2
    return value
  }

  #plain(start: number): JsonValue {
    for (const [word, value] of WORDS) {
      if (!this.#text.startsWith(word, start)) continue
      this.at = start + word.length
      return value === null ? { kind: 'null', start, end: this.at } : { kind: 'boolean', value, start, end: this.at }
    }
    while (/[-+.0-9eE]/.test(this.#text[this.at] ?? '')) this.at += 1
    const value = this.at === start ? Number.NaN : Number(this.#text.slice(start, this.at))
    if (!Number.isFinite(value)) throw new JsonRefusal(`no JSON at character ${start}`)
    return { kind: 'number', value, start, end: this.at }
  }

  #take(character: string): boolean {
    if (this.#text[this.at] !== character) return false
    this.at += 1
    return true
  }

  #unexpected(): JsonRefusal {
    return new JsonRefusal(this.isAtEnd ? 'the text ends inside a value' : `no JSON at character ${this.at}`)
  }
}
