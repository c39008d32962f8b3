import type { Problem } from '../core/problem.ts'
import { UsageError } from '../core/problem.ts'
import { basename, join, resolve } from 'node:path'
import { errorCode, fileStatus, isMissing, listEntries, readRegular, realPath } from '../core/files.ts'
import { hashOfValue } from '../core/hash.ts'
import type { YamlFile } from '../core/yaml.ts'
import type { Catalogue } from '../cwe/catalogue.ts'
import { languageNamed } from '../languages/discover.ts'
import { Knowledge } from '../models/knowledge.ts'
import { loadModels } from '../models/load.ts'
import { loadRules } from '../rules/load.ts'
import type { Rule } from '../rules/rule.ts'
import type { Language } from '../tree/language.ts'
import { shippedFiles } from './prepared.ts'

/** Largest rule file of the user's, in bytes. */
const MAX_RULE_FILE = 5_000_000

/** Files in a folder of rules, and folders below it. */
const MAX_RULE_FILES = 20_000

/** Assay's own rules. Throws when one is broken: that is a defect of the installation. */
export function shippedRules(catalogue: Catalogue, languages: readonly Language[]): readonly Rule[] {
  const { rules, problems } = loadRules(shippedFiles('rules'), 'assay', catalogue)
  const first = problems[0]
  if (first !== undefined) throw new Error(first.message)
  return rules.map((rule) => withLanguageIds(rule, languages))
}

/**
 * The user's rules from files and folders. Throws a `UsageError` when a file is
 * missing, cannot be read, or holds no rule that is understood. `taken`: rules
 * beside which they run, whose ids they must not have.
 */
export function userRules(
  paths: readonly string[], catalogue: Catalogue, languages: readonly Language[], taken: readonly Rule[] = [],
): { readonly rules: readonly Rule[], readonly problems: readonly Problem[] } {
  const files = paths.flatMap((path) => ruleFilesAt(path))
  const { rules, problems } = loadRules(files, 'user', catalogue, taken)
  const first = problems[0]
  if (rules.length === 0 && paths.length > 0) {
    const place = first?.path ?? paths[0] ?? ''
    throw new UsageError(first?.message.replace(`${place}:`, 'line ') ?? 'There is no rule file', place, 'Give YAML files with a list of rules under `rules:`.')
  }
  return { rules: rules.map((rule) => withLanguageIds(rule, languages)), problems }
}

/** Models, with what is wrong with them. */
export interface LoadedKnowledge {
  readonly knowledge: () => Knowledge
  readonly problems: readonly Problem[]
  /** Tells models of a folder apart; `''` for Assay's own. */
  readonly stamp: string
}

/** Assay's own models, or those of a folder. */
export function knowledgeFrom(folder: string | undefined): LoadedKnowledge {
  if (folder === undefined) return { knowledge: shippedKnowledge, problems: [], stamp: '' }
  const files = ruleFilesAt(folder)
  const { models, problems } = loadModels(files)
  const knowledge = new Knowledge(models)
  return { knowledge: () => knowledge, problems, stamp: hashOfValue(files) }
}

let shipped: Knowledge | undefined

/** Assay's own models, read when first asked for. Throws when one is broken: that is a defect of the installation. */
export function shippedKnowledge(): Knowledge {
  if (shipped === undefined) {
    const { models, problems } = loadModels(shippedFiles('models'))
    const [first] = problems
    if (first !== undefined) throw new Error(first.message)
    shipped = new Knowledge(models)
  }
  return shipped
}

/** Rules name languages by any of their names; the engine compares ids. */
export function withLanguageIds(rule: Rule, languages: readonly Language[]): Rule {
  return { ...rule, languages: rule.languages.map((name) => languageNamed(languages, name)?.id ?? name) }
}

/** The YAML files of a file or folder that the user names. Throws a `UsageError` when it cannot be read. */
export function ruleFilesAt(path: string): readonly YamlFile[] {
  const shown = path.replaceAll('\\', '/')
  if (path === '') throw new UsageError('The path is empty', '--config', 'Give a rule file or a folder of them.')
  try {
    const start = realPath(resolve(path))
    if (fileStatus(start)?.kind !== 'directory') return [{ path: shown, text: readYaml(start, shown) }]
    return yamlFilesBelow(start, shown)
  } catch (error) {
    if (error instanceof UsageError) throw error
    if (isMissing(error)) throw new UsageError('There is no such file or folder', shown, 'Check the spelling and the current folder.')
    throw new UsageError(`It cannot be read (${errorCode(error)})`, shown, 'Check its permissions.')
  }
}

function yamlFilesBelow(start: string, shown: string): readonly YamlFile[] {
  const files: YamlFile[] = []
  const waiting = [{ folder: start, name: shown.replace(/\/$/, '') }]
  for (let next = waiting.pop(); next !== undefined && files.length < MAX_RULE_FILES; next = waiting.pop()) {
    for (const entry of listEntries(next.folder)) {
      const file = { folder: join(next.folder, entry.name), name: `${next.name}/${entry.name}` }
      if (entry.kind === 'directory' && !basename(entry.name).startsWith('.')) waiting.push(file)
      else if (entry.kind === 'file' && isRuleFile(entry.name)) files.push({ path: file.name, text: readYaml(file.folder, file.name) })
    }
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** YAML, but not the test code in YAML that lies beside rules in collections of them. */
function isRuleFile(name: string): boolean {
  return /\.ya?ml$/.test(name) && !/\.(test|fixed)\.ya?ml$/.test(name)
}

function readYaml(path: string, shown: string): string {
  const bytes = readRegular(path, MAX_RULE_FILE)
  if (typeof bytes === 'string') throw new UsageError(`It is ${bytes}`, shown, 'Give a YAML file with rules.')
  return new TextDecoder().decode(bytes)
}
