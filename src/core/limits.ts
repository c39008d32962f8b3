/**
 * Every bound on work, in one place. Limits count work, never time, so that the
 * same input gives the same result on any machine. Reaching one is reported.
 */
export const LIMITS = {
  /** Largest file read, in bytes. Generated bundles beyond this hold no code a person wrote. */
  fileBytes: 5_000_000,
  /** Deepest nesting of tree nodes that is lowered; deeper code is an unparsed region. */
  treeDepth: 400,
  /** Files in one review; beyond it the rest is named as skipped. */
  files: 200_000,
  /** Values in one function; beyond it the function is not lowered (named as a problem). A line has about four. */
  functionValues: 120_000,
  /** Steps of one backward search from one sink; engines elsewhere bound depth, we bound the whole search. */
  searchSteps: 6_000,
  /** Steps of one backward search from a sink in test code, which nobody attacks: a flow inside a test is short. */
  testSearchSteps: 1_000,
  /** Steps of the same search behind calls that no model describes, where nothing can be decided any more, only told. */
  obscureSteps: 400,
  /** Steps of a search that asks whether a container that something is looked up in holds only what is trusted. */
  trustSteps: 60,
  /** Points that searches with the same question remember for the next; with more they are forgotten, which costs time alone. */
  points: 100_000,
  /** Call sites on the stack of one backward search (Mariana Trench 10, Joern 4). */
  searchDepth: 10,
  /** Calling contexts in which one search goes through a function itself; later ones take over what these came to. */
  contexts: 4,
  /** Fields and keys remembered in an access path (CodeQL 5, Pysa 4, Opengrep 4). */
  accessPath: 4,
  /** Implementations considered at one dynamic call (Mariana Trench 40); more is unresolved. */
  callTargets: 16,
  /** Callers visited from one function's parameter before the search stops. */
  callers: 200,
  /** Calls of a review that are accounted for one by one: resolving calls that no rule asks about costs time. */
  accountedCalls: 2_000,
  /** Hops through re-exports before a name counts as unresolved. */
  reexports: 16,
  /** Matches of one pattern in one file. */
  matchesPerFile: 10_000,
  /** Steps of the matcher for one rule in one file. */
  matchSteps: 2_000_000,
} as const

export type LimitName = keyof typeof LIMITS
