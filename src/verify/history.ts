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

/** A file on its way back through its names. */
interface Trail {
  readonly path: string
  /** The name it is looked for under. */
  at: string
  readonly versions: FileVersion[]
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
    const trails = wanted.map((path): Trail => ({ path, at: path, versions: [] }))
    // Each round looks at one name of every file; the next one at the names before.
    let open: readonly Trail[] = trails
    for (let hop = 0; hop <= HISTORY_LIMITS.renamings && open.length > 0; hop++) open = this.#follow(open)
    for (const { path, versions } of trails) this.#versions.set(path, versions.slice(0, HISTORY_LIMITS.versions))
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
    return renamingsOf(this.#root, this.#repository, [removal.commit]).find((each) => each.renamedFrom === path)?.path
  }

  /** Adds the versions under the present names; gives back the files that had another name before. */
  #follow(trails: readonly Trail[]): readonly Trail[] {
    const byPath = new Map<string, CommittedFile[]>()
    for (const change of changesOf(this.#root, this.#repository, [...new Set(trails.map((each) => each.at))].sort(), HISTORY_LIMITS.commits)) {
      if (change.blob === '') continue
      const known = byPath.get(change.path)
      if (known === undefined) byPath.set(change.path, [change])
      else known.push(change)
    }
    const beginnings = new Set<string>()
    for (const trail of trails) {
      const own = byPath.get(trail.at) ?? []
      for (const { path, commit, date, blob } of own) trail.versions.push({ path, commit, date, blob })
      const oldest = own.at(-1)
      if (oldest !== undefined) beginnings.add(oldest.commit)
    }
    const renamings = renamingsOf(this.#root, this.#repository, [...beginnings])
    return trails.filter((trail) => {
      const oldest = byPath.get(trail.at)?.at(-1)
      const from = renamings.find((each) => each.commit === oldest?.commit && each.path === trail.at)?.renamedFrom ?? ''
      trail.at = from
      return from !== '' && trail.versions.length < HISTORY_LIMITS.versions
    })
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
