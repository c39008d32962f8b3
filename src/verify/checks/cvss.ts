import type { Check } from '../check.ts'
import type { CvssClaim, ForeignFinding, SeverityLevel } from '../claim.ts'
import { ratingOf, scoreVector, type CvssOutcome } from '../cvss.ts'
import type { LocatedFinding, Sources } from '../evidence.ts'
import type { Verdict } from '../verdict.ts'
import { saidBy } from '../words.ts'

/** Whether a CVSS vector can be read, its score is the one given, and the severity word is that score's. */
export const check: Check = {
  subject: 'cvss',
  summary: 'CVSS vector, score and rating agree',
  judge(located, { review, sources }) {
    const claims = located.finding.claims.filter((claim) => claim.kind === 'cvss')
    return claims.flatMap((claim) => judgeCvss(claim, located, sources).map((verdict) => ({
      subject: 'cvss' as const, evidence: [], said: saidBy(review.text, claim), ...verdict,
    })))
  },
}

type Judged = Pick<Verdict, 'verdict' | 'code' | 'reason'>

function judgeCvss(claim: CvssClaim, located: LocatedFinding, sources: Sources): readonly Judged[] {
  const outcome = claim.vector === '' ? undefined : scoreVector(claim.vector)
  if (outcome !== undefined && 'refusal' in outcome) {
    return [{ verdict: 'contradicted', code: 'no-vector', reason: `The vector is not valid: ${outcome.refusal}.` }]
  }
  const computed = outcome?.score
  const judged: Judged[] = []
  if (outcome !== undefined && computed === undefined) {
    judged.push({
      verdict: 'not-checkable',
      code: 'version',
      reason: `The vector can be read; scores of CVSS ${outcome.version} are not computed.`,
    })
  }
  if (computed !== undefined) judged.push(scoreVerdict(claim, computed))
  const level = severityOf(located.finding)
  const score = computed ?? claim.score
  if (level !== undefined && score !== undefined) {
    judged.push(...ratingVerdict(level, score, outcome?.version === '2.0'))
  }
  return [...judged, ...reachVerdict(outcome, located, sources)]
}

function scoreVerdict({ score }: CvssClaim, computed: number): Judged {
  if (score === undefined) {
    return {
      verdict: 'confirmed',
      code: 'vector',
      reason: `The vector is valid; its base score is ${computed.toFixed(1)}.`,
    }
  }
  return Math.abs(score - computed) < 0.05
    ? { verdict: 'confirmed', code: 'score', reason: `The vector's base score is ${computed.toFixed(1)}.` }
    : {
        verdict: 'contradicted',
        code: 'score',
        reason: `The vector's base score is ${computed.toFixed(1)}, not ${score.toFixed(1)}.`,
      }
}

function ratingVerdict(level: SeverityLevel, score: number, isOld: boolean): readonly Judged[] {
  const rating = ratingOf(score)
  // Version 2 has no word for critical; people use the words of version 3 for both.
  if (rating === level || isOld) return []
  return [
    {
      verdict: 'contradicted',
      code: 'rating',
      reason: `A score of ${score.toFixed(1)} is rated ${rating}, not ${level}.`,
    },
  ]
}

/** "Over the network" for code that only tests run. */
function reachVerdict(outcome: CvssOutcome | undefined, { file }: LocatedFinding, sources: Sources): readonly Judged[] {
  if (outcome === undefined || 'refusal' in outcome || outcome.metrics.get('AV') !== 'N') return []
  if (file.path === '' || !sources.isTest(file.path)) return []
  return [{ verdict: 'unsupported', code: 'test-code', reason: 'The vector says the network; the code is test code.' }]
}

function severityOf({ claims }: ForeignFinding): SeverityLevel | undefined {
  for (const claim of claims) if (claim.kind === 'severity' && claim.level !== undefined) return claim.level
  return undefined
}
