import { catalogue, UsageError } from '../index.ts'
import { languages } from '../languages/discover.ts'
import type { Rule } from '../rules/rule.ts'
import { shippedRules, userRules } from '../scan/load-knowledge.ts'

/** Assay's rules and those of the user, in order of file. Throws a `UsageError` for rules that cannot be read. */
export async function rulesInUse(config: readonly string[]): Promise<readonly Rule[]> {
  const [names, all] = [catalogue(), await languages()]
  const shipped = shippedRules(names, all)
  return [...shipped, ...userRules(config, names, all, shipped).rules]
}

/** The rule of this id, or the only one whose id ends so. Throws a `UsageError` naming `place`. */
export function ruleNamed(rules: readonly Rule[], id: string, place: string): Rule {
  const similar = rules.filter((each) => each.id.endsWith(`.${id}`))
  const rule = rules.find((each) => each.id === id) ?? (similar.length === 1 ? similar[0] : undefined)
  if (rule !== undefined) return rule
  throw new UsageError('There is no such rule', `${place} ${id}`, '`assay rules list` lists them.')
}
