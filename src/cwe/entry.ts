import { ABSTRACTIONS, RESEARCH_VIEW, STATUSES, USAGES, WEAKNESS_KEYS } from './record.ts'
import type { Likelihood, Platforms, Structure, Weakness } from './record.ts'
import { Refusal } from './refusal.ts'
import { elementsAt, textOf } from './xml.ts'
import type { XmlElement } from './xml.ts'

/** An attribute's value without the white space around it; `''` when absent. */
export function attribute(element: XmlElement, name: string): string {
  return element.attributes.get(name)?.trim() ?? ''
}

/** An id out of an attribute. Throws a `Refusal` unless it is a positive decimal integer. */
export function idOf(element: XmlElement, name: string): number {
  const value = attribute(element, name)
  if (!/^[1-9]\d{0,6}$/.test(value)) throw new Refusal(`an id of ${element.name} (${name}) is no positive integer`)
  return Number(value)
}

/** An entry's name. Throws a `Refusal` when it is empty or could act on a terminal. */
export function nameOf(element: XmlElement): string {
  const name = attribute(element, 'Name')
  if (name === '') throw new Refusal(`an entry of ${element.name} has no name`)
  return plain(name)
}

/** The attribute's value as one of the known ones. Throws a `Refusal` for another. */
export function choice<Value extends string>(element: XmlElement, name: string, known: readonly Value[]): Value {
  return oneOf(attribute(element, name), known, `${name} of ${element.name}`)
}

/** The ids of `Has_Member` elements, each once, in file order. */
export function uniqueIds(elements: readonly XmlElement[]): number[] {
  return unique(elements.map((element) => idOf(element, 'CWE_ID')))
}

/** Earlier names of a weakness, each once, oldest first; the present name can be among them. */
export function formerNamesOf(element: XmlElement): string[] {
  const names = elementsAt(element, 'Content_History', 'Previous_Entry_Name').map((each) => plain(textOf(each).trim()))
  return unique(names)
}

/** Converts a `Weakness` element. Throws a `Refusal` on an unknown value in it. */
export function weaknessOf(element: XmlElement): Weakness {
  const id = idOf(element, 'ID')
  const status = choice(element, 'Status', STATUSES)
  const related = relationsOf(element)
  return inKeyOrder({
    id,
    name: nameOf(element),
    abstraction: choice(element, 'Abstraction', ABSTRACTIONS),
    status,
    parents: related.parents,
    mapping: usageOf(element),
    mappingReasons: unique(elementsAt(element, 'Mapping_Notes', 'Reasons', 'Reason').map((each) => typeOf(each))),
    ...present('mappingAlternatives', uniqueIds(elementsAt(element, 'Mapping_Notes', 'Suggestions', 'Suggestion'))),
    ...present('replacedBy', status === 'Deprecated' ? successorsIn(element, id) : []),
    ...present('alternateTerms', alternateTermsOf(element)),
    ...likelihoodOf(element),
    ...platformsOf(element),
    ...structureOf(element),
    ...(related.viewParents === undefined ? {} : { viewParents: related.viewParents }),
    ...present('canPrecede', related.others.get('CanPrecede')),
    ...present('peerOf', related.others.get('PeerOf')),
    ...present('canAlsoBe', related.others.get('CanAlsoBe')),
    ...present('requires', related.others.get('Requires')),
    ...present('startsWith', related.others.get('StartsWith')),
  })
}

/** The same weakness with its keys in the fixed order. */
export function inKeyOrder(weakness: Weakness): Weakness {
  const entries = WEAKNESS_KEYS.filter((key) => weakness[key] !== undefined).map((key) => [key, weakness[key]])
  return Object.fromEntries(entries) as Weakness
}

/** Platforms with their lists in the fixed order and empty ones left out. */
export function inPlatformOrder(platforms: Platforms): Platforms {
  return {
    ...present('languages', platforms.languages),
    ...present('languageClasses', platforms.languageClasses),
    ...present('technologies', platforms.technologies),
  }
}

interface Relations {
  readonly parents: readonly number[]
  readonly viewParents?: Readonly<Record<string, readonly number[]>>
  readonly others: ReadonlyMap<string, readonly number[]>
}

const NATURES = ['ChildOf', 'CanPrecede', 'PeerOf', 'CanAlsoBe', 'Requires', 'StartsWith'] as const

function relationsOf(element: XmlElement): Relations {
  const related = elementsAt(element, 'Related_Weaknesses', 'Related_Weakness')
  const parents = new Map<number, Set<number>>()
  const others = new Map<string, Set<number>>()
  const inOrder = [...related.filter(isPrimary), ...related.filter((each) => !isPrimary(each))]
  for (const each of inOrder) {
    if (choice(each, 'Nature', NATURES) === 'ChildOf') add(parents, idOf(each, 'View_ID'), idOf(each, 'CWE_ID'))
  }
  for (const each of related) {
    const nature = choice(each, 'Nature', NATURES)
    if (nature !== 'ChildOf') add(others, nature, idOf(each, 'CWE_ID'))
  }
  const views = [...parents].filter(([view]) => view !== RESEARCH_VIEW).map(([view, ids]) => [view, [...ids]])
  return {
    parents: [...(parents.get(RESEARCH_VIEW) ?? [])],
    ...(views.length === 0 ? {} : { viewParents: Object.fromEntries(views) as Record<string, number[]> }),
    others: new Map([...others].map(([nature, ids]) => [nature, [...ids]])),
  }
}

function isPrimary(relation: XmlElement): boolean {
  return attribute(relation, 'Ordinal') === 'Primary'
}

function add<Key>(lists: Map<Key, Set<number>>, key: Key, id: number): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, new Set([id]))
  else list.add(id)
}

function usageOf(element: XmlElement): Weakness['mapping'] {
  const usages = elementsAt(element, 'Mapping_Notes', 'Usage')
  const usage = usages[0]
  if (usage === undefined || usages.length > 1) throw new Refusal(`CWE-${idOf(element, 'ID')} has not one usage`)
  return oneOf(textOf(usage).trim(), USAGES, 'usage')
}

function typeOf(reason: XmlElement): string {
  return plain(attribute(reason, 'Type'))
}

function successorsIn(element: XmlElement, id: number): number[] {
  const text = elementsAt(element, 'Description').map(textOf).join(' ')
  return unique([...text.matchAll(/CWE-([1-9]\d{0,6})(?!\d)/g)].map((match) => Number(match[1])))
    .filter((each) => each !== id)
}

function alternateTermsOf(element: XmlElement): string[] {
  return elementsAt(element, 'Alternate_Terms', 'Alternate_Term', 'Term').map((term) => plain(textOf(term).trim()))
}

function likelihoodOf(element: XmlElement): { likelihoodOfExploit?: Likelihood } {
  const stated = elementsAt(element, 'Likelihood_Of_Exploit')[0]
  if (stated === undefined) return {}
  const likelihood = oneOf(textOf(stated).trim(), ['High', 'Medium', 'Low', 'Unknown'] as const, 'likelihood')
  return likelihood === 'Unknown' ? {} : { likelihoodOfExploit: likelihood }
}

function platformsOf(element: XmlElement): { platforms?: Platforms } {
  const languages = elementsAt(element, 'Applicable_Platforms', 'Language')
  const technologies = elementsAt(element, 'Applicable_Platforms', 'Technology')
  const platforms = inPlatformOrder({
    languages: values(languages, 'Name'),
    languageClasses: values(languages, 'Class'),
    technologies: unique([...values(technologies, 'Class'), ...values(technologies, 'Name')]),
  })
  return Object.keys(platforms).length === 0 ? {} : { platforms }
}

function structureOf(element: XmlElement): { structure?: Structure } {
  const structure = choice(element, 'Structure', ['Simple', 'Composite', 'Chain'] as const)
  return structure === 'Simple' ? {} : { structure }
}

function values(elements: readonly XmlElement[], name: string): string[] {
  return unique(elements.map((element) => plain(attribute(element, name))).filter((value) => value !== ''))
}

function present<Key extends string, Item>(
  key: Key, items: readonly Item[] | undefined,
): Partial<Record<Key, readonly Item[]>> {
  if (items === undefined || items.length === 0) return {}
  return { [key]: items } as Partial<Record<Key, readonly Item[]>>
}

function unique<Item>(items: readonly Item[]): Item[] {
  return [...new Set(items)]
}

function oneOf<Value extends string>(value: string, known: readonly Value[], what: string): Value {
  const found = known.find((each) => each === value)
  if (found === undefined) throw new Refusal(`unknown ${what}: ${JSON.stringify(value.slice(0, 60))}`)
  return found
}

/** Names are printed on terminals: no control characters and nothing that changes the direction of text. */
function plain(text: string): string {
  if (/[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u.test(text)) {
    throw new Refusal('a name or term holds control characters')
  }
  return text
}
