import { SourceText } from '../core/text.ts'
import type { Language } from '../tree/language.ts'
import { languageOfPath } from '../languages/discover.ts'
import { changesOf, readObjects, renamingsOf, type CommittedFile, type Repository } from '../scan/git.ts'
import type { FileVersion, History } from './evidence.ts'
import { textOf } from './sources.ts'

/** Bounds on the search of earlier versions. */
const HISTORY_LIMITS = {
  /** Versions of one file. */
  versions: 200,
  /** Commits of one walk over all files asked for. */
  commits: 20_000,
  /** Renamings followed from one file. */
  renamings: 5,
}

/** No history: the files belong to no repository, or it was not asked for. */
export const NO_HISTORY: History = {
  isAvailable: false,
  versions: () => [],
  text: () => undefined,
  renamedTo: () => undefined,
  prepare: () => undefined,
}

/** The versions of files in a git repository, each file's asked for once. */
export class GitHistory implements History {
  readonly isAvailable = true
  readonly #root: string
  readonly #repository: Repository
  readonly #languages: readonly Language[]
  readonly #versions = new Map<string, readonly FileVersion[]>()
  readonly #texts = new Map<string, SourceText | undefined>()

  constructor(root: string, repository: Repository, languages: readonly Language[]) {
    this.#root = root
    this.#repository = repository
    this.#languages = languages
  }

  prepare(paths: readonly string[]): void {
    const wanted = [...new Set(paths)].filter((path) => !this.#versions.has(path)).sort()
    const changes = changesOf(this.#root, this.#repository, wanted, HISTORY_LIMITS.commits)
    for (const path of wanted) this.#versions.set(path, this.#versionsOf(path, changes))
  }

  versions(path: string): readonly FileVersion[] {
    if (!this.#versions.has(path)) this.prepare([path])
    return this.#versions.get(path) ?? []
  }

  text(version: FileVersion): SourceText | undefined {
    if (!this.#texts.has(version.blob)) this.#load(this.versions(version.path).concat(version))
    return this.#texts.get(version.blob)
  }

  renamedTo(path: string): string | undefined {
    const removal = changesOf(this.#root, this.#repository, [path], HISTORY_LIMITS.versions).find((each) => each.blob === '')
    if (removal === undefined) return undefined
    return renamingsOf(this.#root, this.#repository, removal.commit).find((each) => each.renamedFrom === path)?.path
  }

  #versionsOf(path: string, changes: readonly CommittedFile[]): readonly FileVersion[] {
    const own = changes.filter((each) => each.path === path && each.blob !== '')
    const versions = [...own]
    let oldest = own.at(-1)
    for (let hop = 0; hop < HISTORY_LIMITS.renamings && oldest !== undefined; hop++) {
      const { commit, path: at } = oldest
      const from = renamingsOf(this.#root, this.#repository, commit).find((each) => each.path === at)?.renamedFrom
      if (from === undefined || from === '') break
      const earlier = changesOf(this.#root, this.#repository, [from], HISTORY_LIMITS.versions).filter((each) => each.blob !== '')
      versions.push(...earlier)
      oldest = earlier.at(-1)
    }
    return versions.slice(0, HISTORY_LIMITS.versions)
  }

  #load(versions: readonly FileVersion[]): void {
    const missing = versions.filter((each) => !this.#texts.has(each.blob))
    const contents = readObjects(this.#root, [...new Set(missing.map((each) => each.blob))])
    for (const { blob, path } of missing) {
      const bytes = contents.get(blob)
      const text = bytes === undefined ? undefined : textOf(bytes, languageOfPath(this.#languages, path))
      this.#texts.set(blob, text === undefined ? undefined : new SourceText(text))
    }
  }
}
