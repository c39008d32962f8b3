/**
 * What a rule looks for, in the operators of the rule language, checked when
 * the rule is loaded.
 */

/** A search formula or taint sections. The matcher's compiler reads these. */
export type RuleFormula =
  | { readonly mode: 'search'; readonly formula: Formula }
  | {
      readonly mode: 'taint'
      readonly sources: readonly TaintItem[]
      readonly sinks: readonly TaintItem[]
      readonly sanitizers: readonly TaintItem[]
      readonly propagators: readonly PropagatorItem[]
    }

export interface TaintItem {
  readonly formula: Formula
  readonly exact: boolean
  readonly bySideEffect: boolean
  /** Of a source: what its data is called in requirements. */
  readonly label?: string
  /** Of a sink: an expression of the labels that must arrive; see `parseRequirement`. */
  readonly requires?: string
}

export interface PropagatorItem extends TaintItem {
  readonly from: string
  readonly to: string
}

/** The operators of the rule language that are understood; the loader names any other in a problem. */
export type Formula =
  | { readonly op: 'pattern'; readonly pattern: string }
  | { readonly op: 'regex'; readonly regex: string }
  | {
      readonly op: 'all'
      readonly of: readonly Formula[]
      readonly conditions: readonly FormulaCondition[]
      readonly focus: readonly (readonly string[])[]
      /** A metavariable that stands for the whole match. */
      readonly as?: string
    }
  | { readonly op: 'any'; readonly of: readonly Formula[] }
  | { readonly op: 'inside'; readonly of: Formula }
  | { readonly op: 'not'; readonly of: Formula }
  | { readonly op: 'not-inside'; readonly of: Formula }
  | { readonly op: 'not-regex'; readonly regex: string }
  /** Matches, or does not, at any place of the file with the same bindings. */
  | { readonly op: 'anywhere'; readonly of: Formula }
  | { readonly op: 'not-anywhere'; readonly of: Formula }

/** What is asked of a metavariable's binding. */
export type FormulaCondition =
  | {
      readonly kind: 'regex'
      readonly metavariable: string
      readonly regex: string
      readonly constantPropagation: boolean
    }
  /** The formula matches in what the metavariable stands for, read as code of `language` where that is not `''`. */
  | { readonly kind: 'pattern'; readonly metavariable: string; readonly language: string; readonly formula: Formula }
  /** `strip`: values of `metavariable` are read as numbers. */
  | { readonly kind: 'comparison'; readonly metavariable: string; readonly comparison: string; readonly strip: boolean }
  | { readonly kind: 'type'; readonly metavariable: string; readonly types: readonly string[] }
  | { readonly kind: 'analysis'; readonly metavariable: string; readonly analyzer: Analyzer }

/** `entropy`: a text that looks made by chance; `redos`: a regular expression that can take exponential time, with a text for which it does as `$ATTACK`. */
export type Analyzer = (typeof ANALYZERS)[number]

export const ANALYZERS = ['entropy', 'redos'] as const
