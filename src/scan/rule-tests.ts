import { basename, join, resolve } from 'node:path'
import { errorCode, fileStatus, isMissing, listEntries, readRegular, realPath } from '../core/files.ts'
import { UsageError } from '../core/problem.ts'
import { SourceText } from '../core/text.ts'
import type { Catalogue } from '../cwe/catalogue.ts'
import { languageNamed, languageOfPath } from '../languages/discover.ts'
import { compare, expectationsIn, rulesNamedIn, type Mismatch } from '../rules/annotations.ts'
import { loadRules } from '../rules/load.ts'
import type { Rule } from '../rules/rule.ts'
import type { Language } from '../tree/language.ts'
import { decodeText } from './decode-text.ts'
import type { RuleRunner } from './run-rules.ts'

/** One rule with the annotated files beside its file. */
export interface RuleTest {
  readonly rule: string
  /** Path of the rule's file. */
  readonly file: string
  /** As the rule names them. */
  readonly languages: readonly string[]
  /** As written; for statistics about what rules use. */
  readonly definition: unknown
  readonly result: RuleTestResult
}

export type RuleTestResult =
  | { readonly outcome: 'passed' | 'untested' }
  | { readonly outcome: 'failed'; readonly targets: readonly TargetMismatch[] }
  /** The rule, or its language, is not understood. */
  | { readonly outcome: 'unsupported'; readonly reason: string }

/** What a rule got wrong in one file. */
export interface TargetMismatch extends Mismatch {
  readonly path: string
  /** Why the result may lack something. */
  readonly problems: readonly string[]
}

export interface RuleTestSettings {
  readonly catalogue: Catalogue
  readonly languages: readonly Language[]
  readonly runner: RuleRunner
}

/** Largest rule or test file, in bytes. */
const MAX_FILE = 5_000_000

/** Entries of folders that are looked at. */
const MAX_ENTRIES = 100_000

/** A rule file and the annotated files that belong to it, as paths from the folder of the tests. */
export interface RuleTestFiles {
  readonly rules: string
  readonly targets: readonly string[]
}

/**
 * Finds rule files below a folder, each with its tests: the files of the same
 * name up to the first dot, for rules in `a.yaml` as `a.py` or `a.test.yaml`.
 * Throws a `UsageError` when the folder cannot be read.
 */
export function findRuleTests(folder: string): readonly RuleTestFiles[] {
  const byFolder = new Map<string, string[]>()
  for (const path of filesBelow(folder)) {
    const parent = path.slice(0, path.length - basename(path).length)
    const siblings = byFolder.get(parent) ?? []
    siblings.push(basename(path))
    byFolder.set(parent, siblings)
  }
  return [...byFolder].flatMap(([parent, names]) => names.filter(isRuleFile).map((name) => ({
    rules: parent + name,
    targets: names.filter((other) => stem(other) === stem(name) && !isRuleFile(other) && !other.includes('.fixed.')).map((each) => parent + each),
  })))
}

function stem(name: string): string {
  return name.split('.').find((part) => part !== '') ?? name
}

/** YAML, but not test code or fixed test code in YAML. */
function isRuleFile(name: string): boolean {
  return /\.ya?ml$/.test(name) && !/\.(test|fixed)\.ya?ml$/.test(name)
}

function filesBelow(folder: string): readonly string[] {
  const files: string[] = []
  let left = MAX_ENTRIES
  try {
    const start = realPath(resolve(folder))
    if (fileStatus(start)?.kind !== 'directory') throw new UsageError('It is no folder', folder, 'Give a folder with rule files and their tests.')
    const waiting = ['']
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      for (const entry of listEntries(join(start, next))) {
        if (--left < 0) throw new UsageError(`It holds more than ${MAX_ENTRIES} files`, folder, 'Give a folder below it.')
        if (entry.kind === 'file') files.push(`${next}${entry.name}`)
        else if (entry.kind === 'directory' && !entry.name.startsWith('.')) waiting.push(`${next}${entry.name}/`)
      }
    }
  } catch (error) {
    if (error instanceof UsageError) throw error
    if (isMissing(error)) throw new UsageError('There is no such folder', folder, 'Check the spelling and the current folder.')
    throw new UsageError(`It cannot be read (${errorCode(error)})`, folder, 'Check its permissions.')
  }
  return files.sort()
}

/** Runs the tests of one rule file, a result for each of its rules. Empty for a YAML file without rules. */
export async function runRuleTests(folder: string, files: RuleTestFiles, settings: RuleTestSettings): Promise<readonly RuleTest[]> {
  const text = textOf(folder, files.rules)
  const { rules, problems, definitions } = loadRules([{ path: files.rules, text }], 'user', settings.catalogue)
  const targets = files.targets.map((path) => ({ path, bytes: bytesOf(folder, path) }))
  const tests: RuleTest[] = []
  for (const { id, languages, value } of definitions) {
    const rule = rules.find((each) => each.id === id)
    const reason = problems.find(({ message }) => message.includes(`rule ${id} is left out`))?.message ?? 'the rule is not understood'
    const result: RuleTestResult = rule === undefined ? { outcome: 'unsupported', reason } : await testRule(rule, targets, settings)
    tests.push({ rule: id, file: files.rules, languages, definition: value, result })
  }
  return tests
}

interface Target {
  readonly path: string
  readonly bytes: Uint8Array
}

async function testRule(rule: Rule, targets: readonly Target[], settings: RuleTestSettings): Promise<RuleTestResult> {
  if (targets.length === 0) return { outcome: 'untested' }
  const wrong: TargetMismatch[] = []
  let isNamed = false
  for (const { path, bytes } of targets) {
    const language = languageFor(rule, path, settings.languages)
    if (language === undefined) return { outcome: 'unsupported', reason: `no front end for ${rule.languages.join(', ')}` }
    const [reason] = await settings.runner.problemsOf(rule, language)
    if (reason !== undefined) return { outcome: 'unsupported', reason }
    const text = decodeText(bytes, language)?.text
    if (text === undefined) continue
    isNamed ||= rulesNamedIn(text, language.lineComments).has(rule.id)
    const { reports, problems } = await settings.runner.run([rule], text, path, language)
    const source = new SourceText(text)
    const lines = reports.map((each) => source.position(each.start).line)
    const mismatch = compare(expectationsIn(text, rule.id, language.lineComments), lines)
    if (mismatch.missing.length + mismatch.extra.length > 0) wrong.push({ path, problems, ...mismatch })
  }
  if (wrong.length > 0) return { outcome: 'failed', targets: wrong }
  return { outcome: isNamed ? 'passed' : 'untested' }
}

/** The target's own language where the rule is for it, else the first one of the rule. */
function languageFor(rule: Rule, path: string, all: readonly Language[]): Language | undefined {
  const meant = rule.languages.flatMap((name) => languageNamed(all, name) ?? [])
  const own = languageOfPath(all, path)
  return own !== undefined && meant.includes(own) ? own : meant[0]
}

function textOf(folder: string, path: string): string {
  return new TextDecoder().decode(bytesOf(folder, path))
}

function bytesOf(folder: string, path: string): Uint8Array {
  const bytes = readRegular(join(folder, path), MAX_FILE)
  if (typeof bytes === 'string') throw new UsageError(`It is ${bytes}`, path, 'Take it out of the folder.')
  return bytes
}
