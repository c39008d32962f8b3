/** One place in a ranked list. */
export interface RankedEntry {
  readonly rank: number
  readonly id: number
  readonly score?: number
  /** Number of the year's CVE records of this weakness in CISA's Known Exploited Vulnerabilities. */
  readonly cvesInKev?: number
}

/** A ranked list of one year. */
export interface RankedList {
  /** The CWE view that holds the same list. */
  readonly view?: number
  /** `false` when some ranks are not known. */
  readonly complete?: boolean
  /** Where the list was taken from. */
  readonly source: string
  readonly entries: readonly RankedEntry[]
}

/** One category of an OWASP Top 10. */
export interface OwaspCategory {
  /** Such as `A03:2021`. */
  readonly id: string
  readonly name: string
  /** The CWE category made for it. */
  readonly cweCategory: number
  readonly cwes: readonly number[]
  /** Ids among `cwes` that are categories or views. */
  readonly notWeaknesses?: readonly number[]
}

/** A slip in a list: `listed` stands there, `intended` is meant. */
export interface Erratum {
  readonly category: string
  readonly listed: number
  readonly intended?: number
  readonly why: string
}

/** One edition of the OWASP Top 10. */
export interface OwaspEdition {
  readonly view: number
  readonly source: string
  readonly categories: readonly OwaspCategory[]
  readonly errata?: readonly Erratum[]
}

/** The lists that refer to CWE, out of `data/cwe/lists.json`. */
export interface Lists {
  readonly cweTop25: Readonly<Record<string, RankedList>>
  readonly cweTop25OnTheCusp: Readonly<Record<string, RankedList>>
  readonly cweTop10Kev: Readonly<Record<string, RankedList>>
  readonly owaspTop10: Readonly<Record<string, OwaspEdition>>
}

/** An entry's place in an edition of the OWASP Top 10. */
export interface OwaspMembership {
  readonly edition: string
  /** Such as `A03:2021`. */
  readonly category: string
  readonly name: string
  /** Set when the list names another id by mistake, or this one by mistake. */
  readonly erratum?: Erratum
}

/** Reads our own copy of the lists: no check but the format. */
export function readLists(text: string): Lists {
  const value = JSON.parse(text) as { readonly format?: unknown }
  if (value.format !== 'cwe-lists/1') throw new Error('the shipped lists are not cwe-lists/1')
  return value as unknown as Lists
}

/** The years of a table of lists, newest first. */
export function yearsOf(table: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(table).sort().reverse()
}

/** A year's list, or undefined for a year that is not there. */
export function listOf<List>(table: Readonly<Record<string, List>>, year: string): List | undefined {
  return Object.hasOwn(table, year) ? table[year] : undefined
}

/** Where an id stands in an edition of the OWASP Top 10; the ids listed there only, no ancestors. */
export function owaspMemberships(lists: Lists, edition: string, id: number): OwaspMembership[] {
  const list = listOf(lists.owaspTop10, edition)
  const memberships: OwaspMembership[] = []
  for (const category of list?.categories ?? []) {
    const erratum = list?.errata?.find((each) => each.category === category.id && concerns(each, id))
    if (!category.cwes.includes(id) && erratum === undefined) continue
    memberships.push({
      edition, category: category.id, name: category.name, ...(erratum === undefined ? {} : { erratum }),
    })
  }
  return memberships
}

function concerns(erratum: Erratum, id: number): boolean {
  return erratum.intended !== undefined && (erratum.listed === id || erratum.intended === id)
}
