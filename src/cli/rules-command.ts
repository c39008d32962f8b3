import type { Command } from 'commander'
import { join } from 'node:path'
import { printableLines } from '../core/printable.ts'
import { catalogue, UsageError } from '../index.ts'
import { languages } from '../languages/discover.ts'
import { exportRule } from '../rules/export.ts'
import type { Rule } from '../rules/rule.ts'
import { checkRules } from '../scan/check-rules.ts'
import { shippedKnowledge } from '../scan/load-knowledge.ts'
import { collect } from './collect.ts'
import { EXIT } from './failure.ts'
import { print, writeReport } from './output.ts'
import { ruleNamed, rulesInUse } from './rules-in-use.ts'

const EXAMPLES = `
Examples:
  $ assay rules list
  $ assay rules check my-rules/
  $ assay rules export sql-injection > sql-injection.yaml
  $ assay rules export --output exported/     every rule, one file each`

interface Flags {
  readonly config?: string[]
  readonly output?: string
}

/** Adds `assay rules`. */
export function addRulesCommand(program: Command): void {
  const command = program.command('rules').description('list, check and export rules').addHelpText('after', EXAMPLES)
  command.command('list').description('every rule with its weakness')
    .option('--config <path>', 'rule files or folders of your own (repeatable)', collect)
    .action(async (flags: Flags) => print(await listRules(flags.config ?? [])))
  command.command('check').description('say what is wrong with rule files, with file and line').argument('<path...>')
    .action(async (paths: string[]) => {
      process.exitCode = await checkCommand(paths)
    })
  command.command('export').description('rules as self-contained files of the rule language').argument('[id...]')
    .option('--config <path>', 'rule files or folders of your own (repeatable)', collect)
    .option('--output <folder>', 'write one file per rule; needed for more than one')
    .action(exportRules)
}

async function listRules(config: readonly string[]): Promise<string> {
  const names = catalogue()
  const lines = (await rulesInUse(config)).map((rule) => {
    const weakness = rule.cwe === 0 ? 'no weakness named' : names.title(rule.cwe)
    return `${rule.id}  ${rule.severity}  ${rule.languages.join(', ')}  ${weakness}`
  })
  return printableLines(`${lines.sort().join('\n')}\n`)
}

async function checkCommand(paths: readonly string[]): Promise<number> {
  const { files, usable, all, problems } = await checkRules(paths, catalogue(), await languages())
  const lines = problems.map(({ path, message }) => (message.startsWith(path) ? message : `${path}: ${message}`))
  lines.push(`${usable} of ${all} rules in ${files} ${files === 1 ? 'file' : 'files'} can be used.`)
  await print(printableLines(`${lines.join('\n')}\n`))
  return problems.length === 0 ? EXIT.ok : EXIT.found
}

async function exportRules(ids: string[], flags: Flags): Promise<void> {
  const all = await rulesInUse(flags.config ?? [])
  const rules = ids.length === 0 ? all : ids.map((id) => ruleNamed(all, id, 'assay rules export'))
  const knowledge = shippedKnowledge()
  const known = await languages()
  const [only] = rules
  if (flags.output === undefined) {
    if (only === undefined || rules.length > 1) {
      throw new UsageError('More than one rule to export', 'assay rules export', 'Name one rule, or add --output FOLDER.')
    }
    await print(exportRule(only, knowledge, known))
    return
  }
  if (flags.output === '') throw new UsageError('The folder has no name', '--output', 'Name a folder, or `.` for the current one.')
  for (const rule of rules) writeReport(join(flags.output, fileOf(rule)), exportRule(rule, knowledge, known))
}

/** An id holds letters, digits, dots, hyphens and underscores: no part of it is a folder. */
function fileOf(rule: Rule): string {
  return `${rule.id}.yaml`
}
