import type { Catalogue } from './catalogue.ts'
import type { Usage, Weakness } from './record.ts'

/** An id to use in place of another, with what CWE says about mapping to it. */
export interface Suggestion {
  readonly id: number
  readonly usage: Usage
}

/** Why an id cannot stand as the primary one of a rule or finding. */
export interface PrimaryProblem {
  readonly kind: 'unknown' | 'category' | 'view' | 'deprecated' | 'prohibited' | 'discouraged' | 'review'
  /** One sentence with the entry's title. */
  readonly message: string
  /** Usable ids in its place, nearest first; may be empty. */
  readonly suggestions: readonly Suggestion[]
}

/** Suggestions are a help, not a listing: the nearest ones are enough. */
const MAX_SUGGESTIONS = 12

/**
 * Why an id cannot be a primary one, or undefined when it can. An entry that is
 * allowed with review can, once a reason is stated.
 */
export function primaryProblem(catalogue: Catalogue, id: number, reviewReason?: string): PrimaryProblem | undefined {
  const entry = catalogue.entry(id)
  const title = catalogue.title(id)
  if (entry === undefined) {
    const message = `CWE-${id} is not in ${catalogue.name} ${catalogue.version}.`
    return { kind: 'unknown', message, suggestions: [] }
  }
  if (entry.kind !== 'weakness') {
    const message = `${title} is a ${entry.kind}, which groups weaknesses and is none.`
    return { kind: entry.kind, message, suggestions: suggestionsFor(catalogue, entry.record.members) }
  }
  return problemOfWeakness(catalogue, entry.record, reviewReason ?? '')
}

/** `primaryProblem` in words for a message: what is wrong and what to use in its place. */
export function describeProblem(catalogue: Catalogue, problem: PrimaryProblem): string {
  if (problem.suggestions.length === 0) return problem.message
  const offers = problem.suggestions.map(({ id, usage }) => `${catalogue.title(id)} (${usage})`)
  return `${problem.message} Use in its place: ${offers.join('; ')}.`
}

function problemOfWeakness(catalogue: Catalogue, weakness: Weakness, reviewReason: string): PrimaryProblem | undefined {
  const title = catalogue.title(weakness.id)
  if (weakness.status !== 'Deprecated' && weakness.mapping === 'Allowed-with-Review') {
    if (reviewReason.trim() !== '') return undefined
    const message = `${title} is allowed with review only: state the reason.`
    return { kind: 'review', message, suggestions: suggestionsFor(catalogue, inPlaceOf(catalogue, weakness)) }
  }
  const suggestions = suggestionsFor(catalogue, [weakness.id])
  if (weakness.status === 'Deprecated') {
    return { kind: 'deprecated', message: `${title} is deprecated.`, suggestions }
  }
  if (weakness.mapping === 'Prohibited') {
    return { kind: 'prohibited', message: `${title} is prohibited for mapping.`, suggestions }
  }
  if (weakness.mapping === 'Discouraged') {
    return { kind: 'discouraged', message: `${title} is discouraged for mapping.`, suggestions }
  }
  return undefined
}

/** Follows alternatives, successors and children down to ids that may be used. */
function suggestionsFor(catalogue: Catalogue, from: readonly number[]): Suggestion[] {
  const seen = new Set<number>()
  const found: Suggestion[] = []
  let level = [...from]
  while (level.length > 0 && found.length < MAX_SUGGESTIONS) {
    const next: number[] = []
    for (const id of level) {
      if (seen.has(id)) continue
      seen.add(id)
      const weakness = catalogue.get(id)
      if (weakness === undefined) continue
      if (isUsable(weakness)) found.push({ id, usage: weakness.mapping })
      else next.push(...inPlaceOf(catalogue, weakness))
    }
    level = next
  }
  return found.slice(0, MAX_SUGGESTIONS)
}

function isUsable(weakness: Weakness): boolean {
  return weakness.mapping === 'Allowed' || weakness.mapping === 'Allowed-with-Review'
}

function inPlaceOf(catalogue: Catalogue, weakness: Weakness): readonly number[] {
  return weakness.replacedBy ?? weakness.mappingAlternatives ?? catalogue.children(weakness.id)
}
