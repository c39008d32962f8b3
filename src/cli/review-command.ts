import type { Command } from 'commander'
import { Option } from 'commander'
import { parseCweId } from '../cwe/commands.ts'
import { catalogue, formats, render, runReview, UsageError, type Confidence, type Finding, type ReviewOptions, type ReviewRun, type Severity } from '../index.ts'
import { printableLines } from '../core/printable.ts'
import { applyFixes } from '../scan/fixes.ts'
import { explainRule } from '../rules/explain.ts'
import { collect } from './collect.ts'
import { EXIT } from './failure.ts'
import { outputWidth, print, wantsColour, writeReport } from './output.ts'
import { progressLine } from './progress.ts'
import { ruleNamed, rulesInUse } from './rules-in-use.ts'
import { readStandardInput } from './standard-input.ts'

/** Severities by every name the command line takes; the last three are those of Semgrep rules. */
const SEVERITIES: Readonly<Record<string, Severity>> = {
  low: 'low', medium: 'medium', high: 'high', critical: 'critical', info: 'low', warning: 'medium', error: 'high',
}
const CONFIDENCES: Readonly<Record<string, Confidence>> = { low: 'low', medium: 'medium', high: 'high' }

const LEVELS: readonly Severity[] = ['low', 'medium', 'high', 'critical']

const EXAMPLES = `
Examples:
  $ assay review src/shop/views.py           one file; names are resolved in the program around it
  $ assay review . --cwe 89 --cwe 78         only these weaknesses, and more specific ones
  $ assay review . --config rules/           with rules of your own
  $ assay review . --baseline before.json    only what is new since an earlier review
  $ assay review . --diff main --fail-on medium
  $ assay review --explain sql-injection

Patterns of --include and --exclude are relative to the program's root: *.py, tests/, src/**/*.py.
Files named as PATH are reviewed although an ignore file or a pattern leaves them out.

A file assay.yaml at the root can say, for the whole project:
  rules: {config: [security/rules], disable: [some.rule.id]}
  exclude: [vendor/]
  thresholds: {severity: medium, confidence: medium, fail-on: high}`

interface Flags {
  readonly format: string
  readonly output?: string
  readonly config?: string[]
  readonly cwe?: string[]
  readonly severity?: string
  readonly confidence?: string
  readonly include?: string[]
  readonly exclude?: string[]
  readonly considered?: boolean
  readonly baseline?: string
  readonly diff?: string
  readonly suppressions: boolean
  readonly projectConfig: boolean
  readonly jobs?: string
  readonly cache: boolean
  readonly root?: string
  readonly failOn?: string
  readonly autofix?: boolean
  readonly dryrun?: boolean
  readonly explain?: string
  readonly stdinFilename?: string
  readonly color?: boolean
  readonly quiet?: boolean
}

/** Adds `assay review`. */
export function addReviewCommand(program: Command, formatNames: readonly string[]): void {
  program.command('review')
    .description('review files and folders, or code from standard input (PATH is -)')
    .argument('[path...]', 'files and folders to report on')
    .option('--format <name>', `form of the report: ${formatNames.join(', ')}`, 'text')
    .option('--output <file>', 'write the report to a file')
    .option('--config <path>', 'rule files or folders of your own (repeatable)', collect)
    .option('--cwe <id>', 'only these weaknesses and more specific ones (repeatable)', collect)
    .option('--severity <level>', 'list findings from low, medium, high or critical (or INFO, WARNING, ERROR)')
    .option('--confidence <level>', 'list findings from low, medium or high confidence')
    .option('--include <pattern>', 'report only on files that match (repeatable)', collect)
    .option('--exclude <pattern>', 'do not report on files that match (repeatable)', collect)
    .option('--considered', 'list every considered place and why nothing came of it, however many there are')
    .option('--baseline <file|rev>', 'only findings that are not in an earlier review or revision')
    .option('--diff <rev>', 'only findings that are new since a revision')
    .option('--no-suppressions', 'report findings that comments silence')
    .option('--no-project-config', 'do not obey assay.yaml')
    .option('--jobs <n>', 'parallel workers; 1 works in this process')
    .option('--no-cache', 'neither read nor write the cache')
    .option('--root <folder>', "the program's root; by default the repository or package around PATH")
    .option('--fail-on <level>', 'exit with 1 when a finding is at least this severe')
    .option('--autofix', 'make the fixes that rules give; the report is of the code before')
    .option('--dryrun', 'with --autofix: show the fixes, write nothing')
    .option('--explain <rule>', "print a rule's page and end")
    .option('--stdin-filename <name>', 'name of the code on standard input: its language and place')
    .addOption(new Option('--color', 'use colours'))
    .addOption(new Option('--no-color', 'use no colours'))
    .option('-q, --quiet', 'show no progress')
    .addHelpText('after', EXAMPLES)
    .action(async (paths: string[], flags: Flags) => {
      process.exitCode = await reviewCommand(paths, flags)
    })
}

async function reviewCommand(paths: readonly string[], flags: Flags): Promise<number> {
  if (flags.explain !== undefined) {
    const rule = ruleNamed(await rulesInUse(flags.config ?? []), flags.explain, '--explain')
    await print(printableLines(explainRule(rule, catalogue())))
    return EXIT.ok
  }
  const progress = progressLine(flags.quiet ?? false)
  const options = await optionsOf(paths, flags)
  const isFile = flags.output !== undefined
  // An unknown format is found before the work, not after it.
  const settings = { format: flags.format, colour: wantsColour(flags.color, isFile), width: outputWidth(isFile), considered: flags.considered ?? false }
  await checkFormat(flags.format)
  let run: Awaited<ReturnType<typeof runReview>>
  try {
    run = await runReview({ ...options, onProgress: progress.show })
  } finally {
    progress.end()
  }
  const report = await render(run, settings)
  if (flags.output === undefined) await print(report)
  else writeReport(flags.output, report)
  if (flags.autofix === true) await fix(run, flags.dryrun ?? false)
  return isAnyAtLeast(run.review.findings, run.settings.failOn) ? EXIT.found : EXIT.ok
}

/** Tells of every fix on standard error, so that the report stays what it is. */
async function fix({ review, settings }: ReviewRun, isTrial: boolean): Promise<void> {
  if (settings.inputPath !== undefined) throw new UsageError('Standard input cannot be fixed', '--autofix', 'Give files.')
  const results = await applyFixes(settings.root, review.findings, settings.languages, isTrial)
  for (const { replaced, replacement: { rule, place, text }, refused } of results) {
    const where = `${place.path}:${place.line} ${rule}`
    const changes = [...replaced.split('\n').map((line) => `  - ${line}`), ...text.split('\n').map((line) => `  + ${line}`)]
    const lines = refused === '' ? [`${isTrial ? 'Fix' : 'Fixed'}: ${where}`, ...(isTrial ? changes : [])] : [`Not fixed: ${where}: ${refused}`]
    process.stderr.write(printableLines(`${lines.join('\n')}\n`))
  }
  const made = results.filter((each) => each.refused === '').length
  process.stderr.write(`${made} ${made === 1 ? 'fix' : 'fixes'} ${isTrial ? 'possible' : 'made'}, ${results.length - made} refused.\n`)
}

async function optionsOf(paths: readonly string[], flags: Flags): Promise<ReviewOptions> {
  const usesInput = paths.includes('-')
  if (usesInput && paths.length > 1) throw new UsageError('Standard input is reviewed alone', '-', 'Leave out the other paths.')
  if (!usesInput && flags.stdinFilename !== undefined) throw new UsageError('It names standard input, which is not reviewed', '--stdin-filename', 'Give `-` as the path.')
  return {
    paths: usesInput ? [] : paths,
    ...optional('input', usesInput ? await readStandardInput(flags.stdinFilename) : undefined),
    ...optional('root', flags.root),
    ...optional('config', flags.config),
    ...optional('cwe', flags.cwe?.flatMap((each) => each.split(',')).map(parseCweId)),
    ...optional('severity', level(SEVERITIES, flags.severity, '--severity')),
    ...optional('confidence', level(CONFIDENCES, flags.confidence, '--confidence')),
    ...optional('failOn', level(SEVERITIES, flags.failOn, '--fail-on')),
    ...optional('include', flags.include),
    ...optional('exclude', flags.exclude),
    ...optional('baseline', flags.baseline),
    ...optional('diff', flags.diff),
    ...optional('jobs', flags.jobs === undefined ? undefined : jobsIn(flags.jobs)),
    suppressions: flags.suppressions,
    projectConfig: flags.projectConfig,
    cache: flags.cache,
  }
}

function optional<Key extends string, Value>(key: Key, value: Value | undefined): { readonly [K in Key]?: Value } {
  const given: { [K in Key]?: Value } = {}
  if (value !== undefined) given[key] = value
  return given
}

function jobsIn(given: string): number {
  if (/^\d{1,3}$/.test(given)) return Number(given)
  throw new UsageError('Not a number of workers', `--jobs ${given}`, 'Give a number from 1 to 256.')
}

function level<Level>(levels: Readonly<Record<string, Level>>, given: string | undefined, option: string): Level | undefined {
  if (given === undefined) return undefined
  const name = given.toLowerCase()
  if (Object.hasOwn(levels, name)) return levels[name]
  throw new UsageError('There is no such level', `${option} ${given}`, `Give one of ${Object.keys(levels).join(', ')}.`)
}

async function checkFormat(name: string): Promise<void> {
  const all = await formats()
  if (all.some((each) => each.name === name.toLowerCase())) return
  throw new UsageError('There is no such report format', `--format ${name}`, `Known formats: ${all.map((each) => each.name).join(', ')}.`)
}

function isAnyAtLeast(findings: readonly Finding[], threshold: Severity | undefined): boolean {
  if (threshold === undefined) return false
  return findings.some((finding) => LEVELS.indexOf(finding.severity) >= LEVELS.indexOf(threshold))
}
