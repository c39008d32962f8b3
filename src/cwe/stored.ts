import { checkIntegrity } from './integrity.ts'
import { ABSTRACTIONS, LIKELIHOODS, STATUSES, STRUCTURES, USAGES, VIEW_TYPES } from './record.ts'
import type { CatalogueData, FormerNames } from './record.ts'
import { Refusal } from './refusal.ts'

/** The form of the stored catalogue; another one is not read. */
export const CATALOGUE_FORMAT = 'assay-cwe-catalogue/1'

/** The designation and the licence that every copy of CWE must carry. */
export const CWE_COPYRIGHT: string =
  'Copyright © 2006–2026, The MITRE Corporation. CWE, CWSS, CWRAF, and the CWE logo are trademarks of ' +
  'The MITRE Corporation.'
export const CWE_LICENCE: string =
  'CWE is free to use by any organization or individual for any research, development, and/or commercial ' +
  'purposes, per these CWE Terms of Use. Accordingly, The MITRE Corporation hereby grants you a non-exclusive, ' +
  'royalty-free license to use CWE for research, development, and commercial purposes. Any copy you make for such ' +
  "purposes is authorized on the condition that you reproduce MITRE's copyright designation and this license in " +
  'any such copy.'
export const CWE_TERMS: string = 'https://cwe.mitre.org/about/termsofuse.html'

const NOTE =
  'Facts of the release only: ids, names, relations, enumerations; reduced and reordered by Assay. ' +
  'replacedBy is read out of the text of deprecated entries.'

/** A catalogue out of a file, with earlier names when the file holds them too. */
export interface StoredCatalogue extends CatalogueData {
  readonly formerNames?: FormerNames
}

/** The text of a catalogue file: a header, then one record on each line. */
export function serialiseCatalogue(data: CatalogueData, source: string, formerNames?: FormerNames): string {
  const header = {
    format: CATALOGUE_FORMAT,
    copyright: CWE_COPYRIGHT,
    licence: CWE_LICENCE,
    terms: CWE_TERMS,
    source,
    note: NOTE,
    name: data.name,
    version: data.version,
    date: data.date,
  }
  const fields = Object.entries(header).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`)
  for (const key of ['weaknesses', 'categories', 'views'] as const) fields.push(linesOf(key, data[key]))
  if (formerNames !== undefined) fields.push(`"formerNames": ${JSON.stringify(formerNames)}`)
  return `{\n${fields.join(',\n')}\n}\n`
}

/** The text of the file of earlier names: the terms, then one weakness on each line. */
export function serialiseFormerNames(names: ReadonlyMap<number, readonly string[]>): string {
  const lines = [...names].sort(([a], [b]) => a - b).map(([id, each]) => `"${id}": ${JSON.stringify(each)}`)
  const header = `"copyright": ${JSON.stringify(CWE_COPYRIGHT)},\n"licence": ${JSON.stringify(CWE_LICENCE)}`
  return `{\n${header},\n"names": {\n${lines.join(',\n')}\n}\n}\n`
}

function linesOf(key: string, records: readonly unknown[]): string {
  return `"${key}": [\n${records.map((record) => JSON.stringify(record)).join(',\n')}\n]`
}

/** Reads our own generated catalogue, which a test compares with its sources: no check but the format. */
export function readShipped(text: string): StoredCatalogue {
  const value = JSON.parse(text) as { readonly format?: unknown }
  if (value.format !== CATALOGUE_FORMAT) throw new Error(`the shipped catalogue is not ${CATALOGUE_FORMAT}`)
  return value as unknown as StoredCatalogue
}

/**
 * Reads a catalogue out of the user's data directory, checking everything relied
 * on. Throws a `Refusal` when it is damaged or of another form.
 */
export function readStored(text: string): StoredCatalogue {
  const value = parse(text)
  if (!isObject(value) || value['format'] !== CATALOGUE_FORMAT) throw damaged('format')
  if (value['name'] !== 'CWE' || !isVersion(value['version']) || !isText(value['date'])) throw damaged('header')
  if (!isList(value['weaknesses'], isWeakness)) throw damaged('weaknesses')
  if (!isList(value['categories'], isCategory)) throw damaged('categories')
  if (!isList(value['views'], isView)) throw damaged('views')
  if (value['formerNames'] !== undefined && !isNameTable(value['formerNames'])) throw damaged('former names')
  const stored = value as unknown as StoredCatalogue
  checkIntegrity(stored)
  return stored
}

function damaged(part: string): Refusal {
  return new Refusal(`the stored catalogue is damaged (${part})`)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw damaged('no JSON')
  }
}

type Table = Readonly<Record<string, unknown>>

function isObject(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && !/\p{Cc}/u.test(value)
}

function isVersion(value: unknown): value is string {
  return typeof value === 'string' && /^\d{1,4}(?:\.\d{1,4}){0,3}$/.test(value)
}

function isId(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0
}

function isList(value: unknown, holds: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(holds)
}

function isOneOf(value: unknown, known: readonly string[]): boolean {
  return typeof value === 'string' && known.includes(value)
}

function isWeakness(value: unknown): boolean {
  if (!isEntry(value) || !isOneOf(value['abstraction'], ABSTRACTIONS)) return false
  const lists = ['mappingAlternatives', 'replacedBy', 'canPrecede', 'peerOf', 'canAlsoBe', 'requires', 'startsWith']
  return isList(value['parents'], isId)
    && isOneOf(value['mapping'], USAGES)
    && isList(value['mappingReasons'], isText)
    && lists.every((key) => isAbsentOr(value[key], (list) => isList(list, isId)))
    && isAbsentOr(value['alternateTerms'], (list) => isList(list, isText))
    && isAbsentOr(value['likelihoodOfExploit'], (each) => isOneOf(each, LIKELIHOODS))
    && isAbsentOr(value['structure'], (each) => isOneOf(each, STRUCTURES))
    && isAbsentOr(value['platforms'], isPlatforms)
    && isAbsentOr(value['viewParents'], (table) => isObject(table) && isList(Object.values(table), isIdList))
}

function isEntry(value: unknown): value is Table {
  return isObject(value) && isId(value['id']) && isText(value['name']) && isOneOf(value['status'], STATUSES)
}

function isCategory(value: unknown): boolean {
  return isEntry(value) && isIdList(value['members']) && isAbsentOr(value['view'], isId)
}

function isView(value: unknown): boolean {
  return isEntry(value) && isIdList(value['members']) && isOneOf(value['type'], VIEW_TYPES)
}

function isIdList(value: unknown): boolean {
  return isList(value, isId)
}

function isPlatforms(value: unknown): boolean {
  if (!isObject(value)) return false
  return ['languages', 'languageClasses', 'technologies']
    .every((key) => isAbsentOr(value[key], (list) => isList(list, isText)))
}

function isNameTable(value: unknown): boolean {
  return isObject(value) && Object.values(value).every((names) => isList(names, isText))
}

function isAbsentOr(value: unknown, holds: (value: unknown) => boolean): boolean {
  return value === undefined || holds(value)
}
