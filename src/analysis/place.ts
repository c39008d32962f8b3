import type { Origin } from '../dataflow/search.ts'
import type { ProgramFile, Ref } from '../program/program.ts'
import type { Rule } from '../rules/rule.ts'
import type { Span } from '../core/text.ts'

/**
 * A considered place: a model's sink or a rule's candidate in the reviewed
 * paths, for one rule. It has exactly one outcome.
 */
export interface Place {
  readonly rule: Rule
  readonly file: ProgramFile
  /** The sink or the matched range. */
  readonly span: Span
  /** The sink's call; `undefined` for a pattern match. */
  readonly sink: Ref | undefined
  /** Canonical name of what is called, or `''`. */
  readonly callee: string
  /** Which argument, for the reader: `argument 1`, `argument shell`; `''` for the call itself. */
  readonly argument: string
  /** Completes "which ...": the sink model's `what`. */
  readonly what: string
  /** The sink model's advice, or `''`. */
  readonly advice: string
  readonly outcome: Outcome
  /** Metavariables of a pattern match, for the message. */
  readonly bindings: ReadonlyMap<string, string>
}

export type Outcome =
  /** `routes`: the best first; empty for a place that is a weakness by itself. */
  | { readonly type: 'found'; readonly routes: readonly Origin[]; readonly shown?: Shown }
  /** Why, and the place that makes it so (in `file`, which need not be the sink's). */
  | { readonly type: 'safe'; readonly by: SafeBy; readonly why: string; readonly file: ProgramFile; readonly at: Span }
  | { readonly type: 'no-source'; readonly why: string; readonly file: ProgramFile; readonly at: Span }
  | { readonly type: 'undecided'; readonly reason: UndecidedBecause; readonly why: string; readonly file: ProgramFile; readonly at: Span }

/** What shows that something is missing: a sentence, and places with what each shows. */
export interface Shown {
  readonly why: string
  readonly steps: readonly { readonly at: Ref; readonly what: string }[]
}

export type SafeBy = 'check' | 'record' | 'constant' | 'sanitizer' | 'guard' | 'parameters' | 'trusted-source' | 'unreachable' | 'exclusion'
export type UndecidedBecause = 'limit' | 'unresolved-call' | 'unparsed-region' | 'no-convention'
