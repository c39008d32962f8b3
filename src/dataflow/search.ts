import type { Program, Ref } from '../program/program.ts'

/**
 * Where can the value at a sink come from? The search goes backward from the
 * sink over the program's values, with the calls it has entered on a stack, and
 * ends at origins. Each search is independent of the others, so results do not
 * depend on order, and every origin has its witness path.
 */
export interface FlowSearch {
  (program: Program, query: FlowQuery): FlowResult
}

export interface FlowQuery {
  /** The value that reaches the sink. */
  readonly value: Ref
  /** The sink's instruction: guards that control it count. */
  readonly at: Ref
  /** Sink kind, for sanitizers and guards: `sql`. */
  readonly kind: string
  /** Whether a value is a source for this query. */
  source(value: Ref): SourceHit | undefined
  /** Whether a value is the result of a sanitizer for this kind. */
  sanitizer(value: Ref): string | undefined
}

export interface SourceHit {
  /** Kind of the source: `remote`. */
  readonly kind: string
  /** Completes "comes from ...". */
  readonly what: string
}

export interface FlowResult {
  /** Distinct by type and place, in order of distance then place. */
  readonly origins: readonly Origin[]
  /** Limits reached, by name. */
  readonly limits: readonly string[]
}

export interface Origin {
  readonly type: OriginType
  /** Where it begins. */
  readonly at: Ref
  /** For the reader: the source's `what`, the sanitizer's, the guard's text, the callee not resolved, the constant. */
  readonly what: string
  /** Kind of the source, `''` otherwise. */
  readonly kind: string
  /** From the origin to the sink's value, both included. */
  readonly path: readonly Step[]
}

/**
 * - `source`: untrusted data
 * - `constant`: a literal
 * - `sanitized`: passed a sanitizer of the sink's kind
 * - `guarded`: checked on every path by a guard of the sink's kind
 * - `safe-part`: reaches the sink only where it cannot do harm (after a URL's fixed host, say)
 * - `parameter`: a parameter of a function without known callers
 * - `unresolved`: the result of a call, or a name, that could not be resolved
 * - `library`: the result of a known library call that no model calls a source
 * - `limit`: a limit ended the search here
 */
export type OriginType =
  | 'source' | 'constant' | 'sanitized' | 'guarded' | 'safe-part' | 'parameter' | 'unresolved' | 'library' | 'limit'

export interface Step {
  readonly at: Ref
  /** What happens here, for the reader: `is assigned`, `is passed to query()`, `is returned`. */
  readonly what: string
}
