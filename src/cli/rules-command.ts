import type { Command } from 'commander'
import { catalogue } from '../index.ts'
import { print } from './output.ts'
import { rulesInUse } from './rules-in-use.ts'

/** Adds `assay rules`. */
export function addRulesCommand(program: Command): void {
  const command = program.command('rules').description('list and export the rules')
  command.command('list').description('every rule with its weakness')
    .option('--config <path...>', 'rule files or folders of your own')
    .action(async (flags: { readonly config?: string[] }) => print(await listRules(flags.config ?? [])))
}

async function listRules(config: readonly string[]): Promise<string> {
  const names = catalogue()
  const lines = (await rulesInUse(config)).map((rule) => {
    const weakness = rule.cwe === 0 ? 'no weakness named' : names.title(rule.cwe)
    return `${rule.id}  ${rule.severity}  ${rule.languages.join(', ')}  ${weakness}`
  })
  return `${lines.sort().join('\n')}\n`
}
