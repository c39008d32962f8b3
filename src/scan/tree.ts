import { join } from 'node:path'
import {
  fileStatus, isMissing, listEntries, readBeginning, readRegular, realPath, type FileStatus, type FolderEntry, type ReadRefusal,
} from '../core/files.ts'

/**
 * Files below a root, on disk or in a revision. All paths are relative to the
 * root, with `/`; `''` is the root itself.
 */
export interface FileTree {
  /** Sorted by name. Throws the system's error for a folder that cannot be read. */
  list(folder: string): readonly FolderEntry[]
  /** `undefined` when nothing is there, or when the tree has no status to compare (a revision). */
  status(path: string): FileStatus | undefined
  /** Throws the system's error for a file that cannot be read. */
  read(path: string, limit: number): Uint8Array | ReadRefusal
  /** The first bytes of a file. */
  beginning(path: string, count: number): Uint8Array
  /** Where a symbolic link leads. */
  linkTarget(path: string): LinkTarget
}

/** `inside`: to something below the root, which is found under its own name. `loop`: to itself or a folder around it. */
export type LinkTarget = 'inside' | 'outside' | 'broken' | 'loop'

/** The files below a folder of the disk. */
export class DiskTree implements FileTree {
  readonly root: string

  /** `root` is absolute, with every link resolved. */
  constructor(root: string) {
    this.root = root
  }

  list(folder: string): readonly FolderEntry[] {
    return listEntries(this.#absolute(folder))
  }

  status(path: string): FileStatus | undefined {
    return fileStatus(this.#absolute(path))
  }

  read(path: string, limit: number): Uint8Array | ReadRefusal {
    return readRegular(this.#absolute(path), limit)
  }

  beginning(path: string, count: number): Uint8Array {
    return readBeginning(this.#absolute(path), count)
  }

  linkTarget(path: string): LinkTarget {
    const link = this.#absolute(path)
    try {
      const target = realPath(link)
      if (relativeTo(target, link) !== undefined) return 'loop'
      return relativeTo(this.root, target) === undefined ? 'outside' : 'inside'
    } catch (error) {
      return isMissing(error) ? 'broken' : 'loop'
    }
  }

  #absolute(path: string): string {
    return join(this.root, path)
  }
}

/**
 * The part of an absolute path below an absolute folder, with `/`; `''` for the
 * folder itself and `undefined` for a path outside. Both may be spelled as on
 * Windows, where letter case does not count.
 */
export function relativeTo(folder: string, path: string): string | undefined {
  const windows = /^[a-z]:[\\/]|^\\\\/i.test(folder)
  const normal = (text: string): string => (windows ? text.replaceAll('\\', '/') : text).replace(/\/+$/, '')
  const [base, full] = [normal(folder), normal(path)]
  const [left, right] = windows ? [base.toLowerCase(), full.toLowerCase()] : [base, full]
  if (left === right) return ''
  return right.startsWith(`${left}/`) ? full.slice(base.length + 1) : undefined
}
