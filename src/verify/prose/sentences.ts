import type { Span } from '../../core/text.ts'

/** A sentence of prose with its place in the review. */
export interface Sentence {
  readonly text: string
  readonly span: Span
}

/** Longest sentence; longer runs are cut. */
const MAX_SENTENCE = 2_000

/**
 * Splits a region into sentences: at full stops before a space, at blank lines, and where the caller's lines end a
 * thought.
 */
export function sentencesIn(text: string, { start, end }: Span): readonly Sentence[] {
  const sentences: Sentence[] = []
  let from = start
  for (let at = start; at < end; at++) {
    const isEnd =
      isSentenceEnd(text, at, end) || (text[at] === '\n' && isBreak(text, at, end)) || at - from >= MAX_SENTENCE
    if (!isEnd) continue
    push(sentences, text, from, at + 1)
    from = at + 1
  }
  push(sentences, text, from, end)
  return sentences
}

function push(sentences: Sentence[], text: string, from: number, to: number): void {
  let start = from
  let end = to
  while (start < end && /\s/.test(text[start] ?? '')) start += 1
  while (end > start && /\s/.test(text[end - 1] ?? '')) end -= 1
  if (end > start) sentences.push({ text: text.slice(start, end), span: { start, end } })
}

const ABBREVIATIONS: ReadonlySet<string> = new Set([
  'e.g', 'i.e', 'etc', 'vs', 'cf', 'no', 'approx', 'resp', 'e. g', 'z.b', 'bzw', 'ca',
])

function isSentenceEnd(text: string, at: number, end: number): boolean {
  const character = text[at]
  if (character !== '.' && character !== '!' && character !== '?') return false
  const next = text[at + 1]
  if (at + 1 < end && next !== ' ' && next !== '\n' && next !== '\r' && next !== '\t') return false
  const word = wordBefore(text, at)
  return !ABBREVIATIONS.has(word.toLowerCase())
}

function wordBefore(text: string, at: number): string {
  let from = at
  while (from > 0 && at - from < 8 && /[\w.]/.test(text[from - 1] ?? '')) from -= 1
  return text.slice(from, at)
}

/** A line end after a colon, or before a blank line, a list item, a heading or a table row. */
function isBreak(text: string, at: number, end: number): boolean {
  let to = at + 1
  while (to < end && (text[to] === ' ' || text[to] === '\t' || text[to] === '\r')) to += 1
  const next = text[to]
  if (to >= end || next === '\n') return true
  if (text[at - 1] === ':' || (text[at - 1] === '\r' && text[at - 2] === ':')) return true
  if (next === '#' || next === '|' || next === '>') return true
  if ((next === '-' || next === '*' || next === '+' || next === '•') && text[to + 1] === ' ') return true
  return /^\d{1,3}[.)] /.test(text.slice(to, to + 6))
}
