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

/** A text that is meant as JSON has to be JSON: read as prose, a document that was cut off would look clean. */
function inputOf(text: string): ReviewInput {
  if (!beginsLikeJson(text, afterSpace(text, 0))) return { text, json: embeddedJson(text) }
  const outcome = readJson(text)
  return { text, json: 'value' in outcome ? outcome.value : undefined }
}

/** Whether the whole text is JSON, or was meant to be. */
function isAllJson({ text, json }: ReviewInput): boolean {
  const start = afterSpace(text, 0)
  return beginsLikeJson(text, start) && (json === undefined || json.start <= start)
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
  if (isAllJson(input)) requireJson(input, name)
  const accepting = readers.find((each) => each.accepts(input) && !(each.isForProse === true && isAllJson(input)))
  if (accepting === undefined) throw new UsageError('The review has no known form', name, known)
  return accepting
}
