import { UsageError } from '../core/problem.ts'
import { SourceText, type Position } from '../core/text.ts'
import { languageNamed } from '../languages/discover.ts'
import { loadRules } from '../rules/load.ts'
import { LIMITS } from '../core/limits.ts'
import { decodeText } from './decode-text.ts'
import { discover } from './discover.ts'
import { RuleRunner } from './run-rules.ts'
import { settle } from './settings.ts'

/** A place that a pattern matches. */
export interface PatternMatch {
  /** Relative to the root, with `/`. */
  readonly path: string
  readonly position: Position
  /** The matched text. */
  readonly text: string
  /** Metavariables with what they stand for, in order of their names. */
  readonly bindings: readonly (readonly [string, string])[]
}

export interface PatternSearch {
  /** Absolute. */
  readonly root: string
  readonly matches: readonly PatternMatch[]
  /** Files searched. */
  readonly files: number
  /** What was not searched, and why. */
  readonly problems: readonly string[]
}

const ID = 'pattern'

/**
 * Searches files and folders for one pattern, each file by itself. Throws a
 * `UsageError` for a pattern that cannot be read and a language there is not.
 */
export async function searchPattern(pattern: string, languageName: string, paths: readonly string[]): Promise<PatternSearch> {
  const settings = await settle({ paths, cache: false, projectConfig: false })
  const language = languageNamed(settings.languages, languageName)
  if (language === undefined) {
    const known = settings.languages.map((each) => each.id).join(', ')
    throw new UsageError('There is no such language', `--lang ${languageName}`, `Known languages: ${known}.`)
  }
  const definition = { id: ID, languages: [language.id], severity: 'INFO', message: pattern, pattern }
  const { rules: [rule] } = loadRules([{ path: '--pattern', text: JSON.stringify({ rules: [definition] }) }], 'user', settings.catalogue)
  if (rule === undefined) throw new UsageError('The pattern is empty', '--pattern', 'Give code with metavariables such as $X.')
  const runner = new RuleRunner(settings.knowledge())
  const [problem] = await runner.problemsOf(rule, language)
  if (problem !== undefined) throw new UsageError(problem, '--pattern', 'Give an expression, statements, or part of a construct.')
  const { files, problems: found } = discover(settings.tree, settings)
  const problems = found.map((each) => `${each.path === '' ? '' : `${each.path}: `}${each.message}`)
  const matches: PatternMatch[] = []
  const searched = files.filter((file) => file.isReviewed && file.language === language)
  for (const { path } of searched) {
    const bytes = settings.tree.read(path, LIMITS.fileBytes)
    const text = typeof bytes === 'string' ? undefined : decodeText(bytes, language)?.text
    if (text === undefined) {
      problems.push(`${path}: not searched, it is ${typeof bytes === 'string' ? bytes : 'no text'}`)
      continue
    }
    const run = await runner.run([rule], text, path, language)
    problems.push(...run.problems.map((each) => `${path}: ${each}`))
    const source = new SourceText(text)
    for (const { start, end, bindings } of run.reports) {
      const sorted = [...bindings].sort(([one], [other]) => (one < other ? -1 : 1))
      matches.push({ path, position: source.position(start), text: text.slice(start, end), bindings: sorted })
    }
  }
  return { root: settings.root, matches, files: searched.length, problems }
}
