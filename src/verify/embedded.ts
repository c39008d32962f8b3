import { readJsonPrefix } from './json.ts'
import type { JsonValue } from './reader.ts'

/** Places in a text at which JSON is looked for. */
const MAX_TRIES = 8

/**
 * The JSON document inside a text: in a fence, or between sentences, as language
 * models answer. It is one only when it makes up most of the text; a snippet in
 * a review is part of the review.
 */
export function embeddedJson(text: string): JsonValue | undefined {
  let tries = 0
  for (let at = 0; at < text.length && tries < MAX_TRIES;) {
    const start = beginning(text, at)
    if (start < 0) return undefined
    tries += 1
    const outcome = readJsonPrefix(text, start)
    if ('value' in outcome && (outcome.value.end - start) * 2 > text.length) return outcome.value
    // What begins later than half of the text cannot make up most of it.
    at = 'value' in outcome ? outcome.value.end : start + 1
    if (at * 2 > text.length) return undefined
  }
  return undefined
}

/** The next place where a line begins with an object, or with a list of objects; -1 without. */
function beginning(text: string, from: number): number {
  for (let at = from; at >= 0 && at < text.length; at = text.indexOf('\n', at) + 1) {
    const start = afterSpace(text, at)
    if (beginsLikeJson(text, start)) return start
    if (text.indexOf('\n', at) < 0) return -1
  }
  return -1
}

/**
 * Whether the text at a place can only be meant as JSON: an object with a first key, or a list that begins with one.
 */
export function beginsLikeJson(text: string, start: number): boolean {
  const next = text[afterSpace(text, start + 1)]
  return (text[start] === '{' && (next === '"' || next === '}')) || (text[start] === '[' && next === '{')
}

/** The first character that is no white space; a byte order mark counts as such. */
export function afterSpace(text: string, from: number): number {
  let at = from
  while (at < text.length && ' \t\r\n\uFEFF'.includes(text[at] ?? '')) at += 1
  return at
}
