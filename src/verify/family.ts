import type { Catalogue } from '../cwe/catalogue.ts'

/**
 * Whether two weaknesses are called the same thing by different people: equal, one above the other, or below the same
 * parent that is no pillar.
 */
export function isFamily(catalogue: Catalogue, one: number, other: number): boolean {
  if (one === other || catalogue.isAncestor(one, other) || catalogue.isAncestor(other, one)) return true
  return catalogue
    .parents(one)
    .some((parent) => catalogue.get(parent)?.abstraction !== 'Pillar' && catalogue.parents(other).includes(parent))
}
