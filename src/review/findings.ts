import type { Place } from '../analysis/place.ts'
import type { Origin } from '../dataflow/search.ts'
import { fixedText } from '../rules/fix.ts'
import { evidenceFor, locate } from './evidence.ts'
import { explain, recommend } from './explain.ts'
import { fingerprint, normalisedCode } from './fingerprint.ts'
import type { ReviewInput } from './input.ts'
import { CONFIDENCES, judgeConfidence, judgeSeverity, SEVERITIES } from './judge.ts'
import type { Finding } from './review.ts'
import { symbolAt } from './symbol.ts'
import { isSameWeakness, moreSpecific, NO_WEAKNESS } from './weaknesses.ts'

/** A defect: places of one or several rules that are the same sink and weakness. */
export interface Defect {
  readonly cwe: number
  /** The place that speaks for all. */
  readonly place: Place
  readonly places: readonly Place[]
  /** Of all places, best first. */
  readonly routes: readonly Origin[]
}

/** A found place as one of a defect, with its finding; number 0 until it is ranked. */
export interface FoundDefect {
  readonly defect: Defect
  readonly finding: Finding
}

/** Joins found places to defects: same sink, and same weakness or one an ancestor of the other. */
export function joinDefects(input: ReviewInput, places: readonly Place[]): readonly Defect[] {
  const groups: Place[][] = []
  const openInFile = new Map<string, Place[][]>()
  for (const place of [...places].sort(byPlace)) {
    const open = openInFile.get(place.file.path) ?? []
    openInFile.set(place.file.path, open)
    const group = open.find((others) => others.every((other) => isSameDefect(input, other, place)))
    if (group !== undefined) group.push(place)
    else {
      const made = [place]
      open.push(made)
      groups.push(made)
    }
  }
  return groups.map((group) => makeDefect(input, group))
}

/** Findings of all defects, in order of place, with their fingerprints. */
export function findingsOf(input: ReviewInput, defects: readonly Defect[]): readonly FoundDefect[] {
  const seen = new Map<string, number>()
  const found: FoundDefect[] = []
  for (const defect of defects) found.push({ defect, finding: findingOf(input, defect, seen) })
  return found
}

/** Product code before test code, then severity, confidence, path, line; numbers given from 1. */
export function rank(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort(byRank).map((finding, at) => ({ ...finding, number: at + 1 }))
}

function byRank(a: Finding, b: Finding): number {
  return (
    Number(a.isTest) - Number(b.isTest) ||
    SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) ||
    CONFIDENCES.indexOf(b.confidence) - CONFIDENCES.indexOf(a.confidence) ||
    compareText(a.place.path, b.place.path) ||
    a.place.line - b.place.line ||
    a.place.column - b.place.column ||
    a.cwe - b.cwe ||
    compareText(a.fingerprint, b.fingerprint)
  )
}

/** Order by code units, the same on every machine whatever its locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** By path, place, weakness, rule, argument: a total order for places. */
export function byPlace(a: Place, b: Place): number {
  return (
    compareText(a.file.path, b.file.path) ||
    a.span.start - b.span.start ||
    a.span.end - b.span.end ||
    a.rule.cwe - b.rule.cwe ||
    compareText(a.rule.id, b.rule.id) ||
    compareText(a.argument, b.argument)
  )
}

function isSameDefect(input: ReviewInput, one: Place, other: Place): boolean {
  if (!isSameSink(one, other)) return false
  // Rules that name no weakness have nothing in common but that.
  if (one.rule.cwe === NO_WEAKNESS && other.rule.cwe === NO_WEAKNESS) return one.rule.id === other.rule.id
  return isSameWeakness(input.catalogue, one.rule.cwe, other.rule.cwe)
}

/**
 * Two sinks are the same when they are one call or one range. A pattern's range
 * may hold the call with a little around it, as a whole statement does.
 */
function isSameSink(one: Place, other: Place): boolean {
  if (one.span.start === other.span.start && one.span.end === other.span.end) return true
  if (one.sink !== undefined && one.sink === other.sink) return true
  // The sink of a pattern may be no more than an argument of the call that a model names.
  if (one.callee !== '' && other.callee !== '' && one.sink !== undefined && other.sink !== undefined) return false
  // Matches of one pattern inside each other are several defects: nested calls.
  if (one.rule.id === other.rule.id) return false
  return contains(one, other) || contains(other, one)
}

function contains(outer: Place, inner: Place): boolean {
  return outer.span.start <= inner.span.start && inner.span.end <= outer.span.end
}

function makeDefect(input: ReviewInput, places: readonly Place[]): Defect {
  const cwe = places.map((place) => place.rule.cwe).reduce((a, b) => moreSpecific(input.catalogue, a, b))
  const speaker = [...places].sort((a, b) => bySpokesman(cwe, a, b))[0]
  if (speaker === undefined) throw new Error('a defect without a place')
  const ordered = [speaker, ...places.filter((place) => place !== speaker)]
  return { cwe, place: speaker, places: ordered, routes: distinctRoutes(ordered) }
}

/** Most specific weakness first, then with a route, then the surer rule, then a model's sink. */
function bySpokesman(cwe: number, a: Place, b: Place): number {
  return (
    Number(b.rule.cwe === cwe) - Number(a.rule.cwe === cwe) ||
    Number(routesOf(b).length > 0) - Number(routesOf(a).length > 0) ||
    CONFIDENCES.indexOf(b.rule.confidence) - CONFIDENCES.indexOf(a.rule.confidence) ||
    SEVERITIES.indexOf(b.rule.severity) - SEVERITIES.indexOf(a.rule.severity) ||
    Number(b.sink !== undefined) - Number(a.sink !== undefined) ||
    byPlace(a, b)
  )
}

function routesOf(place: Place): readonly Origin[] {
  return place.outcome.type === 'found' ? place.outcome.routes : []
}

function distinctRoutes(places: readonly Place[]): readonly Origin[] {
  const routes = new Map<string, Origin>()
  for (const place of places) {
    for (const route of routesOf(place)) {
      const key = `${route.type} ${route.at}`
      if (!routes.has(key)) routes.set(key, route)
    }
  }
  return [...routes.values()]
}

/** Routes written out besides the first; the rest is counted in the explanation. */
const OTHER_ROUTES = 10

function findingOf(input: ReviewInput, defect: Defect, seen: Map<string, number>): Finding {
  const { place, routes, cwe } = defect
  const best = routes[0]
  const symbol = symbolAt(input.program, place.file, place.span.start)
  const severity = judgeSeverity(place, routes)
  const confidence = judgeConfidence(place, best)
  const [primary, ...others] = fingerprintsOf(input, defect, symbol, seen)
  return {
    number: 0,
    fingerprint: primary ?? '',
    otherFingerprints: others,
    rule: place.rule.id,
    cwe,
    title: cwe === NO_WEAKNESS ? place.rule.title || place.rule.id : input.catalogue.title(cwe),
    mappingReason: place.rule.cwe === cwe ? place.rule.mappingReason : '',
    place: locate(input, place.file, place.span),
    symbol,
    isTest: place.file.isTest,
    why: explain(input, place, best, routes.length),
    evidence: evidenceFor(input, place, best),
    recommendation: recommend(place),
    ...replacementOf(input, defect),
    severity: severity.level,
    severityReason: severity.reason,
    confidence: confidence.level,
    confidenceReason: confidence.reason,
    otherRoutes: routes.slice(1, 1 + OTHER_ROUTES).map((route) => evidenceFor(input, place, route)),
    otherRules: otherRules(defect),
    references: [...new Set(defect.places.flatMap((each) => each.rule.references))],
  }
}

/** What the first rule that has a fix puts in its place, filled in. */
function replacementOf(input: ReviewInput, defect: Defect): Pick<Finding, 'replacement'> {
  for (const { rule, file, span, bindings } of defect.places) {
    const source = rule.replacement === undefined ? undefined : input.texts.get(file.path)
    const text = rule.replacement && source && fixedText(rule.replacement, source.slice(span), bindings)
    if (text !== undefined) return { replacement: { rule: rule.id, place: locate(input, file, span), text } }
  }
  return {}
}

function otherRules(defect: Defect): readonly string[] {
  const ids = defect.places.map((place) => place.rule.id).filter((id) => id !== defect.place.rule.id)
  return [...new Set(ids)].sort(compareText)
}

/**
 * One fingerprint per source that reaches the place, in order of the sources'
 * text: which route is shortest may change with any edit, this does not.
 */
function fingerprintsOf(
  input: ReviewInput,
  defect: Defect,
  symbol: string,
  seen: Map<string, number>,
): readonly string[] {
  const { place, cwe } = defect
  const sink = normalised(input, place.file.path, place.span.start, place.span.end)
  const sources = defect.routes.map((route) => {
    const span = input.program.span(route.at)
    return normalised(input, input.program.fileOf(route.at).path, span.start, span.end)
  })
  const distinct = sources.length === 0 ? [''] : [...new Set(sources)].sort(compareText)
  return distinct.map((source) => {
    const key = JSON.stringify([cwe, place.file.path, symbol, sink, source])
    const ordinal = seen.get(key) ?? 0
    seen.set(key, ordinal + 1)
    return fingerprint({ cwe, path: place.file.path, symbol, sink, source, ordinal })
  })
}

function normalised(input: ReviewInput, path: string, start: number, end: number): string {
  const text = input.texts.get(path)
  return text === undefined ? '' : normalisedCode(text, { start, end }, input.comments(path))
}
