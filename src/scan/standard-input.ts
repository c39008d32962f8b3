import { UsageError } from '../core/problem.ts'
import { languageOfPath } from '../languages/discover.ts'
import type { FileStatus, FolderEntry, ReadRefusal } from '../core/files.ts'
import type { Span } from '../core/text.ts'
import type { Language } from '../tree/language.ts'
import type { Node } from '../tree/node.ts'
import { decodeText } from './decode-text.ts'
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
 * The code in what was handed over: all of it, or, in text with fenced blocks
 * (three or more backticks or tildes), the blocks named like the first. Lines
 * outside become empty, so that line numbers stay those of the input. A fence that
 * the language reads as part of a string or comment is an example in code.
 */
export async function codeOf(bytes: Uint8Array, language: Language): Promise<Uint8Array> {
  const lines = Buffer.from(bytes).toString('latin1').split('\n')
  const first = lines.findIndex((line) => OPENING.test(line))
  if (first < 0 || await isInsideText(bytes, first, language)) return bytes
  return Buffer.from(blocksOf(lines).join('\n'), 'latin1')
}

/** An opening fence, and what stands behind it. */
const OPENING = /^ {0,3}(`{3,}|~{3,})[ \t]*([\w+#.-]*)[ \t]*\r?$/

function blocksOf(lines: readonly string[]): readonly string[] {
  let wanted: string | undefined
  let open: { readonly fence: string, readonly isWanted: boolean } | undefined
  return lines.map((line) => {
    if (open === undefined) {
      const found = OPENING.exec(line)
      if (found === null) return ''
      const name = (found[2] ?? '').toLowerCase()
      wanted ??= name
      open = { fence: found[1] ?? '', isWanted: name === wanted }
      return ''
    }
    if (line.trim().startsWith(open.fence) && /^[`~]+$/.test(line.trim())) open = undefined
    return open?.isWanted === true ? line : ''
  })
}

/** Whether the beginning of a line (from 0) lies within a string or a comment. */
async function isInsideText(bytes: Uint8Array, line: number, language: Language): Promise<boolean> {
  const text = decodeText(bytes, language)?.text
  if (text === undefined) return false
  let at = 0
  for (let passed = 0; passed < line; passed++) at = text.indexOf('\n', at) + 1
  const { root, comments } = (await language.open()).parseFragment(text)
  const isAround = ({ start, end }: Span): boolean => start < at && at < end
  if (comments.some(isAround)) return true
  const waiting: Node[] = [root]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if ((next.kind === 'string' || next.kind === 'template') && isAround(next)) return true
    waiting.push(...next.children.filter((child) => child.start <= at && at <= child.end))
  }
  return false
}
