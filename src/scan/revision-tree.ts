import type { FileStatus, FolderEntry, ReadRefusal } from '../core/files.ts'
import { readObjects, type TreeFile } from './git.ts'
import type { FileTree, LinkTarget } from './tree.ts'

/** The files of a commit, from git's objects. Nothing is checked out. */
export class RevisionTree implements FileTree {
  readonly #root: string
  readonly #files = new Map<string, TreeFile>()
  readonly #folders = new Map<string, Map<string, FolderEntry>>([['', new Map()]])
  readonly #contents = new Map<string, Uint8Array>()

  /** `root` is the reviewed root on disk, in whose repository the objects are. */
  constructor(root: string, files: readonly TreeFile[]) {
    this.#root = root
    for (const file of files) this.#add(file)
  }

  list(folder: string): readonly FolderEntry[] {
    const entries = [...(this.#folders.get(folder)?.values() ?? [])]
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  status(): FileStatus | undefined {
    return undefined
  }

  read(path: string, limit: number): Uint8Array | ReadRefusal {
    const file = this.#files.get(path)
    if (file === undefined || file.kind === 'link') return 'not a regular file'
    if (file.size > limit) return 'too large'
    if (!this.#contents.has(file.id)) this.fetch([path])
    const bytes = this.#contents.get(file.id)
    if (bytes === undefined) throw new Error('the object is not in the repository')
    return bytes
  }

  beginning(path: string, count: number): Uint8Array {
    const bytes = this.read(path, MAX_WITHOUT_EXTENSION)
    return typeof bytes === 'string' ? new Uint8Array(0) : bytes.subarray(0, count)
  }

  /** Links of a revision are not resolved; none is followed anyway. */
  linkTarget(): LinkTarget {
    return 'inside'
  }

  /** Whether a path is a file or folder of the revision. */
  has(path: string): boolean {
    return this.#files.has(path) || this.#folders.has(path)
  }

  /** Reads many files with one process; reading them one by one takes one each. */
  fetch(paths: readonly string[]): void {
    const ids = new Set<string>()
    for (const path of paths) {
      const file = this.#files.get(path)
      if (file !== undefined && !this.#contents.has(file.id)) ids.add(file.id)
    }
    for (const [id, bytes] of readObjects(this.#root, [...ids])) this.#contents.set(id, bytes)
  }

  #add(file: TreeFile): void {
    this.#files.set(file.path, file)
    let path = file.path
    let entry: FolderEntry = { name: nameOf(path), kind: file.kind }
    for (;;) {
      const folder = folderOf(path)
      const known = this.#folders.get(folder)
      if (known !== undefined) {
        known.set(entry.name, entry)
        return
      }
      this.#folders.set(folder, new Map([[entry.name, entry]]))
      path = folder
      entry = { name: nameOf(path), kind: 'directory' }
    }
  }
}

/** Larger files without extension are no scripts, in bytes. */
const MAX_WITHOUT_EXTENSION = 1_000_000

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}
