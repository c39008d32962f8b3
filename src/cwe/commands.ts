import { UsageError } from '../core/problem.ts'
import type { Catalogue } from './catalogue.ts'
import { listOf, yearsOf } from './lists.ts'
import { RESEARCH_VIEW } from './record.ts'
import type { Weakness } from './record.ts'
import { CWE_TERMS } from './stored.ts'
import { describeProblem, primaryProblem } from './usage.ts'

/** Lines of a search shown; the rest is counted. */
const MAX_HITS = 25
/** Lines of a tree; the largest view of CWE 4.20 has fewer. A loaded release could branch without end. */
const MAX_TREE_LINES = 50_000
/** Depth of a tree; CWE 4.20 reaches 10. */
const MAX_TREE_DEPTH = 40

/** An id as people write it: `89`, `CWE-89`, `cwe-089`. Throws a `UsageError` for anything else. */
export function parseCweId(text: string): number {
  const digits = /^(?:cwe[-_ ]?)?0*([1-9]\d{0,6})$/i.exec(text.trim())?.[1]
  if (digits === undefined) {
    throw new UsageError('Not a CWE id.', JSON.stringify(text.slice(0, 40)), 'Write it as 89 or CWE-89.')
  }
  return Number(digits)
}

/** The text of `assay cwe ID`: what an entry is and what CWE says about mapping to it. */
export function showEntry(catalogue: Catalogue, text: string): string {
  const id = parseCweId(text)
  const entry = known(catalogue, id)
  const lines = [catalogue.title(id)]
  if (entry.kind === 'weakness') lines.push(...weaknessLines(catalogue, entry.record))
  else lines.push(...groupLines(catalogue, id, entry.kind, entry.record.status))
  lines.push(`  ${addressOf(id)}`, '', sourceLine(catalogue))
  return `${lines.join('\n')}\n`
}

/** The text of `assay cwe search WORDS`, best match first. */
export function showSearch(catalogue: Catalogue, words: string): string {
  const hits = catalogue.search(words)
  if (hits.length === 0) return `No weakness of CWE ${catalogue.version} has these words in a name or term.\n`
  const lines = hits.slice(0, MAX_HITS).map(({ weakness, matchedBy }) => {
    const also = matchedBy === undefined ? '' : ` (also: ${matchedBy})`
    return `${catalogue.title(weakness.id)}${also}${usageMark(weakness)}`
  })
  if (hits.length > MAX_HITS) lines.push(`... and ${hits.length - MAX_HITS} more; add a word to narrow the search.`)
  return `${lines.join('\n')}\n`
}

/** The text of `assay cwe tree ID`: all below an entry, indented; a weakness under two parents stands under both. */
export function showTree(catalogue: Catalogue, text: string): string {
  const id = parseCweId(text)
  const entry = known(catalogue, id)
  const view = entry.kind === 'view' ? id : entry.kind === 'category' ? entry.record.view : undefined
  const lines: string[] = []
  addBranch(catalogue, id, view ?? RESEARCH_VIEW, [], lines)
  return `${lines.join('\n')}\n`
}

/** The text of `assay cwe top25 [YEAR]`. Throws a `UsageError` for a year without a list. */
export function showTop25(catalogue: Catalogue, year?: string): string {
  const years = yearsOf(catalogue.lists.cweTop25)
  const chosen = year ?? years[0] ?? ''
  const list = listOf(catalogue.lists.cweTop25, chosen)
  if (list === undefined) {
    const place = JSON.stringify(chosen.slice(0, 40))
    throw new UsageError('No CWE Top 25 of this year.', place, `Known years: ${years.join(', ')}.`)
  }
  const lines = list.entries.map(({ rank, id, score, cvesInKev }) => {
    const weakness = catalogue.get(id)
    const figures = score === undefined ? '' : ` (score ${score.toFixed(2)}, exploited CVEs ${cvesInKev ?? 0})`
    return `${String(rank).padStart(2)}  ${catalogue.title(id)}${figures}${weakness ? usageMark(weakness) : ''}`
  })
  const heading = `CWE Top 25 Most Dangerous Software Weaknesses, ${chosen}`
  return [heading, ...lines, '', sourceLine(catalogue), ''].join('\n')
}

function known(catalogue: Catalogue, id: number): NonNullable<ReturnType<Catalogue['entry']>> {
  const entry = catalogue.entry(id)
  if (entry !== undefined) return entry
  const remedy = 'Look it up by words: assay cwe search WORDS. A newer release: assay cwe load FILE.'
  throw new UsageError(`Not in CWE ${catalogue.version}.`, `CWE-${id}`, remedy)
}

function weaknessLines(catalogue: Catalogue, weakness: Weakness): string[] {
  const { id } = weakness
  const problem = primaryProblem(catalogue, id)
  const { languages = [], languageClasses = [], technologies = [] } = weakness.platforms ?? {}
  const structure = weakness.structure === undefined ? '' : ` (${weakness.structure})`
  return [
    `  ${weakness.abstraction}${structure}, ${weakness.status}`,
    `  Mapping: ${weakness.mapping}${reasonsOf(weakness)}`,
    ...(problem === undefined ? [] : [`  ${describeProblem(catalogue, problem)}`]),
    ...field('Also called', weakness.alternateTerms),
    ...field('Formerly', catalogue.formerNames(id)),
    ...field('Likelihood of exploit', weakness.likelihoodOfExploit ? [weakness.likelihoodOfExploit] : []),
    ...field('Languages', [...languages, ...languageClasses]),
    ...field('Technologies', technologies),
    ...membershipLines(catalogue, id),
    ...group('Parents', weakness.parents, catalogue),
    ...group('Children', catalogue.children(id), catalogue),
    ...group('Can precede', weakness.canPrecede, catalogue),
    ...group('Peers', weakness.peerOf, catalogue),
    ...group('Can also be', weakness.canAlsoBe, catalogue),
    ...group('Requires', weakness.requires, catalogue),
    ...group('Starts with', weakness.startsWith, catalogue),
  ]
}

function groupLines(catalogue: Catalogue, id: number, kind: 'category' | 'view', status: string): string[] {
  const article = kind === 'view' ? 'A view' : 'A category'
  return [
    `  ${article}, ${status}. It groups weaknesses and is none: never the id of a finding.`,
    ...membershipLines(catalogue, id),
    ...group('Members', catalogue.arranged(id, id), catalogue),
  ]
}

function reasonsOf(weakness: Weakness): string {
  const reasons = weakness.mappingReasons.filter((reason) => reason !== 'Acceptable-Use')
  return reasons.length === 0 ? '' : ` (${reasons.join(', ')})`
}

function membershipLines(catalogue: Catalogue, id: number): string[] {
  const top = catalogue.top25Entry(id)
  const kev = catalogue.kev(id)
  const newest = yearsOf(catalogue.lists.cweTop25)[0]
  const kevYear = yearsOf(catalogue.lists.cweTop10Kev)[0]
  const owasp = catalogue.owasp(id).map(({ category, name, erratum }) => {
    const slip = erratum === undefined ? '' : ` (the list says ${erratum.listed} and means ${erratum.intended})`
    return `${category} ${name}${slip}`
  })
  return [
    ...field(`CWE Top 25 ${newest}`, top === undefined ? [] : [`rank ${top.rank}`]),
    ...field(`Most exploited ${kevYear}`, kev === undefined ? [] : [`rank ${kev.rank}`]),
    ...field('OWASP Top 10', owasp),
  ]
}

function field(label: string, values: readonly string[] | undefined): string[] {
  return values === undefined || values.length === 0 ? [] : [`  ${label}: ${values.join('; ')}`]
}

function group(label: string, ids: readonly number[] | undefined, catalogue: Catalogue): string[] {
  if (ids === undefined || ids.length === 0) return []
  return [`  ${label}:`, ...ids.map((id) => `    ${catalogue.title(id)}`)]
}

function usageMark(weakness: Weakness): string {
  if (weakness.status === 'Deprecated') return ' [Deprecated]'
  return weakness.mapping === 'Allowed' ? '' : ` [${weakness.mapping}]`
}

/** `above` holds the ids on the way down, so that categories which contain each other end. */
function addBranch(catalogue: Catalogue, id: number, view: number, above: readonly number[], lines: string[]): void {
  const indent = '  '.repeat(above.length)
  if (lines.length > MAX_TREE_LINES) return
  if (lines.length === MAX_TREE_LINES || above.length === MAX_TREE_DEPTH) {
    lines.push(`${indent}... (the tree goes on)`)
    return
  }
  const weakness = catalogue.get(id)
  lines.push(`${indent}${catalogue.title(id)}${weakness === undefined ? '' : usageMark(weakness)}`)
  const path = [...above, id]
  for (const below of catalogue.arranged(id, view)) {
    if (!path.includes(below)) addBranch(catalogue, below, view, path, lines)
  }
}

/** The site answers for weaknesses, categories and views under the same path. */
function addressOf(id: number): string {
  return `https://cwe.mitre.org/data/definitions/${id}.html`
}

function sourceLine(catalogue: Catalogue): string {
  return `CWE ${catalogue.version} (${catalogue.date}), The MITRE Corporation. Terms of use: ${CWE_TERMS}`
}
