import type { ForeignReview } from './claim.ts'

/**
 * Understands one form of review. One file in `readers/` per form, which exports
 * one as `reader`; the folder is the list. Readers are tried by `rank`, lowest
 * first, and the first that accepts reads.
 *
 * The text is hostile: a reader walks it with scanners whose every step
 * advances, obeys `REVIEW_LIMITS`, and says in `problems` what it left out.
 */
export interface ReviewReader {
  /** As in `--review-format NAME`. */
  readonly name: string
  /** One line for the help. */
  readonly summary: string
  /** Structured forms 10, forms that wrap another 20, markdown 80, plain text 90. */
  readonly rank: number
  /** Whether it reads prose: it is never given a document that is JSON as a whole, which it would find clean. */
  readonly isForProse?: boolean
  /** Whether the text has this form, told by content, never by the name of a file. */
  accepts(input: ReviewInput): boolean
  read(input: ReviewInput): ForeignReview
}

/** A review before it is understood. */
export interface ReviewInput {
  /** Decoded; a byte order mark is still there. */
  readonly text: string
  /** The text as JSON with places, when it is JSON within the limits, or the JSON document that makes up most of it. */
  readonly json: JsonValue | undefined
}

/** A value of a JSON text with its place; member order is kept and the last of repeated keys counts. */
export type JsonValue =
  | {
      readonly kind: 'object'
      readonly members: ReadonlyMap<string, JsonValue>
      readonly start: number
      readonly end: number
    }
  | { readonly kind: 'array'; readonly items: readonly JsonValue[]; readonly start: number; readonly end: number }
  | { readonly kind: 'string'; readonly value: string; readonly start: number; readonly end: number }
  | { readonly kind: 'number'; readonly value: number; readonly start: number; readonly end: number }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly start: number; readonly end: number }
  | { readonly kind: 'null'; readonly start: number; readonly end: number }

/** Bounds on a review. What exceeds them is refused or cut with a message. */
export const REVIEW_LIMITS = {
  /** Largest review, in bytes. */
  bytes: 200_000_000,
  /** Largest review that is prose (markdown, plain text), in characters. */
  proseCharacters: 5_000_000,
  /** Nesting of JSON. */
  depth: 64,
  /** Values of one JSON text. */
  values: 8_000_000,
  findings: 100_000,
  /** Claims of one finding. */
  claims: 200,
  /** Longest quote that is compared, in characters. */
  quoteCharacters: 20_000,
} as const
