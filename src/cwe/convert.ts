import { checkIntegrity } from './integrity.ts'
import { VIEW_FILTERS, membersBy } from './filters.ts'
import type { FilterSubject } from './filters.ts'
import { attribute, choice, formerNamesOf, idOf, nameOf, uniqueIds, weaknessOf } from './entry.ts'
import type { CatalogueData, Category, View, Weakness } from './record.ts'
import { STATUSES, VIEW_TYPES } from './record.ts'
import { Refusal } from './refusal.ts'
import { elementsAt, scanRelease, textOf } from './xml.ts'
import type { XmlElement } from './xml.ts'

/** What an official release document says. */
export interface Release {
  readonly data: CatalogueData
  /** Earlier names of weaknesses by id, oldest first. */
  readonly formerNames: Map<number, readonly string[]>
}

/**
 * Converts the bytes of an official release document (`cwec_v<version>.xml`).
 * Throws a `Refusal` on anything that is not a sound release in a form known here.
 */
export function convertRelease(bytes: Uint8Array): Release {
  const reader = new ReleaseReader()
  scanRelease(bytes, reader)
  const release = reader.finish()
  checkIntegrity(release.data)
  return release
}

const SECTIONS: ReadonlyMap<string, FilterSubject['kind']> = new Map([
  ['Weaknesses', 'weakness'],
  ['Categories', 'category'],
  ['Views', 'view'],
])
const ENTRY_NAMES = { weakness: 'Weakness', category: 'Category', view: 'View' } as const

class ReleaseReader {
  #header = { name: '', version: '', date: '' }
  readonly #weaknesses: Weakness[] = []
  readonly #categories: Category[] = []
  readonly #views: View[] = []
  readonly #subjects: FilterSubject[] = []
  readonly #formerNames = new Map<number, readonly string[]>()
  readonly #ids = new Set<number>()

  root(attributes: ReadonlyMap<string, string>): void {
    const name = attributes.get('Name') ?? ''
    const version = attributes.get('Version') ?? ''
    const date = attributes.get('Date') ?? ''
    if (name !== 'CWE') throw new Refusal('the catalogue is not named CWE')
    if (!/^\d{1,4}(?:\.\d{1,4}){0,3}$/.test(version)) throw new Refusal('the catalogue has no version in numbers')
    if (!/^\d{4}-\d\d-\d\d$/.test(date)) throw new Refusal('the catalogue has no date')
    this.#header = { name, version, date }
  }

  entry(section: string, element: XmlElement): void {
    if (section === 'External_References') return
    const kind = SECTIONS.get(section)
    if (kind === undefined || element.name !== ENTRY_NAMES[kind]) {
      throw new Refusal('the XML has a section or an entry of an unknown kind')
    }
    const record = this.#convert(kind, element)
    if (this.#ids.has(record.id)) throw new Refusal(`the id ${record.id} is used twice`)
    this.#ids.add(record.id)
    this.#subjects.push(subjectOf(kind, record, element))
  }

  #convert(kind: FilterSubject['kind'], element: XmlElement): FilterSubject['record'] {
    if (kind === 'weakness') return this.#addWeakness(element)
    if (kind === 'category') {
      const category = categoryOf(element)
      this.#categories.push(category)
      return category
    }
    const view = viewOf(element)
    this.#views.push(view)
    return view
  }

  #addWeakness(element: XmlElement): Weakness {
    const weakness = weaknessOf(element)
    this.#weaknesses.push(weakness)
    const names = formerNamesOf(element)
    if (names.length > 0) this.#formerNames.set(weakness.id, names)
    return weakness
  }

  finish(): Release {
    const data = {
      ...this.#header,
      weaknesses: this.#weaknesses.sort(byId),
      categories: this.#categories.sort(byId),
      views: this.#views.map((view) => this.#withMembers(view)).sort(byId),
    }
    if (data.weaknesses.length === 0) throw new Refusal('the catalogue has no weaknesses')
    return { data, formerNames: this.#formerNames }
  }

  #withMembers(view: View): View {
    if (view.type !== 'Implicit') return view
    const filter = VIEW_FILTERS.get(view.id)
    if (filter === undefined) throw new Refusal(`the implicit view ${view.id} has a filter that is not known here`)
    return { ...view, members: membersBy(filter, this.#subjects) }
  }
}

function byId(a: { readonly id: number }, b: { readonly id: number }): number {
  return a.id - b.id
}

function categoryOf(element: XmlElement): Category {
  const members = elementsAt(element, 'Relationships', 'Has_Member')
  const first = members[0]
  return {
    id: idOf(element, 'ID'),
    name: nameOf(element),
    status: choice(element, 'Status', STATUSES),
    ...(first === undefined ? {} : { view: idOf(first, 'View_ID') }),
    members: uniqueIds(members),
  }
}

function viewOf(element: XmlElement): View {
  return {
    id: idOf(element, 'ID'),
    name: nameOf(element),
    status: choice(element, 'Status', STATUSES),
    type: choice(element, 'Type', VIEW_TYPES),
    members: uniqueIds(elementsAt(element, 'Members', 'Has_Member')),
  }
}

function subjectOf(
  kind: FilterSubject['kind'], record: FilterSubject['record'], element: XmlElement,
): FilterSubject {
  const ordinalities = elementsAt(element, 'Weakness_Ordinalities', 'Weakness_Ordinality', 'Ordinality')
  return {
    kind,
    record,
    phases: new Set(elementsAt(element, 'Modes_Of_Introduction', 'Introduction', 'Phase').map(textOf)),
    indirect: ordinalities.some((each) => textOf(each) === 'Indirect'),
    maintenance: elementsAt(element, 'Notes', 'Note').some((note) => attribute(note, 'Type') === 'Maintenance'),
    taxonomies: new Set(
      elementsAt(element, 'Taxonomy_Mappings', 'Taxonomy_Mapping').map((each) => attribute(each, 'Taxonomy_Name')),
    ),
  }
}
