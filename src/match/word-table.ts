/** Slots of the table of hashes; a power of two, many times the number of words that rules ask for. */
const SLOTS = 1 << 16

const PLAIN = /^[A-Za-z_][A-Za-z0-9_]*$/

/**
 * The words that rules ask for, found in a text in one pass: what many rules
 * cost a file that none of them applies to. A word counts where it stands by
 * itself, not within a longer one; a digit may end a number that it follows.
 */
export class WordTable {
  readonly #words = new Set<string>()
  readonly #slots = new Uint8Array(SLOTS)

  /** Changes with each new word. */
  get version(): number {
    return this.#words.size
  }

  /** Whether a word is looked for. */
  has(word: string): boolean {
    return this.#words.has(word)
  }

  /** Looks for a word in the texts to come; one of other characters than it knows stays unknown. */
  add(word: string): void {
    if (!PLAIN.test(word)) return
    this.#words.add(word)
    let hash = 0
    for (let at = 0; at < word.length; at++) hash = next(hash, word.charCodeAt(at))
    this.#slots[hash] = 1
  }

  /** Those of the words that stand in a text. */
  wordsIn(text: string): Set<string> {
    const found = new Set<string>()
    let start = 0
    let hash = 0
    let isAfterDigit = false
    for (let at = 0; at <= text.length; at++) {
      const code = at < text.length ? text.charCodeAt(at) : 0
      if (isLetter(code)) {
        if (isAfterDigit) this.#addEndings(text, start, at, found)
        isAfterDigit = false
        hash = next(hash, code)
      } else if (isDigit(code)) {
        isAfterDigit = true
        hash = next(hash, code)
      } else {
        if (at > start && this.#slots[hash] === 1) this.#addWord(text.slice(start, at), found)
        start = at + 1
        hash = 0
        isAfterDigit = false
      }
    }
    return found
  }

  #addWord(word: string, found: Set<string>): void {
    if (this.#words.has(word)) found.add(word)
  }

  /** A word may begin after each digit of a longer run of letters and digits. */
  #addEndings(text: string, start: number, at: number, found: Set<string>): void {
    if (at === start) return
    let end = at
    while (isLetter(text.charCodeAt(end)) || isDigit(text.charCodeAt(end))) end++
    this.#addWord(text.slice(at, end), found)
  }
}

function next(hash: number, code: number): number {
  return (Math.imul(hash, 31) + code) & (SLOTS - 1)
}

/** Letters of names in every language; what else a language allows ends a word here. No character is no letter. */
function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}
