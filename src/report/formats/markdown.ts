import type { EvidenceStep, Evidence, Finding, Location, Review } from '../../review/review.ts'
import type { ReportFormat } from '../format.ts'
import { frameOf } from '../frame.ts'
import { cell, codeBlock, codeSpan, prose, reference } from '../markup.ts'
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

/** For issues, pull requests and documents. Code is always inside fences that it cannot close. */
export const format: ReportFormat = {
  name: 'markdown',
  summary: 'for issues, pull requests and documents',
  render(review, options) {
    const parts = [
      '# Security review',
      leadSentence(review, codeSpan),
      countSentence(review),
      ...review.findings.map(findingText),
      suppressedText(review),
      placesText(review, options.considered === true),
      problemsText(review),
      conclusionText(review),
    ]
    return `${parts.filter((part) => part !== '').join('\n\n')}\n`
  },
}

function findingText(finding: Finding): string {
  const symbol = finding.symbol === '' ? '' : ` in ${codeSpan(finding.symbol)}`
  const test = finding.isTest ? ' · **test code**' : ''
  const levels = `**${finding.severity}** severity · **${finding.confidence}** confidence`
  const parts = [
    `## ${finding.number}. ${prose(finding.title)}`,
    `${codeSpan(placeText(finding.place))}${symbol} · ${levels}${test}`,
    frame(finding.place, ''),
    `**Why.** ${prose(finding.why)}`,
    ...evidenceText(finding),
    `**What to do.** ${prose(finding.recommendation)}`,
    `**Severity ${finding.severity}.** ${prose(finding.severityReason)}`,
    `**Confidence ${finding.confidence}.** ${prose(finding.confidenceReason)}`,
    finding.mappingReason === '' ? '' : `**Mapping.** ${prose(finding.mappingReason)}`,
    [
      `Rule ${codeSpan(finding.rule)}`,
      ...finding.otherRules.map((rule) => `also ${codeSpan(rule)}`),
      `id ${codeSpan(finding.fingerprint)}`,
    ].join(' · '),
    finding.references.map((each) => `- ${reference(each)}`).join('\n'),
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}

function evidenceText(finding: Finding): readonly string[] {
  if (!hasSteps(finding)) return []
  const routes = finding.otherRoutes.map((route, at) => `**Another route (${at + 2}):** ${routeLine(route)}`)
  return [
    `**${EVIDENCE_HEADING[finding.evidence.kind]}**`,
    finding.evidence.steps.map(stepText).join('\n\n'),
    ...routes,
  ]
}

function stepText(step: EvidenceStep, at: number): string {
  const indent = ' '.repeat(`${at + 1}. `.length)
  return `${at + 1}. ${step.role} ${codeSpan(placeText(step))}: ${prose(step.what)}\n\n${frame(step, indent)}`
}

function routeLine(route: Evidence): string {
  return route.steps.map((step) => codeSpan(placeText(step))).join(' → ')
}

function frame(place: Location, indent: string): string {
  const lines = frameOf(place)
  if (lines.length === 0) return ''
  const gutter = Math.max(...lines.map((line) => String(line.number ?? '').length))
  const shown = lines.map((line) => `${String(line.number ?? '').padStart(gutter)} | ${line.text}`)
  const cut = cutText(place)
  return codeBlock([...shown, ...(cut === '' ? [] : [cut])].join('\n'), indent)
}

function suppressedText(review: Review): string {
  if (review.suppressed.length === 0) return ''
  const lines = listed(
    review.suppressed,
    ({ finding, by, reason }) => {
      const how =
        by === 'comment' ? `by the comment ${codeSpan(reason)}` : `known from the baseline ${codeSpan(reason)}`
      return `- ${codeSpan(placeText(finding.place))} ${prose(finding.title)}, ${how}`
    },
    (more) => `- ${more}`,
  )
  return ['## Suppressed findings', lines.join('\n')].join('\n\n')
}

function placesText(review: Review, areAll: boolean): string {
  const places = listedPlaces(review, areAll)
  if (places.length === 0) return ''
  const lines = places.map((place) => {
    const callee = place.callee === '' ? '' : ` ${codeSpan(`${place.callee}()`)}`
    const because = place.because === undefined ? '' : ` (${codeSpan(placeText(place.because))})`
    const what = `${codeSpan(placeText(place.place))} CWE-${place.cwe}${callee}`
    return `- ${what}: **${OUTCOME[place.outcome]}**; ${prose(place.why)}${because}`
  })
  return ['## Considered, and why nothing came of it', lines.join('\n')].join('\n\n')
}

function problemsText(review: Review): string {
  if (review.problems.length === 0) return ''
  const lines = listed(
    review.problems,
    (problem) => {
      const where = problem.path === '' ? '' : ` ${codeSpan(problemPlace(problem))}:`
      return `- ${problem.kind}:${where} ${prose(problem.message)}`
    },
    (more) => `- ${more}`,
  )
  return ['## Not reviewed, or reviewed in part', lines.join('\n')].join('\n\n')
}

function conclusionText(review: Review): string {
  const { byWeakness, sentences } = review.conclusion
  const rows = byWeakness.map(
    (row) =>
      `| ${cell(row.title)} | ${row.found} | ${row.safe} | ${row.noSource} | ${row.undecided} | ${row.suppressed} |`,
  )
  const table =
    rows.length === 0
      ? ''
      : [
          '| Places considered for | found | safe | no untrusted source known | not decided | suppressed |',
          '|---|---:|---:|---:|---:|---:|',
          ...rows,
        ].join('\n')
  return ['## Conclusion', table, sentences.map((sentence) => `- ${prose(sentence)}`).join('\n')]
    .filter((part) => part !== '')
    .join('\n\n')
}
