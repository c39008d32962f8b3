import type { Span } from '../core/text.ts'

/**
 * What a review by somebody else says, claim by claim. Nothing in it is
 * believed; every claim keeps the place in the review where it is made.
 *
 * Spans are in UTF-16 units of the review's decoded text (`ForeignReview.text`).
 */
export interface ForeignReview {
  /** The whole decoded text, byte order mark included. */
  readonly text: string
  /** Name of the reader that understood it. */
  readonly format: string
  /** Who wrote it, as it says itself, such as a tool with version; `''` when it does not say. */
  readonly author: string
  /** Every finding the review makes, in its order: findings in equal findings out. */
  readonly findings: readonly ForeignFinding[]
  /** Revisions the review says it is about, first the one that holds for all findings. */
  readonly revisions: readonly RevisionClaim[]
  /** What it says of the whole. */
  readonly conclusions: readonly ConclusionClaim[]
  /** Text that says nothing about the code by its nature: headings, rules, preambles; read, and no claim. */
  readonly neutral: readonly Span[]
  /** What of the review could not be read, one sentence each. */
  readonly problems: readonly string[]
}

/** One finding of the review. */
export interface ForeignFinding {
  /** Its number or name in the review (`3`, `HIGH-2`, a rule id); `''` when it has none. */
  readonly name: string
  /** The whole finding. Findings do not overlap, except where one record of a format makes several. */
  readonly span: Span
  readonly claims: readonly Claim[]
  /** Other places of the same finding; the claims say the first one. */
  readonly otherPlaces?: readonly OtherPlace[]
}

/** A further location of a finding, or a step of its flow. */
export interface OtherPlace {
  readonly path: string
  /** Counted from 1. */
  readonly startLine?: number
  readonly endLine?: number
  readonly quote?: string
  readonly span: Span
}

/** What every claim has. */
interface Stated {
  /** Where the review makes it. */
  readonly span: Span
}

export type Claim =
  | WeaknessClaim | TitleClaim | FileClaim | LinesClaim | QuoteClaim | ConstructClaim | ContextClaim | SeverityClaim
  | CvssClaim | FlowClaim | AbsenceClaim | ReachClaim | RecommendationClaim | DescriptionClaim

export type ClaimKind = Claim['kind']

/** A claim of one kind. */
export type ClaimOf<Kind extends ClaimKind> = Extract<Claim, { readonly kind: Kind }>

/** That the finding is this weakness. */
export interface WeaknessClaim extends Stated {
  readonly kind: 'weakness'
  /** The number of the CWE entry as written; it need not exist. */
  readonly id: number
}

/** What the weakness is called. */
export interface TitleClaim extends Stated {
  readonly kind: 'title'
  readonly text: string
  /**
   * `weakness`: given as the name of the CWE entry (`CWE-89: SQL Injection`). `heading`: what the finding is called,
   * which may name a place or effect as well. `category`: a word from the tool's own list.
   */
  readonly role: 'weakness' | 'heading' | 'category'
  /** The entry it stands beside; `undefined` when the review gives no id there. */
  readonly id?: number
}

/** The file that is meant. */
export interface FileClaim extends Stated {
  readonly kind: 'file'
  /** As written, with percent signs decoded; it can name anything, also places outside the tree. */
  readonly path: string
}

/** Lines of the file. */
export interface LinesClaim extends Stated {
  readonly kind: 'lines'
  /** Counted from 1, inclusive, in the order of the review. */
  readonly ranges: readonly LineRange[]
  /** Whether the review says "around" or "about". */
  readonly isApproximate: boolean
}

export interface LineRange {
  readonly start: number
  readonly end: number
}

/** Code that the review says stands in the file. */
export interface QuoteClaim extends Stated {
  readonly kind: 'quote'
  /** The code as the review gives it, without fence or backticks; may hold line numbers or diff markers. */
  readonly text: string
  /** `block`: whole lines. `inline`: a part of a line. */
  readonly form: 'block' | 'inline'
}

/** A named thing of the code that the prose speaks of. */
export interface ConstructClaim extends Stated {
  readonly kind: 'construct'
  /** A dotted name or literal, without call parentheses. */
  readonly name: string
  readonly what: 'call' | 'name' | 'literal'
  /** What the review says it does, in its words; `''` when it only mentions it. */
  readonly does: string
}

/** What kind of code it is said to be. */
export interface ContextClaim extends Stated {
  readonly kind: 'context'
  readonly context: 'production' | 'test' | 'example'
}

export interface SeverityClaim extends Stated {
  readonly kind: 'severity'
  /** As written. */
  readonly text: string
  /** On the common scale; `undefined` for a word that is on none. */
  readonly level?: SeverityLevel
}

export type SeverityLevel = 'none' | 'low' | 'medium' | 'high' | 'critical'

export interface CvssClaim extends Stated {
  readonly kind: 'cvss'
  /** `CVSS:3.1/AV:N/...` as written; `''` when only a score is given. */
  readonly vector: string
  /** 0 to 10. */
  readonly score?: number
}

/** That data gets from one place to another, or that an attacker controls it. */
export interface FlowClaim extends Stated {
  readonly kind: 'flow'
  /** The words of the claim; for a structured flow, its message. */
  readonly text: string
  /** Steps in order, the source first; empty when only prose is given. */
  readonly steps: readonly OtherPlace[]
}

/** That something is not there: "no logging", "without any validation". */
export interface AbsenceClaim extends Stated {
  readonly kind: 'absence'
  /** The sentence that denies. */
  readonly text: string
  /** What is denied, in the review's words: "access controls". */
  readonly object: string
}

/** That somebody can get there: "unauthorised users could start the service". */
export interface ReachClaim extends Stated {
  readonly kind: 'reach'
  readonly text: string
}

export interface RecommendationClaim extends Stated {
  readonly kind: 'recommendation'
  readonly text: string
  /** Code of the fix, `''` without. It is no quote. */
  readonly code: string
}

/** Prose of the finding that no other claim covers. */
export interface DescriptionClaim extends Stated {
  readonly kind: 'description'
  readonly text: string
}

/** A revision the review names. */
export interface RevisionClaim extends Stated {
  /** As written: hexadecimal digits, or a version. */
  readonly revision: string
  readonly kind: 'commit' | 'version'
}

/** What the review says of itself as a whole. */
export interface ConclusionClaim extends Stated {
  readonly text: string
  /**
   * `count`: so many findings. `secure`: that the code is sound on the whole. `clean`: that there is nothing. `other`
   */
  readonly kind: 'count' | 'secure' | 'clean' | 'other'
  /** For `count`; with a level when only findings of one severity are counted. */
  readonly count?: number
  readonly level?: SeverityLevel
}
