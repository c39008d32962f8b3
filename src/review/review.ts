import type { Confidence, Severity } from '../rules/rule.ts'
import type { Problem } from '../core/problem.ts'
import type { CallAccount } from '../analysis/account.ts'
import type { SafeBy, UndecidedBecause } from '../analysis/place.ts'

/**
 * The review as data: everything a report format needs, nothing that refers
 * back to the engine. The JSON format is this, versioned; see
 * `schemas/review.schema.json`.
 */
export interface Review {
  /** Version of this shape; `1`. */
  readonly format: 1
  readonly tool: { readonly name: 'assay'; readonly version: string }
  /** What was reviewed. */
  readonly subject: {
    /** As the user named them, with `/`. */
    readonly paths: readonly string[]
    /** Repository revision when there is one; `+` is appended when the work tree differs. */
    readonly revision: string
    /** Files reviewed, and their lines. */
    readonly files: number
    readonly lines: number
    /** Files read in all: those reviewed, and those around them that names were resolved with. */
    readonly programFiles: number
    /** Reviewed files that hold test code. */
    readonly testFiles: number
    /** For standard input: what context is missing; `''` otherwise. */
    readonly missingContext: string
  }
  readonly catalogue: { readonly name: string; readonly version: string; readonly date: string }
  /** Ranked: product code before test code, then severity, confidence, path, line. */
  readonly findings: readonly Finding[]
  /** Findings silenced in the source or by the baseline: kept, counted, not ranked. */
  readonly suppressed: readonly SuppressedFinding[]
  /** All considered places with one outcome each, by path, line, rule. */
  readonly places: readonly ConsideredPlace[]
  /** What the calls in the reviewed files run; left out when they are too many. */
  readonly calls?: CallAccount
  readonly problems: readonly Problem[]
  /** What configuration or options switched off, in sentences; findings below a threshold are counted here. */
  readonly switchedOff: readonly string[]
  readonly conclusion: Conclusion
}

export interface Finding {
  /** From 1, in ranked order. */
  readonly number: number
  readonly fingerprint: string
  /** Fingerprints by the sources of the other routes, so that a baseline holds when a route comes or goes. */
  readonly otherFingerprints: readonly string[]
  readonly rule: string
  readonly cwe: number
  /** `CWE-89: Improper Neutralization of ...`, from the catalogue. */
  readonly title: string
  /** Why this id although it asks for review; `''` when it is simply Allowed. */
  readonly mappingReason: string
  readonly place: Location
  /** Qualified name of the enclosing function or class, `''` at the top level. */
  readonly symbol: string
  readonly isTest: boolean
  /** Why it is a weakness here. */
  readonly why: string
  /** Evidence; empty steps for a weakness that the place shows by itself. */
  readonly evidence: Evidence
  readonly recommendation: string
  /** Absent where no rule says what to write instead. */
  readonly replacement?: Replacement
  readonly severity: Severity
  readonly severityReason: string
  readonly confidence: Confidence
  readonly confidenceReason: string
  /** Other routes to the same sink, and other rules that agree. */
  readonly otherRoutes: readonly Evidence[]
  readonly otherRules: readonly string[]
  readonly references: readonly string[]
}

/** What a rule would put in a place: of the finding, or of another rule that agrees. */
export interface Replacement {
  readonly rule: string
  readonly place: Location
  readonly text: string
}

export interface Evidence {
  /** `flow`, `constant`, `place`, or `missing`: places that show what is missing at the last. */
  readonly kind: 'flow' | 'constant' | 'place' | 'missing'
  /** Source first, sink last. */
  readonly steps: readonly EvidenceStep[]
}

export interface EvidenceStep extends Location {
  readonly role: 'source' | 'step' | 'sink'
  readonly what: string
}

/** A place with its code. Lines and columns from 1, columns in UTF-16 units, end exclusive. */
export interface Location {
  readonly path: string
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
  /** The lines of the place verbatim, line ends as `\n`, at most 10 (see `cut`). */
  readonly code: string
  /** Lines left out of `code`. */
  readonly cut: number
  /** Added to a column, it gives the column in the first line of `code`; not 0 when that line's beginning was cut. */
  readonly shift: number
}

export interface SuppressedFinding {
  readonly finding: Finding
  readonly by: 'comment' | 'baseline'
  /** The comment's own words, or the baseline's name. */
  readonly reason: string
  /** Of the comment; absent for the baseline. */
  readonly location?: Location
}

export interface ConsideredPlace {
  readonly rule: string
  readonly cwe: number
  readonly place: Location
  readonly isTest: boolean
  readonly callee: string
  readonly argument: string
  readonly outcome: 'found' | 'safe' | 'no-source' | 'undecided'
  /** `SafeBy` or `UndecidedBecause`; `''` for the others. */
  readonly by: SafeBy | UndecidedBecause | ''
  readonly why: string
  /** The line that decides; absent for `found`. */
  readonly because?: Location
  /** Fingerprint of the finding it became part of. */
  readonly finding: string
}

export interface Conclusion {
  /** One row per weakness with at least one considered place, by id. */
  readonly byWeakness: readonly WeaknessRow[]
  /** Sentences that close the review: what was inspected, ruled out, not checked. */
  readonly sentences: readonly string[]
}

export interface WeaknessRow {
  readonly cwe: number
  readonly title: string
  readonly found: number
  readonly safe: number
  readonly noSource: number
  readonly undecided: number
  readonly suppressed: number
}
