import { inKeyOrder, inPlatformOrder } from './entry.ts'
import { VIEWS_OF_RECORDS, VIEW_FILTERS, membersBy, subjectOfRecord } from './filters.ts'
import type { CatalogueData, Category, Platforms, View, Weakness } from './record.ts'

/**
 * One line of a supplement: what a later release changed in an earlier one.
 *
 * - `newWeakness`, `newCategory`, `newView`: insert the record
 * - `weakness`: set the other keys of the line on that weakness
 * - `appendPlatforms`: append to each named list of each id, after the values it has
 * - `setPlatforms`: replace the whole object (a changed order)
 * - `category`: append members
 * - `view`: remove and add members, kept ascending
 */
export type SupplementLine =
  | { readonly newWeakness: Weakness }
  | { readonly newCategory: Category }
  | { readonly newView: View }
  | ({ readonly weakness: number } & Partial<Weakness>)
  | { readonly appendPlatforms: Platforms; readonly ids: readonly number[] }
  | { readonly setPlatforms: Platforms; readonly id: number }
  | { readonly category: number; readonly appendMembers: readonly number[] }
  | { readonly view: number; readonly addMembers?: readonly number[]; readonly removeMembers?: readonly number[] }

/** Reads a supplement file: one JSON object on each line, written by ourselves. */
export function parseSupplement(text: string): SupplementLine[] {
  return text.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as SupplementLine)
}

/** Applies a supplement to an earlier release and computes the implicit views again that follow from records. */
export function applySupplement(
  base: CatalogueData, lines: readonly SupplementLine[], version: string, date: string,
): CatalogueData {
  const draft = new Draft(base)
  for (const line of lines) draft.apply(line)
  return draft.finish(base.name, version, date)
}

class Draft {
  readonly #weaknesses: Map<number, Weakness>
  readonly #categories: Map<number, Category>
  readonly #views: Map<number, View>

  constructor(base: CatalogueData) {
    this.#weaknesses = byId(base.weaknesses)
    this.#categories = byId(base.categories)
    this.#views = byId(base.views)
  }

  apply(line: SupplementLine): void {
    if ('newWeakness' in line) insert(this.#weaknesses, line.newWeakness)
    else if ('newCategory' in line) insert(this.#categories, line.newCategory)
    else if ('newView' in line) insert(this.#views, line.newView)
    else if ('weakness' in line) this.#setKeys(line)
    else if ('setPlatforms' in line) this.#setPlatforms(line.id, line.setPlatforms)
    else if ('appendPlatforms' in line) this.#appendPlatforms(line.ids, line.appendPlatforms)
    else if ('category' in line) this.#appendMembers(line.category, line.appendMembers)
    else this.#changeMembers(line.view, line.addMembers ?? [], line.removeMembers ?? [])
  }

  finish(name: string, version: string, date: string): CatalogueData {
    const weaknesses = sorted(this.#weaknesses).map(inKeyOrder)
    const categories = sorted(this.#categories)
    const views = sorted(this.#views)
    const subjects = [
      ...weaknesses.map((record) => subjectOfRecord('weakness', record)),
      ...categories.map((record) => subjectOfRecord('category', record)),
      ...views.map((record) => subjectOfRecord('view', record)),
    ]
    const recomputed = views.map((view): View => {
      const filter = VIEWS_OF_RECORDS.includes(view.id) ? VIEW_FILTERS.get(view.id) : undefined
      return filter === undefined ? view : { ...view, members: membersBy(filter, subjects) }
    })
    return { name, version, date, weaknesses, categories, views: recomputed }
  }

  #setKeys({ weakness: id, ...keys }: { readonly weakness: number } & Partial<Weakness>): void {
    this.#weaknesses.set(id, { ...known(this.#weaknesses, id), ...keys })
  }

  #setPlatforms(id: number, platforms: Platforms): void {
    this.#weaknesses.set(id, { ...known(this.#weaknesses, id), platforms: inPlatformOrder(platforms) })
  }

  #appendPlatforms(ids: readonly number[], added: Platforms): void {
    for (const id of ids) {
      const present = known(this.#weaknesses, id).platforms ?? {}
      this.#setPlatforms(id, {
        languages: [...(present.languages ?? []), ...(added.languages ?? [])],
        languageClasses: [...(present.languageClasses ?? []), ...(added.languageClasses ?? [])],
        technologies: [...(present.technologies ?? []), ...(added.technologies ?? [])],
      })
    }
  }

  #appendMembers(id: number, members: readonly number[]): void {
    const category = known(this.#categories, id)
    this.#categories.set(id, { ...category, members: [...category.members, ...members] })
  }

  #changeMembers(id: number, added: readonly number[], removed: readonly number[]): void {
    const view = known(this.#views, id)
    const members = [...view.members.filter((member) => !removed.includes(member)), ...added]
    this.#views.set(id, { ...view, members: members.sort((a, b) => a - b) })
  }
}

function byId<Entry extends { readonly id: number }>(entries: readonly Entry[]): Map<number, Entry> {
  return new Map(entries.map((entry) => [entry.id, entry]))
}

function sorted<Entry extends { readonly id: number }>(entries: ReadonlyMap<number, Entry>): Entry[] {
  return [...entries.values()].sort((a, b) => a.id - b.id)
}

function insert<Entry extends { readonly id: number }>(entries: Map<number, Entry>, entry: Entry): void {
  if (entries.has(entry.id)) throw new Error(`the supplement inserts ${entry.id}, which exists`)
  entries.set(entry.id, entry)
}

function known<Entry>(entries: ReadonlyMap<number, Entry>, id: number): Entry {
  const entry = entries.get(id)
  if (entry === undefined) throw new Error(`the supplement changes ${id}, which does not exist`)
  return entry
}
