import type { FlowClaim, OtherPlace } from './claim.ts'
import { codeOf } from './code-text.ts'
import { enclosingBlock } from './definitions.ts'
import { driftClass, driftOf } from './drift.ts'
import type { LocatedFinding, Sources } from './evidence.ts'
import { findVerbatim } from './match-quote.ts'
import { cleanQuote } from './quoted-code.ts'
import { tidy } from './resolve-path.ts'
import type { Evidence as Route, Finding } from '../review/review.ts'
import { tokensOf } from './tokens.ts'
import type { EvidenceItem, Verdict } from './verdict.ts'
import { codeEvidence, counted, linesInWords, oneLine } from './words.ts'

/** Steps of one flow that are looked at. */
const MAX_CLAIMED = 200

/**
 * Judges the steps of a structured flow: each must be a place of the tree with the code that the review gives for it;
 * neighbours must have a name in common; and where Assay found the weakness itself (`own`), the claimed source must lie
 * on one of its routes.
 */
export function judgeSteps(
  { steps }: FlowClaim,
  { file }: LocatedFinding,
  sources: Sources,
  own: Finding | undefined,
): Omit<Verdict, 'said'> {
  const about = { subject: 'flow' as const, evidence: [] }
  const judged = steps.slice(0, MAX_CLAIMED).map((step) => judgeStep(step, file.path, sources))
  const looked = counted(judged.length, 'step')
  const missing = judged.filter((each) => each.is === 'missing')
  const [first] = missing
  if (first !== undefined) {
    const { path, startLine } = first.step
    const where = startLine === undefined ? oneLine(path) : `${oneLine(path)}:${startLine}`
    return {
      ...about,
      verdict: 'contradicted',
      code: 'missing-step',
      reason: `${counted(missing.length, 'step')} of ${judged.length} ${missing.length === 1 ? 'does' : 'do'} not stand where the review says, first ${where}.`,
    }
  }
  const other = own === undefined ? undefined : otherSource(judged, own, sources)
  if (other !== undefined) return { ...about, ...other }
  const gap = own === undefined ? unconnected(judged, sources) : undefined
  if (gap !== undefined) return { ...about, ...gap }
  if (judged.every((each) => each.is === 'same')) {
    return {
      ...about,
      verdict: 'confirmed',
      code: 'steps',
      reason: `All ${looked} stand where the review says; that data passes them was not decided by that.`,
    }
  }
  return {
    ...about,
    verdict: 'not-checkable',
    code: 'steps',
    reason: `All ${looked} are places of the tree; that data passes them was not decided by that.`,
  }
}

interface JudgedStep {
  readonly step: OtherPlace
  /** `same`: the quoted code stands there. `there`: the line exists, and nothing is quoted. */
  readonly is: 'same' | 'there' | 'missing'
  /** Path in the tree; '' without. */
  readonly path: string
  /** Counted from 1; 0 when the step gives none. */
  readonly line: number
  readonly endLine: number
}

function judgeStep(step: OtherPlace, own: string, sources: Sources): JudgedStep {
  const { path: cited, startLine, endLine } = step
  const path = cited === '' ? own : pathOf(cited, sources)
  const place = { step, path: path ?? '', line: startLine ?? 0, endLine: Math.max(startLine ?? 0, endLine ?? 0) }
  const source = path === undefined ? undefined : sources.text(path)
  if (path === undefined || source === undefined) {
    return { ...place, is: path !== undefined && sources.skipped(path) !== undefined ? 'there' : 'missing' }
  }
  if (startLine !== undefined && startLine > source.lineCount) return { ...place, is: 'missing' }
  const clean = step.quote === undefined ? undefined : cleanQuote(step.quote)
  if (clean === undefined || startLine === undefined || clean.squashed.length < SHORTEST_QUOTE) {
    return { ...place, is: 'there' }
  }
  const code = codeOf(sources, path)
  const found = code === undefined ? undefined : findVerbatim(code, clean, startLine)
  const isThere = found !== undefined && driftClass(driftOf(found, [{ start: startLine, end: startLine }])) === 'none'
  return { ...place, is: isThere ? 'same' : 'missing' }
}

/** Shorter quotes stand anywhere. */
const SHORTEST_QUOTE = 4

function pathOf(cited: string, sources: Sources): string | undefined {
  const path = tidy(cited)
  if (path === undefined) return undefined
  return sources.has(path) ? path : sources.paths.find((each) => path.endsWith(`/${each}`) || each.endsWith(`/${path}`))
}

type Doubt = Pick<Verdict, 'verdict' | 'code' | 'reason' | 'evidence'>

/** When Assay's own routes to the place all begin elsewhere and none passes the claimed source. */
function otherSource(steps: readonly JudgedStep[], own: Finding, sources: Sources): Doubt | undefined {
  const [claimed] = steps
  const routes = [own.evidence, ...own.otherRoutes].filter((route) => route.steps.length > 1)
  const [first] = routes
  if (
    claimed === undefined ||
    claimed.line === 0 ||
    steps.length < 2 ||
    first === undefined ||
    routes.some((route) => passes(route, claimed))
  )
    return undefined
  const shown: readonly EvidenceItem[] = routes
    .slice(0, MAX_ROUTES)
    .flatMap(({ steps: [source] }) =>
      source === undefined
        ? []
        : [codeEvidence(sources, source.path, source.line, 'where a route that Assay found begins', source.endLine)],
    )
  return {
    verdict: 'unsupported',
    code: 'other-source',
    evidence: shown,
    reason: `Assay knows ${counted(routes.length, 'route')} to the place; none passes ${claimed.path}:${claimed.line}, the source that the review gives.`,
  }
}

/** Routes whose beginning is shown. */
const MAX_ROUTES = 3

/** Reviewers point at a statement's first line or at the line of the call in it. */
const STATEMENT = 3

function passes({ steps }: Route, { path, line, endLine }: JudgedStep): boolean {
  return steps.some(
    (step) => step.path === path && step.line <= endLine + STATEMENT && step.endLine >= line - STATEMENT,
  )
}

/** When two neighbours have no name in common: data that gets from one to the other has one there. */
function unconnected(steps: readonly JudgedStep[], sources: Sources): Doubt | undefined {
  if (steps.some((each) => each.line === 0)) return undefined
  for (const [at, step] of steps.entries()) {
    const next = steps[at + 1]
    if (next === undefined) return undefined
    const names = namesAt(step, sources)
    if (isSamePlace(step, next) || [...namesAt(next, sources)].some((name) => names.has(name))) continue
    return {
      verdict: 'unsupported',
      code: 'unconnected',
      reason: `Steps ${at + 1} and ${at + 2} have no variable or call in common; how data gets from ${placeInWords(step)} to ${placeInWords(next)} is not shown.`,
      evidence: [step, next].map((each) => codeEvidence(sources, each.path, each.line, 'a step', each.endLine)),
    }
  }
  return undefined
}

function isSamePlace(one: JudgedStep, other: JudgedStep): boolean {
  return one.path === other.path && one.line <= other.endLine && other.line <= one.endLine
}

function placeInWords({ path, line, endLine }: JudgedStep): string {
  return `${linesInWords(line, endLine)} of ${path}`
}

/** Words that stand in code of any kind and carry no data. */
const EVERYWHERE: ReadonlySet<string> = new Set([
  'self', 'this', 'return', 'if', 'else', 'for', 'in', 'of', 'not', 'and', 'or', 'def', 'function', 'func', 'fn',
  'const', 'let', 'var', 'new', 'await', 'async', 'with', 'as',
  'from', 'import', 'public', 'private', 'static', 'final', 'void', 'int', 'string', 'None', 'null', 'true', 'false',
  'True', 'False', 'is', 'try', 'except', 'raise', 'yield',
])

/**
 * Names in the lines of a step, and in the head of the function around it: what is returned there carries its name
 * elsewhere.
 */
function namesAt({ path, line, endLine }: JudgedStep, sources: Sources): ReadonlySet<string> {
  const source = sources.text(path)
  if (source === undefined) return new Set()
  const last = Math.min(source.lineCount, Math.max(line, endLine), line + MAX_STEP_LINES)
  const head = enclosingBlock(source, Math.min(line, source.lineCount))?.line
  const lines = [
    ...Array.from({ length: last - line + 1 }, (_, at) => line + at),
    ...(head === undefined ? [] : [head]),
  ]
  const words = lines
    .flatMap((each) => tokensOf(source.line(each)))
    .flatMap((token) => (token.kind === 'string' ? tokensOf(token.text.slice(1, -1)) : [token]))
  return new Set(
    words.filter((token) => token.kind === 'word' && !EVERYWHERE.has(token.text)).map((token) => token.text),
  )
}

/** Lines of one step that are looked at. */
const MAX_STEP_LINES = 30
