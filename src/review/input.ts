import type { CallAccount } from '../analysis/account.ts'
import type { Place } from '../analysis/place.ts'
import type { Problem } from '../core/problem.ts'
import type { SourceText, Span } from '../core/text.ts'
import type { Program } from '../program/program.ts'
import type { Confidence, Rule, Severity } from '../rules/rule.ts'
import type { Baseline } from './baseline.ts'
import type { Review } from './review.ts'
import type { Weaknesses } from './weaknesses.ts'

/** What the review reads of the program. */
export type ReviewedProgram = Pick<Program, 'fileOf' | 'span' | 'function' | 'enclosing'>

/** Texts of files by project-relative path. */
export interface Texts {
  get(path: string): SourceText | undefined
}

/** Everything a review is written from. */
export interface ReviewInput {
  readonly version: string
  readonly subject: Review['subject']
  readonly catalogue: Weaknesses
  /** Rules that were run. */
  readonly rules: readonly Rule[]
  /** Considered places, in any order. */
  readonly places: readonly Place[]
  readonly calls: CallAccount | undefined
  readonly program: ReviewedProgram
  readonly texts: Texts
  /** Comments of a file in order of place, `[]` without any. Asked only for files of findings and their sources. */
  comments(path: string): readonly Span[]
  readonly problems: readonly Problem[]
  readonly switchedOff: readonly string[]
  /** Whether comments may silence findings. */
  readonly suppressions: boolean
  /** Findings known before; they are kept apart. */
  readonly baseline: Baseline | undefined
  readonly minimumSeverity: Severity
  readonly minimumConfidence: Confidence
}
