import { hashOf } from '../core/hash.ts'
import { LIMITS } from '../core/limits.ts'
import type { Problem } from '../core/problem.ts'
import { SourceText } from '../core/text.ts'
import type { Texts } from '../review/input.ts'
import { decodeText } from './decode-text.ts'
import type { AnalysedFile } from './program-files.ts'
import type { FileTree } from './tree.ts'

/** Texts of the analysed files, read when a report quotes them. */
export class ProgramTexts implements Texts {
  readonly #tree: FileTree
  readonly #files: ReadonlyMap<string, AnalysedFile>
  readonly #texts = new Map<string, SourceText | undefined>()
  readonly #changed: string[] = []

  constructor(tree: FileTree, files: readonly AnalysedFile[]) {
    this.#tree = tree
    this.#files = new Map(files.map((file) => [file.source.path, file]))
  }

  get(path: string): SourceText | undefined {
    if (!this.#texts.has(path)) this.#texts.set(path, this.#load(path))
    return this.#texts.get(path)
  }

  /** Files whose content is no longer what was analysed. */
  get problems(): readonly Problem[] {
    const message = 'changed while it was being reviewed; what is said of it may not fit, run the review again'
    return [...this.#changed].sort().map((path): Problem => ({ kind: 'unreadable', path, message }))
  }

  #load(path: string): SourceText | undefined {
    const file = this.#files.get(path)
    if (file === undefined) return undefined
    const bytes = this.#read(path)
    if (bytes === undefined || hashOf(bytes) !== file.hash) this.#changed.push(path)
    const decoded = bytes === undefined ? undefined : decodeText(bytes, file.source.language)
    return decoded === undefined ? undefined : new SourceText(decoded.text)
  }

  #read(path: string): Uint8Array | undefined {
    try {
      const bytes = this.#tree.read(path, LIMITS.fileBytes)
      return typeof bytes === 'string' ? undefined : bytes
    } catch {
      return undefined
    }
  }
}
