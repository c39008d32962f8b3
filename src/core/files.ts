import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

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

/**
 * Writes a file so that a reader sees the old content or the new, never a part:
 * to a neighbour first, which then takes the name. Folders above are made.
 */
export function writeAtomic(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true })
  const neighbour = `${path}.${process.pid}.tmp`
  try {
    const file = openSync(neighbour, 'w')
    try {
      writeFileSync(file, content)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(neighbour, path)
  } catch (error) {
    rmSync(neighbour, { force: true })
    throw error
  }
}

/** Names in a folder of our own, sorted by code unit; folders end with `/`. */
export function listFolder(path: string): string[] {
  return readdirSync(path, { withFileTypes: true })
    .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
    .sort((a, b) => (a < b ? -1 : 1))
}
