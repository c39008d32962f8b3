import type { Span } from '../core/text.ts'
import type { Claim, ForeignFinding, ForeignReview, OtherPlace } from './claim.ts'
import type { JsonValue } from './reader.ts'
import { StringPlaces } from './structured/string-places.ts'

/** The string that holds a review inside the record of a command line: `{"type": "result", "result": "..."}`. */
export function wrappedReview(
  json: JsonValue | undefined,
): Extract<JsonValue, { readonly kind: 'string' }> | undefined {
  if (json?.kind !== 'object') return undefined
  const type = json.members.get('type')
  const result = json.members.get('result')
  return type?.kind === 'string' && type.value === 'result' && result?.kind === 'string' ? result : undefined
}

/** A review that was read from a string of a text, with its places in that text. */
export function unwrapped(review: ForeignReview, text: string, node: JsonValue): ForeignReview {
  const places = new StringPlaces(text, node)
  const moved = <Part extends { readonly span: Span }>(part: Part): Part => ({ ...part, span: places.span(part.span) })
  const claim = (each: Claim): Claim =>
    moved(each.kind === 'flow' ? { ...each, steps: each.steps.map(moved<OtherPlace>) } : each)
  const finding = (each: ForeignFinding): ForeignFinding => ({
    ...moved(each),
    claims: each.claims.map(claim),
    ...(each.otherPlaces === undefined ? {} : { otherPlaces: each.otherPlaces.map(moved<OtherPlace>) }),
  })
  return {
    ...review,
    text,
    findings: review.findings.map(finding),
    revisions: review.revisions.map(moved),
    conclusions: review.conclusions.map(moved),
    // The record around it is the command's own.
    neutral: [
      { start: 0, end: node.start },
      { start: node.end, end: text.length },
      ...review.neutral.map((span) => places.span(span)),
    ],
  }
}
