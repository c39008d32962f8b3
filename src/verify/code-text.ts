import type { SourceText } from '../core/text.ts'
import type { Sources } from './evidence.ts'
import { isSpace, tokensOf, type Token } from './tokens.ts'

/** Runs of what `isSpace` calls white space. */
const SPACE = /[ \t-\r\u00a0\ufeff\u2028\u2029]+/g

/** A file's text, prepared for finding quotes in it. */
export class CodeText {
  readonly source: SourceText
  readonly #openers: readonly string[]
  #squashed: string | undefined
  #known: Int32Array | undefined
  #tokens: readonly Token[] | undefined

  /** `openers` are those of the language's line comments. */
  constructor(source: SourceText, openers: readonly string[]) {
    this.source = source
    this.#openers = openers
  }

  /** The text without white space. */
  get squashed(): string {
    this.#squashed ??= this.source.text.replace(SPACE, '')
    return this.#squashed
  }

  /** Tokens without comments. */
  get tokens(): readonly Token[] {
    this.#tokens ??= tokensOf(this.source.text, this.#openers)
    return this.#tokens
  }

  /** Line of a character of `squashed`. */
  lineAt(squashedOffset: number): number {
    return this.source.position(this.#offsets[squashedOffset] ?? 0).line
  }

  /** The character of the text, white space included, before a character of `squashed`. */
  before(squashedOffset: number): string {
    return this.source.text[(this.#offsets[squashedOffset] ?? 0) - 1] ?? ''
  }

  /** Whether nothing but white space or a comment stands in a line. */
  isBlankOrComment(line: number): 'blank' | 'comment' | undefined {
    const text = this.source.line(line).trim()
    if (text === '') return 'blank'
    return this.#openers.some((opener) => text.startsWith(opener)) ? 'comment' : undefined
  }

  /** Where each character of `squashed` stands in the text; of most texts nobody asks. */
  get #offsets(): Int32Array {
    if (this.#known === undefined) {
      const { text } = this.source
      const offsets = new Int32Array(this.squashed.length)
      let count = 0
      for (let at = 0; at < text.length; at++) if (!isSpace(text.charCodeAt(at))) offsets[count++] = at
      this.#known = offsets
    }
    return this.#known
  }
}

const codes = new WeakMap<Sources, Map<string, CodeText | undefined>>()

/** The prepared text of a file of a tree, made once; `undefined` when it has none. */
export function codeOf(sources: Sources, path: string): CodeText | undefined {
  const known = codes.get(sources) ?? new Map<string, CodeText | undefined>()
  codes.set(sources, known)
  if (!known.has(path)) {
    const source = sources.text(path)
    known.set(
      path,
      source === undefined ? undefined : new CodeText(source, sources.languageOf(path)?.lineComments ?? []),
    )
  }
  return known.get(path)
}
