import type { Ref } from '../program/program.ts'
import type { AccessPath } from './demand.ts'

/**
 * Where can the value at a sink come from? The search goes backward from the
 * sink over the program's values, with the calls it has entered on a stack, and
 * ends at origins. Searches are independent of one another, so no result depends
 * on an order, and every origin has its witness path.
 */
export interface FlowQuery {
  /** The value that reaches the sink. */
  readonly value: Ref
  /** The sink's instruction; guards that control it count. */
  readonly at: Ref
  /** What libraries do, for this query's sink kind. */
  readonly semantics: FlowSemantics
  /**
   * Follow only the value itself, through assignments, calls, returns and
   * containers, not what is computed from it. For questions about constants.
   */
  readonly exact: boolean
  /** The sink takes the value as a text; a container that arrives is serialised, and what it holds does not count. */
  readonly asText?: boolean
  /** The part of the value that is asked for; absent, all of it. */
  readonly path?: AccessPath
  /**
   * Asks whether the value has only origins of these types: a short search, which ends
   * at the first other origin. What lies behind a call that no model describes is one, `unresolved`.
   */
  readonly only?: ReadonlySet<OriginType>
}

/** Knowledge of libraries, as one query sees it. */
export interface FlowSemantics {
  /** Whether a value is a source for this query. */
  source(value: Ref): SourceHit | undefined
  /** Whether a value is a source that this query trusts; `what` for the reader. */
  trusted(value: Ref): string | undefined
  /** What makes a call's result safe for the query's sink kind: completes "by ..."; `undefined` when nothing does. */
  sanitizer(call: Ref): string | undefined
  /** How data passes through a library call; `undefined` when no model describes it. */
  propagation(call: Ref): Propagation | undefined
  /** Whether some model says that a method of this name puts something into its object. */
  fills(method: string): boolean
  /** Whether a call is among those that may put something into an argument. */
  fillsArgument(call: Ref): boolean
  /** Whether some model says that a method of this name empties its object. */
  clears(method: string): boolean
  /** Whether some model says that a method of this name changes the order of its object. */
  reorders(method: string): boolean
  /** Whether iterating an object of this type gives the keys of a mapping. */
  iteratesKeys(type: string): boolean
  /** What makes the result of calling this function safe, where a library calls it; `undefined` when nothing does. */
  cleansWith(callback: Ref): string | undefined
  /** What the outcome of a library's call shows to be harmless for the query's sink kind. */
  guards(call: Ref): readonly GuardHit[]
  /** With what texts a value begins when a library's call gives true, and does not when it gives false. */
  beginnings(call: Ref): readonly Beginning[]
  /** Whether several things that are known of a text make it harmless together; `undefined` when nothing of the sort ever does. */
  readonly isEnough: ((evidence: Evidence) => boolean) | undefined
  /** Whether a value names types, or several of them, whose values are harmless as text, as numbers are. */
  isPlain(types: Ref): boolean
  /** Whether a text is harmless that is made of these characters, in any order. */
  isHarmlessText(characters: string): boolean
  /** Whether a library's call never returns normally. */
  exits(call: Ref): boolean
  /**
   * A fixed text after which anything is harmless for this kind: a URL's scheme
   * and host, say. Matched at the start of a built string.
   */
  readonly harmlessAfter: RegExp | undefined
}

export interface SourceHit {
  /** Kind of the source: `remote`. */
  readonly kind: string
  /** Completes "comes from ...". */
  readonly what: string
}

export interface Propagation {
  /** What of the call's operands reaches its result. */
  readonly toResult: readonly Passage[]
  /** The fixed text that the result begins with, in front of all that reaches it. */
  readonly prefix?: string
  /** What reaches the receiver's contents. */
  readonly toReceiver: readonly Passage[]
  /** What reaches the contents of an argument. */
  readonly toArguments: readonly PassageInto[]
  /** Whether the receiver holds nothing after the call. */
  readonly clears: boolean
  /** Whether the receiver may lack something after the call that it had. */
  readonly removes: boolean
  /** What it does to the order of its receiver's elements. */
  readonly sequence: 'append' | 'extend' | 'insert' | 'take' | 'reverse' | 'sort' | 'clear' | undefined
}

/** One operand of a library call that reaches something. */
export interface Passage {
  readonly value: Ref
  /** Not the operand, but what calling it gives. */
  readonly isCalled: boolean
  /** Only where the part is missing that another operand has, or that it is put in place of. */
  readonly isOtherwise: boolean
  /** Absent: everything inside may be anywhere in what it reaches. */
  readonly parts?: PassageParts
}

export interface PassageInto extends Passage {
  readonly into: Ref
}

/** A part of what passes is a part of what it reaches, and keeps its own parts. */
export interface PassageParts {
  readonly from: AccessPath
  /** `anywhere`: what goes in cannot be told apart afterwards. */
  readonly to: AccessPath | 'anywhere'
}

export interface GuardHit {
  /** The values that are shown to be harmless. */
  readonly checked: readonly Ref[]
  /** The outcome of the call that shows it; `equal`: that one of `parts` is equal to something fixed. */
  readonly when: 'true' | 'false' | 'returns' | 'equal'
  /** Attributes of the result, `''` for the result itself. */
  readonly parts: readonly string[]
  /** It shows only that what is checked is in this container. */
  readonly among: Ref | undefined
  /** The result is the type of what is checked. */
  readonly givesType: boolean
  /** What is checked is an outcome, or holds outcomes of which every one or some is true. */
  readonly elements: 'itself' | 'every' | 'some' | undefined
}

/** What a call tells of the beginning of a value: it is one of these texts. */
export interface Beginning {
  readonly checked: Ref
  readonly texts: readonly string[]
}

/** What is known of a text, of which each alone may not be enough. */
export interface Evidence {
  /** Texts that it begins with. */
  readonly begins: readonly string[]
  /** Texts that it does not begin with. */
  readonly beginsNot: readonly string[]
  /** Texts that are nowhere in it. */
  readonly lacks: readonly string[]
}

export interface FlowResult {
  /** Distinct by type and place, nearest first. */
  readonly origins: readonly Origin[]
  /** Limits reached, by name, sorted. */
  readonly limits: readonly string[]
}

export interface Origin {
  readonly type: OriginType
  /** Where it begins. */
  readonly at: Ref
  /** For the reader: the source's `what`, the sanitizer, the guard's or constant's text, the call not resolved. */
  readonly what: string
  /** Kind of the source, `''` otherwise. */
  readonly kind: string
  /** Calls on the way that no model describes and that may have changed the data, as written. */
  readonly obscure: readonly string[]
  /** Whether a call on the way was resolved by its name alone. */
  readonly guessed: boolean
  /** From the origin to the sink's value, both included. */
  readonly path: readonly Step[]
}

/**
 * - `source`: untrusted data
 * - `constant`: a literal, a function, the outcome of a comparison
 * - `sanitized`: passed a sanitizer of the sink's kind
 * - `guarded`: checked by a guard of the sink's kind wherever it goes on
 * - `fixed-prefix`: reaches the sink only behind a fixed text that makes it harmless
 * - `parameter`: a parameter of a function without known callers
 * - `trusted`: a source of a kind that the rule does not call untrusted, as the program's own environment
 * - `unparsed`: code that was not understood
 * - `unresolved`: a call or name that could not be resolved
 * - `library`: a library's value that no model calls a source
 * - `limit`: a limit ended the search here
 */
export type OriginType =
  | 'source' | 'constant' | 'sanitized' | 'guarded' | 'fixed-prefix' | 'parameter' | 'unresolved' | 'unparsed'
  | 'trusted' | 'library' | 'limit'

export interface Step {
  readonly at: Ref
  /** What happens here, for the reader: `is passed to query()`, `is returned`. */
  readonly what: string
}
