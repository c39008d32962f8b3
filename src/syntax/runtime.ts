import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

/**
 * The tree-sitter runtime (WebAssembly), loaded once per process or worker.
 * Only what the readers use is declared; `memory` is the runtime's linear
 * memory, whose views must be read anew after every parse because it grows.
 */
export interface Runtime {
  readonly Parser: ParserClass
  readonly Language: { load(path: string): Promise<RuntimeLanguage> }
  readonly memory: RuntimeMemory
}

export interface ParserClass {
  new (): RuntimeParser
  init(module: object): Promise<void>
}

export interface RuntimeParser {
  setLanguage(language: RuntimeLanguage): unknown
  parse(text: string): RuntimeTree | null
  reset(): void
}

export interface RuntimeLanguage {
  /** Address of the language's tables. */
  readonly 0: number
  /** Node kind by number; a kind that is never visible has no entry. */
  readonly types: readonly (string | undefined)[]
  /** Field name by number; 0 has none. */
  readonly fields: readonly (string | null | undefined)[]
}

export interface RuntimeTree {
  /** Address of the tree. */
  readonly 0: number
  readonly rootNode: { readonly descendantCount: number; readonly hasError: boolean }
  walk(): RuntimeCursor
  delete(): void
}

export interface RuntimeCursor {
  readonly nodeTypeId: number
  readonly nodeIsNamed: boolean
  readonly nodeIsMissing: boolean
  readonly currentFieldId: number
  readonly startIndex: number
  readonly endIndex: number
  readonly currentNode: { readonly isExtra: boolean; readonly isError: boolean }
  gotoFirstChild(): boolean
  gotoNextSibling(): boolean
  gotoParent(): boolean
  delete(): void
}

export interface RuntimeMemory {
  readonly HEAPU8: Uint8Array
  readonly HEAPU16: Uint16Array
  readonly HEAP32: Int32Array
}

/** The folder that holds the runtime and the grammars, beside the compiled code. */
export function grammarFile(name: string): string {
  return fileURLToPath(new URL(`../../grammars/${name}`, import.meta.url))
}

let loading: Promise<Runtime> | undefined

/** Loads the runtime; later calls give the same one. */
export function loadRuntime(): Promise<Runtime> {
  loading ??= load()
  return loading
}

async function load(): Promise<Runtime> {
  const require = createRequire(import.meta.url)
  // The runtime is plain JavaScript without types of its own shape here.
  const library = require(grammarFile('tree-sitter.cjs')) as Pick<Runtime, 'Parser' | 'Language'>
  const memory = { locateFile: (): string => grammarFile('tree-sitter.wasm') }
  await library.Parser.init(memory)
  return { Parser: library.Parser, Language: library.Language, memory: memory as unknown as RuntimeMemory }
}
