import type { Place } from '../analysis/place.ts'
import type { Span } from '../core/text.ts'
import type { Origin } from '../dataflow/search.ts'
import type { ProgramFile } from '../program/program.ts'
import type { ReviewInput } from './input.ts'
import { sentenceStart } from './judge.ts'
import { bounded, locationOf, locationWithoutText } from './quote.ts'
import type { Evidence, EvidenceStep, Location } from './review.ts'

/** Steps shown of one route; a longer one has its middle cut, which its text says. */
const STEPS = 60

/** A place as the report quotes it. */
export function locate(input: ReviewInput, file: ProgramFile, span: Span): Location {
  const text = input.texts.get(file.path)
  return text === undefined ? locationWithoutText(file.path) : locationOf(file.path, text, span)
}

/** The evidence for one route to a place, or for the place by itself when there is none. */
export function evidenceFor(input: ReviewInput, place: Place, route: Origin | undefined): Evidence {
  const sink: EvidenceStep = {
    ...locate(input, place.file, place.span),
    role: 'sink',
    what: sentenceStart(sinkInSentence(place)),
  }
  const shown = place.outcome.type === 'found' ? place.outcome.shown : undefined
  if (shown !== undefined) return { kind: 'missing', steps: [...shown.steps.map(({ at, what }) => step(input, at, 'step', what)), sink] }
  if (route === undefined) return { kind: 'place', steps: [sink] }
  const steps = cutMiddle(stepsOf(input, route))
  return { kind: route.type === 'constant' ? 'constant' : 'flow', steps: [...steps, sink] }
}

/** `sqlite3.Cursor.execute()` for prose, or `''` when the place is no call. */
export function calleeName(place: Place): string {
  return place.callee === '' ? '' : `\`${place.callee.replaceAll('`', "'")}()\``
}

/** The sink for prose: `argument 1 of sqlite3.Cursor.execute(), which runs the text as SQL`. */
export function sinkInSentence(place: Place): string {
  const parts = [place.argument, calleeName(place)].filter((part) => part !== '')
  const which = place.what === '' ? '' : `, which ${place.what}`
  return parts.length === 0 ? `this place${which}` : `${parts.join(' of ')}${which}`
}

function stepsOf(input: ReviewInput, route: Origin): EvidenceStep[] {
  const steps: EvidenceStep[] = [step(input, route.at, 'source', sourceWhat(route))]
  let previous = route.at
  for (const each of route.path) {
    // A step without words is a hop of the engine that shows a reader nothing.
    if (each.what === '' || each.at === route.at || sameSpan(input, each.at, previous)) continue
    steps.push(step(input, each.at, 'step', each.what))
    previous = each.at
  }
  return steps
}

function sourceWhat(route: Origin): string {
  if (route.type === 'constant') return 'the constant'
  return route.what === '' ? 'untrusted data' : route.what
}

function step(input: ReviewInput, at: number, role: EvidenceStep['role'], what: string): EvidenceStep {
  return {
    ...locate(input, input.program.fileOf(at), input.program.span(at)),
    role,
    what: sentenceStart(bounded(what)),
  }
}

function sameSpan(input: ReviewInput, one: number, other: number): boolean {
  const [a, b] = [input.program.span(one), input.program.span(other)]
  return a.start === b.start && a.end === b.end && input.program.fileOf(one) === input.program.fileOf(other)
}

function cutMiddle(steps: EvidenceStep[]): EvidenceStep[] {
  if (steps.length <= STEPS) return steps
  const cut = steps.length - STEPS
  const half = STEPS / 2
  const last = steps.slice(half + cut)
  const first = last[0]
  if (first !== undefined) last[0] = { ...first, what: `(${cut} steps are left out before this one) ${first.what}` }
  return [...steps.slice(0, half), ...last]
}
