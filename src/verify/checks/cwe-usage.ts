import { primaryProblem } from '../../cwe/usage.ts'
import type { Catalogue } from '../../cwe/catalogue.ts'
import type { Check } from '../check.ts'
import type { Verdict } from '../verdict.ts'
import { entryEvidence, saidBy } from '../words.ts'

/** Offers in place of an id that are told. */
const SHOWN = 7

/** Whether a finding may be mapped to each cited id. It never bears on the substance. */
export const check: Check = {
  subject: 'cwe.usage',
  summary: 'CWE allows the entry for mapping findings',
  judge({ finding }, { catalogue, review }) {
    const claims = finding.claims.filter((claim) => claim.kind === 'weakness')
    const first = new Map(claims.map((claim) => [claim.id, claim]))
    return [...first.values()].flatMap((claim) => {
      const verdict = judgeUsage(catalogue, claim.id)
      return verdict === undefined ? [] : [{ ...verdict, said: saidBy(review.text, claim) }]
    })
  },
}

function judgeUsage(catalogue: Catalogue, id: number): Verdict | undefined {
  const weakness = catalogue.get(id)
  if (weakness === undefined || weakness.status === 'Deprecated') return undefined
  const problem = primaryProblem(catalogue, id)
  const offers = problem?.suggestions.slice(0, SHOWN) ?? []
  const offered =
    offers.length === 0 ? '' : ` More specific: ${offers.map((each) => `CWE-${each.id} (${each.usage})`).join(', ')}.`
  const evidence = [entryEvidence(catalogue, id), ...offers.map((each) => entryEvidence(catalogue, each.id))]
  const reasons = weakness.mappingReasons.filter((each) => each !== 'Acceptable-Use').join(', ')
  const because = reasons === '' ? '' : ` (${reasons})`
  const about = { subject: 'cwe.usage' as const, evidence }
  switch (weakness.mapping) {
    case 'Allowed':
      return { ...about, verdict: 'confirmed', code: 'allowed', reason: 'CWE allows mapping to it.' }
    case 'Allowed-with-Review':
      return {
        ...about,
        verdict: 'confirmed',
        code: 'allowed-with-review',
        reason: `CWE allows mapping to it with review${because}.${offered}`,
      }
    case 'Discouraged':
      return {
        ...about,
        verdict: 'near',
        code: 'discouraged',
        defect: { label: 'imprecise' },
        reason: `CWE discourages mapping to it${because}.${offered}`,
      }
    case 'Prohibited':
      return {
        ...about,
        verdict: 'contradicted',
        code: 'prohibited',
        defect: { label: 'not-mappable' },
        reason: `CWE prohibits mapping to it${because}.${offered}`,
      }
  }
}
