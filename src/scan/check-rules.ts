import { UsageError, type Problem } from '../core/problem.ts'
import type { Catalogue } from '../cwe/catalogue.ts'
import { loadRules } from '../rules/load.ts'
import type { Language } from '../tree/language.ts'
import { ruleFilesAt, withLanguageIds } from './load-knowledge.ts'
import { usableRules } from './usable-rules.ts'

export interface CheckedRules {
  readonly files: number
  /** Rules that can be run as they are. */
  readonly usable: number
  /** Everything written as a rule with an id. */
  readonly all: number
  /** By file: a line for each defect. */
  readonly problems: readonly Problem[]
}

/** Checks the rule files of files and folders. Throws a `UsageError` for a path that cannot be read or holds none. */
export async function checkRules(paths: readonly string[], catalogue: Catalogue, languages: readonly Language[]): Promise<CheckedRules> {
  const files = paths.flatMap((path) => ruleFilesAt(path))
  if (files.length === 0) throw new UsageError('There is no rule file', paths.join(' '), 'Give YAML files with a list of rules under `rules:`.')
  const { rules, problems, definitions } = loadRules(files, 'user', catalogue)
  const usable = await usableRules(rules.map((rule) => withLanguageIds(rule, languages)), languages)
  const found = [...problems, ...usable.problems]
  return {
    files: files.length, usable: usable.rules.length, all: definitions.length,
    problems: found.map((each, at) => [each, at] as const)
      .sort(([one, a], [other, b]) => (one.path < other.path ? -1 : one.path > other.path ? 1 : a - b)).map(([each]) => each),
  }
}
