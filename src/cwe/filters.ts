import type { Category, View, Weakness } from './record.ts'

/** A record together with the facts of the XML that only filters ask for. */
export interface FilterSubject {
  readonly kind: 'weakness' | 'category' | 'view'
  readonly record: Weakness | Category | View
  /** Phases of `Modes_Of_Introduction`. */
  readonly phases: ReadonlySet<string>
  /** Whether a weakness ordinality is "Indirect". */
  readonly indirect: boolean
  /** Whether a note is of the type "Maintenance". */
  readonly maintenance: boolean
  /** Names of `Taxonomy_Mappings`. */
  readonly taxonomies: ReadonlySet<string>
}

/** Whether an entry belongs to an implicit view. */
export type ViewFilter = (subject: FilterSubject) => boolean

/**
 * The filters of the implicit views. The release states each as an XPath
 * expression; these are the same conditions, written out by view id so that no
 * expression out of a file is ever evaluated.
 */
export const VIEW_FILTERS: ReadonlyMap<number, ViewFilter> = new Map<number, ViewFilter>([
  [604, ({ record }) => record.status === 'Deprecated'],
  [658, inLanguage('C')],
  [659, inLanguage('C++')],
  [660, inLanguage('Java')],
  [661, inLanguage('PHP')],
  [677, ofWeakness((weakness) => weakness.abstraction === 'Base' && weakness.status !== 'Deprecated')],
  [678, ofWeakness((weakness) => weakness.structure === 'Composite' && weakness.status !== 'Deprecated')],
  [679, () => false],
  [701, introducedInDesign],
  [702, ({ kind, phases }) => kind === 'weakness' && phases.has('Implementation')],
  [709, ofWeakness((weakness) => weakness.structure === 'Chain')],
  [919, ofWeakness((weakness) => weakness.platforms?.technologies?.includes('Mobile') === true)],
  [999, () => false],
  [1040, ({ kind, indirect }) => kind === 'weakness' && indirect],
  [1081, ({ maintenance }) => maintenance],
  [1424, ({ kind, taxonomies }) => kind === 'weakness' && taxonomies.has('ISA/IEC 62443')],
  [2000, () => true],
])

/** The implicit views that follow from the records alone and are computed again after a change of them. */
export const VIEWS_OF_RECORDS: readonly number[] = [604, 658, 659, 660, 661, 677, 678, 709, 919, 2000]

/** The ids of the entries that pass a filter, ascending. */
export function membersBy(filter: ViewFilter, subjects: readonly FilterSubject[]): number[] {
  return subjects.filter(filter).map((subject) => subject.record.id).sort((a, b) => a - b)
}

const NONE: ReadonlySet<string> = new Set()

/** A subject of which only the record is known, enough for `VIEWS_OF_RECORDS`. */
export function subjectOfRecord(kind: FilterSubject['kind'], record: FilterSubject['record']): FilterSubject {
  return { kind, record, phases: NONE, indirect: false, maintenance: false, taxonomies: NONE }
}

function ofWeakness(holds: (weakness: Weakness) => boolean): ViewFilter {
  return ({ record }) => isWeakness(record) && holds(record)
}

function isWeakness(record: FilterSubject['record']): record is Weakness {
  return 'abstraction' in record
}

function inLanguage(language: string): ViewFilter {
  return ofWeakness((weakness) => weakness.platforms?.languages?.includes(language) === true)
}

function introducedInDesign({ record, phases }: FilterSubject): boolean {
  if (!isWeakness(record) || !phases.has('Architecture and Design')) return false
  return record.abstraction === 'Base' || record.abstraction === 'Class'
}
