import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { catalogue } from '../../src/index.ts'
import { languages } from '../../src/languages/discover.ts'
import { shippedKnowledge } from '../../src/scan/load-knowledge.ts'
import { RuleRunner } from '../../src/scan/run-rules.ts'
import { runPatternSuite } from './pattern-suite.ts'
import { runRuleSuite } from './rule-suite.ts'
import { printCases, type Case } from './tally.ts'

/*
 * Conformance with the rule language, by test suites that lie outside the project:
 *
 *   npm run conformance -- --suite DIR [--suite DIR...] [--language NAME] [--only TEXT]
 *
 * A suite is any folder with rule files beside annotated targets, or with single
 * patterns (`.sgrep`) beside targets that name the lines to match. A suite that is
 * not there is named and skipped, never passed.
 */

const { values } = parseArgs({
  options: { suite: { type: 'string', multiple: true }, language: { type: 'string' }, only: { type: 'string' } },
})
const suites = values.suite ?? []
if (suites.length === 0) {
  console.error('usage: npm run conformance -- --suite DIR [--suite DIR...] [--language NAME] [--only TEXT]')
  process.exit(2)
}

const isWanted = ({ language, name }: Case): boolean => {
  return (values.language === undefined || values.language === language) && name.includes(values.only ?? '')
}
const settings = {
  catalogue: catalogue(), languages: await languages(), runner: new RuleRunner(shippedKnowledge()),
}
let failures = 0
for (const suite of suites) {
  if (!existsSync(suite)) {
    console.log(`\n${suite}: not present`)
    continue
  }
  const folder = resolve(suite)
  const cases = [...await runRuleSuite(folder, settings, isWanted), ...await runPatternSuite(folder, settings, isWanted)]
  printCases(suite, cases)
  failures += cases.filter((each) => each.verdict !== 'pass').length
}
process.exitCode = failures === 0 ? 0 : 1
