import { printable, withoutCommands } from '../../core/printable.ts'
import { shownCode } from '../../report/frame.ts'
import { paints, type Paints } from '../../report/paint.ts'
import { wrap } from '../../report/wrap.ts'
import type { VerificationFormat } from '../format.ts'
import {
  groupsOf,
  isAgainst,
  LABEL_MEANING,
  leadSentence,
  nameOf,
  placeOf,
  shownEvidence,
  toldVerdicts,
  uncheckedSentences,
  type Group,
  type ToldVerdict,
} from '../presentation.ts'
import type { Verification, VerifiedFinding } from '../result.ts'
import { NAMES } from '../roll-up.ts'
import type { EvidenceItem, Verdict } from '../verdict.ts'

/** For people at a terminal. Whatever comes from the review or the code is made printable before it is coloured. */
export const format: VerificationFormat = {
  name: 'text',
  summary: 'for a terminal: what stands and what falls, then each claim beside its evidence',
  render(verification, options) {
    const page: Page = { width: Math.min(120, Math.max(40, options.width)), paint: paints(options.colour) }
    const shown = verification.findings.slice(0, MAX_FINDINGS)
    const left = verification.findings.length - shown.length
    const parts = [
      wrap(printable(leadSentence(verification)), page.width, ''),
      ...groupsOf(verification).map((group) => groupText(group, verification, page)),
      page.paint.strong(wrap(verification.notDecided, page.width, '')),
      ...shown.map((finding) => findingText(finding, page)),
      left === 0 ? '' : `and ${left} more findings, all in the json format`,
      conclusionsText(verification.conclusions, page),
      unreadText(verification, page),
    ]
    return withoutCommands(`${parts.filter((part) => part !== '').join('\n\n')}\n`)
  },
}

interface Page {
  readonly width: number
  readonly paint: Paints
}

/**
 * Findings told in full; of a part of the first screen; lines of a piece of code; passages that were not understood.
 */
const MAX_FINDINGS = 200
const MAX_LISTED = 8
const MAX_CODE = 4
const MAX_UNREAD = 5

/** One part of the first screen. */
function groupText(group: Group, verification: Verification, page: Page): string {
  const of = verification.counts.findings
  const head = `${group.heading}: ${group.findings.length === 0 ? 'no finding' : `${group.findings.length} of ${of}`}`
  const listed = group.findings.slice(0, MAX_LISTED)
  const left = group.findings.length - listed.length
  return [
    page.paint.strong(head),
    ...listed.map((finding) => lineOf(finding, page)),
    ...(left === 0 ? [] : [`   and ${left} more`]),
    ...(group.kind === 'falls' ? labelLines(verification, page) : []),
    ...(group.kind === 'open'
      ? uncheckedSentences(verification)
          .slice(0, MAX_LISTED)
          .map((each) => wrap(printable(each), page.width, '   '))
      : []),
  ].join('\n')
}

function lineOf(finding: VerifiedFinding, page: Page): string {
  const place = placeOf(finding)
  const where = place === '' ? '' : ` at ${place}`
  const label = finding.label === 'ok' || finding.label === 'imprecise' ? '' : `; ${LABEL_MEANING[finding.label]}`
  return wrap(
    printable(
      `#${finding.number} ${nameOf(finding)}${where}: ${finding.substance}, ${finding.because.replace(/\.$/, '')}${label}`,
    ),
    page.width,
    '   ',
    '      ',
  )
}

/** Names that do not fit are their own matter: they refute nothing. */
function labelLines({ counts: { label } }: Verification, page: Page): readonly string[] {
  const parts = (['wrong', 'not-mappable', 'imprecise'] as const)
    .filter((each) => label[each] > 0)
    .map((each) => `${label[each]} ${each}`)
  return parts.length === 0 ? [] : [wrap(`Names of weaknesses: ${parts.join(', ')}.`, page.width, '   ')]
}

function findingText(finding: VerifiedFinding, page: Page): string {
  const { paint } = page
  const place = placeOf(finding)
  const told = toldVerdicts(finding.verdicts, isFull)
  const label = finding.label === 'ok' ? 'label: ok' : `label: ${finding.label} (${LABEL_MEANING[finding.label]})`
  return [
    paint.strong(wrap(printable(`#${finding.number} ${nameOf(finding)}`), page.width, '', '   ')),
    ...(place === '' ? [] : [`   ${paint.place(printable(place))}`]),
    wrap(`substance: ${finding.substance} · ${label}`, page.width, '   ', '     '),
    wrap(printable(finding.because), page.width, '   '),
    ...told.filter(({ verdict }) => isFull(verdict)).map((each) => verdictText(each, page)),
    ...told.filter(({ verdict }) => !isFull(verdict)).map((each) => shortVerdict(each, page)),
  ].join('\n')
}

/**
 * What needs a look at the code. Not so claims that hold, and those that nothing can be said of; but routes are
 * always shown.
 */
function isFull({ verdict, code, evidence }: Verdict): boolean {
  return (
    isAgainst(verdict) ||
    code === 'corroborated' ||
    (verdict === 'not-checkable' && evidence.some((item) => item.kind === 'code'))
  )
}

/** `line: confirmed · line 14 · The quote stands there.` */
function shortVerdict({ verdict: { subject, verdict, reason }, said }: ToldVerdict, page: Page): string {
  const parts = [`${NAMES[subject]}: ${verdict}`, ...said.slice(0, 1).map(shortened), reason]
  return wrap(printable(parts.join(' · ')), page.width, '   ', '      ')
}

/** Characters of the review's words that one line repeats. */
const MAX_SAID = 80

function shortened(text: string): string {
  return text.length > MAX_SAID ? `${text.slice(0, MAX_SAID - 1)}…` : text
}

/** What the review says, what is the case, and the evidence, one under the other. */
function verdictText({ verdict: { subject, verdict, reason }, said, evidence }: ToldVerdict, page: Page): string {
  const word = isAgainst(verdict) ? page.paint.mark(verdict) : verdict
  const head = `   ${page.paint.strong(NAMES[subject])}: ${word}`
  const words = said.map((each) => wrap(printable(each), page.width, '      review  ', '              '))
  const finds = wrap(printable(reason), page.width, '      finds   ', '              ')
  return [head, ...words, finds, ...evidence.flatMap((item) => evidenceLines(item, page))].join('\n')
}

function evidenceLines(item: EvidenceItem, page: Page): readonly string[] {
  const { words, code, line } = shownEvidence(item)
  const lines = code === '' ? [] : code.split('\n')
  const gutter = String(line + lines.length).length
  const shown = lines.slice(0, MAX_CODE).map((text, at) => {
    const number = line === 0 ? '' : page.paint.faint(`${String(line + at).padStart(gutter)} | `)
    return `                ${number}${shownCode(text)}`
  })
  const cut =
    lines.length > MAX_CODE ? [`                ${' '.repeat(gutter)} | (${lines.length - MAX_CODE} more)`] : []
  return [wrap(printable(words), page.width, '              ', '                '), ...shown, ...cut]
}

function conclusionsText(conclusions: readonly Verdict[], page: Page): string {
  return conclusions.length === 0
    ? ''
    : [
        page.paint.strong('What the review says of the whole'),
        ...toldVerdicts(conclusions, isFull).map((each) =>
          isFull(each.verdict) ? verdictText(each, page) : shortVerdict(each, page),
        ),
      ].join('\n')
}

function unreadText({ coverage }: Verification, page: Page): string {
  if (coverage.unreadCount === 0) return ''
  const shown = coverage.unread.slice(0, MAX_UNREAD)
  const left = coverage.unreadCount - shown.length
  return [
    page.paint.strong('Text of the review that was not understood as a claim'),
    ...shown.map((each) => wrap(printable(each.text), page.width, '   ', '     ')),
    ...(left === 0 ? [] : [`   and ${left} more${coverage.unread.length > MAX_UNREAD ? ', in the json format' : ''}`]),
  ].join('\n')
}
