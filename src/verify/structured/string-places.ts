import type { Span } from '../../core/text.ts'
import type { JsonValue } from '../reader.ts'

/**
 * Places in a decoded JSON string as places in the review's text, where escapes
 * take more characters.
 */
export class StringPlaces {
  readonly #node: JsonValue
  /** Raw offset of each decoded unit, then of the end; `undefined` when they are the same but for the start. */
  readonly #offsets: readonly number[] | undefined
  /** Whether the raw text could be followed; if not, every place is the whole string. */
  readonly #isExact: boolean

  /** `text` is the review, `node` a string in it. */
  constructor(text: string, node: JsonValue) {
    this.#node = node
    const value = node.kind === 'string' ? node.value : ''
    const isPlain = node.end - node.start - 2 === value.length
    this.#offsets = isPlain ? undefined : offsetsOf(text, node)
    this.#isExact = isPlain || this.#offsets?.length === value.length + 1
  }

  /** The whole string, without its quotation marks. */
  get whole(): Span {
    return { start: this.#node.start + 1, end: Math.max(this.#node.start + 1, this.#node.end - 1) }
  }

  span({ start, end }: Span): Span {
    return this.#isExact ? { start: this.#at(start), end: this.#at(end) } : this.whole
  }

  #at(offset: number): number {
    return this.#offsets === undefined ? this.#node.start + 1 + offset : this.#offsets[offset] ?? this.whole.end
  }
}

function offsetsOf(text: string, { start, end }: JsonValue): readonly number[] {
  const offsets: number[] = []
  let at = start + 1
  while (at < end - 1) {
    offsets.push(at)
    if (text[at] !== '\\') at += 1
    else at += text[at + 1] === 'u' ? 6 : 2
  }
  return at === end - 1 ? [...offsets, at] : []
}
