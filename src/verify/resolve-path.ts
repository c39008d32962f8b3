import type { LocatedFile, Sources } from './evidence.ts'

/** Candidates of an ambiguous path that are told. */
const MAX_CANDIDATES = 5

/**
 * Finds the file of the tree that a cited path means. Only paths that the tree
 * lists are ever answered, so nothing outside it can be read whatever is cited.
 */
export class PathResolver {
  readonly #sources: Sources
  readonly #byName = new Map<string, string[]>()
  readonly #known = new Map<string, LocatedFile>()

  constructor(sources: Sources) {
    this.#sources = sources
    for (const path of sources.paths) {
      const name = nameOf(path).toLowerCase()
      const paths = this.#byName.get(name)
      if (paths === undefined) this.#byName.set(name, [path])
      else paths.push(path)
    }
  }

  resolve(cited: string): LocatedFile {
    const known = this.#known.get(cited) ?? this.#find(cited)
    this.#known.set(cited, known)
    return known
  }

  /**
   * The path in the tree that a cited one would have, when there is none; `undefined` when there is, or when it leads
   * elsewhere.
   */
  missing(cited: string): string | undefined {
    return this.resolve(cited).how === 'missing' ? tidy(cited) : undefined
  }

  #find(cited: string): LocatedFile {
    const path = tidy(cited)
    if (path === undefined) return located('', 'outside')
    for (const each of [path, withoutSide(path)]) if (this.#sources.has(each)) return located(each, 'exact')
    const same = this.#byName.get(nameOf(path).toLowerCase()) ?? []
    const steps: readonly (readonly [LocatedFile['how'], readonly string[]])[] = [
      ['case', same.filter((each) => each.toLowerCase() === path.toLowerCase())],
      ['suffix', same.filter((each) => each.endsWith(`/${path}`))],
      ['suffix', longest(same.filter((each) => `/${path}`.endsWith(`/${each}`)))],
      ['basename', isAbsolute(cited) ? [] : same],
    ]
    for (const [how, found] of steps) {
      if (found.length === 1) return located(found[0] ?? '', how)
      if (found.length > 1 && (how !== 'basename' || !path.includes('/'))) return ambiguous(found)
    }
    return located('', isAbsolute(cited) ? 'outside' : 'missing')
  }
}

/**
 * A cited path with `/`, without scheme and leading `./`; `undefined` for one
 * that leaves the tree or names what is no file path.
 */
export function tidy(cited: string): string | undefined {
  if (cited.includes('\0') || cited.length > MAX_PATH) return undefined
  let path = cited.trim().replaceAll('\\', '/')
  if (path.startsWith('file://')) path = path.slice('file://'.length)
  if (path.startsWith('//')) return undefined
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') {
      if (parts.length === 0) return undefined
      parts.pop()
    } else if (part !== '' && part !== '.') parts.push(part)
  }
  // A colon within is a drive or a second stream of a file, and no tree of a repository has it.
  if (parts.slice(1).some((part) => part.includes(':'))) return undefined
  return parts.join('/')
}

const MAX_PATH = 1_000

/** Absolute on any system: it can only be compared by its end. */
function isAbsolute(cited: string): boolean {
  return /^(file:\/\/)?([a-zA-Z]:)?[\\/]/.test(cited.trim()) || /^[a-zA-Z]:/.test(cited.trim())
}

/** The path without the side letter of a diff. */
function withoutSide(path: string): string {
  return path.startsWith('a/') || path.startsWith('b/') ? path.slice(2) : path
}

/** Of tree paths that end the cited one, the longest says most. */
function longest(paths: readonly string[]): readonly string[] {
  const most = Math.max(0, ...paths.map((path) => path.length))
  return paths.filter((path) => path.length === most)
}

function located(path: string, how: LocatedFile['how']): LocatedFile {
  return { path, how, votes: [] }
}

function ambiguous(paths: readonly string[]): LocatedFile {
  return {
    path: '',
    how: 'ambiguous',
    votes: paths.slice(0, MAX_CANDIDATES).map((path) => ({ path, weight: 0, by: [] })),
  }
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
