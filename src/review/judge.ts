import type { Place } from '../analysis/place.ts'
import type { Origin } from '../dataflow/search.ts'
import type { Confidence, Severity } from '../rules/rule.ts'

/** Severities and confidences from low to high, for comparing. */
export const SEVERITIES: readonly Severity[] = ['low', 'medium', 'high', 'critical']
export const CONFIDENCES: readonly Confidence[] = ['low', 'medium', 'high']

/** Whether a level reaches a threshold, both of one of the lists above. */
export function isAtLeast<Level>(levels: readonly Level[], level: Level, threshold: Level): boolean {
  return levels.indexOf(level) >= levels.indexOf(threshold)
}

/** A judgement with the sentences that give its reason. */
export interface Judged<Level> {
  readonly level: Level
  readonly reason: string
}

/** Kinds of source, as the models name them: over a network, and from the machine or its operator. */
const REMOTE = 'remote'
const LOCAL: ReadonlySet<string> = new Set(['local', 'file'])

/** Whether data of a source comes from the machine or its operator and not over a network. */
export function isLocalSource(route: Origin): boolean {
  return route.type === 'source' && LOCAL.has(route.kind)
}

/**
 * How bad it is if it is real: the rule's severity, one less when every source
 * is local, since who controls it already has access to the machine.
 */
export function judgeSeverity(place: Place, routes: readonly Origin[]): Judged<Severity> {
  const base = place.rule.severity
  const own = `The rule ${place.rule.id} rates this weakness ${base}.`
  const sources = routes.filter((route) => route.type === 'source')
  if (sources.length === 0) return { level: base, reason: own }
  if (sources.some((route) => route.kind === REMOTE)) {
    return { level: base, reason: `${own} The data can be chosen by whoever reaches the program over a network.` }
  }
  if (!sources.every(isLocalSource)) return { level: base, reason: own }
  const level = lower(SEVERITIES, base)
  const local = 'Every known source is local, so whoever controls the data already has some access to the machine'
  const effect = level === base ? '; this is the lowest severity already.' : `; that lowers it to ${level}.`
  return { level, reason: `${own} ${local}${effect}` }
}

/**
 * How sure it is: the rule's confidence, lowered for each kind of assumption
 * that the evidence rests on.
 */
export function judgeConfidence(place: Place, best: Origin | undefined): Judged<Confidence> {
  const base = place.rule.confidence
  const doubts = doubtsOf(place, best)
  let level = base
  for (let count = 0; count < doubts.length; count++) level = lower(CONFIDENCES, level)
  const own = `The confidence of the rule itself is ${base}. ${basis(best)}`
  if (doubts.length === 0) return { level, reason: `${own} Nothing in the evidence had to be assumed.` }
  const effect = level === base ? 'It is the lowest confidence already.' : `That lowers it from ${base} to ${level}.`
  return { level, reason: `${own} ${doubts.join(' ')} ${effect}` }
}

function basis(best: Origin | undefined): string {
  if (best === undefined) return 'The code at this place shows the weakness by itself.'
  if (best.type === 'constant') return 'The constant is in the code.'
  return 'Every step from the source to the sink is in the code.'
}

function doubtsOf(place: Place, best: Origin | undefined): string[] {
  const doubts: string[] = []
  if (best?.guessed === true)
    doubts.push('A call on the way was resolved by its name alone, the receiver is not known.')
  if (best !== undefined && best.obscure.length > 0) {
    doubts.push(`It is assumed that data passes through ${list(best.obscure)}, which no model describes.`)
  }
  if (best !== undefined && isLocalSource(best))
    doubts.push('Whether a local source is untrusted depends on the deployment.')
  const { assumed } = place.file
  if (assumed.size > 0) doubts.push(`Names that the code does not import are taken for what is usually imported so: ${list([...assumed.values()])}.`)
  if (place.file.isTest) doubts.push('It is test code, which usually runs with data of its own.')
  return doubts
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => `\`${name.replaceAll('`', "'").slice(0, 60)}\``)
  return names.length > 3 ? `${shown.join(', ')} and ${names.length - 3} more calls` : shown.join(' and ')
}

function lower<Level>(levels: readonly Level[], from: Level): Level {
  return levels[Math.max(0, levels.indexOf(from) - 1)] ?? from
}

/** A text with its first letter in upper case. */
export function sentenceStart(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
