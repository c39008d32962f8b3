import type { Check } from '../check.ts'
import type { FileClaim } from '../claim.ts'
import type { Evidence, LocatedFile, LocatedFinding } from '../evidence.ts'
import type { EvidenceItem, Verdict } from '../verdict.ts'
import { claimOf } from '../find-file.ts'
import { codeEvidence, counted, oneLine, saidBy } from '../words.ts'

/** Whether the cited file is there, or which one is meant. */
export const check: Check = {
  subject: 'file',
  summary: 'the file is in the tree',
  judge(located, evidence) {
    const cited = claimOf(located.finding, 'file')
    const verdict = { subject: 'file' as const, ...judgeFile(located, cited, evidence) }
    return [cited === undefined ? verdict : { ...verdict, said: saidBy(evidence.review.text, cited) }]
  },
}

type Judged = Omit<Verdict, 'subject' | 'said'>

function judgeFile({ file }: LocatedFinding, cited: FileClaim | undefined, evidence: Evidence): Judged {
  const { sources } = evidence
  const place = file.path === '' ? [] : [codeEvidence(sources, file.path, 0, 'the file')]
  const skipped = sources.skipped(file.path)
  if (skipped !== undefined) {
    return {
      verdict: 'confirmed',
      code: 'skipped',
      reason: `The file is there, but ${skipped}; its content was not checked.`,
      evidence: place,
    }
  }
  switch (file.how) {
    case 'exact':
      return { verdict: 'confirmed', code: 'exact', reason: 'The file is there.', evidence: place }
    case 'given':
      return {
        verdict: 'not-stated',
        code: 'given',
        reason: `The review names no file; --file gave ${file.path}.`,
        evidence: place,
      }
    case 'inferred':
      return {
        verdict: 'not-stated',
        code: 'inferred',
        reason: `The review names no file; what it quotes stands in ${file.path}.`,
        evidence: [...place, ...votesOf(file)],
      }
    case 'not-stated':
      return {
        verdict: 'not-stated',
        code: 'unknown',
        reason: 'The review names no file, and what it quotes does not single one out.',
        evidence: votesOf(file),
      }
    case 'suffix':
    case 'case':
      return { verdict: 'confirmed', code: file.how, reason: `It is ${file.path}.`, evidence: place }
    case 'basename':
      return {
        verdict: 'confirmed-elsewhere',
        code: 'basename',
        reason: `Not at that path; the only file of that name is ${file.path}.`,
        evidence: place,
      }
    case 'renamed':
      return {
        verdict: 'confirmed-elsewhere',
        code: 'renamed',
        reason: `It was renamed to ${file.path}.`,
        evidence: place,
      }
    case 'ambiguous':
      return {
        verdict: 'not-checkable',
        code: 'ambiguous',
        reason: `Several files fit: ${file.votes.map((each) => each.path).join(', ')}.`,
        evidence: [],
      }
    case 'outside':
      return {
        verdict: 'not-checkable',
        code: 'outside-root',
        reason: 'The path leads out of the tree and was not read.',
        evidence: [],
      }
    case 'missing':
      return missing(cited, evidence)
  }
}

function missing(cited: FileClaim | undefined, { sources, isRevisionAsserted }: Evidence): Judged {
  const search: EvidenceItem = {
    kind: 'search',
    scope: 'paths of the tree',
    terms: [oneLine(cited?.path ?? '')],
    searched: sources.paths.length,
    hits: 0,
  }
  const hint = isRevisionAsserted ? '' : ' The review names no revision; it may be there in another one.'
  return {
    verdict: 'unsupported',
    code: 'missing',
    defect: { substance: 'ungrounded' },
    evidence: [search],
    reason: `No file of the ${counted(sources.paths.length, 'file')} of the tree has this path or name.${hint}`,
  }
}

function votesOf(file: LocatedFile): readonly EvidenceItem[] {
  return file.votes.map(({ path, by }) => ({
    kind: 'search', scope: path, terms: by.slice(0, 5).map(oneLine), searched: 1, hits: by.length,
  }))
}
