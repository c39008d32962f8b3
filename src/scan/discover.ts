import { errorCode, type FileStatus, type FolderEntry } from '../core/files.ts'
import { LIMITS } from '../core/limits.ts'
import type { Problem } from '../core/problem.ts'
import { languageOfPath, languageOfShebang } from '../languages/discover.ts'
import type { Language } from '../tree/language.ts'
import { isIgnored, isUnmentioned, rulesAtRoot, rulesIn, type IgnoreRules } from './ignore-files.ts'
import type { Target } from './root.ts'
import type { FileTree, LinkTarget } from './tree.ts'

/** A file of the program in a language that Assay reads. */
export interface SourceFile {
  /** Relative to the root, with `/`. */
  readonly path: string
  readonly language: Language
  /** Whether it is reported on; the others are only there to resolve names and flow. */
  readonly isReviewed: boolean
  /** `undefined` in a revision. */
  readonly status: FileStatus | undefined
}

/** The program's files, and what was left out. */
export interface Discovery {
  /** Sorted by path. */
  readonly files: readonly SourceFile[]
  /** What was not read although it was asked for. */
  readonly problems: readonly Problem[]
  /** Files left out by --include, --exclude and their like in the configuration. */
  readonly excluded: number
}

export interface DiscoverOptions {
  readonly languages: readonly Language[]
  /** What a reviewed file in no other language is read as; absent where no rule asks for it. */
  readonly anyFile?: Language | undefined
  readonly targets: readonly Target[]
  /** Folders that are read; see `Targets`. */
  readonly programs: readonly string[]
  /** Whether the options leave a reviewed file out; not asked for a file named by itself. */
  isExcluded(path: string): boolean
}

/** Characters of a first line that are read to find an interpreter. */
const FIRST_LINE = 256

/** Extensions and ignored paths named in the report; the rest is counted. */
const NAMED = 5

/** Finds every file of the program below the tree's root. Follows no link and waits for no pipe. */
export function discover(tree: FileTree, options: DiscoverOptions): Discovery {
  const walk = new Walk(tree, options)
  for (const program of options.programs) walk.program(program)
  for (const target of options.targets) walk.target(target)
  return walk.result()
}

class Walk {
  readonly #tree: FileTree
  readonly #options: DiscoverOptions
  readonly #files = new Map<string, SourceFile>()
  readonly #seen = new Set<string>()
  readonly #problems: Problem[] = []
  readonly #ignored: string[] = []
  readonly #otherLanguages = new Map<string, number>()
  #excluded = 0
  #isFull = false

  constructor(tree: FileTree, options: DiscoverOptions) {
    this.#tree = tree
    this.#options = options
  }

  result(): Discovery {
    const files = [...this.#files.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
    const problems = [...this.#problems, ...this.#ignoredProblem(), ...this.#otherLanguagesProblem()]
    return { files, problems, excluded: this.#excluded }
  }

  /** A folder to read that lies in none read before. */
  program(folder: string): void {
    if (!this.#seen.has(folder)) this.folder(folder, undefined)
  }

  /** A PATH that the walk did not reach because an ignore file or an option leaves it out: it was asked for by name. */
  target(target: Target): void {
    if (target.isFolder) {
      if (!this.#seen.has(target.path)) this.folder(target.path, undefined)
      return
    }
    const reached = this.#files.get(target.path)
    if (reached?.isReviewed === true) return
    if (reached !== undefined) this.#files.set(target.path, { ...reached, isReviewed: true })
    else this.#file(target.path, true)
  }

  folder(start: string, outer: IgnoreRules | undefined): void {
    const waiting: { readonly folder: string, readonly outer: IgnoreRules | undefined }[] = [{ folder: start, outer }]
    for (let next = waiting.pop(); next !== undefined && !this.#isFull; next = waiting.pop()) {
      const { folder } = next
      this.#seen.add(folder)
      const entries = this.#entries(folder)
      const names = new Set(entries.map((entry) => entry.name))
      const refuse = (path: string, reason: string): void => this.#problem('skipped', path, reason)
      const rules = next.outer === undefined
        ? rulesAtRoot(this.#tree, folder, names, refuse)
        : rulesIn(this.#tree, folder, names, next.outer, refuse)
      for (const entry of entries) {
        const path = folder === '' ? entry.name : `${folder}/${entry.name}`
        if (isIgnored(rules, path, entry.kind === 'directory')) this.#ignore(entry, path)
        else if (entry.kind === 'directory') waiting.push({ folder: path, outer: rules })
        else this.#entry(entry, path)
      }
    }
  }

  #entries(folder: string): readonly FolderEntry[] {
    try {
      return this.#tree.list(folder)
    } catch (error) {
      this.#problem('unreadable', folder, `the folder cannot be read (${errorCode(error)}); nothing in it was reviewed`)
      return []
    }
  }

  #entry(entry: FolderEntry, path: string): void {
    if (entry.kind === 'file') this.#file(path, false)
    else if (entry.kind === 'link') this.#problem('skipped', path, LINKS[this.#tree.linkTarget(path)])
    else this.#problem('skipped', path, 'a named pipe, socket or device; not read')
  }

  #file(path: string, byName: boolean): void {
    const isTarget = byName || this.#isTarget(path)
    const language = this.#languageOf(path) ?? (isTarget ? this.#options.anyFile : undefined)
    if (language === undefined) {
      if (byName) this.#problem('skipped', path, 'in no language that Assay reads')
      else if (isTarget) count(this.#otherLanguages, endingOf(path))
      return
    }
    const isExcluded = isTarget && !byName && this.#options.isExcluded(path)
    if (isExcluded) this.#excluded += 1
    if (this.#files.size >= LIMITS.files) return this.#full()
    let status: FileStatus | undefined
    try {
      status = this.#tree.status(path)
    } catch (error) {
      this.#problem('unreadable', path, `cannot be read (${errorCode(error)}); not reviewed`)
      return
    }
    this.#files.set(path, { path, language, isReviewed: isTarget && !isExcluded, status })
  }

  #full(): void {
    if (this.#isFull) return
    this.#isFull = true
    const message = `more than ${LIMITS.files} source files below the root (limit files): the rest was not read`
    this.#problems.push({ kind: 'limit', path: '', message })
  }

  #languageOf(path: string): Language | undefined {
    const { languages } = this.#options
    const byPath = languageOfPath(languages, path)
    if (byPath !== undefined || /\.[^/]*$/.test(path)) return byPath
    try {
      const beginning = new TextDecoder().decode(this.#tree.beginning(path, FIRST_LINE))
      return languageOfShebang(languages, beginning.split('\n', 1)[0] ?? '')
    } catch {
      // It has no extension and cannot be read: nothing says that it is source code.
      return undefined
    }
  }

  #isTarget(path: string): boolean {
    return this.#options.targets.some((target) => target.isFolder && isWithin(path, target.path))
  }

  #ignore(entry: FolderEntry, path: string): void {
    if (!isUnmentioned(entry.name) && this.#isTarget(path)) this.#ignored.push(entry.kind === 'directory' ? `${path}/` : path)
  }

  /** Trouble outside the reviewed paths is none of the report's. */
  #problem(kind: Problem['kind'], path: string, message: string): void {
    const isAsked = this.#isTarget(path) || this.#options.targets.some((target) => target.path === path)
    if (isAsked) this.#problems.push({ kind, path, message })
  }

  #ignoredProblem(): readonly Problem[] {
    // What was named by itself was reviewed after all.
    const ignored = this.#ignored.filter((path) => !this.#seen.has(path.replace(/\/$/, '')) && !this.#files.has(path))
    const { length } = ignored
    if (length === 0) return []
    const left = length === 1 ? '1 file or folder is' : `${length} files or folders are`
    const named = ignored.sort().slice(0, NAMED).join(', ')
    const more = length > NAMED ? ` and ${length - NAMED} more` : ''
    return [{ kind: 'skipped', path: '', message: `${left} left out by ignore files or as installed packages: ${named}${more}` }]
  }

  #otherLanguagesProblem(): readonly Problem[] {
    const counts = [...this.#otherLanguages].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    if (counts.length === 0) return []
    const total = counts.reduce((sum, [, files]) => sum + files, 0)
    const named = counts.slice(0, NAMED).map(([ending, files]) => `${ending} ${files}`).join(', ')
    const files = total === 1 ? '1 file is' : `${total} files are`
    const more = counts.length > NAMED ? ` and ${counts.length - NAMED} more endings` : ''
    return [{ kind: 'skipped', path: '', message: `${files} in no language that Assay reads: ${named}${more}` }]
  }
}

const LINKS: Readonly<Record<LinkTarget, string>> = {
  inside: 'a symbolic link; what it leads to is reviewed under its own name',
  outside: 'a symbolic link out of the root; not followed',
  broken: 'a symbolic link to nothing',
  loop: 'a symbolic link in a loop; not followed',
}

function isWithin(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`)
}

function endingOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const dot = name.lastIndexOf('.')
  return dot > 0 && name.length - dot <= 12 ? name.slice(dot) : 'without extension'
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
