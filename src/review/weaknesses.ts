import type { Catalogue } from '../cwe/catalogue.ts'

/** What the review needs to know of the CWE catalogue. Titles come from nowhere else. */
export type Weaknesses = Pick<Catalogue, 'name' | 'version' | 'date' | 'title' | 'isAncestor'>

/** The id of rules that name no weakness. */
export const NO_WEAKNESS = 0

/** Whether two ids name the same weakness, one perhaps more generally. */
export function isSameWeakness(catalogue: Weaknesses, one: number, other: number): boolean {
  return one === other || catalogue.isAncestor(one, other) || catalogue.isAncestor(other, one)
}

/** The more specific of two ids of which one may be an ancestor of the other. */
export function moreSpecific(catalogue: Weaknesses, one: number, other: number): number {
  return catalogue.isAncestor(one, other) ? other : one
}
