import type { ConsideredPlace, Finding } from '../../review/review.ts'
import { driftClass, driftOf } from '../drift.ts'
import type { Evidence, LocatedFinding, Sources } from '../evidence.ts'
import { isFamily } from '../family.ts'
import type { FlowClaim, OtherPlace } from '../claim.ts'
import { codeOf } from '../code-text.ts'
import { findVerbatim } from '../match-quote.ts'
import type { Premise } from '../premise.ts'
import { cleanQuote } from '../quoted-code.ts'
import { tidy } from '../resolve-path.ts'
import type { EvidenceItem, Verdict } from '../verdict.ts'
import { codeEvidence, counted, linesInWords, oneLine } from '../words.ts'

/** Whether Assay finds the same weakness there itself, and whether the steps of a claimed flow exist. */
export const premise: Premise = {
  subject: 'flow',
  summary: 'data gets where the finding says, by a search of our own',
  async judge(located, evidence) {
    const claims = located.finding.claims.filter((claim) => claim.kind === 'flow')
    const searched = await searchFlow(located, evidence)
    const steps = claims.flatMap((claim) => (claim.steps.length === 0 ? [] : [{ ...judgeSteps(claim, located, evidence), ...saidIn(claim) }]))
    if (searched === undefined) return steps
    const [first] = claims
    return [{ ...searched, ...(first === undefined ? {} : saidIn(first)) }, ...steps]
  },
}

function saidIn({ text, span }: FlowClaim): Pick<Verdict, 'said'> {
  return { said: { text: oneLine(text), span } }
}

/** What the engine says of the place; `undefined` when nothing was claimed and it says nothing. */
async function searchFlow(located: LocatedFinding, evidence: Evidence): Promise<Verdict | undefined> {
  const { anchor, finding } = located
  const isClaimed = finding.claims.some((claim) => claim.kind === 'flow')
  const ids = finding.claims.filter((claim) => claim.kind === 'weakness').map((claim) => claim.id)
  const nothing = (code: string, reason: string): Verdict | undefined => {
    return isClaimed ? { subject: 'flow', verdict: 'not-checkable', code, reason, evidence: [] } : undefined
  }
  if (anchor === undefined) return nothing('no-place', 'Without a place no flow can be searched for.')
  const answer = await evidence.engine.about(anchor.path, ids)
  if (!answer.isAvailable) return nothing('no-engine', answer.reason)
  const isNear = (place: { readonly line: number, readonly endLine: number }): boolean => {
    const delta = driftClass(driftOf(place, [{ start: anchor.line, end: anchor.endLine }]))
    return delta === 'none' || delta === 'slight'
  }
  const isSame = (cwe: number): boolean => ids.some((id) => isFamily(evidence.catalogue, id, cwe))
  const found = answer.findings.find((each) => isNear(each.place) && isSame(each.cwe))
  if (found !== undefined) return corroborated(found, evidence)
  const considered = answer.places.find((each) => isNear(each.place) && isSame(each.cwe))
  if (considered !== undefined) return judgedPlace(considered, evidence, isClaimed)
  return nothing('no-rule', ids.length === 0 ? 'The review names no weakness to search for.' : 'Assay has no rule for this weakness that looks at the place.')
}

/** Steps of a route that are shown. */
const MAX_STEPS = 8

function corroborated(found: Finding, { sources }: Evidence): Verdict {
  const steps: readonly EvidenceItem[] = found.evidence.steps.slice(0, MAX_STEPS)
    .map((step) => codeEvidence(sources, step.path, step.line, `${step.role}: ${step.what}`, step.endLine))
  const own: EvidenceItem = { kind: 'engine', rule: found.rule, outcome: 'found', text: found.why }
  const route = found.evidence.steps.length > 1 ? ` by a route of ${counted(found.evidence.steps.length, 'step')}` : ''
  return {
    subject: 'flow', verdict: 'confirmed', code: 'corroborated',
    reason: `Assay reports ${found.title} there itself${route}.`, evidence: [own, ...steps],
  }
}

function judgedPlace(place: ConsideredPlace, { sources }: Evidence, isClaimed: boolean): Verdict | undefined {
  const { because } = place
  const own: EvidenceItem = { kind: 'engine', rule: place.rule, outcome: place.outcome, text: place.why }
  const shown = because === undefined ? [] : [codeEvidence(sources, because.path, because.line, 'what decides it', because.endLine)]
  const at = linesInWords(place.place.line, place.place.endLine)
  const about = { subject: 'flow' as const, evidence: [own, ...shown] }
  if (!isClaimed && place.outcome !== 'safe') return undefined
  if (place.outcome === 'safe') return { ...about, verdict: 'unsupported', code: 'engine-safe', reason: `Assay considered ${at} and takes it for safe: ${place.why}` }
  if (place.outcome === 'no-source') return { ...about, verdict: 'unsupported', code: 'no-source', reason: `Assay considered ${at} and knows no untrusted source that reaches it.` }
  return { ...about, verdict: 'not-checkable', code: 'undecided', reason: `Assay considered ${at} and could not decide it: ${place.why}` }
}

/** Steps of one flow that are looked at. */
const MAX_CLAIMED = 200

/** The steps of a structured flow: each must be a place of the tree, with the code that the review gives for it. */
function judgeSteps({ steps }: FlowClaim, { file }: LocatedFinding, { sources }: Evidence): Omit<Verdict, 'said'> {
  const about = { subject: 'flow' as const, evidence: [] }
  const looked = steps.slice(0, MAX_CLAIMED)
  const judged = looked.map((step) => ({ step, is: judgeStep(step, file.path, sources) }))
  const missing = judged.filter((each) => each.is === 'missing')
  const [first] = missing
  if (first !== undefined) {
    const { path, startLine } = first.step
    const where = startLine === undefined ? oneLine(path) : `${oneLine(path)}:${startLine}`
    return { ...about, verdict: 'contradicted', code: 'missing-step', reason: `${counted(missing.length, 'step')} of ${looked.length} ${missing.length === 1 ? 'does' : 'do'} not stand where the review says, first ${where}.` }
  }
  if (judged.every((each) => each.is === 'same')) {
    return { ...about, verdict: 'confirmed', code: 'steps', reason: `All ${counted(looked.length, 'step')} stand where the review says; that data passes them was not decided by that.` }
  }
  return { ...about, verdict: 'not-checkable', code: 'steps', reason: `All ${counted(looked.length, 'step')} are places of the tree; that data passes them was not decided by that.` }
}

/** `same`: the quoted code stands there. `there`: the line exists, and nothing is quoted. */
function judgeStep({ path, startLine, quote }: OtherPlace, own: string, sources: Sources): 'same' | 'there' | 'missing' {
  const known = path === '' ? own : pathOf(path, sources)
  const source = known === undefined ? undefined : sources.text(known)
  if (known === undefined || source === undefined) return known !== undefined && sources.skipped(known) !== undefined ? 'there' : 'missing'
  if (startLine !== undefined && startLine > source.lineCount) return 'missing'
  const clean = quote === undefined ? undefined : cleanQuote(quote)
  if (clean === undefined || startLine === undefined || clean.squashed.length < SHORTEST_QUOTE) return 'there'
  const code = codeOf(sources, known)
  const found = code === undefined ? undefined : findVerbatim(code, clean, startLine)
  if (found === undefined) return 'missing'
  return driftClass(driftOf(found, [{ start: startLine, end: startLine }])) === 'none' ? 'same' : 'missing'
}

/** Shorter quotes stand anywhere. */
const SHORTEST_QUOTE = 4

function pathOf(cited: string, sources: Sources): string | undefined {
  const path = tidy(cited)
  if (path === undefined) return undefined
  return sources.has(path) ? path : sources.paths.find((each) => path.endsWith(`/${each}`) || each.endsWith(`/${path}`))
}
