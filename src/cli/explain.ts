import { catalogue, UsageError } from '../index.ts'
import type { Rule } from '../rules/rule.ts'
import { printableLines } from '../core/printable.ts'
import { rulesInUse } from './rules-in-use.ts'

/** A rule's page: what, why, what to do, examples. Throws a `UsageError` for a rule that does not exist. */
export async function explainRule(id: string, config: readonly string[]): Promise<string> {
  const rules = await rulesInUse(config)
  const rule = rules.find((each) => each.id === id) ?? onlyOne(rules.filter((each) => each.id.endsWith(`.${id}`)))
  if (rule === undefined) throw new UsageError('There is no such rule', `--explain ${id}`, '`assay rules list` lists them.')
  return printableLines(page(rule))
}

function onlyOne(rules: readonly Rule[]): Rule | undefined {
  return rules.length === 1 ? rules[0] : undefined
}

function page(rule: Rule): string {
  const weakness = rule.cwe === 0 ? '' : catalogue().title(rule.cwe)
  const examples = rule.examples.flatMap((example) => [
    `Example: ${example.title}`,
    ...[...example.files].flatMap(([name, code]) => [`  ${name}`, ...code.trimEnd().split('\n').map((line) => `    ${line}`)]),
  ])
  return [
    `${rule.id}: ${rule.title}`, weakness,
    `Severity ${rule.severity}, confidence ${rule.confidence}. Rule file: ${rule.file}`,
    ...paragraph('What', rule.what || rule.message), ...paragraph('Why', rule.why), ...paragraph('What to do', rule.fix),
    ...paragraph('Why this weakness', rule.mappingReason),
    ...(rule.references.length === 0 ? [] : ['', 'References', ...rule.references.map((each) => `  ${each}`)]),
    '', ...examples,
  ].filter((line, at, all) => line !== '' || all[at - 1] !== '').join('\n').trimEnd() + '\n'
}

function paragraph(heading: string, text: string): readonly string[] {
  return text === '' ? [] : ['', heading, `  ${text.replaceAll('\n', '\n  ')}`]
}
