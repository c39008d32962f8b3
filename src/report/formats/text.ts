import { printable } from '../../core/printable.ts'
import type {
  Evidence,
  EvidenceStep,
  Finding,
  Location,
  Review,
  SuppressedFinding,
  WeaknessRow,
} from '../../review/review.ts'
import type { RenderOptions, ReportFormat } from '../format.ts'
import { frameOf } from '../frame.ts'
import { paints } from '../paint.ts'
import type { Paints } from '../paint.ts'
import {
  countSentence,
  cutText,
  EVIDENCE_HEADING,
  hasSteps,
  leadSentence,
  listed,
  listedPlaces,
  OUTCOME,
  placeText,
  problemPlace,
} from '../words.ts'
import { wrap } from '../wrap.ts'

/** For people at a terminal. Whatever comes from the reviewed code is made printable before it is coloured. */
export const format: ReportFormat = {
  name: 'text',
  summary: 'for a terminal: findings with code and flow, then the conclusion',
  render(review, options) {
    const page: Page = { width: Math.min(120, Math.max(40, options.width)), paint: paints(options.colour), options }
    const parts = [
      wrap(leadSentence(review, printable), page.width, ''),
      page.paint.strong(wrap(countSentence(review), page.width, '')),
      ...review.findings.map((finding) => findingText(finding, page)),
      suppressedText(review.suppressed, page),
      placesText(review, page, options.considered === true),
      problemsText(review, page),
      conclusionText(review, page),
    ]
    return `${parts.filter((part) => part !== '').join('\n\n')}\n`
  },
}

interface Page {
  readonly width: number
  readonly paint: Paints
  readonly options: RenderOptions
}

function findingText(finding: Finding, page: Page): string {
  const { paint } = page
  const test = finding.isTest ? ' · test code' : ''
  const severity = paint.severity(finding.severity, `${finding.severity} severity`)
  const symbol = finding.symbol === '' ? '' : ` in ${printable(finding.symbol)}`
  const parts = [
    paint.strong(wrap(`${finding.number}. ${printable(finding.title)}`, page.width, '', '   ')),
    `   ${paint.place(printable(placeText(finding.place)))}${symbol}`,
    `   ${severity} · ${finding.confidence} confidence${test} · id ${finding.fingerprint}`,
    '',
    frameText(finding.place, page, '   '),
    '',
    labelled('Why', finding.why, page),
    '',
    ...evidenceText(finding, page).flatMap((route) => [route, '']),
    labelled('What to do', finding.recommendation, page),
    labelled('Severity', finding.severityReason, page),
    labelled('Confidence', finding.confidenceReason, page),
    ...(finding.mappingReason === '' ? [] : [labelled('Mapping', finding.mappingReason, page)]),
    labelled('Rule', [finding.rule, ...finding.otherRules.map((rule) => `also ${rule}`)].join(', '), page),
    ...finding.references.map((reference) => labelled('See', reference, page)),
  ]
  return parts.join('\n')
}

function labelled(label: string, text: string, page: Page): string {
  const [first = '', ...rest] = wrap(printable(text.replace(/\s+/g, ' ')), page.width, `   ${label}: `, '     ').split(
    '\n',
  )
  return [first.replace(`${label}:`, page.paint.strong(`${label}:`)), ...rest].join('\n')
}

function evidenceText(finding: Finding, page: Page): readonly string[] {
  if (!hasSteps(finding)) return []
  const others = finding.otherRoutes.map((route, at) => routeText(`Another route (${at + 2})`, route, page, false))
  return [routeText(EVIDENCE_HEADING[finding.evidence.kind], finding.evidence, page, true), ...others]
}

function routeText(heading: string, evidence: Evidence, page: Page, isWhole: boolean): string {
  const steps = evidence.steps.map((step, at) => stepText(step, at + 1, page, isWhole))
  return [`   ${page.paint.strong(`${heading}:`)}`, ...steps].join('\n')
}

function stepText(step: EvidenceStep, number: number, page: Page, isWhole: boolean): string {
  const place = page.paint.place(printable(placeText(step)))
  const head = `     ${String(number).padStart(2)}. ${step.role.padEnd(6)} ${place}`
  const what = wrap(printable(step.what), page.width, '         ')
  return isWhole
    ? [head, what, frameText(step, page, '         ')].filter((part) => part.trim() !== '').join('\n')
    : head
}

function frameText(place: Location, page: Page, indent: string): string {
  const lines = frameOf(place)
  const gutter = Math.max(...lines.map((line) => String(line.number ?? '').length), 1)
  const shown = lines.map((line) => {
    const number = page.paint.faint(`${String(line.number ?? '').padStart(gutter)} | `)
    return `${indent}${number}${line.number === undefined ? page.paint.mark(line.text) : line.text}`
  })
  const cut = cutText(place)
  return [...shown, ...(cut === '' ? [] : [`${indent}${cut}`])].join('\n')
}

function suppressedText(suppressed: readonly SuppressedFinding[], page: Page): string {
  if (suppressed.length === 0) return ''
  const lines = listed(
    suppressed,
    ({ finding, by, reason }) => {
      const how =
        by === 'comment' ? `by a comment: ${printable(reason)}` : `known from the baseline ${printable(reason)}`
      return wrap(`${printable(placeText(finding.place))} ${cweText(finding.cwe)}, ${how}`, page.width, '   ', '     ')
    },
    (more) => `   ${more}`,
  )
  return [page.paint.strong('Suppressed findings'), ...lines].join('\n')
}

function placesText(review: Review, page: Page, areAll: boolean): string {
  const places = listedPlaces(review, areAll)
  if (places.length === 0) return ''
  const lines = places.map((place) => {
    const callee = place.callee === '' ? '' : ` ${printable(place.callee)}()`
    const where = page.paint.place(printable(placeText(place.place)))
    const head = `   ${where} ${cweText(place.cwe)}${callee}: ${OUTCOME[place.outcome]}`
    const because = place.because === undefined ? '' : ` (${placeText(place.because)})`
    return `${head}\n${wrap(printable(`${place.why}${because}`), page.width, '     ')}`
  })
  return [page.paint.strong('Considered, and why nothing came of it'), ...lines].join('\n')
}

function problemsText(review: Review, page: Page): string {
  if (review.problems.length === 0) return ''
  const lines = listed(
    review.problems,
    (problem) => {
      const where = problem.path === '' ? '' : `${problemPlace(problem)}: `
      return wrap(printable(`${where}${problem.message}`), page.width, `   ${problem.kind}: `, '     ')
    },
    (more) => `   ${more}`,
  )
  return [page.paint.strong('Not reviewed, or reviewed in part'), ...lines].join('\n')
}

function conclusionText(review: Review, page: Page): string {
  const { byWeakness, sentences } = review.conclusion
  const outcomes =
    byWeakness.length === 0
      ? []
      : [...(page.width < TABLE ? outcomeLines(byWeakness, page) : outcomeTable(byWeakness, page)), '']
  const text = sentences.map((sentence) => wrap(printable(sentence), page.width, '   '))
  return [page.paint.strong('Conclusion'), ...outcomes, ...text].join('\n')
}

/** Narrowest page on which a table leaves room for titles. */
const TABLE = 90

/** Heads of the table of outcomes, as wide as their columns. */
const COLUMNS: readonly string[] = ['  found', '  safe', '  no source', '  undecided', '  suppressed']

function outcomeTable(rows: readonly WeaknessRow[], page: Page): readonly string[] {
  const head = page.paint.faint(`  ${COLUMNS.join('')}  places considered for`)
  return [
    head,
    ...rows.map((row) => {
      const counts = countsOf(row).map((count, at) => String(count).padStart(COLUMNS[at]?.length ?? 0))
      const start = `  ${counts.join('')}  `
      return wrap(printable(row.title), page.width, start, ' '.repeat(start.length + 2))
    }),
  ]
}

function outcomeLines(rows: readonly WeaknessRow[], page: Page): readonly string[] {
  return rows.flatMap((row) => {
    const counts = countsOf(row).map((count, at) => `${count} ${COLUMNS[at]?.trim() ?? ''}`)
    return [wrap(printable(row.title), page.width, '   ', '     '), wrap(counts.join(', '), page.width, '     ')]
  })
}

function countsOf(row: WeaknessRow): readonly number[] {
  return [row.found, row.safe, row.noSource, row.undecided, row.suppressed]
}

function cweText(cwe: number): string {
  return cwe === 0 ? 'no CWE' : `CWE-${cwe}`
}
