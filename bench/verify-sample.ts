import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { renderVerification, verify } from '../src/index.ts'

/*
 * Verifies the known review of five findings against a real clone of Nova with
 * its history: node dist/bench/verify-sample.js PATH-TO-CLONE [REVIEW]
 * Prints the verdicts beside those that were worked out by hand, and ends with 1
 * when one that decides a finding is another.
 */

const COMMIT = '4ba7baf451'

/**
 * Substance and label worked out by hand. Where reaching one needs knowledge of the one program, the weaker that is
 * given.
 */
const EXPECTED: readonly (readonly [substance: string, label: string, given: string])[] = [
  ['ungrounded', 'imprecise', 'ungrounded'],
  ['refuted', 'imprecise', 'refuted'],
  ['refuted', 'wrong', 'ungrounded'],
  ['referenced', 'wrong', 'referenced'],
  ['refuted', 'wrong', 'refuted'],
]

const [against, review = join('test', 'verify', 'sample', 'review.txt')] = process.argv.slice(2)
if (against === undefined) {
  console.error('usage: node dist/bench/verify-sample.js PATH-TO-CLONE-OF-NOVA [REVIEW]')
  process.exit(2)
}

const verification = await verify({ review: readFileSync(review), reviewName: review, against, revision: COMMIT })
console.log(await renderVerification(verification, { format: 'text' }))
let differing = 0
for (const [at, [substance, label, given]] of EXPECTED.entries()) {
  const finding = verification.findings[at]
  const isSame = finding?.substance === given && finding.label === label
  if (!isSame) differing += 1
  const weaker = given === substance ? '' : ` (by hand: ${substance}, which needs to know the program)`
  console.log(
    `${isSame ? 'same     ' : 'DIFFERENT'} #${at + 1}: ${finding?.substance ?? 'lost'} / ${finding?.label ?? ''}; expected ${given} / ${label}${weaker}`,
  )
}
process.exitCode = differing === 0 && verification.findings.length === EXPECTED.length ? 0 : 1
