import { codeOf } from '../code-text.ts'
import type { Check } from '../check.ts'
import type { LinesClaim } from '../claim.ts'
import { enclosingBlock } from '../definitions.ts'
import { driftClass, driftOf } from '../drift.ts'
import type { Evidence, LocatedFinding } from '../evidence.ts'
import { claimOf } from '../find-file.ts'
import { placesOfName } from '../names.ts'
import type { EvidenceItem, Verdict } from '../verdict.ts'
import { codeEvidence, counted, linesInWords, saidBy } from '../words.ts'

/** Whether the cited lines are the ones that are meant. Only the quote can say so for sure. */
export const check: Check = {
  subject: 'line',
  summary: 'the cited lines hold what is quoted or named',
  judge(located, evidence) {
    const cited = claimOf(located.finding, 'lines')
    if (cited === undefined) return []
    return [{ subject: 'line', said: saidBy(evidence.review.text, cited), ...judgeLines(located, cited, evidence) }]
  },
}

type Judged = Omit<Verdict, 'subject' | 'said'>

function judgeLines(located: LocatedFinding, cited: LinesClaim, evidence: Evidence): Judged {
  const { file, quotes } = located
  const source = evidence.sources.text(file.path)
  if (source === undefined) {
    return {
      verdict: 'not-checkable',
      code: 'no-file',
      reason: 'The file is not known or could not be read.',
      evidence: [],
    }
  }
  const quoted = quotes.find((each) => each.path === file.path && each.line > 0 && each.step !== 'history')
  const [first] = cited.ranges
  if (first === undefined) {
    return { verdict: 'not-checkable', code: 'no-file', reason: 'No line is given.', evidence: [] }
  }
  if (first.start > source.lineCount || first.start < 1) {
    const where = quoted === undefined ? '' : ` The quote stands in ${linesInWords(quoted.line, quoted.endLine)}.`
    return {
      verdict: 'contradicted',
      code: 'past-end',
      evidence: [codeEvidence(evidence.sources, file.path, source.lineCount, 'the last line')],
      reason: `The file has ${counted(source.lineCount, 'line')}.${where}`,
    }
  }
  const standing = codeEvidence(
    evidence.sources,
    file.path,
    first.start,
    'what stands in the cited line',
    Math.min(first.end, source.lineCount),
  )
  if (quoted !== undefined) return byQuote(quoted, cited, standing)
  return withoutQuote(located, cited, evidence, standing)
}

interface Quoted {
  readonly step: string
  readonly line: number
  readonly endLine: number
  readonly isLoadBearing: boolean
}

function byQuote(quoted: Quoted, { ranges }: LinesClaim, standing: EvidenceItem): Judged {
  const delta = driftOf(quoted, ranges)
  const at = linesInWords(quoted.line, quoted.endLine)
  if (quoted.step === 'near' && quoted.isLoadBearing) {
    if (delta === 0) {
      return {
        verdict: 'near',
        code: 'similar-code',
        reason: 'Code similar to the quote stands there.',
        evidence: [standing],
      }
    }
    return {
      verdict: 'contradicted',
      code: 'other-code',
      evidence: [standing],
      reason: `The line holds other code; what is similar to the quote stands in ${at}, ${aside(delta)}.`,
    }
  }
  const reason = `The quote stands in ${at}, ${aside(delta)}.`
  switch (driftClass(delta)) {
    case 'none':
      return { verdict: 'confirmed', code: 'exact', reason: 'The quote stands there.', evidence: [standing] }
    case 'slight':
      return { verdict: 'confirmed-elsewhere', code: 'slight-drift', reason, evidence: [standing] }
    case 'drift':
      return { verdict: 'confirmed-elsewhere', code: 'drift', reason, evidence: [standing] }
    case 'misplaced':
      return {
        verdict: 'confirmed-elsewhere',
        code: 'misplaced',
        defect: { substance: 'misplaced' },
        reason,
        evidence: [standing],
      }
  }
}

/** Without a quote in the file: names from the text, then whether the line holds any code. */
function withoutQuote(located: LocatedFinding, cited: LinesClaim, evidence: Evidence, standing: EvidenceItem): Judged {
  const { file, finding, quotes } = located
  const source = evidence.sources.text(file.path)
  const named = finding.claims.filter((claim) => claim.kind === 'construct')
  const places = source === undefined ? [] : named.flatMap(({ name }) => placesOfName(source, name))
  const nearest = places
    .map((line) => driftOf({ line, endLine: line }, cited.ranges))
    .reduce<number | undefined>(
      (best, delta) => (best === undefined || Math.abs(delta) < Math.abs(best) ? delta : best),
      undefined,
    )
  if (nearest === 0) {
    return { verdict: 'confirmed', code: 'named', reason: 'What the text names stands there.', evidence: [standing] }
  }
  const block =
    source === undefined ? undefined : enclosingBlock(source, Math.min(cited.ranges[0]?.start ?? 1, source.lineCount))
  if (block !== undefined && places.includes(block.line)) {
    return {
      verdict: 'confirmed',
      code: 'inside',
      reason: 'The line lies in the function that the text names.',
      evidence: [standing],
    }
  }
  const empty = emptiness(located, cited, evidence)
  if (empty !== undefined) {
    return {
      verdict: 'contradicted',
      code: empty,
      reason: `Nothing but ${empty === 'blank' ? 'white space' : 'a comment'} stands there.`,
      evidence: [standing],
    }
  }
  if (quotes.some((each) => each.step === 'none')) {
    return {
      verdict: 'contradicted',
      code: 'other-code',
      reason: 'The line holds other code than the quoted.',
      evidence: [standing],
    }
  }
  if (nearest !== undefined && driftClass(nearest) !== 'misplaced') {
    return {
      verdict: 'confirmed-elsewhere',
      code: 'drift',
      reason: `What the text names stands ${aside(nearest)}.`,
      evidence: [standing],
    }
  }
  if (nearest !== undefined) {
    return {
      verdict: 'unsupported',
      code: 'named-elsewhere',
      reason: `What the text names stands ${aside(nearest)}.`,
      evidence: [standing],
    }
  }
  return {
    verdict: 'confirmed',
    code: 'in-range',
    reason: 'The line is there; the review quotes and names nothing to compare it with.',
    evidence: [standing],
  }
}

function emptiness(
  { file }: LocatedFinding,
  { ranges }: LinesClaim,
  { sources }: Evidence,
): 'blank' | 'comment' | undefined {
  const source = sources.text(file.path)
  const [range] = ranges
  if (source === undefined || range === undefined) return undefined
  const code = codeOf(sources, file.path)
  if (code === undefined) return undefined
  const kinds: ('blank' | 'comment' | undefined)[] = []
  for (let line = range.start; line <= Math.min(range.end, source.lineCount); line++) {
    kinds.push(code.isBlankOrComment(line))
  }
  return kinds.includes(undefined) ? undefined : kinds.includes('comment') ? 'comment' : 'blank'
}

/** `3 lines above`, `1 line below`. */
function aside(delta: number): string {
  return `${counted(Math.abs(delta), 'line')} ${delta < 0 ? 'above' : 'below'}`
}
