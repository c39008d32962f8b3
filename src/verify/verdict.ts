import type { Span } from '../core/text.ts'

/**
 * The vocabulary of verdicts. It is closed, and holds no word for "true" or
 * "invented": citations and premises are judged, not exploitability or authors.
 *
 * - `confirmed`: exact at the stated place and revision, or in the catalogue
 * - `confirmed-elsewhere`: true at another line, file or revision, or under another name
 * - `near`: something similar stands there; the difference is shown
 * - `contradicted`: tree or catalogue states the opposite
 * - `unsupported`: searched in the stated scope, nothing found
 * - `not-checkable`: needs runtime, deployment, intent, or a language not understood
 * - `not-stated`: the review makes no such claim
 */
export type ClaimVerdict =
  | 'confirmed' | 'confirmed-elsewhere' | 'near' | 'contradicted' | 'unsupported' | 'not-checkable' | 'not-stated'

export const CLAIM_VERDICTS: readonly ClaimVerdict[] = [
  'confirmed', 'confirmed-elsewhere', 'near', 'contradicted', 'unsupported', 'not-checkable', 'not-stated',
]

/** What verdicts are about, in the order of a report. */
export const SUBJECTS = [
  'cwe.id', 'cwe.title', 'cwe.usage', 'revision', 'file', 'line', 'quote', 'construct', 'context', 'severity', 'cvss',
  'ingredient', 'flow', 'absence', 'reach', 'recommendation', 'duplicate', 'conclusion', 'count',
] as const

export type Subject = typeof SUBJECTS[number]

/** The verdict on one claim. */
export interface Verdict {
  readonly subject: Subject
  readonly verdict: ClaimVerdict
  /** The review's own words and where they stand; left out when the review makes no such claim. */
  readonly said?: Said
  /** What is the case, one or two sentences for the reader, without the review's words. */
  readonly reason: string
  /** A finer class, such as `drift`, `load-bearing`, `outside-root`, `contradicts-intent`, `test-code`. */
  readonly code: string
  readonly evidence: readonly EvidenceItem[]
  /** What the verdict means for the finding; left out: nothing. */
  readonly defect?: Defect
}

export interface Said {
  readonly text: string
  readonly span: Span
}

/** The consequence of a verdict, on one of the two axes. */
export interface Defect {
  readonly substance?: 'refuted' | 'ungrounded' | 'misplaced'
  readonly label?: 'imprecise' | 'wrong' | 'not-mappable'
}

/** Something a reader can look up. */
export type EvidenceItem =
  | CodeEvidence
  | {
      readonly kind: 'catalogue'
      readonly id: number
      readonly name: string
      readonly score?: number
      readonly usage?: string
    }
  | SearchEvidence
  | { readonly kind: 'difference'; readonly said: string; readonly found: string }
  | { readonly kind: 'revision'; readonly revision: string; readonly text: string }
  | { readonly kind: 'engine'; readonly rule: string; readonly outcome: string; readonly text: string }

/** Lines of the code. */
export interface CodeEvidence {
  readonly kind: 'code'
  readonly path: string
  /** Counted from 1; 0 for the whole file. */
  readonly line: number
  readonly endLine: number
  readonly text: string
  /** The commit, `''` for the files on disk. */
  readonly revision: string
  /** Why it is shown. */
  readonly why: string
}

/** A search and what it covered. */
export interface SearchEvidence {
  readonly kind: 'search'
  /** Where: "the function, its callers, the file". */
  readonly scope: string
  readonly terms: readonly string[]
  /** Files or versions searched. */
  readonly searched: number
  readonly hits: number
}

/**
 * How far a finding is borne out.
 *
 * - `corroborated`: the engine reports the same weakness family there itself, with a path
 * - `grounded`: place and construct are right and at least one premise is confirmed
 * - `referenced`: place, quote and construct are right; what is concluded from them has no support
 * - `misplaced`: the construct exists elsewhere
 * - `ungrounded`: quote, construct or premise was not found
 * - `refuted`: a load-bearing claim is contradicted, with the counter-line
 * - `unverifiable`: too much is not checkable
 */
export type Substance =
  | 'corroborated' | 'grounded' | 'referenced' | 'misplaced' | 'ungrounded' | 'refuted' | 'unverifiable'

/** From the best to the worst, for thresholds. */
export const SUBSTANCES: readonly Substance[] = [
  'corroborated', 'grounded', 'referenced', 'unverifiable', 'misplaced', 'ungrounded', 'refuted',
]

/**
 * How well the weakness is named: `imprecise` is a paraphrase, too general or discouraged; `wrong` is a title that
 * contradicts the id, a missing ingredient or no such id; `not-mappable` is a category, view, deprecated or prohibited.
 */
export type Label = 'ok' | 'imprecise' | 'wrong' | 'not-mappable'

export const LABELS: readonly Label[] = ['ok', 'imprecise', 'not-mappable', 'wrong']
