import type { ConcreteTree } from './concrete.ts'
import { concreteTree, sameTree } from './concrete.ts'
import { readByCursor } from './cursor.ts'
import { decodeTables, decodeTree, type DecodeTables } from './decode.ts'
import {
  grammarFile, loadRuntime, type Runtime, type RuntimeLanguage, type RuntimeParser, type RuntimeTree,
} from './runtime.ts'

/** The kind name of a region the grammar could not read. */
export const ERROR_KIND = 'ERROR'

/** A ready grammar: reads text into concrete trees. */
export class Grammar {
  /** Kind name by number; anonymous tokens are named by their text. The last is `ERROR`. */
  readonly kinds: readonly string[]
  /** Field name by number. */
  readonly fields: readonly string[]
  /** Whether trees are read directly from memory; false after the self-check failed. */
  readonly direct: boolean
  readonly #runtime: Runtime
  readonly #parser: RuntimeParser
  readonly #tables: DecodeTables

  constructor(runtime: Runtime, language: RuntimeLanguage, sample: string) {
    this.#runtime = runtime
    this.#parser = new runtime.Parser()
    this.#parser.setLanguage(language)
    this.kinds = [...Array.from(language.types, (name) => name ?? ''), ERROR_KIND]
    this.fields = Array.from(language.fields, (name) => name ?? '')
    this.#tables = decodeTables(runtime.memory, language, this.kinds.length - 1)
    this.direct = this.#agrees(sample)
  }

  /** Number of a field; 0 when the grammar has none of that name. */
  field(name: string): number {
    return Math.max(0, this.fields.indexOf(name))
  }

  /**
   * Parses a text. `base` is added to every offset, for a part of a larger text.
   * Gives an empty root when the runtime gives up, which it does for no known text.
   */
  parse(text: string, base = 0): ConcreteTree {
    const tree = this.#parser.parse(text)
    if (tree === null) {
      this.#parser.reset()
      return concreteTree(1)
    }
    try {
      return this.#read(tree, base)
    } finally {
      tree.delete()
    }
  }

  #read(tree: RuntimeTree, base: number): ConcreteTree {
    if (!this.direct) return readByCursor(tree, this.#tables.errorKind, base)
    try {
      return decodeTree(this.#runtime.memory, tree, this.#tables, base)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      return readByCursor(tree, this.#tables.errorKind, base)
    }
  }

  /** Whether the direct reader and the cursor give the same tree for a sample. */
  #agrees(sample: string): boolean {
    const tree = this.#parser.parse(sample)
    if (tree === null) return false
    try {
      const reference = readByCursor(tree, this.#tables.errorKind, 0)
      return reference.count > 1 && sameTree(decodeTree(this.#runtime.memory, tree, this.#tables, 0), reference)
    } catch {
      return false
    } finally {
      tree.delete()
    }
  }
}

/**
 * Opens a grammar by its file name in the grammars folder. `sample` is a small
 * text that uses the grammar's features, on which the direct reader is checked.
 */
export async function openGrammar(file: string, sample: string): Promise<Grammar> {
  const runtime = await loadRuntime()
  return new Grammar(runtime, await runtime.Language.load(grammarFile(file)), sample)
}
