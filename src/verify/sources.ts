import { SourceText } from '../core/text.ts'
import type { Language } from '../tree/language.ts'
import { languageOfPath } from '../languages/discover.ts'
import { decodeText } from '../scan/decode-text.ts'
import type { FileTree } from '../scan/tree.ts'
import type { FilesFound, Sources } from './evidence.ts'
import { WordIndex } from './word-index.ts'

/** Bounds on what is read of the tree. What exceeds them is named as skipped. */
const TREE_LIMITS = {
  /** Largest file read, in bytes. */
  fileBytes: 1_000_000,
  /** Files of one tree. */
  files: 200_000,
  /** Nesting of folders. */
  depth: 64,
  /** All files that are searched for a text together, in bytes. */
  searchedBytes: 400_000_000,
}

/** Folders that hold no code of the project: version control and installed packages. */
const NOT_SEARCHED: ReadonlySet<string> = new Set([
  '.git', '.hg', '.svn', '.jj', 'node_modules', 'site-packages', '.venv', '.tox', '.nox', '__pycache__',
])

/** Where the files are, and what is known of them before they are read. */
export interface SourcesOptions {
  readonly tree: FileTree
  /** The commit, `''` for the files on disk. */
  readonly revision: string
  readonly languages: readonly Language[]
  /** Reads many files at once where one by one is slow. */
  readonly prefetch: (paths: readonly string[]) => void
  /** Paths that can be read although no folder lists them. */
  readonly added: readonly string[]
}

/** Lists every regular file of a tree, sorted; no link is followed. */
export function listSources(tree: FileTree): readonly string[] {
  const paths: string[] = []
  const waiting: { readonly folder: string; readonly depth: number }[] = [{ folder: '', depth: 0 }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { folder, depth } = next
    for (const { name, kind } of entriesOf(tree, folder)) {
      const path = folder === '' ? name : `${folder}/${name}`
      if (kind === 'file' && paths.length < TREE_LIMITS.files) paths.push(path)
      if (kind === 'directory' && depth < TREE_LIMITS.depth && !NOT_SEARCHED.has(name)) {
        waiting.push({ folder: path, depth: depth + 1 })
      }
    }
  }
  return paths.sort()
}

function entriesOf(tree: FileTree, folder: string): ReturnType<FileTree['list']> {
  try {
    return tree.list(folder)
  } catch {
    return []
  }
}

/** The files of a tree with their texts, each read once. */
export class TreeSources implements Sources {
  readonly revision: string
  readonly paths: readonly string[]
  readonly #options: SourcesOptions
  readonly #known: ReadonlySet<string>
  readonly #texts = new Map<string, SourceText | string>()
  #index: WordIndex | undefined
  #unsearched = 0

  constructor(options: SourcesOptions) {
    this.#options = options
    this.revision = options.revision
    this.paths = [...new Set([...listSources(options.tree), ...options.added])].sort()
    this.#known = new Set(this.paths)
  }

  has(path: string): boolean {
    return this.#known.has(path)
  }

  text(path: string): SourceText | undefined {
    const text = this.#load(path)
    return typeof text === 'string' ? undefined : text
  }

  skipped(path: string): string | undefined {
    if (!this.has(path)) return undefined
    const text = this.#load(path)
    return typeof text === 'string' ? text : undefined
  }

  languageOf(path: string): Language | undefined {
    return languageOfPath(this.#options.languages, path)
  }

  isTest(path: string): boolean {
    return this.languageOf(path)?.isTest(path) ?? hasTestFolder(path)
  }

  filesWith(text: string, limit: number): FilesFound {
    const index = this.#wordIndex()
    const paths: string[] = []
    let isCut = false
    for (const at of index.candidates(text)) {
      const path = this.paths[at] ?? ''
      if (this.text(path)?.text.includes(text) !== true) continue
      if (paths.length === limit) {
        isCut = true
        break
      }
      paths.push(path)
    }
    return { paths, searched: this.paths.length - this.#unsearched, isCut, skipped: this.#unsearched }
  }

  #wordIndex(): WordIndex {
    if (this.#index !== undefined) return this.#index
    this.#options.prefetch(this.paths)
    const index = new WordIndex()
    let bytes = 0
    for (const [at, path] of this.paths.entries()) {
      const text = bytes < TREE_LIMITS.searchedBytes ? this.text(path) : undefined
      if (text === undefined) this.#unsearched += 1
      else index.add(at, text.text)
      bytes += text?.text.length ?? 0
    }
    this.#index = index
    return index
  }

  #load(path: string): SourceText | string {
    const known = this.#texts.get(path)
    if (known !== undefined) return known
    const loaded = this.has(path) ? this.#read(path) : 'no such file'
    this.#texts.set(path, loaded)
    return loaded
  }

  #read(path: string): SourceText | string {
    let bytes: ReturnType<FileTree['read']>
    try {
      bytes = this.#options.tree.read(path, TREE_LIMITS.fileBytes)
    } catch {
      return 'it cannot be read'
    }
    if (typeof bytes === 'string') {
      return bytes === 'too large' ? `it is larger than ${TREE_LIMITS.fileBytes / 1_000_000} MB` : `it is ${bytes}`
    }
    const text = textOf(bytes, this.languageOf(path))
    return text === undefined ? 'it holds no text' : new SourceText(text)
  }
}

/** Text of a file in any language or none; `undefined` when it is binary. */
export function textOf(bytes: Uint8Array, language: Language | undefined): string | undefined {
  if (language !== undefined) return decodeText(bytes, language)?.text
  const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  if (isWide) return new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes)
  return bytes.includes(0) ? undefined : new TextDecoder().decode(bytes)
}

function hasTestFolder(path: string): boolean {
  return path.split('/').some((part) => TEST_FOLDERS.has(part.toLowerCase()))
}

const TEST_FOLDERS: ReadonlySet<string> = new Set(['test', 'tests', '__tests__', 'spec', 'specs', 'testdata', 'e2e'])
