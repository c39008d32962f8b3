import type { Span } from './text.ts'

/**
 * Trouble met in the code under review. It is part of the result, never an
 * exception: the review goes on and says what it could not do.
 */
export interface Problem {
  readonly kind: ProblemKind
  /** Project-relative path with `/`, or `''` when the problem has no file. */
  readonly path: string
  /** One sentence for the reader: what happened and what it means for the review. */
  readonly message: string
  /** The region concerned, when it is less than the file. */
  readonly span?: Span
  /** The lines of the region, from 1, both included; a review adds them. */
  readonly lines?: { readonly first: number, readonly last: number }
}

/**
 * - `unreadable`: the file could not be read at all
 * - `skipped`: deliberately not reviewed (binary, too large, link, not a regular file)
 * - `unparsed`: a region the front end could not understand; the rest of the file is analysed
 * - `encoding`: bytes that are not valid in the file's encoding were replaced
 * - `limit`: a named limit was reached; the message says which
 * - `rule`, `model`: a part of a rule or model was not understood
 * - `cache`: the cache was not usable
 */
export type ProblemKind = 'unreadable' | 'skipped' | 'unparsed' | 'encoding' | 'limit' | 'rule' | 'model' | 'cache'

/**
 * Trouble in what the user gave us: arguments, configuration, a rule file.
 * The command line prints it and exits with 2.
 */
export class UsageError extends Error {
  /** Where: a file with line, an option's name. */
  readonly place: string
  /** What to do about it, one sentence. */
  readonly remedy: string

  constructor(message: string, place: string, remedy: string) {
    super(message)
    this.name = 'UsageError'
    this.place = place
    this.remedy = remedy
  }
}
