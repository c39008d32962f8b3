import type { SourceText } from '../core/text.ts'
import type { Sources } from './evidence.ts'
import { isWhole } from './names.ts'

/** Where a function, method or class of a name is defined. */
export interface Definition {
  readonly path: string
  /** First and last line, counted from 1. */
  readonly line: number
  readonly endLine: number
  readonly isTest: boolean
}

/** Words before the name of what they define, in the languages there are. */
const DEFINING: ReadonlySet<string> = new Set([
  'def', 'class', 'function', 'func', 'fn', 'fun', 'sub', 'proc', 'interface', 'struct', 'trait', 'enum', 'module',
  'defp', 'macro', 'method', 'procedure',
])

/** Files in which a name is looked for, lines of one definition, definitions in one file. */
const MAX_FILES = 400
const MAX_LINES = 300
const MAX_IN_FILE = 20

/** Names that every program defines; their definitions say nothing of a call. */
const SHORTEST_NAME = 3

/** Finds definitions of names over the tree; each name is looked up once. */
export class Definitions {
  readonly #sources: Sources
  readonly #known = new Map<string, DefinitionsFound>()
  readonly #tests = new Map<string, boolean>()

  constructor(sources: Sources) {
    this.#sources = sources
  }

  /** Every definition of a plain name, by path and line. */
  of(name: string): DefinitionsFound {
    const known = this.#known.get(name) ?? this.#find(name)
    this.#known.set(name, known)
    return known
  }

  #find(name: string): DefinitionsFound {
    if (name.length < SHORTEST_NAME) return { all: [], isComplete: false }
    const found = this.#sources.filesWith(name, MAX_FILES)
    const all = found.paths.flatMap((path) => {
      const source = this.#sources.text(path)
      return source === undefined
        ? []
        : definitionsIn(source, name).map((each) => ({ path, ...each, isTest: this.#isTest(path, source) }))
    })
    return { all, isComplete: !found.isCut }
  }

  /** By the path's conventions, or by what the file imports: a base class of tests may have any name. */
  #isTest(path: string, source: SourceText): boolean {
    const known = this.#tests.get(path) ?? (this.#sources.isTest(path) || importsTestTool(source))
    this.#tests.set(path, known)
    return known
  }
}

/** Libraries that only tests import. */
const TEST_TOOLS: ReadonlySet<string> = new Set([
  'unittest', 'testtools', 'pytest', 'nose', 'junit', 'testng', 'jest', 'mocha', 'chai', 'vitest', 'testing', 'rspec',
  'minitest', 'phpunit',
])

/** Lines at the beginning in which imports stand. */
const HEAD_LINES = 80

function importsTestTool(source: SourceText): boolean {
  for (let line = 1; line <= Math.min(HEAD_LINES, source.lineCount); line++) {
    const words = source.line(line).slice(0, 200).trim().split(/[^\w]+/)
    const [first = ''] = words
    const isImport = first === 'import' || first === 'from' || first === 'use' || first === 'require'
    // The module that is imported, not what is taken out of it.
    if (isImport && words.slice(1, first === 'import' ? 6 : 2).some((word) => TEST_TOOLS.has(word))) return true
  }
  return false
}

export interface DefinitionsFound {
  readonly all: readonly Definition[]
  /** Whether every file with the name was looked at. */
  readonly isComplete: boolean
}

/** Lines where a name is defined in one file. */
export function definitionsIn(
  source: SourceText,
  name: string,
): readonly { readonly line: number; readonly endLine: number }[] {
  const { text } = source
  const found: { readonly line: number; readonly endLine: number }[] = []
  for (let at = text.indexOf(name); at >= 0 && found.length < MAX_IN_FILE; at = text.indexOf(name, at + name.length)) {
    if (!isWhole(text, at, name) || !isDefinition(text, at, name)) continue
    const { line } = source.position(at)
    found.push({ line, endLine: endOfBlock(source, line) })
  }
  return found
}

function isDefinition(text: string, at: number, name: string): boolean {
  const lineStart = text.lastIndexOf('\n', at - 1) + 1
  const before = text.slice(Math.max(lineStart, at - 120), at)
  const words = before.trim().split(/[^\w$*]+/)
  const last = words.at(-1) ?? ''
  if (DEFINING.has(last) && /\s\*?$/.test(before)) return true
  const after = text.slice(at + name.length, at + name.length + 200)
  // `const f = (x) => ...`, `f = function ...`, `f: function ...`
  if (/^\s*[:=]\s*(?:async\s)?\s*(?:function\b|\([^()]*\)\s*=>|\w+\s*=>)/.test(after)) return true
  // A method with braces: nothing but modifiers and types before it, a block after the parameters.
  return (
    /^[\w\s<>[\],.*&@:]*$/.test(before) &&
    !/\b(?:return|new|await|throw|yield|else|in|if|while|and|or|not)\b/.test(before) &&
    /^\s*\([^()]*\)[\w\s:<>,.[\]|]*\{/.test(after)
  )
}

/** The last line of the block that begins in a line: by indentation, or by its closing brace. */
export function endOfBlock(source: SourceText, line: number): number {
  const indent = indentOf(source.line(line))
  let last = line
  for (let at = line + 1; at <= source.lineCount && at < line + MAX_LINES; at++) {
    const text = source.line(at)
    if (text.trim() === '') continue
    if (indentOf(text) > indent) last = at
    else if (/^\s*[)\]}]/.test(text)) {
      last = at
      // The end of a parameter list over several lines; the body follows.
      if (!/^\s*\}/.test(text)) continue
      return last
    } else return last
  }
  return last
}

/** The innermost definition around a line, by indentation: its first and last line; `undefined` at the top level. */
export function enclosingBlock(
  source: SourceText,
  line: number,
): { readonly line: number; readonly endLine: number } | undefined {
  let indent = indentOf(source.line(line))
  if (source.line(line).trim() === '') indent = Number.MAX_SAFE_INTEGER
  for (let at = line; at >= 1 && at > line - MAX_UPWARDS; at--) {
    const text = source.line(at)
    if (text.trim() === '') continue
    const own = indentOf(text)
    const isHead = startsDefinition(text)
    if (isHead && (own < indent || at === line)) return { line: at, endLine: Math.max(line, endOfBlock(source, at)) }
    if (own < indent) indent = own
  }
  return undefined
}

const MAX_UPWARDS = 400

function startsDefinition(text: string): boolean {
  const words = text
    .trim()
    .split(/[^\w$]+/)
    .slice(0, 6)
  if (words.some((word) => DEFINING.has(word) && word !== 'class' && word !== 'module')) return true
  return (
    /^\s*[\w<>[\],.*&@\s]{1,80}\([^()]{0,200}\)\s*\{\s*$/.test(text) &&
    !/^\s*(?:if|for|while|switch|catch|else|return|with)\b/.test(text)
  )
}

export function indentOf(text: string): number {
  let at = 0
  while (at < text.length && (text[at] === ' ' || text[at] === '\t')) at += 1
  return at
}
