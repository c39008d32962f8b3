import type { Claim } from '../claim.ts'
import { readFinding } from '../prose/finding.ts'
import { splitLines } from '../prose/lines.ts'
import { pathMentions } from '../prose/mentions.ts'
import { REVIEW_LIMITS } from '../reader.ts'
import type { StructuredReview } from './document.ts'
import type { Words } from './record.ts'
import { StringPlaces } from './string-places.ts'

/** Claims of a finding that is written in markdown inside a record; commits named in addresses become revisions. */
export function markdownClaims(review: StructuredReview, words: Words | undefined): readonly Claim[] {
  if (words === undefined) return []
  const places = new StringPlaces(review.text, words.node)
  const value = words.value.slice(0, REVIEW_LIMITS.proseCharacters)
  const document = splitLines(value)
  for (const { commit, span } of pathMentions(value)) if (commit !== '') review.addRevision(commit, places.span(span))
  const { claims } = readFinding(document, { first: 0, last: document.lines.length, form: 'document', group: -1 })
  const placed = claims.map((claim) => ({ ...claim, span: places.span(claim.span) }))
  for (const claim of placed) if (claim.kind === 'description') review.addUnread(claim.span)
  return placed
}
