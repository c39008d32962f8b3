import type { Claim } from '../../claim.ts'
import type { JsonValue } from '../../reader.ts'
import { weaknessClaims, withoutRepeated } from '../claims.ts'
import { JsonRecord, type Words } from '../record.ts'

/** Keys of property bags under which tools give ids. */
const PROPERTIES: readonly string[] = ['cwe', 'CWE', 'cwes', 'cwe_id', 'cweId', 'cwe-id', 'cweIds', 'cwe_ids']

/**
 * The weaknesses of a result, from the four places where tools put them: taxa of
 * the result, relationships of its rule, property bags, tags. What the result
 * says itself goes first.
 */
export function weaknessesOf(
  text: string,
  result: JsonRecord,
  rule: JsonRecord | undefined,
  run: JsonRecord,
): readonly Claim[] {
  const taxonomies = run.list('taxonomies')
  const own = [
    ...result.records('taxa').flatMap((each) => taxonOf(text, each, taxonomies)),
    ...inBag(text, result.record('properties')),
  ]
  if (own.length > 0 || rule === undefined) return withoutRepeated(own)
  const related = rule.records('relationships').flatMap((each) => taxonOf(text, each.record('target'), taxonomies))
  return withoutRepeated([...related, ...inBag(text, rule.record('properties'))])
}

/** A reference into a taxonomy that is CWE: by its id, or by number among the taxonomies' taxa. */
function taxonOf(text: string, reference: JsonRecord | undefined, taxonomies: readonly JsonValue[]): readonly Claim[] {
  if (reference === undefined) return []
  const component = reference.record('toolComponent')
  const place = component?.number('index')?.value
  const taxonomy = JsonRecord.of(place === undefined || place < 0 ? undefined : taxonomies[place])
  const name = component?.text('name')?.value ?? taxonomy?.text('name')?.value
    ?? (taxonomies.length === 1 ? JsonRecord.of(taxonomies[0])?.text('name')?.value : undefined)
  if (!/^cwe\b|common weakness/i.test(name?.trim() ?? '')) return []
  const id = reference.value('id')
  if (id !== undefined) return weaknessClaims(text, id)
  const index = reference.number('index')?.value
  const taxon = JsonRecord.of(index === undefined || index < 0 ? undefined : taxonomy?.list('taxa')[index])
  return weaknessClaims(text, taxon?.value('id'))
}

/** Ids of a property bag: members named after them, then tags. */
function inBag(text: string, bag: JsonRecord | undefined): readonly Claim[] {
  if (bag === undefined) return []
  bag.skipAll()
  const named = PROPERTIES.flatMap((key) => weaknessClaims(text, bag.value(key)))
  return named.length > 0 ? named : bag.texts('tags').flatMap((tag) => ofTag(text, tag))
}

/** `external/cwe/cwe-089`, `CWE-89: Improper Neutralization of ...`. */
function ofTag(text: string, tag: Words): readonly Claim[] {
  return /^(?:external\/cwe\/)?cwe[-_ ]?\d{1,5}(?!\d)/i.test(tag.value.trim()) ? weaknessClaims(text, tag.node) : []
}
