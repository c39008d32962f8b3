import type { Span } from '../core/text.ts'

/**
 * Pattern matches of one file for one rule: a pure function of the file's bytes
 * and the rule. What a match needs from the program stays in it as a condition.
 */
export interface RuleMatches {
  readonly rule: string
  /** Ranges that satisfy the whole formula, conditions aside. */
  readonly matches: readonly Match[]
  /** Ranges that all positive patterns matched but a negative one dropped: considered, and safe by it. */
  readonly excluded: readonly Excluded[]
  /** Taint rules: matches per section; empty for search rules. */
  readonly sections: TaintSections
  /** Limits reached, as named in `LIMITS`. */
  readonly limits: readonly string[]
}

export interface Match extends Span {
  readonly bindings: readonly MatchBinding[]
  /** All must hold in the program for the match to count. */
  readonly conditions: readonly Condition[]
  /** Negative patterns that only the program can decide: where one applies, the match is excluded. None when absent. */
  readonly unless?: readonly Exception[]
}

/** A negative pattern at a place; it applies when all its conditions hold. */
export interface Exception {
  readonly by: Span
  readonly conditions: readonly Condition[]
}

export interface Excluded extends Match {
  /** The range of the negative pattern that dropped it. */
  readonly by: Span
}

export interface MatchBinding extends Span {
  /** With its `$`. */
  readonly name: string
  /** Source text, or the text of a regex group. */
  readonly text: string
}

/**
 * What only the program can decide.
 * - `name`: the expression at this span denotes the dotted name (import equivalence across files)
 * - `type`: the expression's type is the named one
 * - `constant`: the expression is a constant equal to `text`, or any string constant when `text` is absent
 */
export type Condition =
  | { readonly kind: 'name'; readonly at: Span; readonly name: string }
  | { readonly kind: 'type'; readonly at: Span; readonly type: string }
  | { readonly kind: 'constant'; readonly at: Span; readonly text?: string }

export interface TaintSections {
  readonly sources: readonly SectionMatch[]
  readonly sinks: readonly SectionMatch[]
  readonly sanitizers: readonly SectionMatch[]
  readonly propagators: readonly PropagatorMatch[]
}

export interface SectionMatch extends Match {
  /** Index of the item in the rule's section. */
  readonly item: number
  readonly exact: boolean
  readonly bySideEffect: boolean
}

export interface PropagatorMatch extends SectionMatch {
  readonly from: Span
  readonly to: Span
}
