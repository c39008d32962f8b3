import { dirname, join, resolve } from 'node:path'
import { errorCode, fileStatus, isMissing, realPath } from '../core/files.ts'
import { UsageError } from '../core/problem.ts'
import type { Language } from '../tree/language.ts'
import { relativeTo } from './tree.ts'

/** What the user asked to have reviewed, as places below one root. */
export interface Targets {
  /** Absolute, with every link resolved. */
  readonly root: string
  readonly targets: readonly Target[]
  /**
   * Folders that hold the program, relative to the root with `/`: the root itself
   * (`''`), or the programs of paths that have nothing in common but a folder.
   */
  readonly programs: readonly string[]
}

/** One PATH. */
export interface Target {
  /** As the user wrote it, with `/`. */
  readonly named: string
  /** Relative to the root with `/`; `''` for the root. */
  readonly path: string
  readonly isFolder: boolean
}

/** Folders upwards that are asked for markers; deeper nesting has its root nearer. */
const MAX_UPWARDS = 64

/**
 * Finds the root of the program around the paths: the one given, else the
 * repository, else the nearest package that can be installed, else the folder
 * around the packages that hold all paths. Throws a `UsageError` for a path that is missing,
 * cannot be read, is neither file nor folder, or lies outside a given root.
 */
export function findTargets(paths: readonly string[], given: string | undefined, languages: readonly Language[]): Targets {
  const found = paths.map((path) => existing(path))
  const folders = found.map((each) => (each.isFolder ? each.real : dirname(each.real)))
  const root = given === undefined ? rootAround(commonFolder(folders), languages) : givenRoot(given)
  const own = given === undefined ? folders.map((folder) => rootAround(folder, languages)) : [root]
  return {
    root,
    programs: [...new Set(own.map((folder) => relativeTo(root, folder) ?? ''))].sort(),
    targets: found.map(({ named, real, isFolder }) => {
      const path = relativeTo(root, real)
      if (path === undefined) throw new UsageError('The path lies outside the root', named, `Leave out --root, or give a folder above ${named}.`)
      return { named, path, isFolder }
    }),
  }
}

interface Existing {
  readonly named: string
  readonly real: string
  readonly isFolder: boolean
}

function existing(path: string): Existing {
  const named = path.replaceAll('\\', '/')
  // A variable of a script that is not set; resolved, it would be the current folder.
  if (path === '') throw new UsageError('The path is empty', 'PATH', 'Name a file or folder, or `.` for the current one.')
  try {
    const real = realPath(resolve(path))
    const kind = fileStatus(real)?.kind
    if (kind === 'file' || kind === 'directory') return { named, real, isFolder: kind === 'directory' }
  } catch (error) {
    if (isMissing(error)) throw new UsageError('There is no such file or folder', named, 'Check the spelling and the current folder.')
    throw new UsageError(`The path cannot be read (${errorCode(error)})`, named, 'Check its permissions and links.')
  }
  throw new UsageError('The path is neither a file nor a folder', named, 'Give source files or folders; use `-` for standard input.')
}

function givenRoot(given: string): string {
  const { real, isFolder } = existing(given)
  if (!isFolder) throw new UsageError('The root is not a folder', given, 'Give the folder that holds the whole program.')
  return real
}

function rootAround(folder: string, languages: readonly Language[]): string {
  const upwards = foldersUpwards(folder)
  const repository = upwards.find((each) => has(each, '.git'))
  if (repository !== undefined) return repository
  const parts = languages.flatMap((language) => language.partMarkers ?? [])
  const markers = languages.flatMap((language) => language.rootMarkers)
  const holdsAny = (each: string, names: readonly string[]): boolean => names.some((name) => has(each, name))
  const outside = upwards.slice(Math.max(0, upwards.findIndex((each) => !holdsAny(each, parts))))
  return outside.find((each) => holdsAny(each, markers)) ?? outside[0] ?? folder
}

function foldersUpwards(folder: string): readonly string[] {
  const upwards = [folder]
  for (let at = folder; upwards.length < MAX_UPWARDS && dirname(at) !== at; at = dirname(at)) upwards.push(dirname(at))
  return upwards
}

function has(folder: string, name: string): boolean {
  try {
    return fileStatus(join(folder, name)) !== undefined
  } catch {
    // A folder above that may not be read cannot be the program's root.
    return false
  }
}

/** The deepest folder that holds all of them. */
function commonFolder(folders: readonly string[]): string {
  let common = folders[0] ?? '.'
  for (const each of folders) {
    while (relativeTo(common, each) === undefined && dirname(common) !== common) common = dirname(common)
  }
  return common
}
