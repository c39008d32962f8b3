/** Shorter words stand in too many files to narrow a search. */
const SHORTEST = 4
const LONGEST = 64

/**
 * Which files hold which words, so that a text is searched for in few of them.
 * Files are numbered by the caller, ascending.
 */
export class WordIndex {
  readonly #files = new Map<string, number[]>()
  readonly #all: number[] = []

  add(file: number, text: string): void {
    this.#all.push(file)
    for (const word of new Set(wordsOf(text))) {
      const files = this.#files.get(word)
      if (files === undefined) this.#files.set(word, [file])
      else files.push(file)
    }
  }

  /** Files that can hold the text: those with all its inner words, ascending. */
  candidates(text: string): readonly number[] {
    const holding = innerWords(text).map((word) => this.#files.get(word) ?? [])
    const [rarest = this.#all, ...others] = holding.sort((one, other) => one.length - other.length)
    let found = rarest
    for (const files of others) {
      if (found.length < 2) break
      const known = new Set(files)
      found = found.filter((file) => known.has(file))
    }
    return found
  }

  /** In how many files a word stands. */
  frequency(word: string): number {
    return this.#files.get(word)?.length ?? 0
  }
}

/** Runs of letters, digits and underscores; longer ones than `LONGEST` are data, not words. */
export function wordsOf(text: string): readonly string[] {
  const words: string[] = []
  for (let at = 0; at < text.length;) {
    if (!isWordCode(text.charCodeAt(at))) {
      at += 1
      continue
    }
    const start = at
    while (at < text.length && isWordCode(text.charCodeAt(at))) at += 1
    if (at - start >= SHORTEST && at - start <= LONGEST) words.push(text.slice(start, at))
  }
  return words
}

/** Words of a text that are whole wherever it stands: not its first or last, which may be parts of longer ones. */
function innerWords(text: string): readonly string[] {
  let from = 0
  while (from < text.length && isWordCode(text.charCodeAt(from))) from += 1
  let to = text.length
  while (to > from && isWordCode(text.charCodeAt(to - 1))) to -= 1
  return wordsOf(text.slice(from, to))
}

function isWordCode(code: number): boolean {
  return (
    (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122) || code > 127
  )
}
