import type { Span } from '../core/text.ts'
import type { Label, Substance, Verdict } from './verdict.ts'

/** Number of the schema `schemas/verification.schema.json` that the JSON form of this record follows. */
export const VERIFICATION_SCHEMA = 1

/** What is said of every verification, in every format, beside its verdicts. */
export const NOT_DECIDED = 'References and premises were checked. Whether a finding can be exploited is not decided.'

/** A review, audited. Same input, same record: it holds no time and nothing of the machine. */
export interface Verification {
  readonly schema: typeof VERIFICATION_SCHEMA
  /** Assay's version. */
  readonly version: string
  readonly subject: VerifiedSubject
  readonly catalogue: { readonly name: string, readonly version: string, readonly date: string }
  /** One per finding of the review, in its order. */
  readonly findings: readonly VerifiedFinding[]
  /** Verdicts on what the review says of the whole. */
  readonly conclusions: readonly Verdict[]
  readonly counts: VerificationCounts
  readonly coverage: Coverage
  /** What could not be done, one sentence each. */
  readonly problems: readonly string[]
  /** `NOT_DECIDED`. */
  readonly notDecided: string
}

export interface VerifiedSubject {
  /** The review as the user named it; `-` for standard input. */
  readonly review: string
  /** Name of the reader. */
  readonly format: string
  readonly author: string
  /** The tree as the user named it. */
  readonly against: string
  readonly revision: VerifiedRevision
  /** The file given by `--file`, or ''. */
  readonly file: string
}

export interface VerifiedRevision {
  /** Full commit id; for files on disk the one that is checked out, `''` without a repository. */
  readonly commit: string
  /** Day of the commit, `YYYY-MM-DD`; '' when unknown. */
  readonly date: string
  /** Who said so: the command line, the review, or nobody (the files on disk). */
  readonly from: 'given' | 'review' | 'disk'
  /** Whether a cited file on disk differs from the commit; false for a commit itself. */
  readonly isDirty: boolean
}

/** One finding with everything that is said of it. */
export interface VerifiedFinding {
  /** Counted from 1 in the order of the review. */
  readonly number: number
  /** Its name in the review; may be ''. */
  readonly name: string
  /** One line: what the review says it is, in its own words. */
  readonly title: string
  /** The ids that the review gives, in its order. */
  readonly cwes: readonly number[]
  /** Where it is in the review. */
  readonly span: Span
  /** The same in bytes of the review as given. */
  readonly bytes: Span
  /** Where it was found to belong. */
  readonly place?: VerifiedPlace
  readonly substance: Substance
  readonly label: Label
  /** Which rule of the roll-up decided the substance, one sentence. */
  readonly because: string
  /** In the order of `SUBJECTS`. */
  readonly verdicts: readonly Verdict[]
}

export interface VerifiedPlace {
  readonly path: string
  /** Counted from 1; 0 when only the file is known. */
  readonly line: number
  readonly endLine: number
}

export interface VerificationCounts {
  /** Findings the review has; equals the length of `findings`. */
  readonly findings: number
  readonly substance: Readonly<Record<Substance, number>>
  readonly label: Readonly<Record<Label, number>>
  /** Verdicts of all findings by their word. */
  readonly verdicts: Readonly<Record<Verdict['verdict'], number>>
}

/** How much of the review was understood. */
export interface Coverage {
  /** Share of its characters (white space not counted) that belong to a claim or to text without claims; 0 to 1. */
  readonly share: number
  /** Text that was not understood, in order; at most `MAX_UNREAD`. */
  readonly unread: readonly UnreadText[]
  /** How many there are in all. */
  readonly unreadCount: number
}

export interface UnreadText {
  readonly span: Span
  /** Its beginning. */
  readonly text: string
}

export const MAX_UNREAD = 200
