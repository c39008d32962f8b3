import { catalogue } from '../index.ts'
import { languages } from '../languages/discover.ts'
import type { Rule } from '../rules/rule.ts'
import { shippedRules, userRules } from '../scan/load-knowledge.ts'

/** Assay's rules and those of the user, in order of file. Throws a `UsageError` for rules that cannot be read. */
export async function rulesInUse(config: readonly string[]): Promise<readonly Rule[]> {
  const [names, all] = [catalogue(), await languages()]
  return [...shippedRules(names, all), ...userRules(config, names, all).rules]
}
