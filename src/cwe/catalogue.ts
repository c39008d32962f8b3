import { searchWeaknesses } from './find.ts'
import type { SearchHit } from './find.ts'
import { listOf, owaspMemberships, yearsOf } from './lists.ts'
import type { Lists, OwaspMembership, RankedEntry, RankedList } from './lists.ts'
import { RESEARCH_VIEW } from './record.ts'
import type { CatalogueData, Category, FormerNames, View, Weakness } from './record.ts'

/** An entry with its kind. */
export type Entry =
  | { readonly kind: 'weakness'; readonly record: Weakness }
  | { readonly kind: 'category'; readonly record: Category }
  | { readonly kind: 'view'; readonly record: View }

/**
 * The CWE catalogue in use, with the lists that refer to it. Every name, relation
 * and usage that Assay prints comes from here.
 *
 * Ids are plain numbers. "Parent", "ancestor" and so on mean the hierarchy of
 * view 1000. A question about an id that is no weakness gets an empty answer.
 */
export class Catalogue {
  readonly data: CatalogueData
  readonly lists: Lists
  readonly #formerNames: FormerNames
  readonly #entries = new Map<number, Entry>()
  /** Children by parent, for each view that was asked for. */
  readonly #children = new Map<number, ReadonlyMap<number, readonly number[]>>()

  constructor(data: CatalogueData, lists: Lists, formerNames: FormerNames) {
    this.data = data
    this.lists = lists
    this.#formerNames = formerNames
    for (const record of data.weaknesses) this.#entries.set(record.id, { kind: 'weakness', record })
    for (const record of data.categories) this.#entries.set(record.id, { kind: 'category', record })
    for (const record of data.views) this.#entries.set(record.id, { kind: 'view', record })
  }

  /** `CWE`. */
  get name(): string {
    return this.data.name
  }

  /** The release's number, such as `4.20`. */
  get version(): string {
    return this.data.version
  }

  /** The release's day, `YYYY-MM-DD`. */
  get date(): string {
    return this.data.date
  }

  /** The entry of any kind with this id. */
  entry(id: number): Entry | undefined {
    return this.#entries.get(id)
  }

  /** The weakness with this id; undefined for a category or view too. */
  get(id: number): Weakness | undefined {
    const entry = this.#entries.get(id)
    return entry?.kind === 'weakness' ? entry.record : undefined
  }

  /** The name of an entry of any kind. */
  nameOf(id: number): string | undefined {
    return this.#entries.get(id)?.record.name
  }

  /** `CWE-89: Improper Neutralization of ...`; `CWE-<id>` alone when the catalogue does not have it. */
  title(id: number): string {
    const name = this.nameOf(id)
    return name === undefined ? `CWE-${id}` : `CWE-${id}: ${name}`
  }

  /** Parents, the primary one first. */
  parents(id: number): readonly number[] {
    return this.get(id)?.parents ?? []
  }

  /** Children, ascending. */
  children(id: number): readonly number[] {
    return this.#childrenIn(RESEARCH_VIEW).get(id) ?? []
  }

  /** All ancestors without the id itself, nearest first, each once. */
  ancestors(id: number): readonly number[] {
    return reachable(id, (each) => this.parents(each))
  }

  /** All descendants without the id itself, nearest first, each once. */
  descendants(id: number): readonly number[] {
    return reachable(id, (each) => this.children(each))
  }

  /** Whether the first is an ancestor of the second; an id is not its own ancestor. */
  isAncestor(ancestor: number, id: number): boolean {
    return this.ancestors(id).includes(ancestor)
  }

  /** Members of a category, top level of a view, or children of a weakness, as one view arranges them. */
  arranged(id: number, view: number): readonly number[] {
    const entry = this.#entries.get(id)
    if (entry === undefined) return []
    if (entry.kind !== 'weakness') return entry.record.members
    return this.#childrenIn(view).get(id) ?? []
  }

  /** Earlier names of a weakness, oldest first, each once and without the present one. */
  formerNames(id: number): readonly string[] {
    const names = listOf(this.#formerNames, String(id)) ?? []
    return [...new Set(names)].filter((name) => name !== this.nameOf(id))
  }

  /** Weaknesses whose names, alternate terms or former names hold the words, best first. */
  search(words: string): readonly SearchHit[] {
    return searchWeaknesses(this.data.weaknesses, (id) => this.formerNames(id), words)
  }

  /** The CWE Top 25 of a year (default: the newest). */
  top25(year?: string): RankedList | undefined {
    return listOf(this.lists.cweTop25, year ?? yearsOf(this.lists.cweTop25)[0] ?? '')
  }

  /** The place of an id in the CWE Top 25 of a year (default: the newest). */
  top25Entry(id: number, year?: string): RankedEntry | undefined {
    return this.top25(year)?.entries.find((entry) => entry.id === id)
  }

  /** Where an id stands in the OWASP Top 10 (default: every edition, newest first). */
  owasp(id: number, edition?: string): readonly OwaspMembership[] {
    const editions = edition === undefined ? yearsOf(this.lists.owaspTop10) : [edition]
    return editions.flatMap((each) => owaspMemberships(this.lists, each, id))
  }

  /** The place of an id among the ten weaknesses most exploited in a year (default: the newest list). */
  kev(id: number, year?: string): RankedEntry | undefined {
    const list = listOf(this.lists.cweTop10Kev, year ?? yearsOf(this.lists.cweTop10Kev)[0] ?? '')
    return list?.entries.find((entry) => entry.id === id)
  }

  #childrenIn(view: number): ReadonlyMap<number, readonly number[]> {
    const made = this.#children.get(view) ?? childrenByParent(this.data.weaknesses, view)
    this.#children.set(view, made)
    return made
  }
}

function childrenByParent(weaknesses: readonly Weakness[], view: number): Map<number, number[]> {
  const children = new Map<number, number[]>()
  for (const weakness of weaknesses) {
    const parents = view === RESEARCH_VIEW ? weakness.parents : (weakness.viewParents?.[view] ?? [])
    for (const parent of parents) {
      const list = children.get(parent) ?? []
      list.push(weakness.id)
      children.set(parent, list)
    }
  }
  return children
}

function reachable(from: number, next: (id: number) => readonly number[]): number[] {
  const seen = new Set([from])
  const found: number[] = []
  let level = next(from)
  while (level.length > 0) {
    const fresh = [...new Set(level)].filter((id) => !seen.has(id))
    for (const id of fresh) seen.add(id)
    found.push(...fresh)
    level = fresh.flatMap(next)
  }
  return found
}
