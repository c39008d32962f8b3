import assert from 'node:assert/strict'
import type { ClaimKind, ClaimOf, ForeignFinding, ForeignReview } from '../../src/verify/claim.ts'
import { readReview } from '../../src/verify/read.ts'

/** Reads a document that a test gives as data, through the same door as the program. */
export async function readDocument(document: unknown): Promise<ForeignReview> {
  return readReview(JSON.stringify(document, undefined, 1), 'review.json')
}

/** The only finding of a review. */
export function onlyFinding({ findings }: ForeignReview): ForeignFinding {
  const [finding] = findings
  assert.equal(findings.length, 1)
  assert.ok(finding !== undefined)
  return finding
}

/** Claims of one kind. */
export function claimsOf<Kind extends ClaimKind>(finding: ForeignFinding, kind: Kind): readonly ClaimOf<Kind>[] {
  return finding.claims.filter((claim): claim is ClaimOf<Kind> => claim.kind === kind)
}

/** Checks that what a claim repeats stands in the review where the claim says. */
export function assertPlaced(review: ForeignReview, finding: ForeignFinding): void {
  for (const claim of finding.claims) {
    const said = review.text.slice(claim.span.start, claim.span.end)
    if (claim.kind === 'file') assert.ok(decodeURIComponent(said).endsWith(claim.path.slice(-10)), `${claim.path} at ${said}`)
    if (claim.kind === 'weakness') assert.match(said, new RegExp(`${claim.id}`, 'u'))
    if (claim.kind === 'lines') assert.match(said, new RegExp(`${claim.ranges[0]?.start ?? ''}`, 'u'))
    if (claim.kind === 'description') assert.equal(JSON.parse(`"${said}"`), claim.text)
  }
}
