import type { RecommendationClaim } from '../claim.ts'
import type { Evidence, LocatedFinding } from '../evidence.ts'
import { statedIntents } from '../intent.ts'
import type { Premise } from '../premise.ts'
import { inlineCodes } from '../prose/mentions.ts'
import type { Verdict } from '../verdict.ts'
import { codeEvidence, linesInWords, oneLine } from '../words.ts'

/** Whether advice is concrete, and whether it would undo what the code says it is for. */
export const premise: Premise = {
  subject: 'recommendation',
  summary: 'the advice is concrete and does not defeat what the code is for',
  judge(located, evidence) {
    return located.finding.claims
      .filter((claim) => claim.kind === 'recommendation')
      .map((claim) => ({
        subject: 'recommendation' as const,
        ...judgeAdvice(claim, located, evidence),
        said: { text: oneLine(claim.text), span: claim.span },
      }))
  },
}

type Judged = Omit<Verdict, 'subject' | 'said'>

/** Advice that changes the order of things or takes something away. */
const CHANGES =
  /\b(?:reverse|reorder|swap|before|after|first|remove|delete|drop|disable|eliminate|get rid of|do not|don't|never|stop)\b/i

function judgeAdvice(claim: RecommendationClaim, { file, anchor }: LocatedFinding, { sources }: Evidence): Judged {
  const path = anchor?.path ?? file.path
  const source = sources.text(path)
  if (source !== undefined && anchor !== undefined && CHANGES.test(claim.text)) {
    const openers = sources.languageOf(path)?.lineComments ?? DEFAULT_OPENERS
    const [intent] = statedIntents(source, anchor.line, openers, claim.text)
    if (intent !== undefined) {
      const shown = codeEvidence(sources, path, intent.line, 'the stated purpose', intent.endLine)
      const where = linesInWords(intent.line, intent.endLine)
      if (sources.isTest(path)) {
        return {
          verdict: 'contradicted',
          code: 'contradicts-intent',
          defect: { substance: 'refuted' },
          evidence: [shown],
          reason: `The test needs what the advice would undo; ${where}: ${oneLine(intent.text)}`,
        }
      }
      return {
        verdict: 'not-checkable',
        code: 'against-intent',
        reason: `The code states a purpose that the advice may touch; ${where}: ${oneLine(intent.text)}`,
        evidence: [shown],
      }
    }
  }
  const isConcrete = claim.code !== '' || inlineCodes(claim.text).length > 0 || /\w\(\)|\b\w+\.\w+\(/.test(claim.text)
  return isConcrete
    ? {
        verdict: 'not-checkable',
        code: 'concrete',
        reason: 'It names code; whether it would cure the weakness was not tried.',
        evidence: [],
      }
    : { verdict: 'not-checkable', code: 'vague', reason: 'It names nothing that could be checked.', evidence: [] }
}

/** Where the language is not known. */
const DEFAULT_OPENERS: readonly string[] = ['#', '//']
