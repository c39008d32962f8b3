import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { review, type Finding } from '../../src/index.ts'
import { BANDIT, type LabelledTest } from './bandit.ts'
import { banditLabels, type Label } from './labels.ts'

/*
 * How much of what Bandit reports in labelled code Assay finds, by Bandit's tests:
 *
 *   npm run labelled -- FOLDER [--bandit COMMAND] [--misses] [--extras]
 *
 * FOLDER is a checkout of labelled code outside the project, Bandit's own examples for one. A line is found
 * when Assay reports a weakness of the test's family in it. `bandit.ts` says for each test its family, or why
 * what it reports is no weakness by itself. --misses lists what is not found, --extras what only Assay reports.
 */

type Outcome = 'found' | 'other family' | 'missed'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { bandit: { type: 'string', default: 'bandit' }, misses: { type: 'boolean' }, extras: { type: 'boolean' } },
})
const [named] = positionals
if (named === undefined) {
  console.error('usage: npm run labelled -- FOLDER [--bandit COMMAND] [--misses] [--extras]')
  process.exit(2)
}

const folder = resolve(named)
const labels = banditLabels(values.bandit, folder)
const { findings } = await review({ paths: [folder], root: folder, cache: false, projectConfig: false, suppressions: false })
const outcomes = labels.map((label) => ({ label, test: testOf(label), outcome: outcomeOf(label) }))

for (const test of BANDIT) {
  const own = outcomes.filter((each) => each.test === test)
  if (own.length === 0) continue
  const figures = (['found', 'other family', 'missed'] as const).map((outcome) => String(count(own, outcome)).padStart(4)).join(' ')
  console.log(`${test.id}  ${figures}  ${test.subject}${test.left === 'no' ? '' : ` [${test.left}: ${test.reason}]`}`)
}
const judged = outcomes.filter(({ test }) => test?.left !== 'no weakness')
const alone = judged.filter(({ test }) => test?.left !== 'needs a sender')
console.log(`\nfound, other family, missed: of all ${figuresOf(outcomes)}`)
console.log(`  without what is no weakness (${share(outcomes.length - judged.length, outcomes.length)} of all lines) ${figuresOf(judged)}`)
console.log(`  and without what needs a sender (${share(judged.length - alone.length, outcomes.length)} of all lines) ${figuresOf(alone)}`)
if (values.misses === true) {
  for (const { label, outcome } of alone) {
    if (outcome !== 'found') console.log(`  ${outcome}: ${label.test} ${label.path}:${label.line}`)
  }
}
if (values.extras === true) {
  for (const finding of findings.filter((each) => !labels.some((label) => isAt(each, label)))) {
    console.log(`  extra: ${finding.rule} ${finding.place.path}:${finding.place.line}`)
  }
}

function testOf(label: Label): LabelledTest | undefined {
  return BANDIT.find((each) => each.id === label.test)
}

function outcomeOf(label: Label): Outcome {
  const here = findings.filter((each) => isAt(each, label))
  const family = testOf(label)?.family ?? []
  if (here.some((each) => family.includes(each.cwe))) return 'found'
  return here.length > 0 ? 'other family' : 'missed'
}

function isAt({ place }: Finding, label: Label): boolean {
  return place.path === label.path && place.line <= label.endLine && place.endLine >= label.line
}

function count(among: readonly { readonly outcome: Outcome }[], outcome: Outcome): number {
  return among.filter((each) => each.outcome === outcome).length
}

function figuresOf(among: readonly { readonly outcome: Outcome }[]): string {
  const figures = [count(among, 'found'), count(among, 'other family'), count(among, 'missed')]
  return `${figures.join(', ')}; ${share(figures[0] ?? 0, among.length)} found`
}

function share(part: number, whole: number): string {
  return `${whole === 0 ? 0 : Math.round((100 * part) / whole)} %`
}
