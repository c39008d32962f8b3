import type { ConsideredPlace, Finding } from '../../review/review.ts'
import { driftClass, driftOf } from '../drift.ts'
import type { Evidence, LocatedFinding } from '../evidence.ts'
import { isFamily } from '../family.ts'
import type { FlowClaim } from '../claim.ts'
import { judgeSteps } from '../flow-steps.ts'
import type { Premise } from '../premise.ts'
import type { EvidenceItem, Verdict } from '../verdict.ts'
import { codeEvidence, counted, linesInWords, oneLine } from '../words.ts'

/** Whether Assay finds the same weakness there itself, and whether the steps of a claimed flow exist. */
export const premise: Premise = {
  subject: 'flow',
  summary: 'data gets where the finding says, by a search of our own',
  async judge(located, evidence) {
    const claims = located.finding.claims.filter((claim) => claim.kind === 'flow')
    const { verdict, own } = await searchFlow(located, evidence)
    const steps = claims.flatMap((claim) =>
      claim.steps.length === 0 ? [] : [{ ...judgeSteps(claim, located, evidence.sources, own), ...saidIn(claim) }],
    )
    if (verdict === undefined) return steps
    const [first] = claims
    return [{ ...verdict, ...(first === undefined ? {} : saidIn(first)) }, ...steps]
  },
}

function saidIn({ text, span }: FlowClaim): Pick<Verdict, 'said'> {
  return { said: { text: oneLine(text), span } }
}

interface Searched {
  /** `undefined` when nothing was claimed and the engine says nothing. */
  readonly verdict: Verdict | undefined
  /** What Assay reports there itself. */
  readonly own?: Finding
}

/** What the engine says of the place. */
async function searchFlow(located: LocatedFinding, evidence: Evidence): Promise<Searched> {
  const { anchor, finding } = located
  const isClaimed = finding.claims.some((claim) => claim.kind === 'flow')
  const ids = finding.claims.filter((claim) => claim.kind === 'weakness').map((claim) => claim.id)
  const nothing = (verdict: 'not-checkable' | 'unsupported', code: string, reason: string): Searched => {
    return { verdict: isClaimed ? { subject: 'flow', verdict, code, reason, evidence: [] } : undefined }
  }
  if (anchor === undefined) return nothing('not-checkable', 'no-place', 'Without a place no flow can be searched for.')
  const answer = await evidence.engine.about(anchor.path, ids)
  if (!answer.isAvailable) return nothing('not-checkable', 'no-engine', answer.reason)
  const isNear = (place: { readonly line: number; readonly endLine: number }): boolean => {
    const delta = driftClass(driftOf(place, [{ start: anchor.line, end: anchor.endLine }]))
    return delta === 'none' || delta === 'slight'
  }
  const isSame = ({ cwe }: { readonly cwe: number }): boolean => ids.some((id) => isFamily(evidence.catalogue, id, cwe))
  const found = answer.findings.find((each) => isNear(each.place) && isSame(each))
  if (found !== undefined) return { verdict: corroborated(found, ids, evidence), own: found }
  const known = answer.places.filter(isSame)
  const considered = known.find((each) => isNear(each.place))
  if (considered !== undefined) return { verdict: judgedPlace(considered, evidence, isClaimed) }
  if (ids.length === 0) return nothing('not-checkable', 'no-rule', 'The review names no weakness to search for.')
  const elsewhere =
    known.length === 0
      ? 'none in the file'
      : `${counted(known.length, 'one')} elsewhere in the file`.replace('1 one', 'one')
  return nothing(
    'unsupported',
    'no-sink',
    `Assay searches for this weakness and knows no place for it in these lines (${elsewhere}).`,
  )
}

/** Steps of a route that are shown. */
const MAX_STEPS = 8

function corroborated(found: Finding, ids: readonly number[], { sources }: Evidence): Verdict {
  const steps: readonly EvidenceItem[] = found.evidence.steps
    .slice(0, MAX_STEPS)
    .map((step) => codeEvidence(sources, step.path, step.line, `${step.role}: ${step.what}`, step.endLine))
  const own: EvidenceItem = { kind: 'engine', rule: found.rule, outcome: 'found', text: found.why }
  const route = found.evidence.steps.length > 1 ? ` by a route of ${counted(found.evidence.steps.length, 'step')}` : ''
  return {
    subject: 'flow',
    verdict: 'confirmed',
    code: 'corroborated',
    reason: `Assay reports ${ids.includes(found.cwe) ? `CWE-${found.cwe}` : found.title} there itself${route}.`,
    evidence: [own, ...steps],
  }
}

function judgedPlace(place: ConsideredPlace, { sources }: Evidence, isClaimed: boolean): Verdict | undefined {
  const { because } = place
  const own: EvidenceItem = { kind: 'engine', rule: place.rule, outcome: place.outcome, text: place.why }
  const shown =
    because === undefined ? [] : [codeEvidence(sources, because.path, because.line, 'what decides it', because.endLine)]
  const at = linesInWords(place.place.line, place.place.endLine)
  const about = { subject: 'flow' as const, evidence: [own, ...shown] }
  if (!isClaimed && place.outcome !== 'safe') return undefined
  if (place.outcome === 'safe') {
    return {
      ...about,
      verdict: 'unsupported',
      code: 'engine-safe',
      reason: `Assay considered ${at} and takes it for safe: ${place.why}`,
    }
  }
  if (place.outcome === 'no-source') {
    return {
      ...about,
      verdict: 'unsupported',
      code: 'no-source',
      reason: `Assay considered ${at} and knows no untrusted source that reaches it.`,
    }
  }
  return {
    ...about,
    verdict: 'not-checkable',
    code: 'undecided',
    reason: `Assay considered ${at} and could not decide it: ${place.why}`,
  }
}
