import {
  chmodSync, closeSync, constants, fstatSync, fsyncSync, lstatSync, mkdirSync, mkdtempSync, openSync, readFileSync, readSync, readdirSync,
  realpathSync, renameSync, rmSync, statSync, writeFileSync, type Dirent, type Stats,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** What stands at a path; a link is not followed. `other` is a pipe, socket or device. */
export type FileKind = 'file' | 'directory' | 'link' | 'other'

/** A path's status, as far as it tells whether the content is the same as before. */
export interface FileStatus {
  readonly kind: FileKind
  /** In bytes. */
  readonly size: number
  /** Last change of the content, milliseconds since 1970. */
  readonly modified: number
  /** Last change of the content or of the status; unlike `modified` no program can set it. */
  readonly changed: number
  readonly inode: number
}

/** A name in a folder with what stands there. */
export interface FolderEntry {
  readonly name: string
  readonly kind: FileKind
}

/** A file of our own for what another program writes, among the system's temporary ones. */
export interface ScratchFile {
  /** To be written to. */
  readonly descriptor: number
  /** What was written; `undefined` when that is more than `limit` bytes. */
  read(limit: number): Buffer | undefined
  /** Removes it. */
  remove(): void
}

/** Makes one that nobody else can read. Throws the system's own error when there is no room for it. */
export function scratchFile(): ScratchFile {
  const folder = mkdtempSync(join(tmpdir(), 'assay-'))
  const path = join(folder, 'output')
  const descriptor = openSync(path, 'wx', 0o600)
  return {
    descriptor,
    read: (limit) => (fstatSync(descriptor).size > limit ? undefined : readFileSync(path)),
    remove: () => {
      closeSync(descriptor)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The bytes of a file. Throws the system's own error when it cannot be read. */
export function readBytes(path: string): Uint8Array {
  return readFileSync(path)
}

/** The text of a UTF-8 file of our own. Throws the system's own error when it cannot be read. */
export function readText(path: string): string {
  return readFileSync(path, 'utf8')
}

/** Whether an error means that the file is not there, as opposed to not readable. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
}

/** A system error's code as `EACCES`, or its message. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message
}

/** Status without following a link; `undefined` when nothing is there. Throws the system's error otherwise. */
export function fileStatus(path: string): FileStatus | undefined {
  const status = lstatSync(path, { throwIfNoEntry: false })
  return status === undefined ? undefined : statusOf(status)
}

/** The path with every link resolved. Throws the system's own error for a loop or a missing file. */
export function realPath(path: string): string {
  return realpathSync.native(path)
}

/** Why `readRegular` gave no bytes. */
export type ReadRefusal = 'not a regular file' | 'too large'

/**
 * The bytes of a regular file of at most `limit` bytes. Never waits: a pipe or
 * device is refused, also one that took the file's place since it was listed.
 * Throws the system's own error when it cannot be read.
 */
export function readRegular(path: string, limit: number): Uint8Array | ReadRefusal {
  // Windows has no O_NONBLOCK; there the constant is undefined.
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const status = fstatSync(file)
    if (!status.isFile()) return 'not a regular file'
    if (status.size > limit) return 'too large'
    return readUpTo(file, status.size, limit)
  } finally {
    closeSync(file)
  }
}

/** The first bytes of a regular file, at most `count`; empty for anything else. Throws as `readRegular`. */
export function readBeginning(path: string, count: number): Uint8Array {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    if (!fstatSync(file).isFile()) return new Uint8Array(0)
    const bytes = new Uint8Array(count)
    return bytes.subarray(0, readSync(file, bytes, 0, count, 0))
  } finally {
    closeSync(file)
  }
}

/** Reads to the end, also of a file that grows meanwhile or says no size (as in /proc). */
function readUpTo(file: number, size: number, limit: number): Uint8Array | ReadRefusal {
  let bytes = new Uint8Array(size + 1)
  let length = 0
  for (;;) {
    const count = readSync(file, bytes, length, bytes.length - length, null)
    length += count
    if (length > limit) return 'too large'
    if (count === 0) return bytes.slice(0, length)
    if (length < bytes.length) continue
    const wider = new Uint8Array(Math.min(bytes.length * 2, limit) + 1)
    wider.set(bytes)
    bytes = wider
  }
}

/**
 * Writes a file so that a reader sees the old content or the new, never a part:
 * to a neighbour first, which then takes the name. Folders above are made.
 * `isDurable` waits for the disk, so that this holds when the machine stops too.
 */
export function writeAtomic(path: string, content: string | Uint8Array, isDurable: boolean = true): void {
  mkdirSync(dirname(path), { recursive: true })
  const neighbour = `${path}.${process.pid}.tmp`
  try {
    const file = openSync(neighbour, 'w')
    try {
      writeFileSync(file, content)
      if (isDurable) fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(neighbour, path)
  } catch (error) {
    rmSync(neighbour, { force: true })
    throw error
  }
}

/** Replaces the content of a file that exists, as `writeAtomic` does; links lead on to it, and its permissions stay. */
export function rewrite(path: string, content: string): void {
  const file = realPath(path)
  const neighbour = `${file}.${process.pid}.tmp`
  try {
    writeFileSync(neighbour, content)
    chmodSync(neighbour, statSync(file).mode)
    renameSync(neighbour, file)
  } catch (error) {
    rmSync(neighbour, { force: true })
    throw error
  }
}

/** Writes a file that a named pipe, a device or a terminal may stand for, as `/dev/stdout`. */
export function writePlain(path: string, content: string): void {
  writeFileSync(path, content)
}

/** Removes a file of our own if it is there. */
export function removeFile(path: string): void {
  rmSync(path, { force: true })
}

/** Names in a folder of our own, sorted by code unit; folders end with `/`. */
export function listFolder(path: string): string[] {
  return readdirSync(path, { withFileTypes: true })
    .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
    .sort((a, b) => (a < b ? -1 : 1))
}

/** What a folder holds, sorted by code unit of the names. Throws the system's own error. */
export function listEntries(path: string): FolderEntry[] {
  return readdirSync(path, { withFileTypes: true })
    .map((entry) => ({ name: entry.name, kind: kindOf(entry) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

function statusOf(status: Stats): FileStatus {
  return {
    kind: kindOf(status), size: status.size, modified: status.mtimeMs, changed: status.ctimeMs, inode: status.ino,
  }
}

function kindOf(status: Stats | Dirent): FileKind {
  if (status.isFile()) return 'file'
  if (status.isDirectory()) return 'directory'
  return status.isSymbolicLink() ? 'link' : 'other'
}
