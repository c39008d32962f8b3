import { join } from 'node:path'
import { accountOfCalls } from '../analysis/account.ts'
import { judge } from '../analysis/judge.ts'
import type { Problem } from '../core/problem.ts'
import type { Span } from '../core/text.ts'
import { linkProgram, type LinkInput } from '../program/link.ts'
import { fileSet } from '../program/modules.ts'
import type { Baseline } from '../review/baseline.ts'
import type { Review } from '../review/review.ts'
import { writeReview } from '../review/write.ts'
import { commentSpans } from './analyse-file.ts'
import { baselineFor } from './baseline.ts'
import { discover, type Discovery } from './discover.ts'
import { installation } from './installation.ts'
import { assumedNames, missingContext } from './missing-context.ts'
import type { ReviewOptions } from './options.ts'
import { analyseFiles, type AnalysedFile, type FileContent, type Work } from './program-files.ts'
import { questionOf } from './question.ts'
import { revisionOf } from './revision.ts'
import { RuleScopes } from './rule-scope.ts'
import { settle, type Settings } from './settings.ts'
import { ProgramTexts } from './texts.ts'
import type { FileTree } from './tree.ts'
import { cacheFolder } from './user-folders.ts'

/** A review with what the command line needs beside it. */
export interface ReviewRun {
  readonly review: Review
  /** The settings that held, configuration included. */
  readonly settings: Settings
  /** What was done for it. */
  readonly work: Work
}

/**
 * Reviews what the options name: the whole pipeline. Throws a `UsageError` for
 * trouble in the options; trouble in the code under review is in the result.
 */
export async function runReview(options: ReviewOptions): Promise<ReviewRun> {
  const settings = await settle(options)
  const baseline = await baselineFor(settings, async (known) => (await reviewTree(known, undefined)).review)
  const { review, work } = await reviewTree(settings, baseline)
  return { review, settings, work }
}

/**
 * Reviews some files of a tree that need not be on disk, with Assay's own rules
 * alone: no comment or configuration of the code silences anything. `root` is
 * the folder to whose repository or cache the tree belongs.
 */
export async function reviewFiles(
  root: string, tree: FileTree, paths: readonly string[], options: Pick<ReviewOptions, 'cache' | 'cacheFolder' | 'cwe' | 'jobs'> = {},
): Promise<Review> {
  // A store of its own: what an old revision holds would push out what is on disk.
  const folder = join(options.cacheFolder ?? cacheFolder(), 'verified')
  const settings = await settle({ ...options, cacheFolder: folder, paths: [root], root, projectConfig: false, suppressions: false })
  const targets = paths.map((path) => ({ named: path, path, isFolder: false }))
  const { review } = await reviewTree({ ...settings, tree, targets, named: paths, isBaseline: true }, undefined)
  settings.cache.save()
  return review
}

/** Reviews the files of one tree: discover, analyse, link, judge, write. */
async function reviewTree(settings: Settings, baseline: Baseline | undefined): Promise<{ readonly review: Review, readonly work: Work }> {
  const { tree, languages, rules, cache, onProgress } = settings

  onProgress({ stage: 'discovering', done: 0, total: 0 })
  const discovery = discover(tree, settings)

  const earlier = earlierReview(settings, discovery)
  if (earlier) return { review: earlier, work: NO_WORK }

  const scopes = new RuleScopes()
  const analysed = await analyseFiles(discovery.files, {
    tree, languages, cache, jobs: settings.jobs, rules: settings.patternRules, scopes,
    mayBeFragment: (path) => path === settings.inputPath,
    onProgress: (done, total) => onProgress({ stage: 'reading', done, total }),
  })
  const { files, contents } = analysed
  const reviewed = files.filter((file) => file.source.isReviewed)
  if (!settings.isBaseline) cache.save()

  onProgress({ stage: 'linking', done: 0, total: 0 })
  const knowledge = settings.knowledge()
  const program = linkProgram(files.map((file) => linkInput(file, settings)), knowledge)

  onProgress({ stage: 'judging', done: 0, total: 0 })
  const reviewedPaths = new Set(reviewed.map((file) => file.source.path))
  const matches = new Map(files.map((file) => [file.source.path, file.matches]))
  const places = judge({ program, knowledge, rules, matches, isReviewed: (path) => reviewedPaths.has(path) })

  onProgress({ stage: 'writing', done: 0, total: 0 })
  const texts = new ProgramTexts(tree, files)
  const review = writeReview({
    version: installation().version,
    subject: subjectOf(settings, files, contents, reviewed, texts),
    catalogue: settings.catalogue, rules, program, texts, baseline,
    places: places.filter(({ rule, file }) => scopes.has(rule, file.path)),
    calls: accountOfCalls(program, knowledge, program.files.filter((file) => reviewedPaths.has(file.path))),
    comments: (path) => commentsOf(files, path),
    problems: problemsOf(settings, [...discovery.problems, ...analysed.problems], reviewed),
    switchedOff: [...settings.switchedOff, ...excludedSentence(discovery.excluded)],
    suppressions: settings.suppressions,
    minimumSeverity: settings.severity,
    minimumConfidence: settings.confidence,
  })
  const whole = { ...review, problems: [...review.problems, ...texts.problems] }
  keepForLater(settings, discovery, contents, whole, texts.problems.length === 0)
  return { review: whole, work: analysed.work }
}

const NO_WORK: Work = { read: 0, parsed: 0, lowered: 0 }

/** The review of an earlier run that asked the same of the same files. */
function earlierReview(settings: Settings, discovery: Discovery): Review | undefined {
  const files: FileContent[] = []
  for (const source of discovery.files) {
    const names = settings.cache.unchanged(source.path, source.status)
    if (names === undefined) return undefined
    files.push({ source, ...names })
  }
  const hashes = new Map(files.map(({ source, hash }) => [source.path, hash]))
  const revision = settings.isBaseline ? '' : revisionOf(settings, files)
  const question = questionOf(settings, discovery, revision, ({ path }) => hashes.get(path))
  return question === undefined ? undefined : settings.cache.review(question)
}

/** Keeps a review, unless something befell it that another run may be spared. */
function keepForLater(
  settings: Settings, discovery: Discovery, contents: readonly FileContent[], review: Review, isSound: boolean,
): void {
  if (!isSound || settings.cache.problems.length > 0) return
  const hashes = new Map(contents.map(({ source, hash }) => [source.path, hash]))
  const question = questionOf(settings, discovery, review.subject.revision, ({ path }) => hashes.get(path))
  if (question !== undefined) settings.cache.keepReview(question, review)
}

function linkInput({ source: { path, language }, facts }: AnalysedFile, { inputPath, knowledge }: Settings): LinkInput {
  const input = { path, facts, language, isTest: language.isTest(path) }
  return path === inputPath ? { ...input, assumed: assumedNames(facts, language, (name) => knowledge().usualMeaning(name)) } : input
}

function commentsOf(files: readonly AnalysedFile[], path: string): readonly Span[] {
  const file = files.find((each) => each.source.path === path)
  return file === undefined ? [] : commentSpans(file.about)
}

function subjectOf(
  settings: Settings, files: readonly AnalysedFile[], contents: readonly FileContent[], reviewed: readonly AnalysedFile[], texts: ProgramTexts,
): Review['subject'] {
  return {
    paths: settings.named,
    revision: settings.isBaseline ? '' : revisionOf(settings, contents),
    files: reviewed.length,
    lines: reviewed.reduce((sum, file) => sum + file.about.lines, 0),
    programFiles: files.length,
    testFiles: reviewed.filter((file) => file.source.language.isTest(file.source.path)).length,
    missingContext: missingContextOf(settings, files, texts),
  }
}

function missingContextOf(settings: Settings, files: readonly AnalysedFile[], texts: ProgramTexts): string {
  const knowledge = settings.knowledge()
  const input = files.find((file) => file.source.path === settings.inputPath)
  if (input === undefined) return ''
  const { language, path } = input.source
  const inputs = files.map((file) => linkInput(file, settings))
  const paths = fileSet(inputs)
  const roots = language.modules?.roots(paths) ?? []
  const assumed = inputs.find((each) => each.path === path)?.assumed ?? new Map<string, string>()
  return missingContext(texts.get(path)?.text ?? '', input.facts, language, assumed, (module) => {
    return knowledge.isKnownLibrary(module) || language.modules?.resolve(module, path, roots, paths) !== undefined
  })
}

/** What only the project-wide view can say, and what each reviewed file says of itself. */
function problemsOf(
  settings: Settings, found: readonly Problem[], reviewed: readonly AnalysedFile[],
): readonly Problem[] {
  const problems = [...settings.problems, ...settings.cache.problems, ...found]
  for (const { source, about, matches } of reviewed) {
    for (const each of about.problems) problems.push({ ...each, path: source.path })
    for (const { rule, limits } of matches) {
      for (const limit of limits) {
        problems.push({ kind: 'limit', path: source.path, message: `rule ${rule} was not matched to the end (limit ${limit})` })
      }
    }
  }
  return problems.sort(byPlace)
}

function byPlace(one: Problem, other: Problem): number {
  return compare(one.path, other.path) || (one.span?.start ?? -1) - (other.span?.start ?? -1)
    || compare(one.kind, other.kind) || compare(one.message, other.message)
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

function excludedSentence(count: number): readonly string[] {
  if (count === 0) return []
  return [`${count} ${count === 1 ? 'file is' : 'files are'} not reported on because of include and exclude patterns.`]
}
