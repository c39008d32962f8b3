import { SourceText } from '../core/text.ts'
import type { Language } from '../tree/language.ts'
import { languageOfPath } from '../languages/discover.ts'
import {
  changesOf,
  readObjects,
  readObjectsBeside,
  renamingsOf,
  type CommittedFile,
  type Repository,
} from '../scan/git.ts'
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
  /** Versions that are read at once, before they are asked for. */
  prefetched: 3_000,
}

/** No history: the files belong to no repository, or it was not asked for. */
export const NO_HISTORY: History = {
  isAvailable: false,
  versions: () => [],
  text: () => undefined,
  renamed: () => Promise.resolve(new Map()),
  prepare: () => Promise.resolve(),
}

/** A file on its way back through its names. */
interface Trail {
  readonly path: string
  /** The name it is looked for under. */
  at: string
  readonly versions: FileVersion[]
}

/** Files whose earlier names are looked at, and the commits from which the walk goes back; none: from every ref. */
interface Round {
  readonly trails: readonly Trail[]
  readonly from: readonly string[]
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

  async prepare(paths: readonly string[]): Promise<void> {
    const wanted = [...new Set(paths)].filter((path) => !this.#versions.has(path)).sort()
    const trails = wanted.map((path): Trail => ({ path, at: path, versions: [] }))
    // Each round looks at one name of every file; the next one at the names before, from the renamings on.
    let open: Round = { trails, from: [] }
    for (let hop = 0; hop <= HISTORY_LIMITS.renamings && open.trails.length > 0; hop++) open = await this.#follow(open)
    for (const { path, versions } of trails) this.#versions.set(path, versions.slice(0, HISTORY_LIMITS.versions))
    const prefetched = wanted.flatMap((path) => this.versions(path)).slice(0, HISTORY_LIMITS.prefetched)
    this.#keep(prefetched, await readObjectsBeside(this.#root, idsOf(prefetched)))
  }

  versions(path: string): readonly FileVersion[] {
    return this.#versions.get(path) ?? []
  }

  text(version: FileVersion): SourceText | undefined {
    if (!this.#texts.has(version.blob)) this.#load(this.versions(version.path).concat(version))
    return this.#texts.get(version.blob)
  }

  async renamed(paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const changes = await changesOf(this.#root, this.#repository, [...new Set(paths)].sort(), HISTORY_LIMITS.commits)
    const removals = new Map<string, string>()
    for (const { path, blob, commit } of changes) if (blob === '' && !removals.has(path)) removals.set(path, commit)
    const renamings = await renamingsOf(this.#root, this.#repository, [...new Set(removals.values())])
    return new Map(
      renamings
        .filter((each) => removals.get(each.renamedFrom) === each.commit)
        .map((each) => [each.renamedFrom, each.path]),
    )
  }

  /** Adds the versions under the present names; gives back the files that had another name before. */
  async #follow({ trails, from }: Round): Promise<Round> {
    const byPath = new Map<string, CommittedFile[]>()
    const paths = [...new Set(trails.map((each) => each.at))].sort()
    for (const change of await changesOf(this.#root, this.#repository, paths, HISTORY_LIMITS.commits, from)) {
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
    const renamings = await renamingsOf(this.#root, this.#repository, [...beginnings])
    const commits = new Set<string>()
    const renamed = trails.filter((trail) => {
      const oldest = byPath.get(trail.at)?.at(-1)
      const renaming = renamings.find((each) => each.commit === oldest?.commit && each.path === trail.at)
      trail.at = renaming?.renamedFrom ?? ''
      if (renaming === undefined || trail.versions.length >= HISTORY_LIMITS.versions) return false
      commits.add(renaming.commit)
      return true
    })
    return { trails: renamed, from: [...commits].sort() }
  }

  #load(versions: readonly FileVersion[]): void {
    const missing = versions.filter((each) => !this.#texts.has(each.blob))
    this.#keep(missing, readObjects(this.#root, idsOf(missing)))
  }

  #keep(versions: readonly FileVersion[], contents: ReadonlyMap<string, Uint8Array>): void {
    for (const { blob, path } of versions) {
      const bytes = contents.get(blob)
      const text = bytes === undefined ? undefined : textOf(bytes, languageOfPath(this.#languages, path))
      this.#texts.set(blob, text === undefined ? undefined : new SourceText(text))
    }
  }
}

function idsOf(versions: readonly FileVersion[]): readonly string[] {
  return [...new Set(versions.map((each) => each.blob))]
}
