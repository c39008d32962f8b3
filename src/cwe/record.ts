/**
 * The records of a CWE catalogue as Assay keeps them: the facts of the official
 * release (ids, names, relations, enumerations), without its prose.
 *
 * A key without a value is left out; keys stand in the order declared here and
 * records by ascending id, so that a new release is a readable difference.
 */

export const ABSTRACTIONS = ['Pillar', 'Class', 'Base', 'Variant', 'Compound'] as const
export type Abstraction = (typeof ABSTRACTIONS)[number]

export const STATUSES = ['Deprecated', 'Draft', 'Incomplete', 'Stable', 'Obsolete', 'Usable'] as const
export type Status = (typeof STATUSES)[number]

/** What CWE says about mapping a vulnerability to an entry ("mapping usage"). */
export const USAGES = ['Allowed', 'Allowed-with-Review', 'Discouraged', 'Prohibited'] as const
export type Usage = (typeof USAGES)[number]

export const LIKELIHOODS = ['High', 'Medium', 'Low'] as const
export type Likelihood = (typeof LIKELIHOODS)[number]

export const STRUCTURES = ['Composite', 'Chain'] as const
export type Structure = (typeof STRUCTURES)[number]

export const VIEW_TYPES = ['Graph', 'Explicit', 'Implicit'] as const
export type ViewType = (typeof VIEW_TYPES)[number]

/** Where a weakness occurs, in the words of the catalogue. */
export interface Platforms {
  readonly languages?: readonly string[]
  readonly languageClasses?: readonly string[]
  readonly technologies?: readonly string[]
}

/** One weakness. */
export interface Weakness {
  readonly id: number
  readonly name: string
  readonly abstraction: Abstraction
  readonly status: Status
  /** `ChildOf` in view 1000, the primary parent first; empty for pillars and deprecated entries. */
  readonly parents: readonly number[]
  readonly mapping: Usage
  readonly mappingReasons: readonly string[]
  /** What to map to in its place; may itself be discouraged or need review. */
  readonly mappingAlternatives?: readonly number[]
  /** Successors of a deprecated entry, read out of its description. */
  readonly replacedBy?: readonly number[]
  readonly alternateTerms?: readonly string[]
  /** Left out when unknown. */
  readonly likelihoodOfExploit?: Likelihood
  readonly platforms?: Platforms
  /** Left out for a simple weakness. */
  readonly structure?: Structure
  /** `ChildOf` in views other than 1000, by view id. */
  readonly viewParents?: Readonly<Record<string, readonly number[]>>
  readonly canPrecede?: readonly number[]
  readonly peerOf?: readonly number[]
  readonly canAlsoBe?: readonly number[]
  readonly requires?: readonly number[]
  readonly startsWith?: readonly number[]
}

/** The keys of a weakness in their fixed order. */
export const WEAKNESS_KEYS: readonly (keyof Weakness)[] = [
  'id', 'name', 'abstraction', 'status', 'parents', 'mapping', 'mappingReasons', 'mappingAlternatives', 'replacedBy',
  'alternateTerms', 'likelihoodOfExploit', 'platforms', 'structure', 'viewParents', 'canPrecede', 'peerOf',
  'canAlsoBe', 'requires', 'startsWith',
]

/** A group of entries. Never a weakness, so never what a finding maps to. */
export interface Category {
  readonly id: number
  readonly name: string
  readonly status: Status
  /** The view the category was made for. */
  readonly view?: number
  /** Weaknesses, categories and views, in the release's order. */
  readonly members: readonly number[]
}

/** A perspective on the catalogue. */
export interface View {
  readonly id: number
  readonly name: string
  readonly status: Status
  readonly type: ViewType
  /** Top level only for a graph; in rank order for the Top 25 lists; ascending when implicit. */
  readonly members: readonly number[]
}

/** The facts of one CWE release. */
export interface CatalogueData {
  readonly name: string
  /** Release number in dotted parts, such as `4.20`. */
  readonly version: string
  /** Day of the release, `YYYY-MM-DD`. */
  readonly date: string
  readonly weaknesses: readonly Weakness[]
  readonly categories: readonly Category[]
  readonly views: readonly View[]
}

/** Earlier names of weaknesses by id in decimal, oldest first. */
export type FormerNames = Readonly<Record<string, readonly string[]>>

/** The view whose parent relation is the hierarchy of the catalogue ("Research Concepts"). */
export const RESEARCH_VIEW = 1000
