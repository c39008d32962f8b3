import type { Check } from '../check.ts'
import type { Verdict } from '../verdict.ts'
import { saidBy } from '../words.ts'

/** Severity words: on a scale or on none. What they weigh depends on deployment and is not judged. */
export const check: Check = {
  subject: 'severity',
  summary: 'the severity is a word of a known scale',
  judge({ finding, file }, { review, sources }) {
    return finding.claims
      .filter((claim) => claim.kind === 'severity')
      .map((claim): Verdict => {
        const about = { subject: 'severity' as const, evidence: [], said: saidBy(review.text, claim) }
        if (claim.level === undefined) {
          return { ...about, verdict: 'not-checkable', code: 'no-scale', reason: 'The word is on no common scale.' }
        }
        const isHigh = claim.level === 'high' || claim.level === 'critical'
        if (isHigh && file.path !== '' && sources.isTest(file.path)) {
          return {
            ...about,
            verdict: 'unsupported',
            code: 'test-code',
            reason: 'The code is test code; nothing in the tree supports so high a severity.',
          }
        }
        return {
          ...about,
          verdict: 'not-checkable',
          code: 'deployment',
          reason: 'How severe it is depends on deployment and is not decided.',
        }
      })
  },
}
