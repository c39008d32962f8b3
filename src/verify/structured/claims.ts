import type { Claim, ClaimOf, LineRange, OtherPlace } from '../claim.ts'
import { levelOf } from '../prose/labels.ts'
import { codeClaims } from '../prose/code-claims.ts'
import { sentencesIn } from '../prose/sentences.ts'
import { statementsOf } from '../prose/statements.ts'
import { namedWeaknesses } from '../prose/title-claims.ts'
import { REVIEW_LIMITS, type JsonValue } from '../reader.ts'
import type { JsonRecord, Placed, Words } from './record.ts'
import { StringPlaces } from './string-places.ts'

/*
 * Claims from the members of a structured review. Each function takes what the
 * member holds, or nothing, and answers with no claim when it holds nothing.
 */

/** Larger line numbers are no lines. */
const MAX_LINE = 100_000_000

/** Ids of one member that are taken. */
const MAX_IDS = 20

/** What scanners write in place of code that they keep back. */
const PLACEHOLDERS: ReadonlySet<string> = new Set(['requires login', '...', '[redacted]', 'n/a', 'null', 'undefined'])

/** The file, by a member that holds its path as text. */
export function fileClaim(
  text: string,
  words: Words | undefined,
  path: string = words?.value.trim() ?? '',
): readonly Claim[] {
  return words === undefined || path === '' ? [] : [{ kind: 'file', path, span: placesOf(text, words).whole }]
}

/** The file, by a member that holds an address: percent signs are decoded, once. */
export function addressClaim(text: string, words: Words | undefined): readonly Claim[] {
  return words === undefined ? [] : fileClaim(text, words, percentDecoded(words.value.trim()))
}

/** Text with its percent escapes decoded; text that holds others is left as it is. */
export function percentDecoded(address: string): string {
  try {
    return decodeURIComponent(address)
  } catch {
    return address
  }
}

/** Lines from a first and a last one; a last one before the first counts as the first. */
export function linesClaim(start: Placed<number> | undefined, end: Placed<number> | undefined): readonly Claim[] {
  const range = rangeOf(start?.value, end?.value)
  if (start === undefined || range === undefined) return []
  const last = end === undefined || end.node.start < start.node.start ? start.node : end.node
  return [{ kind: 'lines', ranges: [range], isApproximate: false, span: { start: start.node.start, end: last.end } }]
}

/** A range of lines; `undefined` where the first is no line, such as the 0 that stands for a whole file. */
export function rangeOf(start: number | undefined, end: number | undefined): LineRange | undefined {
  if (!isLine(start)) return undefined
  return { start, end: isLine(end) && end >= start ? end : start }
}

function isLine(line: number | undefined): line is number {
  return line !== undefined && Number.isInteger(line) && line >= 1 && line <= MAX_LINE
}

/** Code of the file; what stands in place of code that is kept back is none. */
export function quoteClaim(
  text: string,
  words: Words | undefined,
  form: 'block' | 'inline' = 'block',
): readonly ClaimOf<'quote'>[] {
  if (words === undefined || isPlaceholder(words.value)) return []
  return [
    {
      kind: 'quote',
      form,
      text: words.value.slice(0, REVIEW_LIMITS.quoteCharacters),
      span: placesOf(text, words).whole,
    },
  ]
}

/** Whether a text stands in place of code that the tool does not give. */
export function isPlaceholder(value: string): boolean {
  return PLACEHOLDERS.has(value.trim().toLowerCase())
}

/** Severity by a word; tools' levels count by their common meaning. */
export function severityClaim(words: Words | undefined): readonly Claim[] {
  if (words === undefined) return []
  const level = levelOf(words.value)
  return [{ kind: 'severity', text: words.value, span: inner(words.node), ...(level === undefined ? {} : { level }) }]
}

/** Ids and their names from a text, a number, or a list of either. */
export function weaknessClaims(text: string, value: JsonValue | undefined): readonly Claim[] {
  const values = value?.kind === 'array' ? value.items.slice(0, MAX_IDS) : value === undefined ? [] : [value]
  return withoutRepeated(values.flatMap((each) => weaknessesOf(text, each)))
}

function weaknessesOf(text: string, value: JsonValue): readonly Claim[] {
  if (value.kind === 'number') {
    return Number.isInteger(value.value) && value.value >= 0
      ? [{ kind: 'weakness', id: value.value, span: { start: value.start, end: value.end } }]
      : []
  }
  if (value.kind !== 'string') return []
  const plain = value.value.trim()
  if (/^\d{1,5}$/.test(plain)) return [{ kind: 'weakness', id: Number(plain), span: inner(value) }]
  const places = new StringPlaces(text, value)
  return namedWeaknesses(value.value, 0).map((claim) => ({ ...claim, span: places.span(claim.span) }))
}

/** The first statement of each id; a name that is repeated with it goes too. */
export function withoutRepeated(claims: readonly Claim[]): readonly Claim[] {
  const ids = new Set<number>()
  const named = new Set<number>()
  return claims.filter((claim) => {
    if (claim.kind === 'weakness') return !ids.has(claim.id) && ids.add(claim.id).size > 0
    if (claim.kind !== 'title' || claim.id === undefined) return true
    return !named.has(claim.id) && named.add(claim.id).size > 0
  })
}

/** What the finding is called. */
export function titleClaim(text: string, words: Words | undefined, role: 'heading' | 'category'): readonly Claim[] {
  return words === undefined
    ? []
    : [{ kind: 'title', role, text: words.value.trim(), span: placesOf(text, words).whole }]
}

/** Words of a tool's rule: they say what it looks for, not what stands here. */
export function messageClaim(text: string, words: Words | undefined): readonly Claim[] {
  return words === undefined
    ? []
    : [{ kind: 'description', text: words.value.trim(), span: placesOf(text, words).whole }]
}

/** Words about this code: what they deny, quote and name, sentence by sentence. */
export function proseClaims(text: string, words: Words | undefined): readonly Claim[] {
  if (words === undefined) return []
  const places = placesOf(text, words)
  return sentencesIn(words.value, { start: 0, end: words.value.length }).flatMap((sentence) => {
    const claims = [...codeClaims(sentence), ...statementsOf(sentence)]
    const all: readonly Claim[] =
      claims.length > 0 ? claims : [{ kind: 'description', text: sentence.text, span: sentence.span }]
    return all.map((claim) => ({ ...claim, span: places.span(claim.span) }))
  })
}

/** Advice. */
export function recommendationClaim(text: string, words: Words | undefined, code: string = ''): readonly Claim[] {
  return words === undefined
    ? []
    : [{ kind: 'recommendation', text: words.value.trim(), code, span: placesOf(text, words).whole }]
}

/** A flow by its steps, the source first; one step is a place and no flow. */
export function flowClaim(steps: readonly OtherPlace[], span: Claim['span'], words: string = ''): readonly Claim[] {
  const [first, last] = [steps[0], steps.at(-1)]
  if (first === undefined || last === undefined || steps.length < 2) return []
  const text = words === '' ? `From ${placeInWords(first)} to ${placeInWords(last)} in ${steps.length} steps.` : words
  return [{ kind: 'flow', text, steps, span }]
}

function placeInWords({ path, startLine }: OtherPlace): string {
  return startLine === undefined ? path : `${path}:${startLine}`
}

/** A place by its parts; `undefined` without a path. */
export function otherPlace(
  record: JsonRecord, path: string, start?: number, end?: number, quote?: string,
): OtherPlace | undefined {
  if (path === '') return undefined
  const range = rangeOf(start, end)
  return {
    path, span: record.span,
    ...(range === undefined ? {} : { startLine: range.start, endLine: range.end }),
    ...(quote === undefined || isPlaceholder(quote) ? {} : { quote: quote.slice(0, REVIEW_LIMITS.quoteCharacters) }),
  }
}

function placesOf(text: string, { node }: Words): StringPlaces {
  return new StringPlaces(text, node)
}

/** A value's place, without quotation marks. */
function inner(node: JsonValue): Claim['span'] {
  return node.kind === 'string' ? { start: node.start + 1, end: node.end - 1 } : { start: node.start, end: node.end }
}
