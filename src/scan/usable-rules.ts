import type { Problem } from '../core/problem.ts'
import { compileRule } from '../match/compile.ts'
import type { Rule } from '../rules/rule.ts'
import type { FrontEnd, Language } from '../tree/language.ts'

/** Rules that can be run, and a line for each that cannot. */
export interface UsableRules {
  readonly rules: readonly Rule[]
  readonly problems: readonly Problem[]
}

/**
 * Tries the patterns of the user's rules with the parsers of their languages; a
 * rule of which a part is not understood is left out, since half of it would
 * mislead. Assay's own rules are tried by its tests.
 */
export async function usableRules(rules: readonly Rule[], languages: readonly Language[]): Promise<UsableRules> {
  const problems: Problem[] = []
  const usable: Rule[] = []
  const fronts = new Map<Language, FrontEnd>()
  for (const rule of rules) {
    const known = languages.filter((language) => rule.languages.includes(language.id))
    const reasons: string[] = []
    if (known.length === 0) reasons.push(`no front end for ${rule.languages.join(', ')}`)
    for (const language of known) {
      const front = fronts.get(language) ?? await language.open()
      fronts.set(language, front)
      reasons.push(...compileRule(rule, front).problems)
    }
    if (reasons.length === 0) usable.push(rule)
    for (const reason of new Set(reasons)) {
      problems.push({ kind: 'rule', path: rule.file, message: `rule ${rule.id} is left out: ${reason}` })
    }
  }
  return { rules: usable, problems }
}
