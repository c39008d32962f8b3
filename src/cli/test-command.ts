import type { Command } from 'commander'
import { printableLines } from '../core/printable.ts'
import { catalogue } from '../index.ts'
import { languages } from '../languages/discover.ts'
import { shippedKnowledge } from '../scan/load-knowledge.ts'
import { findRuleTests, runRuleTests, type RuleTest, type TargetMismatch } from '../scan/rule-tests.ts'
import { RuleRunner } from '../scan/run-rules.ts'
import { EXIT } from './failure.ts'
import { print } from './output.ts'

const HELP = `
A rule file sql.yaml is tested on the files of its name beside it: sql.py, sql.test.py.
Comments in them say what is expected of the line after:
  # ruleid: my-rule       my-rule reports it
  # ok: my-rule           it does not
  # todoruleid: my-rule   it should, and nothing is decided yet (todook likewise)
A line without a comment must not be reported.

Exit codes: 0 all rules pass; 1 some do not; 2 it could not be done.`

/** Adds `assay test`. */
export function addTestCommand(program: Command): void {
  program.command('test')
    .description('run rules on the annotated code beside them')
    .argument('<folder>', 'rule files and their tests')
    .addHelpText('after', HELP)
    .action(async (folder: string) => {
      process.exitCode = await testCommand(folder)
    })
}

async function testCommand(folder: string): Promise<number> {
  const settings = {
    catalogue: catalogue(), languages: await languages(), runner: new RuleRunner(shippedKnowledge()),
  }
  const tests: RuleTest[] = []
  for (const files of findRuleTests(folder)) tests.push(...await runRuleTests(folder, files, settings))
  const failing = tests.filter(({ result }) => result.outcome === 'failed' || result.outcome === 'unsupported')
  const untested = tests.filter(({ result }) => result.outcome === 'untested')
  const passed = tests.length - failing.length - untested.length
  const lines = [...failing.flatMap(failure), ...untested.map((each) => `${each.rule} (${each.file}): no test names it`)]
  lines.push(`${passed} of ${tests.length} rules pass, ${failing.length} do not, ${untested.length} have no test.`)
  await print(printableLines(`${lines.join('\n')}\n`))
  return failing.length === 0 ? EXIT.ok : EXIT.found
}

function failure({ rule, file, result }: RuleTest): string[] {
  if (result.outcome === 'unsupported') return [`${rule} (${file}): ${result.reason}`]
  if (result.outcome !== 'failed') return []
  return [`${rule} (${file})`, ...result.targets.flatMap(mismatch)]
}

/** A report that stands near where one is missing is named as moved. */
function mismatch({ path, missing, extra, problems }: TargetMismatch): string[] {
  const moved = missing.flatMap((line) => {
    const to = extra.find((other) => Math.abs(other - line) <= 2)
    return to === undefined ? [] : [{ line, to }]
  })
  const isMoved = (line: number): boolean => moved.some((each) => each.line === line || each.to === line)
  return [
    ...missing.filter((line) => !isMoved(line)).map((line) => `  ${path}:${line}: missing, a report is expected`),
    ...moved.map(({ line, to }) => `  ${path}:${line}: moved, reported at line ${to}`),
    ...extra.filter((line) => !isMoved(line)).map((line) => `  ${path}:${line}: extra, no report is expected`),
    ...problems.map((problem) => `  ${path}: ${problem}`),
  ]
}
