import type { ConclusionClaim, ForeignReview, RevisionClaim, SeverityLevel } from './claim.ts'
import type { VerifiedFinding, VerifiedRevision } from './result.ts'
import type { Verdict } from './verdict.ts'
import { counted, oneLine } from './words.ts'

/** Substances that bear a conclusion out. */
const BORNE_OUT: ReadonlySet<string> = new Set(['corroborated', 'grounded'])

/** Judges what a review says of the whole by its own findings and what became of them. */
export function judgeConclusions(
  review: ForeignReview,
  findings: readonly VerifiedFinding[],
  revision: VerifiedRevision,
): readonly Verdict[] {
  const revisions = review.revisions
    .slice(0, MAX_REVISIONS)
    .map((claim) => ({
      ...judgeRevision(claim, revision),
      said: { text: oneLine(review.text.slice(claim.span.start, claim.span.end)), span: claim.span },
      evidence: [],
    }))
  return [
    ...revisions,
    ...review.conclusions.map((claim) => ({
      ...judgeOne(claim, review, findings),
      said: { text: oneLine(claim.text), span: claim.span },
      evidence: [],
    })),
  ]
}

/** Revisions that are judged. */
const MAX_REVISIONS = 20

function judgeRevision({ revision: named }: RevisionClaim, { commit, from }: VerifiedRevision): Judged {
  const subject = 'revision'
  if (commit !== '' && commit.startsWith(named.toLowerCase())) {
    return {
      subject,
      verdict: 'confirmed',
      code: 'used',
      reason: `It is in the repository, and the review was judged at it: ${commit}.`,
    }
  }
  if (from === 'given') {
    return {
      subject,
      verdict: 'not-checkable',
      code: 'other',
      reason: `The review was judged at ${commit.slice(0, 10)}, which was asked for.`,
    }
  }
  return {
    subject,
    verdict: 'not-checkable',
    code: 'unknown',
    reason: 'The review was not judged at it; what is missing may stand there.',
  }
}

type Judged = Pick<Verdict, 'subject' | 'verdict' | 'code' | 'reason'>

function judgeOne(claim: ConclusionClaim, review: ForeignReview, findings: readonly VerifiedFinding[]): Judged {
  switch (claim.kind) {
    case 'count':
      return judgeCount(claim, review)
    case 'clean':
      return judgeClean(findings)
    case 'secure':
      return judgeSecure(review, findings)
    case 'other':
      return {
        subject: 'conclusion',
        verdict: 'not-checkable',
        code: 'opinion',
        reason: 'It says nothing that code or catalogue could decide.',
      }
  }
}

function judgeCount({ count = 0, level }: ConclusionClaim, { findings }: ForeignReview): Judged {
  const of =
    level === undefined
      ? findings.length
      : findings.filter((each) => each.claims.some((claim) => claim.kind === 'severity' && claim.level === level))
          .length
  const what = level === undefined ? counted(of, 'finding') : `${counted(of, 'finding')} of severity ${level}`
  if (of === count) return { subject: 'count', verdict: 'confirmed', code: 'count', reason: `The review has ${what}.` }
  // A number of one severity may count what is told in another way.
  if (level !== undefined && of === 0) {
    return {
      subject: 'count',
      verdict: 'not-checkable',
      code: 'count',
      reason: 'The findings do not say their severity.',
    }
  }
  return { subject: 'count', verdict: 'contradicted', code: 'count', reason: `The review has ${what}.` }
}

function judgeClean(findings: readonly VerifiedFinding[]): Judged {
  return findings.length === 0
    ? {
        subject: 'conclusion',
        verdict: 'not-checkable',
        code: 'clean',
        reason: 'That there is nothing cannot be confirmed by looking.',
      }
    : {
        subject: 'conclusion',
        verdict: 'not-checkable',
        code: 'partial',
        reason: `The review has ${counted(findings.length, 'finding')}; what is said to be clean is not told apart.`,
      }
}

const SERIOUS: ReadonlySet<SeverityLevel | undefined> = new Set(['high', 'critical'])

function judgeSecure({ findings: claimed }: ForeignReview, findings: readonly VerifiedFinding[]): Judged {
  const serious = claimed.filter((each) =>
    each.claims.some((claim) => claim.kind === 'severity' && SERIOUS.has(claim.level)),
  )
  if (serious.length > 0) {
    return {
      subject: 'conclusion',
      verdict: 'contradicted',
      code: 'own-findings',
      reason: `The review itself reports ${counted(serious.length, 'finding')} of high or critical severity.`,
    }
  }
  const standing = findings.filter((each) => BORNE_OUT.has(each.substance))
  const reason =
    findings.length === 0
      ? 'Nothing in the review supports it.'
      : `${counted(standing.length, 'finding')} of ${findings.length} ${standing.length === 1 ? 'is' : 'are'} borne out; that says nothing of the rest of the code.`
  return { subject: 'conclusion', verdict: 'unsupported', code: 'secure', reason }
}
