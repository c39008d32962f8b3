import { languageNamed } from '../../src/languages/discover.ts'
import { findRuleTests, runRuleTests, type RuleTest, type RuleTestSettings } from '../../src/scan/rule-tests.ts'
import { featuresOf } from './features.ts'
import type { Case } from './tally.ts'

/** Runs the rule files with annotated targets below a folder: a case for each rule that its targets name. */
export async function runRuleSuite(folder: string, settings: RuleTestSettings, isWanted: (of: Case) => boolean): Promise<Case[]> {
  const cases: Case[] = []
  for (const files of findRuleTests(folder)) {
    if (files.targets.length === 0) continue
    for (const test of await runRuleTests(folder, files, settings)) {
      const made = toCase(test, settings)
      if (made !== undefined && isWanted(made)) cases.push(made)
    }
  }
  return cases
}

function toCase(test: RuleTest, settings: RuleTestSettings): Case | undefined {
  const [first = 'none'] = test.languages
  const language = languageNamed(settings.languages, first)?.id ?? first.toLowerCase()
  const common = { name: `${test.file} ${test.rule}`, language, features: featuresOf(test.definition) }
  const { result } = test
  switch (result.outcome) {
    case 'untested':
      return undefined
    case 'passed':
      return { ...common, verdict: 'pass', detail: '' }
    case 'unsupported':
      return { ...common, verdict: 'not supported', detail: result.reason }
    case 'failed': {
      const targets = result.targets.map(({ path, missing, extra, problems }) => {
        const parts = [lines('missing', missing), lines('extra', extra), ...problems.slice(0, 3)]
        return `${path}: ${parts.filter((part) => part !== '').join('; ')}`
      })
      return { ...common, verdict: 'fail', detail: targets.join(' | ') }
    }
  }
}

function lines(what: string, numbers: readonly number[]): string {
  return numbers.length === 0 ? '' : `${what} ${numbers.join(',')}`
}
