import type { Span } from '../../core/text.ts'
import type { ConclusionClaim, SeverityLevel } from '../claim.ts'
import { levelOf } from './labels.ts'
import type { ProseDocument } from './lines.ts'
import { sentencesIn, type Sentence } from './sentences.ts'
import { saysNoIssue } from './starts.ts'

/** What stands outside findings: what the review says of itself, and text that claims nothing. */
export interface Around {
  readonly conclusions: readonly ConclusionClaim[]
  readonly neutral: readonly Span[]
}

const KINDS_WITHOUT_CLAIM: ReadonlySet<string> = new Set(['heading', 'rule', 'blank', 'fence', 'table'])

/** Reads the lines that belong to no finding. */
export function readAround(document: ProseDocument, around: readonly number[]): Around {
  const conclusions: ConclusionClaim[] = []
  const neutral: Span[] = []
  for (const region of paragraphsOf(document, around, neutral)) {
    for (const sentence of sentencesIn(document.text, region)) {
      const claim = conclusionOf(sentence)
      if (claim !== undefined) conclusions.push(claim)
      else if (isFraming(sentence.text)) neutral.push(sentence.span)
    }
  }
  return { conclusions, neutral }
}

function paragraphsOf({ lines }: ProseDocument, around: readonly number[], neutral: Span[]): readonly Span[] {
  const paragraphs: Span[] = []
  let last = -2
  for (const at of around) {
    const line = lines[at]
    if (line === undefined) continue
    if (KINDS_WITHOUT_CLAIM.has(line.kind)) {
      if (line.kind !== 'table') neutral.push(line.span)
      last = -2
      continue
    }
    const previous = paragraphs.at(-1)
    if (last === at - 1 && line.kind === 'text' && previous !== undefined) {
      paragraphs[paragraphs.length - 1] = { start: previous.start, end: line.span.end }
    }
    else paragraphs.push({ start: line.textStart, end: line.span.end })
    last = at
  }
  return paragraphs
}

/** A sentence that introduces what follows or says how the review was made. */
function isFraming(text: string): boolean {
  return (
    text.endsWith(':') ||
    /\b(?:here (?:is|are)|below|following|i (?:have )?(?:reviewed|analy[sz]ed|examined)|reference standard|this (?:review|report)|as (?:the|a) reference)\b/i.test(
      text,
    )
  )
}

/** A sentence that calls something secure; a word in a table or a label does not. */
const CALLS_SECURE =
  /\b(?:is|are|was|were|be|appears?|seems?|looks?|remains?|as|considered)(?: [\w-]{1,20}){0,3} (?:secure|safe|sound|well[- ]written|robust)\b|\bsecure overall\b|\bgood security\b/

const NUMBER_WORDS: readonly string[] = [
  'zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve',
]

const COUNTED: ReadonlySet<string> = new Set([
  'issue', 'issues', 'finding', 'findings', 'vulnerability', 'vulnerabilities', 'weakness', 'weaknesses', 'problem',
  'problems', 'bugs', 'flaws', 'concerns',
])

/** Words between a number and what it counts. */
const ADJECTIVES: ReadonlySet<string> = new Set([
  'security', 'potential', 'possible', 'critical', 'high', 'medium', 'low', 'severity', 'high-severity',
  'medium-severity', 'low-severity', 'critical-severity', 'severe',
  'serious', 'significant', 'major', 'minor', 'distinct', 'unique', 'different', 'main', 'key', 'confirmed', 'real',
  'actionable', 'important', 'notable', 'new',
  'moderate', 'risk', 'high-risk', 'medium-risk', 'low-risk', 'code',
])

function conclusionOf({ text, span }: Sentence): ConclusionClaim | undefined {
  const counted = countIn(text)
  if (counted !== undefined) return { kind: 'count', text, span, ...counted }
  if (saysNoIssue(text)) return { kind: 'clean', text, span }
  const words = text.toLowerCase()
  if (CALLS_SECURE.test(words) && !/\b(?:not|isn't|insecure|more secure|to be secure|unsafe)\b/.test(words)) {
    return { kind: 'secure', text, span }
  }
  return /^(?:\W{0,4})(?:overall|in conclusion|in summary|to summari[sz]e|conclusion)\b/i.test(text)
    ? { kind: 'other', text, span }
    : undefined
}

/** `5 issues`, `three high severity vulnerabilities`: a number within a few words before what is counted. */
function countIn(text: string): { readonly count: number, readonly level?: SeverityLevel } | undefined {
  const words = text.toLowerCase().replaceAll(/[^a-z0-9-]/g, ' ').split(' ').filter((word) => word !== '')
  for (const [at, word] of words.entries()) {
    if (!COUNTED.has(word)) continue
    for (let back = 1; back <= 4 && at - back >= 0; back++) {
      const count = numberOf(words[at - back] ?? '')
      // "At 66 places the weakness": another thing is counted.
      if (count === undefined && !ADJECTIVES.has(words[at - back] ?? '')) break
      if (count === undefined || count === 0) continue
      const level = words.slice(at - back + 1, at).map(levelOf).find((each) => each !== undefined && each !== 'none')
      return { count, ...(level === undefined ? {} : { level }) }
    }
  }
  return undefined
}

function numberOf(word: string): number | undefined {
  if (/^\d{1,4}$/.test(word)) return Number(word)
  const at = NUMBER_WORDS.indexOf(word)
  return at < 0 ? undefined : at
}
