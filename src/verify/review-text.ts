import { gunzipSync } from 'node:zlib'
import { UsageError } from '../core/problem.ts'
import type { Span } from '../core/text.ts'
import { REVIEW_LIMITS } from './reader.ts'

/** A review's text, and how to get from its characters back to its bytes. */
export interface ReviewText {
  readonly text: string
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be'
  /** Whether it came compressed; byte places are those of the decompressed review. */
  readonly isCompressed: boolean
}

/** Compressed reviews may grow this much; honest ones stay far below. */
const MOST_GROWTH = 100

/**
 * Decodes a review: UTF-8, or UTF-16 with a byte order mark, plain or in one
 * gzip. Throws a `UsageError` for what is too large or no text.
 */
export function decodeReview(bytes: Uint8Array, name: string): ReviewText {
  const isCompressed = bytes[0] === 0x1f && bytes[1] === 0x8b
  const plain = isCompressed ? decompress(bytes, name) : bytes
  if (plain.length > REVIEW_LIMITS.bytes) throw tooLarge(name)
  const encoding = encodingOf(plain)
  // The mark stays in the text, so that places in it are places in the file.
  const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(plain)
  if (text.includes('\0')) {
    throw new UsageError('The review is no text', name, 'Give markdown, plain text, SARIF or JSON.')
  }
  return { text, encoding, isCompressed }
}

function decompress(bytes: Uint8Array, name: string): Uint8Array {
  const limit = Math.min(REVIEW_LIMITS.bytes, bytes.length * MOST_GROWTH)
  try {
    return gunzipSync(bytes, { maxOutputLength: limit })
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(name)
    throw new UsageError('The review is compressed and cannot be decompressed', name, 'Decompress it first.')
  }
}

function tooLarge(name: string): UsageError {
  return new UsageError(`The review is larger than ${REVIEW_LIMITS.bytes / 1_000_000} MB`, name, 'Verify a part of it.')
}

function encodingOf(bytes: Uint8Array): ReviewText['encoding'] {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
}

/** Places in characters as places in bytes; asked in ascending order it is one walk over the text. */
export class ByteOffsets {
  readonly #text: string
  readonly #isWide: boolean
  #at = 0
  #bytes = 0

  constructor({ text, encoding }: ReviewText) {
    this.#text = text
    this.#isWide = encoding !== 'utf-8'
  }

  span({ start, end }: Span): Span {
    return { start: this.#offset(start), end: this.#offset(end) }
  }

  #offset(at: number): number {
    if (this.#isWide) return at * 2
    const isBefore = at < this.#at
    const bytes = Buffer.byteLength(this.#text.slice(isBefore ? 0 : this.#at, at), 'utf8')
    this.#bytes = isBefore ? bytes : this.#bytes + bytes
    this.#at = at
    return this.#bytes
  }
}
