import { withoutCommands } from '../../core/printable.ts'
import { codeBlock, codeSpan, prose } from '../../report/markup.ts'
import type { VerificationFormat } from '../format.ts'
import {
  isAgainst,
  kindOf,
  LABEL_MEANING,
  leadSentence,
  MEANING,
  nameOf,
  placeOf,
  revisionInWords,
  shownEvidence,
  toldVerdicts,
  uncheckedSentences,
  type ToldVerdict,
} from '../presentation.ts'
import type { Verification, VerifiedFinding } from '../result.ts'
import { NAMES } from '../roll-up.ts'
import type { ClaimVerdict, EvidenceItem, Subject, Verdict } from '../verdict.ts'
import { counted } from '../words.ts'

/** To paste into a reply to the reporter: polite, factual, and nothing in it from the review or the code is markup. */
export const format: VerificationFormat = {
  name: 'markdown',
  summary: 'to paste into a reply to the reporter',
  render(verification) {
    const { findings } = verification
    const left = findings.length - MAX_FINDINGS
    const parts = [
      thanks(verification),
      ...findings.slice(0, MAX_FINDINGS).map(findingText),
      left <= 0 ? '' : `${left} more findings were checked in the same way; they are left out here for length.`,
      conclusionsText(verification.conclusions),
      uncheckedText(verification),
      request(verification),
    ]
    return withoutCommands(`${parts.filter((part) => part !== '').join('\n\n')}\n`)
  },
}

/** Findings that are told, so that the text fits into a comment; lines of a piece of code. */
const MAX_FINDINGS = 50
const MAX_CODE = 6

function thanks(verification: Verification): string {
  const { findings, notDecided } = verification
  const count = (kind: ReturnType<typeof kindOf>): number =>
    findings.filter((each) => kindOf(each.substance) === kind).length
  const result =
    `Of ${counted(findings.length, 'finding')}, ${count('stands')} could be confirmed in substance, ${count('falls')} did not agree with the code or the catalogue, ` +
    `and ${count('open')} could not be decided from the code.`
  return [
    'Thank you for the report. Each of its claims was compared with the code and with the CWE catalogue, by a'
    + ' program and without a language model.',
    prose(leadSentence(verification)),
    findings.length === 0 ? 'The report has no finding that could be compared.' : result,
    `**${notDecided}**`,
  ].join('\n\n')
}

function findingText(finding: VerifiedFinding): string {
  const told = toldVerdicts(finding.verdicts, ({ verdict }) => isAgainst(verdict))
  const place = placeOf(finding)
  const label = finding.label === 'ok' ? '' : ` Also, ${LABEL_MEANING[finding.label]}.`
  const named = (word: ClaimVerdict): readonly string[] =>
    told.filter((each) => each.verdict.verdict === word).map((each) => NAMES[each.verdict.subject])
  const held = named('confirmed')
  const open = named('not-checkable')
  const facts = told
    .filter((each) => each.verdict.verdict === 'not-stated' && FACTS.has(each.verdict.subject))
    .map((each) => sentence(each.verdict.reason))
  return [
    `### ${finding.number}. ${prose(nameOf(finding))}`,
    `${place === '' ? '' : `${codeSpan(place)}: `}**${finding.substance}** (${MEANING[finding.substance]}). ${sentence(finding.because)}${label}`,
    ...(facts.length === 0 ? [] : [facts.join(' ')]),
    ...told.filter((each) => isAgainst(each.verdict.verdict)).map(verdictText),
    ...(held.length === 0 ? [] : [`Confirmed: ${unique(held)}.`]),
    ...(open.length === 0 ? [] : [`Could not be checked: ${unique(open)}.`]),
  ].join('\n\n')
}

function unique(names: readonly string[]): string {
  return [...new Set(names)].join(', ')
}

/** Subjects of which a reader wants to know although the report does not speak of them. */
const FACTS: ReadonlySet<Subject> = new Set(['file', 'context'])

/** The report's words, what was found, and where to look. */
function verdictText({ verdict: { subject, verdict, reason }, said, evidence }: ToldVerdict): string {
  const words = said.length === 0 ? '' : ` The report says ${said.map(codeSpan).join(' and ')}.`
  return [`- **${NAMES[subject]}: ${verdict}.**${words} ${sentence(reason)}`, ...evidence.flatMap(evidenceLines)].join(
    '\n',
  )
}

function evidenceLines(item: EvidenceItem): readonly string[] {
  const { words, code } = shownEvidence(item)
  const lines = code === '' ? [] : code.split('\n')
  if (lines.length === 0) return [`  - ${prose(words)}`]
  return [`  - ${prose(words)}`, '', codeBlock(lines.slice(0, MAX_CODE).join('\n'), '    ')]
}

function conclusionsText(conclusions: readonly Verdict[]): string {
  return conclusions.length === 0
    ? ''
    : ['### What the report says of the whole', ...toldVerdicts(conclusions, () => true).map(verdictText)].join('\n\n')
}

function uncheckedText(verification: Verification): string {
  const sentences = uncheckedSentences(verification)
  return sentences.length === 0
    ? ''
    : ['### What was not checked', ...sentences.map((each) => `- ${prose(each)}`)].join('\n\n')
}

/** What would help, where another revision may explain a difference. */
function request(verification: Verification): string {
  const codes: ReadonlySet<string> = new Set(['near', 'unsupported', 'contradicted'])
  const isOff = verification.findings.some((each) =>
    each.verdicts.some(({ subject, verdict }) => ['file', 'line', 'quote'].includes(subject) && codes.has(verdict)),
  )
  if (!isOff) return ''
  return `Some places differ from ${prose(revisionInWords(verification))}. If the report is about another revision, please name it, and the comparison can be repeated.`
}

function sentence(text: string): string {
  const escaped = prose(text)
  return /[.!?]$/.test(escaped) ? escaped : `${escaped}.`
}
