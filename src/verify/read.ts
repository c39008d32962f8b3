import { UsageError } from '../core/problem.ts'
import type { ForeignReview } from './claim.ts'
import { verifierParts } from './discover.ts'
import { readJson } from './json.ts'
import type { ReviewInput, ReviewReader } from './reader.ts'

/**
 * Understands a review by the reader of that name, or by the first that accepts
 * it. Throws a `UsageError` when there is none.
 */
export async function readReview(text: string, name: string, format?: string): Promise<ForeignReview> {
  const { readers } = await verifierParts()
  const input = inputOf(text)
  return readerFor(readers, input, name, format).read(input)
}

function inputOf(text: string): ReviewInput {
  const start = text.trimStart()[0]
  // A byte order mark counts as white space here.
  if (start !== '{' && start !== '[') return { text, json: undefined }
  const outcome = readJson(text)
  return { text, json: 'value' in outcome ? outcome.value : undefined }
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
  const accepting = readers.find((each) => each.accepts(input))
  if (accepting === undefined) throw new UsageError('The review has no known form', name, known)
  return accepting
}
