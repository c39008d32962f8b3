import type { RuleFormula } from '../match/formula.ts'
import type { RuleFix } from './fix.ts'

/**
 * A rule as the engine uses it, checked once when its file is loaded. The file
 * is Semgrep-compatible YAML; what that language lacks stands in
 * `metadata.assay`.
 */
export interface Rule {
  readonly id: string
  /** Project-relative or package-relative path of the rule file, with `/`. */
  readonly file: string
  readonly languages: readonly string[]
  readonly message: string
  readonly severity: Severity
  readonly confidence: Confidence
  /** Primary weakness: Allowed, or Allowed-with-Review with `mappingReason`; 0 for a rule without one. */
  readonly cwe: number
  /** Further ids the rule's metadata names. */
  readonly otherCwes: readonly number[]
  readonly mappingReason: string
  /** Short title that reads well after "allow". */
  readonly title: string
  /** The weakness in general, one paragraph. */
  readonly what: string
  /** Why it matters, one or two sentences. */
  readonly why: string
  /** What to do when the model of the library gives no advice of its own. */
  readonly fix: string
  readonly references: readonly string[]
  /** What can be put in the place of a match; absent for a rule without. */
  readonly replacement?: RuleFix
  /** The formula or taint sections as loaded, for the matcher. */
  readonly formula: RuleFormula
  /** Kinds joined by a taint rule of ours; `undefined` for a rule by patterns alone. */
  readonly kinds: RuleKinds | undefined
  /** What is missing where; `undefined` for a rule of another mode. */
  readonly missing: MissingRule | undefined
  readonly examples: readonly RuleExample[]
  readonly paths: { readonly include: readonly string[]; readonly exclude: readonly string[] }
  readonly options: ReadonlyMap<string, string | number | boolean>
  /** The metadata as written. */
  readonly metadata: Readonly<Record<string, unknown>>
  /** Shipped with Assay, or the user's. */
  readonly origin: 'assay' | 'user'
}

export type Severity = 'low' | 'medium' | 'high' | 'critical'
export type Confidence = 'low' | 'medium' | 'high'

/** Joins kinds of the models to a weakness. */
export interface RuleKinds {
  /**
   * Source kinds of the models; empty when the sink is judged by constants or by
   * the call alone.
   */
  readonly sources: readonly string[]
  readonly sinks: readonly string[]
  /** Sanitizer kinds; by default the sink kinds. */
  readonly sanitizers: readonly string[]
  /** Constants that are themselves the weakness when they reach the sink. */
  readonly constants: ConstantTest | undefined
  /** Every call of the sink is a finding unless the model's `unless` holds. */
  readonly callAlone: boolean
}

/**
 * Names kinds of acts of the models that belong together.
 *
 * `guard`: nearly all handlers of the program are only run after an act of the first of
 * these kinds; the others are a weakness. Kinds further back are weaker signs of the same,
 * and count together with those before them where these alone are no convention.
 *
 * `order`: a handler that does act before the check that it has.
 *
 * `inverted`: the caller is refused where an act of these kinds, the test of a right, succeeds.
 *
 * `record`: a method that changes something and leaves no record, where those of its class do.
 *
 * `sibling`: a handler that changes the thing a parameter names without such an act of its own, where
 * handlers of its class with the same parameter have one.
 *
 * `creation`: an act of these kinds creates what a secret is put into, and leaves others the right to read it.
 *
 * `stand-in`: code outside of tests uses what is there for tests: the program's own test code, or an act of these kinds.
 */
export interface MissingRule {
  readonly analysis: 'guard' | 'order' | 'inverted' | 'record' | 'sibling' | 'creation' | 'stand-in'
  readonly needs: readonly string[]
}

/** Which constants are dangerous at the sink; any one suffices. */
export interface ConstantTest {
  /** Equal to one of these, as source-neutral text: `false`, `0`, `MD5`. */
  readonly equals: readonly string[]
  /** A number that shares a bit with this mask (file modes); 0 for none. */
  readonly mask: number
  /** Matches this regular expression, whole. */
  readonly matches: string
  /** Matches none of these: placeholders, empty strings. */
  readonly not: string
}

/** Code with the lines that must, and must not, be reported: `# ruleid: id`, `# ok: id` before the line. */
export interface RuleExample {
  readonly title: string
  /** File name to content: one file, or several for a flow across files. */
  readonly files: ReadonlyMap<string, string>
}
