import { availableParallelism } from 'node:os'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { errorCode, fileStatus, realPath } from '../core/files.ts'
import { pathFilter } from '../core/glob.ts'
import { UsageError, type Problem } from '../core/problem.ts'
import type { Catalogue } from '../cwe/catalogue.ts'
import { openCatalogue } from '../cwe/open.ts'
import { languages as allLanguages } from '../languages/discover.ts'
import type { Knowledge } from '../models/knowledge.ts'
import type { Confidence, Rule, Severity } from '../rules/rule.ts'
import type { Language } from '../tree/language.ts'
import { noCache, type Cache } from './cache.ts'
import { CONFIGURATION_FILE, NO_CONFIGURATION, readConfiguration, type ProjectConfiguration } from './configuration.ts'
import { DiskCache } from './disk-cache.ts'
import { installation } from './installation.ts'
import { knowledgeFrom, shippedRules, userRules } from './load-knowledge.ts'
import type { Progress, ReviewOptions, StandardInput } from './options.ts'
import { findTargets, type Target, type Targets } from './root.ts'
import { codeOf, languageOfInput, TreeWithInput } from './standard-input.ts'
import { DiskTree, relativeTo, type FileTree } from './tree.ts'
import { usableRules } from './usable-rules.ts'
import { cacheFolder, dataFolder } from './user-folders.ts'

/** The options with everything found, read and checked that they name. */
export interface Settings {
  /** Absolute. */
  readonly root: string
  readonly tree: FileTree
  readonly targets: readonly Target[]
  /** Folders below the root that hold the program; see `Targets`. */
  readonly programs: readonly string[]
  /** The paths as the user named them. */
  readonly named: readonly string[]
  /** Where standard input stands in the program; `undefined` when files are reviewed. */
  readonly inputPath: string | undefined
  readonly languages: readonly Language[]
  /** The language of files in no other one, where a rule is for any file. */
  readonly anyFile: Language | undefined
  readonly catalogue: Catalogue
  /** Rules that are run. */
  readonly rules: readonly Rule[]
  /** Those of them that search by patterns; workers and cache know them by their number here. */
  readonly patternRules: readonly Rule[]
  /** The models, read when first asked for: a review that is kept does without. */
  readonly knowledge: () => Knowledge
  /** Tells models of a folder apart; `''` for Assay's own. */
  readonly modelStamp: string
  readonly configuration: ProjectConfiguration
  readonly isExcluded: (path: string) => boolean
  readonly severity: Severity
  readonly confidence: Confidence
  /** From the options or the project's configuration. */
  readonly failOn: Severity | undefined
  readonly suppressions: boolean
  /** The revision or file that --baseline or --diff names, and which of them it was. */
  readonly baseline: { readonly name: string, readonly isRevision: boolean } | undefined
  /** Whether this is the review of an earlier revision that gives the baseline. */
  readonly isBaseline: boolean
  readonly jobs: number
  readonly cache: Cache
  /** Trouble with rules, models, catalogue and configuration. */
  readonly problems: readonly Problem[]
  /** What options and configuration switch off, in sentences. */
  readonly switchedOff: readonly string[]
  readonly onProgress: (progress: Progress) => void
}

/** Workers when the user says nothing; more do not pay, the link that follows is one thread's work. */
const MOST_JOBS = 8

/** Finds, reads and checks everything the options name. Throws a `UsageError` for what cannot be used. */
export async function settle(options: ReviewOptions): Promise<Settings> {
  const languages = await allLanguages()
  const opened = openCatalogue(join(installation().folder, 'data', 'cwe'), dataFolder())
  const { catalogue } = opened
  const place = await placeOf(options, languages)
  const configuration = options.projectConfig === false ? NO_CONFIGURATION : readConfiguration(place.tree)
  const shipped = shippedRules(catalogue, languages)
  const own = userRules([...(options.config ?? []), ...projectRules(place.root, configuration)], catalogue, languages, shipped)
  const usable = await usableRules(own.rules, languages)
  const all = [...shipped, ...usable.rules]
  const disabled = disabledIds(all, configuration)
  const chosen = chooseRules(all.filter((rule) => !disabled.includes(rule.id)), options.cwe, catalogue)
  const { knowledge, problems, stamp } = knowledgeFrom(options.modelFolder)
  const patternRules = chosen.rules.filter(hasPatterns)
  return {
    ...place, languages, anyFile: anyFileOf(patternRules, languages), catalogue, knowledge, modelStamp: stamp, configuration, patternRules,
    rules: chosen.rules,
    isExcluded: exclusion(options, configuration),
    severity: options.severity ?? configuration.severity ?? 'low',
    confidence: options.confidence ?? configuration.confidence ?? 'low',
    failOn: options.failOn ?? configuration.failOn,
    suppressions: options.suppressions ?? true,
    baseline: baselineAsked(options),
    isBaseline: false,
    jobs: jobsAsked(options.jobs),
    cache: options.cache === false
      ? noCache(patternRules.length)
      : new DiskCache(options.cacheFolder ?? cacheFolder(), place.root, patternRules),
    problems: [...own.problems, ...usable.problems, ...problems, ...warning(opened.warning)],
    switchedOff: [...chosen.switchedOff, ...saidBy(configuration, disabled, options)],
    onProgress: options.onProgress ?? ((): void => undefined),
  }
}

function anyFileOf(rules: readonly Rule[], languages: readonly Language[]): Language | undefined {
  return languages.find((each) => each.ofAnyFile === true && rules.some((rule) => rule.languages.includes(each.id)))
}

function hasPatterns({ formula }: Rule): boolean {
  return formula.mode === 'search' || [formula.sources, formula.sinks, formula.sanitizers, formula.propagators].some((items) => items.length > 0)
}

type Place = Pick<Settings, 'root' | 'programs' | 'tree' | 'targets' | 'named' | 'inputPath'>

async function placeOf(options: ReviewOptions, languages: readonly Language[]): Promise<Place> {
  if (options.input !== undefined) return placeOfInput(options.input, options.root, languages)
  if (options.paths === undefined || options.paths.length === 0) throw new UsageError('No path to review', 'PATH', 'Name files or folders, or `.` for the current one.')
  const { root, targets, programs } = findTargets(options.paths, options.root, languages)
  return { root, programs, targets, tree: new DiskTree(root), named: targets.map((target) => target.named), inputPath: undefined }
}

/** Where the code would stand: its folder may exist, and then its program is used. */
async function placeOfInput(input: StandardInput, given: string | undefined, languages: readonly Language[]): Promise<Place> {
  const language = languageOfInput(input, languages)
  const wanted = resolve(input.fileName)
  const folder = existingFolder(dirname(wanted))
  const found: Targets = findTargets([folder], given, languages)
  const path = relativeTo(found.root, join(found.root, found.targets[0]?.path ?? '', relative(folder, wanted))) ?? basename(wanted)
  const named = input.fileName.replaceAll('\\', '/')
  const tree = new TreeWithInput(new DiskTree(found.root), path, await codeOf(input.bytes, language))
  return { root: found.root, programs: found.programs, tree, targets: [{ named, path, isFolder: false }], named: [named], inputPath: path }
}

function existingFolder(folder: string): string {
  for (let at = folder; dirname(at) !== at; at = dirname(at)) if (fileStatus(at) !== undefined) return at
  return '.'
}

const CORRECT_IT = 'Correct the file, or add --no-project-config.'

/** The project's rule files. Throws a `UsageError` for one that a link leads out of the root. */
function projectRules(root: string, configuration: ProjectConfiguration): readonly string[] {
  return configuration.rules.map((path) => {
    const place = `${CONFIGURATION_FILE}, rules.config`
    try {
      const real = realPath(join(root, path))
      if (relativeTo(root, real) !== undefined) return real
    } catch (error) {
      throw new UsageError(`${path} cannot be read (${errorCode(error)})`, place, CORRECT_IT)
    }
    throw new UsageError(`${path} leads out of the root`, place, 'Keep the rules in the project, name them with --config, or add --no-project-config.')
  })
}

/** Ids of the rules that the project switches off; it may name a rule by the end of its id. */
function disabledIds(rules: readonly Rule[], { disabled }: ProjectConfiguration): readonly string[] {
  return disabled.map(({ id, line }) => {
    const similar = rules.filter((rule) => rule.id.endsWith(`.${id}`))
    const named = rules.find((rule) => rule.id === id) ?? (similar.length === 1 ? similar[0] : undefined)
    if (named !== undefined) return named.id
    throw new UsageError(`there is no rule ${id}`, `${CONFIGURATION_FILE}:${line}`, '`assay rules list` lists them; or add --no-project-config.')
  })
}

/** What the project's configuration leaves out, in sentences. What an option overrides is not said. */
function saidBy(configuration: ProjectConfiguration, disabled: readonly string[], options: ReviewOptions): readonly string[] {
  const { exclude, severity, confidence } = configuration
  const said: string[] = []
  if (disabled.length > 0) said.push(`not run: ${disabled.join(', ')}.`)
  if (exclude.length > 0) said.push(`not reported on: ${exclude.join(', ')}.`)
  if (severity !== undefined && options.severity === undefined) said.push(`findings below severity ${severity} are counted only.`)
  if (confidence !== undefined && options.confidence === undefined) said.push(`findings below confidence ${confidence} are counted only.`)
  return said.map((sentence) => `${CONFIGURATION_FILE}: ${sentence}`)
}

function chooseRules(
  rules: readonly Rule[], cwes: readonly number[] | undefined, catalogue: Catalogue,
): { readonly rules: readonly Rule[], readonly switchedOff: readonly string[] } {
  if (cwes === undefined || cwes.length === 0) return { rules, switchedOff: [] }
  for (const id of cwes) checkWeakness(id, catalogue)
  const isAsked = (rule: Rule): boolean => [rule.cwe, ...rule.otherCwes].some((id) => {
    return cwes.some((asked) => asked === id || catalogue.isAncestor(asked, id))
  })
  const names = cwes.map((id) => `CWE-${id}`).join(', ')
  const chosen = rules.filter(isAsked)
  const only = `Only rules for ${names} and what is below were run (--cwe).`
  return { rules: chosen, switchedOff: [chosen.length === 0 ? `${only} There is no such rule: nothing was looked for.` : only] }
}

/** Throws a `UsageError` for an id under which nothing can be found: a review that looked for nothing would look clean. */
function checkWeakness(id: number, catalogue: Catalogue): void {
  const entry = catalogue.entry(id)
  if (entry?.kind === 'weakness') return
  if (entry === undefined) {
    throw new UsageError(`It is not in ${catalogue.name} ${catalogue.version}`, `--cwe ${id}`, 'Look it up by words: assay cwe search WORDS.')
  }
  throw new UsageError(
    `${catalogue.title(id)} is a ${entry.kind}, which groups weaknesses and is none`, `--cwe ${id}`,
    `Name weaknesses; \`assay cwe ${id}\` lists those in it.`,
  )
}

function exclusion(options: ReviewOptions, configuration: ProjectConfiguration): (path: string) => boolean {
  const { include = [], exclude = [] } = options
  const isIncluded = include.length === 0 ? (): boolean => true : pathFilter(include, '--include')
  const isExcluded = pathFilter(exclude, '--exclude')
  const isExcludedByProject = pathFilter(configuration.exclude, `${CONFIGURATION_FILE}, exclude`, CORRECT_IT)
  return (path) => !isIncluded(path) || isExcluded(path) || isExcludedByProject(path)
}

function baselineAsked({ baseline, diff }: ReviewOptions): Settings['baseline'] {
  if (baseline !== undefined && diff !== undefined) {
    throw new UsageError('Two baselines are given', '--baseline, --diff', 'Leave out one of them.')
  }
  if (diff !== undefined) return { name: diff, isRevision: true }
  return baseline === undefined ? undefined : { name: baseline, isRevision: false }
}

function jobsAsked(jobs: number | undefined): number {
  if (jobs === undefined) return Math.min(availableParallelism(), MOST_JOBS)
  if (Number.isInteger(jobs) && jobs >= 1 && jobs <= 256) return jobs
  throw new UsageError('Not a number of workers', `--jobs ${jobs}`, 'Give a number from 1 to 256.')
}

function warning(message: string | undefined): readonly Problem[] {
  return message === undefined ? [] : [{ kind: 'skipped', path: '', message }]
}
