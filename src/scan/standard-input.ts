import { UsageError } from '../core/problem.ts'
import { languageOfPath } from '../languages/discover.ts'
import type { FileStatus, FolderEntry, ReadRefusal } from '../core/files.ts'
import type { Language } from '../tree/language.ts'
import type { StandardInput } from './options.ts'
import type { FileTree, LinkTarget } from './tree.ts'

/** A tree in which one file has other content than on disk, or is added. */
export class TreeWithInput implements FileTree {
  readonly #tree: FileTree
  readonly #path: string
  readonly #bytes: Uint8Array

  constructor(tree: FileTree, path: string, bytes: Uint8Array) {
    this.#tree = tree
    this.#path = path
    this.#bytes = bytes
  }

  list(folder: string): readonly FolderEntry[] {
    return this.#tree.list(folder)
  }

  status(path: string): FileStatus | undefined {
    return path === this.#path ? undefined : this.#tree.status(path)
  }

  read(path: string, limit: number): Uint8Array | ReadRefusal {
    if (path !== this.#path) return this.#tree.read(path, limit)
    return this.#bytes.length > limit ? 'too large' : this.#bytes
  }

  beginning(path: string, count: number): Uint8Array {
    return path === this.#path ? this.#bytes.subarray(0, count) : this.#tree.beginning(path, count)
  }

  linkTarget(path: string): LinkTarget {
    return this.#tree.linkTarget(path)
  }
}

/** Throws a `UsageError` when the name says no language that Assay reads. */
export function languageOfInput(input: StandardInput, languages: readonly Language[]): Language {
  const language = languageOfPath(languages, input.fileName)
  if (language !== undefined) return language
  const known = languages.flatMap((each) => each.extensions).join(', ')
  throw new UsageError('The file name says no language that Assay reads', input.fileName, `Give a name that ends in one of ${known}.`)
}

/**
 * Takes code out of a fenced block (three or more backticks or tildes), if the
 * text has one. Lines outside become empty, so that line numbers stay those of
 * the input.
 */
export function withoutFence(bytes: Uint8Array): Uint8Array {
  const lines = Buffer.from(bytes).toString('latin1').split('\n')
  const open = lines.findIndex((line) => OPENING.test(line))
  const fence = OPENING.exec(lines[open] ?? '')?.[1]
  if (open < 0 || fence === undefined) return bytes
  const isClosing = (line: string): boolean => line.trim().startsWith(fence) && /^[`~]+$/.test(line.trim())
  const after = lines.findIndex((line, at) => at > open && isClosing(line))
  const close = after < 0 ? lines.length : after
  const isBefore = lines.slice(0, open).every((line) => line.trim() === '' || !/[`~]{3}/.test(line))
  if (!isBefore) return bytes
  return Buffer.from(lines.map((line, at) => (at > open && at < close ? line : '')).join('\n'), 'latin1')
}

const OPENING = /^ {0,3}(`{3,}|~{3,})[ \t]*[\w+#.-]*[ \t]*\r?$/
