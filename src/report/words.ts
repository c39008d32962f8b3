import { plural } from '../review/conclude.ts'
import type { Problem } from '../core/problem.ts'
import type { ConsideredPlace, Evidence, Finding, Location, Review } from '../review/review.ts'

/** The sentence every report opens with: what was reviewed, at which revision, against which catalogue version. */
export function leadSentence(review: Review, shown: (text: string) => string): string {
  const { subject, catalogue, tool } = review
  const paths = subject.paths.length === 0 ? 'nothing' : list(subject.paths.map(shown))
  const revision =
    subject.revision === '' ? 'without a known revision' : `at revision ${shown(revisionText(subject.revision))}`
  const size = `${plural(subject.files, 'file')}, ${plural(subject.lines, 'line')}`
  const against = `${catalogue.name} ${catalogue.version} of ${catalogue.date}`
  return `Assay ${tool.version} reviewed ${paths} (${size}) ${revision} against ${against}.`
}

function revisionText(revision: string): string {
  return revision.endsWith('+') ? `${revision.slice(0, -1)} with uncommitted changes` : revision
}

/** `2 findings: 1 high, 1 medium; 1 of them in test code.` */
export function countSentence(review: Review): string {
  const { findings } = review
  if (findings.length === 0) return 'No findings.'
  const levels = (['critical', 'high', 'medium', 'low'] as const)
    .map((level) => [level, findings.filter((finding) => finding.severity === level).length] as const)
    .filter(([, count]) => count > 0)
  const tests = findings.filter((finding) => finding.isTest).length
  const inTests =
    tests === 0 ? '' : tests === findings.length ? '; all in test code' : `; ${tests} in test code, ranked last`
  const counts = levels.map(([level, count]) => `${count} ${level}`).join(', ')
  return `${plural(findings.length, 'finding')}: ${counts}${inTests}.`
}

/** `shop/db.py:30:5`, as editors understand it. */
export function placeText(place: Location): string {
  return `${place.path}:${place.line}:${place.column}`
}

/** `shop/db.py`, with the lines when the problem concerns only a region: `shop/db.py:30-35`. */
export function problemPlace({ path, lines }: Problem): string {
  if (lines === undefined) return path
  return lines.first === lines.last ? `${path}:${lines.first}` : `${path}:${lines.first}-${lines.last}`
}

/** What a place came to, for a list of considered places. */
export const OUTCOME: Readonly<Record<ConsideredPlace['outcome'], string>> = {
  found: 'found',
  safe: 'safe',
  'no-source': 'no untrusted source known',
  undecided: 'not decided',
}

/** Heading over the steps of a piece of evidence. */
export const EVIDENCE_HEADING: Readonly<Record<Evidence['kind'], string>> = {
  flow: 'How the data gets there',
  constant: 'Where the constant comes from',
  place: 'The place',
  missing: 'What shows it',
}

/** Whether the steps add anything to the quoted place. */
export function hasSteps(finding: Finding): boolean {
  return finding.evidence.steps.length > 1
}

/** What was left out of a quote, or `''`. */
export function cutText(place: Location): string {
  return place.cut === 0
    ? ''
    : `(${plural(place.cut, 'more line')} of this place ${place.cut === 1 ? 'is' : 'are'} left out)`
}

/** Considered places that came to nothing, when they are few enough to list or all are asked for. */
export function listedPlaces(review: Review, areAll: boolean): readonly ConsideredPlace[] {
  const others = review.places.filter((place) => place.outcome !== 'found')
  if (areAll) return others
  const most = review.subject.files === 1 ? LISTED_OF_ONE_FILE : LISTED
  return others.length <= most ? others : []
}

/** The first items of a list that may be long, and a line that says how many more there are. */
export function listed<Item>(
  items: readonly Item[],
  line: (item: Item) => string,
  more: (text: string) => string,
): readonly string[] {
  const shown = items.slice(0, LISTED).map(line)
  const left = items.length - shown.length
  return left === 0 ? shown : [...shown, more(`and ${left} more, all in the json format`)]
}

/** Places a text report lists; more are in the JSON format. */
export const LISTED = 30
const LISTED_OF_ONE_FILE = 200

function list(items: readonly string[]): string {
  if (items.length > 5) return `${items.slice(0, 4).join(', ')} and ${items.length - 4} more paths`
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`
}
