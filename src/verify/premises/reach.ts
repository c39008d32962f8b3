import type { Evidence, LocatedFinding, Sources } from '../evidence.ts'
import { cleanQuote } from '../quoted-code.ts'
import type { Premise } from '../premise.ts'
import { calledNames, definitionsIn } from '../scope.ts'
import type { EvidenceItem, Verdict } from '../verdict.ts'
import { codeEvidence, counted, oneLine } from '../words.ts'

/** Definitions of one name that are shown. */
const SHOWN = 3

/** Whether somebody can get at what the finding speaks of: is it defined anywhere but in test code? */
export const premise: Premise = {
  subject: 'reach',
  summary: 'what somebody is said to get at exists outside test code',
  judge(located, evidence) {
    const claims = located.finding.claims.filter((claim) => claim.kind === 'reach')
    if (claims.length === 0) return []
    const judged = judgeReach(located, evidence)
    return claims.map((claim) => ({
      subject: 'reach' as const,
      ...judged,
      said: { text: oneLine(claim.text), span: claim.span },
    }))
  },
}

type Judged = Pick<Verdict, 'verdict' | 'code' | 'reason' | 'evidence' | 'defect'>

function judgeReach(located: LocatedFinding, { sources }: Evidence): Judged {
  const path = located.anchor?.path ?? located.file.path
  if (path === '') return { verdict: 'not-checkable', code: 'no-file', reason: 'The file is not known.', evidence: [] }
  if (!sources.isTest(path)) {
    return {
      verdict: 'not-checkable',
      code: 'deployment',
      reason: 'Who gets there depends on deployment and on the code around; it is not decided.',
      evidence: [],
    }
  }
  const definitions = definitionsOfCalls(located, sources)
  const outside = definitions.find((each) => !each.isTest)
  if (definitions.length === 0 || outside !== undefined) {
    const evidence: readonly EvidenceItem[] =
      outside === undefined ? [] : [codeEvidence(sources, outside.path, outside.line, 'defined outside test code')]
    return {
      verdict: 'unsupported',
      code: 'test-code',
      reason: 'The place is test code, which no user of the program reaches; what it calls may be reached otherwise.',
      evidence,
    }
  }
  const names = [...new Set(definitions.map((each) => each.name))].join(', ')
  return {
    verdict: 'contradicted',
    code: 'only-in-tests',
    defect: { substance: 'refuted' },
    reason: `${names} is defined in test code only (${counted(definitions.length, 'definition')}); no user of the program reaches it.`,
    evidence: definitions
      .slice(0, SHOWN)
      .map((each) => codeEvidence(sources, each.path, each.line, 'its definition, in test code')),
  }
}

interface NamedDefinition {
  readonly name: string
  readonly path: string
  readonly line: number
  readonly isTest: boolean
}

/** Definitions of what the quoted code calls and the text names; a name without any is a library's and says nothing. */
function definitionsOfCalls({ finding, quotes }: LocatedFinding, sources: Sources): readonly NamedDefinition[] {
  const quoted = quotes
    .filter((each) => each.line > 0)
    .flatMap((each) => calledNames(cleanQuote(each.claim.text)?.text ?? ''))
  const named = finding.claims.flatMap((claim) =>
    claim.kind === 'construct' && claim.what === 'call' ? [claim.name.slice(claim.name.lastIndexOf('.') + 1)] : [],
  )
  const all: NamedDefinition[] = []
  for (const name of new Set([...quoted, ...named])) {
    const found = definitionsIn(sources).of(name)
    if (!found.isComplete) return []
    all.push(...found.all.map((each) => ({ name, path: each.path, line: each.line, isTest: each.isTest })))
  }
  return all
}
