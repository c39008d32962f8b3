import type { Check } from '../check.ts'
import type { Evidence, LocatedFinding, LocatedQuote } from '../evidence.ts'
import { driftOf } from '../drift.ts'
import { claimOf } from '../find-file.ts'
import { shortCommit } from '../locate.ts'
import { withoutSecrets } from '../redact.ts'
import type { EvidenceItem, Verdict } from '../verdict.ts'
import { codeEvidence, counted, linesInWords, oneLine } from '../words.ts'

/** Whether quoted code stands where the review says. */
export const check: Check = {
  subject: 'quote',
  summary: 'the quoted code stands in the file',
  judge(located, evidence) {
    const { quotes } = located
    const isAnyFound = quotes.some((each) => FOUND.includes(each.step))
    return quotes.map((quote, at) => {
      const judged = judgeQuote(quote, located, evidence)
      const { defect, ...rest } = judged
      // A finding stands on its main quote; others may show an attack or a library.
      const counts = defect !== undefined && at === 0 && (!isAnyFound || FOUND.includes(quote.step))
      const said = { text: oneLine(quote.claim.text), span: quote.claim.span }
      return { subject: 'quote' as const, ...rest, said, ...(counts ? { defect } : {}) }
    })
  },
}

const FOUND: readonly LocatedQuote['step'][] = ['cited', 'joined', 'file', 'tree', 'history']

type Judged = Omit<Verdict, 'subject' | 'said'>

function judgeQuote(quote: LocatedQuote, located: LocatedFinding, evidence: Evidence): Judged {
  const { sources } = evidence
  const at = linesInWords(quote.line, quote.endLine)
  const standing =
    quote.line === 0 ? [] : [codeEvidence(sources, quote.path, quote.line, 'the quoted code', quote.endLine)]
  const cited = citedLine(located, evidence)
  switch (quote.step) {
    case 'cited':
      return { verdict: 'confirmed', code: 'verbatim', reason: `It stands in ${at}.`, evidence: standing }
    case 'joined':
      return {
        verdict: 'confirmed',
        code: 'joined',
        reason: `It stands in ${at}, with other line breaks or spaces.`,
        evidence: standing,
      }
    case 'file':
      return {
        verdict: 'confirmed-elsewhere',
        code: 'same-file',
        reason: `It stands in ${at} of the file.`,
        evidence: [...standing, ...cited],
      }
    case 'tree':
      return {
        verdict: 'confirmed-elsewhere',
        code: 'other-file',
        defect: { substance: 'misplaced' },
        reason: `Not in that file; it stands in ${quote.path}, ${at}.`,
        evidence: [...standing, ...cited],
      }
    case 'history':
      return inHistory(quote, evidence)
    case 'near':
      return similar(quote, located, evidence)
    case 'none':
      return notFound(quote, located, evidence)
    case 'too-short':
      return {
        verdict: 'not-checkable',
        code: 'too-short',
        reason: 'Too little code to tell one place from another.',
        evidence: [],
      }
    case 'unsearchable':
      return {
        verdict: 'not-checkable',
        code: 'unsearchable',
        reason: whyUnsearchable(located, evidence),
        evidence: [],
      }
  }
}

function inHistory(quote: LocatedQuote, evidence: Evidence): Judged {
  const { version } = quote
  const name = version === undefined ? '' : shortCommit(version)
  const place: EvidenceItem = {
    kind: 'code',
    path: quote.path,
    line: quote.line,
    endLine: quote.endLine,
    text: withoutSecrets(quote.text),
    revision: version?.commit ?? '',
    why: 'the quoted code in another version of the file',
  }
  return {
    verdict: 'confirmed-elsewhere',
    code: 'other-revision',
    defect: { substance: 'misplaced' },
    evidence: [place],
    reason: `Not ${atRevision(evidence)}; the version of ${name} (${version?.date ?? ''}) has it, in ${linesInWords(quote.line, quote.endLine)}.`,
  }
}

function similar(quote: LocatedQuote, located: LocatedFinding, evidence: Evidence): Judged {
  const ranges = claimOf(located.finding, 'lines')?.ranges
  const isCitedLine = ranges !== undefined && driftOf(quote, ranges) === 0
  const standing = codeEvidence(evidence.sources, quote.path, quote.line, 'the most similar code', quote.endLine)
  const difference: EvidenceItem = {
    kind: 'difference',
    said: quote.difference.said,
    found: withoutSecrets(quote.difference.found),
  }
  const share = quote.similarity.toFixed(2)
  const at = linesInWords(quote.line, quote.endLine)
  if (!quote.isLoadBearing) {
    return {
      verdict: 'near',
      code: 'trivial',
      reason: `${at} has it but for marks that change nothing (similarity ${share}).`,
      evidence: [standing, difference],
    }
  }
  const contradicts = isCitedLine && evidence.isRevisionAsserted
  return {
    verdict: contradicts ? 'contradicted' : 'near',
    code: 'load-bearing',
    defect: { substance: 'ungrounded' },
    reason: `Not verbatim ${searchedWhere(quote, evidence)}; ${at} is similar (${share}) and differs in names, literals or operators.`,
    evidence: [
      standing,
      difference,
      ...searchEvidence(quote, evidence),
      ...(isCitedLine ? [] : citedLine(located, evidence)),
    ],
  }
}

function notFound(quote: LocatedQuote, located: LocatedFinding, evidence: Evidence): Judged {
  return {
    verdict: 'unsupported', code: 'not-found', defect: { substance: 'ungrounded' },
    reason: `Not ${searchedWhere(quote, evidence)}, and nothing similar either.`,
    evidence: [...searchEvidence(quote, evidence), ...citedLine(located, evidence)],
  }
}

/** `at 4ba7baf451 nor in any of 15 versions searched`. */
function searchedWhere(quote: LocatedQuote, evidence: Evidence): string {
  const versions = quote.versionsSearched
  if (versions === 0) return atRevision(evidence)
  return `${atRevision(evidence)}, nor in ${versions === 1 ? 'the one committed version' : `any of the ${versions} committed versions`} searched`
}

function atRevision({ sources }: Evidence): string {
  return sources.revision === '' ? 'in the files as they stand' : `at ${sources.revision.slice(0, 10)}`
}

function searchEvidence(quote: LocatedQuote, { history }: Evidence): readonly EvidenceItem[] {
  const scope = history.isAvailable ? 'committed versions of the file' : 'the file; no history was searched'
  return [
    {
      kind: 'search',
      scope,
      terms: [oneLine(quote.claim.text)],
      searched: Math.max(1, quote.versionsSearched),
      hits: 0,
    },
  ]
}

/** What stands in the line that the review cites. */
function citedLine({ finding, file }: LocatedFinding, { sources }: Evidence): readonly EvidenceItem[] {
  const range = claimOf(finding, 'lines')?.ranges[0]
  const source = sources.text(file.path)
  if (range === undefined || source === undefined || range.start > source.lineCount) return []
  return [
    codeEvidence(
      sources,
      file.path,
      range.start,
      'what stands in the cited line',
      Math.min(range.end, source.lineCount),
    ),
  ]
}

function whyUnsearchable({ file }: LocatedFinding, { sources }: Evidence): string {
  const skipped = sources.skipped(file.path)
  if (skipped !== undefined) return `The file could not be searched: ${skipped}.`
  return file.path === ''
    ? 'The file is not known, and the code stands in no single file of the tree.'
    : `It holds no code that can be searched (${counted(0, 'token')}).`
}
