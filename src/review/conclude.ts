import type { CallAccount, CountedName } from '../analysis/account.ts'
import type { Problem, ProblemKind } from '../core/problem.ts'
import { compareText } from './findings.ts'
import type { ReviewInput } from './input.ts'
import { NO_WEAKNESS } from './weaknesses.ts'
import type { Conclusion, ConsideredPlace, Finding, SuppressedFinding, WeaknessRow } from './review.ts'

/** What the conclusion is drawn from. */
export interface Concluded {
  readonly findings: readonly Finding[]
  readonly suppressed: readonly SuppressedFinding[]
  readonly belowThreshold: number
  readonly places: readonly ConsideredPlace[]
}

/** The four outcomes per weakness, and the sentences that close the review. */
export function conclude(input: ReviewInput, of: Concluded): Conclusion {
  return { byWeakness: rows(input, of), sentences: sentences(input, of).filter((sentence) => sentence !== '') }
}

function rows(input: ReviewInput, of: Concluded): readonly WeaknessRow[] {
  const silenced = new Set(of.suppressed.map((each) => each.finding.fingerprint))
  const weakness = new Map<string, number>()
  for (const finding of [...of.findings, ...of.suppressed.map((each) => each.finding)]) {
    weakness.set(finding.fingerprint, finding.cwe)
  }
  const counts = new Map<number, Counts>()
  for (const place of of.places) {
    const cwe = weakness.get(place.finding) ?? place.cwe
    const row = counts.get(cwe) ?? { found: 0, safe: 0, noSource: 0, undecided: 0, suppressed: 0 }
    counts.set(cwe, row)
    row[silenced.has(place.finding) ? 'suppressed' : COLUMN[place.outcome]]++
  }
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([cwe, row]) => ({
      cwe,
      title: cwe === NO_WEAKNESS ? 'Rules that name no weakness' : input.catalogue.title(cwe),
      ...row,
    }))
}

interface Counts {
  found: number
  safe: number
  noSource: number
  undecided: number
  suppressed: number
}

const COLUMN: Readonly<Record<ConsideredPlace['outcome'], keyof Counts>> = {
  found: 'found',
  safe: 'safe',
  'no-source': 'noSource',
  undecided: 'undecided',
}

function sentences(input: ReviewInput, of: Concluded): readonly string[] {
  return [
    inspected(input, of),
    result(of),
    ruledOut(of.places),
    withoutSource(of.places),
    notDecided(of.places),
    metNothing(input, of),
    calls(input.calls),
    silenced(of),
    of.belowThreshold === 0
      ? ''
      : `${plural(of.belowThreshold, 'finding')} below the severity or confidence asked for: not shown.`,
    testCode(input, of),
    skipped(input.problems),
    notParsed(input.problems),
    troubles(input.problems),
    ...input.switchedOff,
    input.subject.missingContext === '' ? '' : `Context that is missing: ${input.subject.missingContext}`,
    'This is what the rules and models that ran can see. It is not a proof that the code is free of weaknesses.',
  ]
}

function inspected(input: ReviewInput, of: Concluded): string {
  const { files, lines, programFiles } = input.subject
  const around = Math.max(0, programFiles - files)
  const read =
    around === 0
      ? ''
      : ` To resolve names, ${plural(around, 'more file')} around ${wasWere(around)} read, not reported on.`
  const by = `${plural(input.rules.length, 'rule')} considered ${plural(of.places.length, 'place')}`
  return `${plural(files, 'file')} with ${plural(lines, 'line')} ${wasWere(files)} inspected; ${by}.${read}`
}

function result(of: Concluded): string {
  const product = of.findings.filter((finding) => !finding.isTest).length
  const tests = of.findings.length - product
  if (of.findings.length === 0)
    return of.suppressed.length === 0 ? 'No weakness was found.' : 'No weakness was found that is not suppressed.'
  const inTests = tests === 0 ? '' : ` and ${count(tests)} in test code`
  const all = `${plural(of.findings.length, 'weakness', 'weaknesses')} ${wasWere(of.findings.length)} found`
  return `${all}: ${count(product)} in product code${inTests}.`
}

function ruledOut(places: readonly ConsideredPlace[]): string {
  const safe = places.filter((place) => place.outcome === 'safe')
  if (safe.length === 0) return ''
  return `At ${plural(safe.length, 'place')} the weakness was ruled out: ${tally(safe)}.`
}

function withoutSource(places: readonly ConsideredPlace[]): string {
  const count = places.filter((place) => place.outcome === 'no-source').length
  if (count === 0) return ''
  const known = `For ${plural(count, 'place')} no untrusted source is known to reach ${itThem(count)}`
  return `${known}; a source that no model describes would not have been seen.`
}

function notDecided(considered: readonly ConsideredPlace[]): string {
  const open = considered.filter((place) => place.outcome === 'undecided')
  if (open.length === 0) return ''
  const places = plural(open.length, 'place')
  return `${places} could not be decided and should be looked at by a person where it matters: ${tally(open)}.`
}

const BY: Readonly<Record<Exclude<ConsideredPlace['by'], ''>, string>> = {
  check: 'a check that comes before',
  record: 'a record that is left',
  constant: 'only constants arrive',
  sanitizer: 'a sanitizer',
  guard: 'a guard',
  parameters: 'values given apart from the text',
  'trusted-source': 'a trusted source',
  unreachable: 'code that never runs',
  exclusion: 'an exclusion of the rule',
  limit: 'a limit of the search',
  'unresolved-call': 'a call that could not be resolved',
  'unparsed-region': 'a region that could not be parsed',
  'no-convention': 'nothing that the program usually does to compare with',
}

function tally(places: readonly ConsideredPlace[]): string {
  const counts = new Map<string, number>()
  for (const { by } of places) {
    const name = by === '' ? 'other reasons' : BY[by]
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const sorted = [...counts].sort(([a, x], [b, y]) => y - x || compareText(a, b))
  return sorted.map(([name, count]) => `${name} (${count})`).join(', ')
}

function metNothing(input: ReviewInput, of: Concluded): string {
  const met = new Set(of.places.map((place) => place.cwe))
  const ids = [...new Set(input.rules.map((rule) => rule.cwe))]
    .filter((cwe) => cwe !== 0 && !met.has(cwe))
    .sort((a, b) => a - b)
  if (ids.length === 0) return ''
  return `Looked for without meeting any place to consider: ${ids.map((id) => `CWE-${id}`).join(', ')}.`
}

function calls(account: CallAccount | undefined): string {
  if (account === undefined || account.total === 0) return ''
  const { total, ofProgram, described, undescribed, unresolved } = account
  const parts = [
    ofProgram === 0 ? '' : `${runs(ofProgram)} functions of the program`,
    described === 0 ? '' : `${runs(described)} functions of libraries that the models describe`,
    undescribed.length === 0 ? '' : `${runs(sum(undescribed))} functions of libraries that no model describes (${names(undescribed)})`,
    unresolved.length === 0 ? '' : `${count(sum(unresolved))} could not be resolved for certain (${names(unresolved)})`,
  ]
  return `Of ${plural(total, 'call')} in the code: ${parts.filter((part) => part !== '').join('; ')}.`
}

function runs(calls: number): string {
  return `${count(calls)} ${calls === 1 ? 'runs' : 'run'}`
}

/** Names listed in a sentence; the rest is counted. */
const NAMED = 8

function names(of: readonly CountedName[]): string {
  const shown = of.slice(0, NAMED).map((each) => each.name)
  return of.length > NAMED ? `${shown.join(', ')} and ${of.length - NAMED} more names` : shown.join(', ')
}

function sum(of: readonly CountedName[]): number {
  return of.reduce((total, each) => total + each.calls, 0)
}

function count(number: number): string {
  return number.toLocaleString('en-US')
}

function silenced(of: Concluded): string {
  if (of.suppressed.length === 0) return ''
  const comments = of.suppressed.filter((each) => each.by === 'comment').length
  const known = of.suppressed.length - comments
  const parts = [
    comments === 0 ? '' : `${comments} by a comment in the source`,
    known === 0 ? '' : `${known} known from the baseline`,
  ]
  const how = parts.filter((part) => part !== '').join(', ')
  return `${plural(of.suppressed.length, 'finding')} ${isAre(of.suppressed.length)} suppressed: ${how}.`
}

function testCode(input: ReviewInput, of: Concluded): string {
  const { testFiles, files } = input.subject
  if (testFiles === 0) return ''
  const what =
    testFiles === files
      ? files === 1
        ? 'The file is test code'
        : 'All files are test code'
      : `${plural(testFiles, 'file')} ${isAre(testFiles)} test code`
  return of.findings.some((finding) => finding.isTest)
    ? `${what}; findings in it are marked and ranked after product code.`
    : `${what}.`
}

const SKIPPED: readonly ProblemKind[] = ['unreadable', 'skipped']

function skipped(problems: readonly Problem[]): string {
  const left = problems.filter((problem) => SKIPPED.includes(problem.kind))
  // What has no path speaks of many files at once, and counts them itself.
  const summaries = left.filter((problem) => problem.path === '').map((problem) => `${problem.message}.`)
  const single = left.length - summaries.length
  const what = plural(single, 'file or folder', 'files or folders')
  const each = single === 0 ? [] : [`${what} ${wasWere(single)} not reviewed; each is listed with its reason.`]
  return [...each, ...summaries].join(' ')
}

function notParsed(problems: readonly Problem[]): string {
  const regions = problems.filter((problem) => problem.kind === 'unparsed')
  if (regions.length === 0) return ''
  const files = new Set(regions.map((problem) => problem.path)).size
  const where = `${plural(regions.length, 'region')} in ${plural(files, 'file')}`
  return `${where} could not be parsed; the code in ${itThem(regions.length)} was not examined.`
}

function troubles(problems: readonly Problem[]): string {
  const others = problems.filter((problem) => !SKIPPED.includes(problem.kind) && problem.kind !== 'unparsed')
  if (others.length === 0) return ''
  return `${plural(others.length, 'further problem')} limited the review; each is listed.`
}

/** A count with its noun: `1 file`, `3 files`. */
export function plural(count: number, one: string, many: string = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`
}

function isAre(count: number): string {
  return count === 1 ? 'is' : 'are'
}

function itThem(count: number): string {
  return count === 1 ? 'it' : 'them'
}

function wasWere(count: number): string {
  return count === 1 ? 'was' : 'were'
}
