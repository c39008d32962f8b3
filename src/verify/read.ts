import { UsageError } from '../core/problem.ts'
import type { ForeignReview } from './claim.ts'
import { verifierParts } from './discover.ts'
import { afterSpace, beginsLikeJson, embeddedJson } from './embedded.ts'
import { readJson } from './json.ts'
import type { ReviewInput, ReviewReader } from './reader.ts'
import { requireJson } from './structured/document.ts'
import { unwrapped, wrappedReview } from './wrapped.ts'

/**
 * Understands a review by the reader of that name, or by the first that accepts
 * it. Throws a `UsageError` when there is none.
 */
export async function readReview(text: string, name: string, format?: string): Promise<ForeignReview> {
  const { readers } = await verifierParts()
  const input = inputOf(text)
  const wrapped = format === undefined ? wrappedReview(input.json) : undefined
  if (wrapped === undefined) return readerFor(readers, input, name, format).read(input)
  const inner = inputOf(wrapped.value)
  return unwrapped(readerFor(readers, inner, name, format).read(inner), text, wrapped)
}

function inputOf(text: string): ReviewInput {
  if (!isMeantAsJson(text)) return { text, json: embeddedJson(text) }
  const outcome = readJson(text)
  return { text, json: 'value' in outcome ? outcome.value : undefined }
}

function isMeantAsJson(text: string): boolean {
  return beginsLikeJson(text, afterSpace(text, 0))
}

function readerFor(
  readers: readonly ReviewReader[], input: ReviewInput, name: string, format: string | undefined,
): ReviewReader {
  const known = `Known forms: ${readers.map((each) => each.name).join(', ')}.`
  if (format !== undefined) {
    const named = readers.find((each) => each.name === format.toLowerCase())
    if (named === undefined) throw new UsageError('There is no such form of review', `--review-format ${format}`, known)
    return named
  }
  // Read as prose, a document that was cut off would look clean.
  const isJson = isMeantAsJson(input.text)
  if (isJson) requireJson(input, name)
  const accepting = readers.find((each) => !(isJson && each.isForProse === true) && each.accepts(input))
  if (accepting === undefined) throw new UsageError('The review has no known form', name, known)
  return accepting
}
