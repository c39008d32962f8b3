import type { Catalogue } from '../../cwe/catalogue.ts'
import type { Check } from '../check.ts'
import type { WeaknessClaim } from '../claim.ts'
import type { EvidenceItem, Verdict } from '../verdict.ts'
import { entryEvidence, saidBy } from '../words.ts'

/** Whether each cited id is a weakness of the catalogue. */
export const check: Check = {
  subject: 'cwe.id',
  summary: 'the CWE entry exists and is a weakness',
  judge({ finding }, { catalogue, review }) {
    const claims = finding.claims.filter((claim) => claim.kind === 'weakness')
    const first = new Map(claims.map((claim) => [claim.id, claim]))
    if (first.size === 0) {
      return [
        {
          subject: 'cwe.id',
          verdict: 'not-stated',
          code: 'no-id',
          reason: 'The review gives no CWE id.',
          evidence: [],
        },
      ]
    }
    return [...first.values()].map((claim) => ({ ...judgeId(catalogue, claim), said: saidBy(review.text, claim) }))
  },
}

function judgeId(catalogue: Catalogue, { id }: WeaknessClaim): Verdict {
  const entry = catalogue.entry(id)
  const evidence: readonly EvidenceItem[] = entry === undefined ? [] : [entryEvidence(catalogue, id)]
  const about = { subject: 'cwe.id' as const, evidence }
  if (entry === undefined) {
    return {
      ...about,
      verdict: 'contradicted',
      code: 'no-such-id',
      defect: { label: 'wrong' },
      reason: `CWE-${id} is not in CWE ${catalogue.version}.`,
    }
  }
  if (entry.kind !== 'weakness') {
    const reason = `CWE-${id} is the ${entry.kind} "${entry.record.name}", which groups weaknesses and is none.`
    return { ...about, verdict: 'confirmed', code: entry.kind, defect: { label: 'not-mappable' }, reason }
  }
  const { record } = entry
  if (record.status === 'Deprecated') {
    const successors = record.replacedBy ?? []
    const instead =
      successors.length === 0 ? '' : ` In its place: ${successors.map((each) => catalogue.title(each)).join('; ')}.`
    const offered = successors.map((each) => entryEvidence(catalogue, each))
    return {
      ...about,
      verdict: 'confirmed',
      code: 'deprecated',
      defect: { label: 'not-mappable' },
      evidence: [...evidence, ...offered],
      reason: `CWE-${id} is deprecated.${instead}`,
    }
  }
  return {
    ...about,
    verdict: 'confirmed',
    code: record.abstraction.toLowerCase(),
    reason: `CWE-${id} is a ${record.abstraction}: ${record.name}.`,
  }
}
