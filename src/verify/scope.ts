import { Definitions, enclosingBlock, type Definition } from './definitions.ts'
import type { Evidence, LocatedFinding, Sources } from './evidence.ts'
import { tokensOf } from './tokens.ts'

/** A stretch of code that a premise is judged in. */
export interface ScopePart {
  readonly path: string
  readonly line: number
  readonly endLine: number
  /** `place`: around the finding. `function`: the rest of the function. `callee`: what it calls. */
  readonly what: 'place' | 'function' | 'callee'
}

/** The code around a finding, nearest first. */
export interface Scope {
  readonly parts: readonly ScopePart[]
  /** Calls that were followed. */
  readonly callees: readonly string[]
  /** Files that belong to it and could not be read. */
  readonly skipped: number
}

/** Lines around a place that belong to it; outside of functions neighbours have less to do with each other. */
const AROUND = 3
const AROUND_AT_TOP_LEVEL = 1

/** Names of callees followed, and definitions of one name; a name with more is anybody's. */
const MAX_CALLEES = 12
const MAX_DEFINITIONS = 3

const definitionsOf = new WeakMap<Sources, Definitions>()

/** The definitions of a tree, made once. */
export function definitionsIn(sources: Sources): Definitions {
  const known = definitionsOf.get(sources) ?? new Definitions(sources)
  definitionsOf.set(sources, known)
  return known
}

/** The place, its function, and what the place calls. */
export function scopeOf({ file, anchor }: LocatedFinding, { sources }: Evidence): Scope {
  const path = anchor?.path ?? file.path
  const source = sources.text(path)
  if (source === undefined) return { parts: [], callees: [], skipped: path === '' ? 0 : 1 }
  if (anchor === undefined) {
    return { parts: [{ path, line: 1, endLine: source.lineCount, what: 'function' }], callees: [], skipped: 0 }
  }
  const block = enclosingBlock(source, Math.min(anchor.line, source.lineCount))
  const around = block === undefined ? AROUND_AT_TOP_LEVEL : AROUND
  // What stands beside the function belongs to another.
  const place: ScopePart = {
    path,
    what: 'place',
    line: Math.max(1, block?.line ?? 1, anchor.line - around),
    endLine: Math.min(
      source.lineCount,
      Math.max(anchor.endLine, block?.endLine ?? source.lineCount),
      anchor.endLine + around,
    ),
  }
  const callees = calledNames(
    source.text.slice(offsetOf(source, anchor.line), offsetOf(source, anchor.endLine + 1)),
  ).slice(0, MAX_CALLEES)
  const followed = callees.flatMap((name) => {
    const { all, isComplete } = definitionsIn(sources).of(name)
    const own = all.filter((each) => isSameLanguage(path, each.path, sources))
    return isComplete && own.length <= MAX_DEFINITIONS ? own : []
  })
  return {
    parts: [
      place,
      ...(block === undefined ? [] : [{ path, ...block, what: 'function' as const }]),
      ...followed.map(calleePart),
    ],
    callees,
    skipped: 0,
  }
}

/** A call is answered in its own language. */
function isSameLanguage(one: string, other: string, sources: Sources): boolean {
  const language = sources.languageOf(one)
  return language === undefined ? endingOf(one) === endingOf(other) : language === sources.languageOf(other)
}

function endingOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1).toLowerCase()
}

function calleePart({ path, line, endLine }: Definition): ScopePart {
  return { path, line, endLine, what: 'callee' }
}

function offsetOf(source: { readonly lineStarts: Int32Array, readonly text: string }, line: number): number {
  return source.lineStarts[line - 1] ?? source.text.length
}

/** Last names of what a text calls: of `a.b.c(...)` `c`. */
export function calledNames(text: string): readonly string[] {
  const tokens = tokensOf(text)
  const names = tokens
    .filter((token, at) => token.kind === 'word' && tokens[at + 1]?.text === '(')
    .map((token) => token.text)
  return [...new Set(names)]
}

/** The text of a part. */
export function textOfPart(sources: Sources, { path, line, endLine }: ScopePart): string {
  const source = sources.text(path)
  return source === undefined ? '' : source.text.slice(offsetOf(source, line), offsetOf(source, endLine + 1))
}
