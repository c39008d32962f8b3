/** What the review needs to know of the CWE catalogue. */
export interface Weaknesses {
  readonly name: string
  readonly version: string
  readonly date: string
  /** `CWE-89: Improper Neutralization of ...`; titles come from nowhere else. */
  title(id: number): string
  /** Every ancestor in the research view, without the id itself. */
  ancestors(id: number): ReadonlySet<number>
}

/** Whether two ids name the same weakness, one perhaps more generally. */
export function isSameWeakness(catalogue: Weaknesses, one: number, other: number): boolean {
  return one === other || catalogue.ancestors(one).has(other) || catalogue.ancestors(other).has(one)
}

/** The more specific of two ids of which one may be an ancestor of the other. */
export function moreSpecific(catalogue: Weaknesses, one: number, other: number): number {
  return catalogue.ancestors(other).has(one) ? other : one
}
