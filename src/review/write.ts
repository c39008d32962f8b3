import type { Outcome, Place } from '../analysis/place.ts'
import type { Problem } from '../core/problem.ts'
import { isKnown } from './baseline.ts'
import { conclude } from './conclude.ts'
import { locate } from './evidence.ts'
import { byPlace, compareText, findingsOf, joinDefects, rank } from './findings.ts'
import type { FoundDefect } from './findings.ts'
import type { ReviewInput } from './input.ts'
import { CONFIDENCES, isAtLeast, SEVERITIES } from './judge.ts'
import { bounded, codeInSentence } from './quote.ts'
import type { ConsideredPlace, Finding, Review, SuppressedFinding } from './review.ts'
import { statementAround } from './statement.ts'
import { suppressionFor, suppressionsIn } from './suppress.ts'
import type { Suppression } from './suppress.ts'
import { isSameWeakness } from './weaknesses.ts'

/** Writes the review of the considered places: findings, what was silenced, every place, the conclusion. */
export function writeReview(input: ReviewInput): Review {
  const found = input.places.filter((place) => place.outcome.type === 'found')
  const all = findingsOf(input, joinDefects(input, found))
  const { kept, suppressed } = silence(input, all)
  const reported = kept.filter((finding) => isAsked(input, finding))
  const findings = rank(reported)
  const places = consideredPlaces(input, all)
  const belowThreshold = kept.length - reported.length
  const result = { findings, suppressed, belowThreshold, places }
  return {
    format: 1,
    tool: { name: 'assay', version: input.version },
    subject: input.subject,
    catalogue: { name: input.catalogue.name, version: input.catalogue.version, date: input.catalogue.date },
    findings,
    suppressed,
    places,
    ...(input.calls === undefined ? {} : { calls: input.calls }),
    problems: [...input.problems].sort(byProblem).map((each) => withLines(input, each)),
    switchedOff: input.switchedOff,
    conclusion: conclude(input, result),
  }
}

function isAsked(input: ReviewInput, finding: Finding): boolean {
  return (
    isAtLeast(SEVERITIES, finding.severity, input.minimumSeverity) &&
    isAtLeast(CONFIDENCES, finding.confidence, input.minimumConfidence)
  )
}

function byProblem(a: Problem, b: Problem): number {
  return (
    compareText(a.path, b.path) ||
    (a.span?.start ?? 0) - (b.span?.start ?? 0) ||
    compareText(a.kind, b.kind) ||
    compareText(a.message, b.message)
  )
}

/** A problem with the lines of its region: offsets say nothing to a reader. */
function withLines(input: ReviewInput, problem: Problem): Problem {
  const text = problem.span === undefined ? undefined : input.texts.get(problem.path)
  if (problem.span === undefined || text === undefined) return problem
  const { start, end } = problem.span
  const lines = { first: text.position(start).line, last: text.position(Math.max(start, end - 1)).line }
  return { ...problem, lines }
}

interface Silenced {
  readonly kept: readonly Finding[]
  readonly suppressed: readonly SuppressedFinding[]
}

function silence(input: ReviewInput, all: readonly FoundDefect[]): Silenced {
  const kept: Finding[] = []
  const suppressed: SuppressedFinding[] = []
  const directives = new Map<string, readonly Suppression[]>()
  for (const found of all) {
    const silenced = byComment(input, found, directives) ?? byBaseline(input, found.finding)
    if (silenced === undefined) kept.push(found.finding)
    else suppressed.push(silenced)
  }
  return { kept, suppressed }
}

function byBaseline(input: ReviewInput, finding: Finding): SuppressedFinding | undefined {
  if (input.baseline === undefined || !isKnown(input.baseline, finding)) return undefined
  return { finding, by: 'baseline', reason: input.baseline.name }
}

function byComment(
  input: ReviewInput,
  { defect, finding }: FoundDefect,
  directives: Map<string, readonly Suppression[]>,
): SuppressedFinding | undefined {
  const { file, span } = defect.place
  const text = input.texts.get(file.path)
  if (!input.suppressions || text === undefined) return undefined
  let inFile = directives.get(file.path)
  if (inFile === undefined) {
    inFile = suppressionsIn(text, input.comments(file.path))
    directives.set(file.path, inFile)
  }
  if (inFile.length === 0) return undefined
  const enclosing = input.program.function(input.program.enclosing(file, span.start))
  const statement = statementAround(file.facts, enclosing, span)
  const suppression = suppressionFor(
    {
      cwe: finding.cwe,
      rules: [finding.rule, ...finding.otherRules],
      line: finding.place.line,
      firstLine: text.position(statement.start).line,
      lastLine: text.position(Math.max(statement.start, statement.end - 1)).line,
      routes: [finding.evidence, ...finding.otherRoutes].map(({ steps }) => steps.filter((step) => step.path === file.path)),
    },
    inFile,
    (one, other) => isSameWeakness(input.catalogue, one, other),
  )
  if (suppression === undefined) return undefined
  return {
    finding,
    by: 'comment',
    reason: suppression.reason === '' ? suppression.text : suppression.reason,
    location: locate(input, file, suppression.comment),
  }
}

function consideredPlaces(input: ReviewInput, all: readonly FoundDefect[]): readonly ConsideredPlace[] {
  const findingOf = new Map<Place, Finding>()
  for (const { defect, finding } of all) for (const place of defect.places) findingOf.set(place, finding)
  return [...input.places].sort(byPlace).map((place) => consideredPlace(input, place, findingOf.get(place)))
}

function consideredPlace(input: ReviewInput, place: Place, finding: Finding | undefined): ConsideredPlace {
  const { outcome } = place
  const common = {
    rule: place.rule.id,
    cwe: place.rule.cwe,
    place: locate(input, place.file, place.span),
    isTest: place.file.isTest,
    callee: bounded(place.callee),
    argument: place.argument,
    outcome: outcome.type,
    finding: finding?.fingerprint ?? '',
  }
  if (outcome.type === 'found') return { ...common, by: '', why: finding?.why ?? '' }
  const by = outcome.type === 'safe' ? outcome.by : outcome.type === 'undecided' ? outcome.reason : ''
  return { ...common, by, why: reasonOf(input, outcome), because: locate(input, outcome.file, outcome.at) }
}

/** The reason of an outcome; a check is quoted as it is written. */
function reasonOf(input: ReviewInput, outcome: Exclude<Outcome, { readonly type: 'found' }>): string {
  const text = outcome.type === 'safe' && outcome.by === 'guard' ? input.texts.get(outcome.file.path) : undefined
  return text === undefined ? bounded(outcome.why) : `it is checked by \`${codeInSentence(text, outcome.at)}\``
}
