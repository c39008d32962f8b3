import { UsageError } from './problem.ts'

/*
 * Path patterns. They can come from the reviewed project, and be compared with
 * hostile paths: all ways to match are followed at once, so the time is the
 * product of the two lengths and never more, as it would be by backtracking.
 */

/** Longest pattern accepted, and alternatives that its braces may stand for. */
const MAX_PATTERN = 500
const MAX_ALTERNATIVES = 64

/** A project-relative path with `/`, from one as the system writes it. */
export function toSlashes(path: string): string {
  return path.replaceAll('\\', '/')
}

/**
 * A test for project-relative paths (with `/`) against patterns of the sort that
 * `--include` takes: `*.c` and `tests` match at any depth, `src/*.c` from the
 * root, and a pattern that names a folder covers all below it. `*`, `?`, `**`,
 * `[a-z]` and `{a,b}` have their usual meaning. Always false for no patterns.
 * Throws a `UsageError` naming `place` for a pattern that is none.
 */
export function pathFilter(patterns: readonly string[], place: string, remedy: string = REMEDY): (path: string) => boolean {
  const compiled = patterns.flatMap((pattern) => compile(pattern, place, remedy))
  return (path) => {
    const names = path.split('/')
    return compiled.some((isMatch) => isMatch(path, names))
  }
}

/** A test of a path, given also as the names of its folders and file. */
type PathTest = (path: string, names: readonly string[]) => boolean

/** Part of a pattern: a character, a set of them, or a repetition. */
type Token =
  | { readonly type: 'one', readonly accepts: (character: string) => boolean }
  /** Any characters of one name. */
  | { readonly type: 'star' }
  /** Any folders, none included, with the `/` after them. */
  | { readonly type: 'folders' }
  /** Anything. */
  | { readonly type: 'rest' }

const REMEDY = 'Write it as `*.c`, `tests/` or `src/**/*.c`.'

function compile(pattern: string, place: string, remedy: string): readonly PathTest[] {
  const refuse = (reason: string): UsageError => {
    const shown = JSON.stringify(pattern.slice(0, 60))
    return new UsageError(`${shown} ${reason}`, place, remedy)
  }
  if (pattern.trim() === '') throw refuse('is no path pattern')
  if (pattern.length > MAX_PATTERN) throw refuse('is too long for a path pattern')
  // On Windows people write patterns as they write paths; a backslash escapes nothing here.
  const clean = toSlashes(pattern).replace(/^\.\//, '').replace(/\/+$/, '')
  const alternatives = expandBraces(clean.startsWith('/') ? clean.slice(1) : clean)
  if (alternatives === undefined) throw refuse('has too many alternatives')
  return alternatives.map((each) => (clean.includes('/') ? pathTest(each) : nameTest(each)))
}

/** From the root; what names a folder covers all below it. */
function pathTest(pattern: string): PathTest {
  const tokens = tokensOf(pattern)
  const below: readonly Token[] = [...tokens, one('/'), { type: 'rest' }]
  return (path) => matches(tokens, path) || matches(below, path)
}

/** The file's name, or that of any folder that it is in. */
function nameTest(pattern: string): PathTest {
  if (/[?[/]|^\*\*$/.test(pattern)) return pathTest(`**/${pattern}`)
  const parts = pattern.split('*')
  return parts.length === 1 ? (_, names) => names.includes(pattern) : (_, names) => names.some((name) => holdsInOrder(name, parts))
}

/** Whether a name is the parts with anything between them: the first of them at its start, the last at its end. */
function holdsInOrder(name: string, parts: readonly string[]): boolean {
  const [first = ''] = parts
  const last = parts.at(-1) ?? ''
  const end = name.length - last.length
  let at = first.length
  if (at > end || !name.startsWith(first) || !name.endsWith(last)) return false
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return at <= end
}

/** `a{b,c}` as `ab` and `ac`; `undefined` when there are too many. */
function expandBraces(pattern: string): readonly string[] | undefined {
  let open = [pattern]
  const done: string[] = []
  while (open.length > 0) {
    const next: string[] = []
    for (const each of open) {
      // The innermost group first, so that nested ones unfold too.
      const group = /\{([^{}]*,[^{}]*)\}/.exec(each)
      if (group === null) done.push(each)
      else for (const choice of (group[1] ?? '').split(',')) next.push(each.slice(0, group.index) + choice + each.slice(group.index + group[0].length))
      if (next.length + done.length > MAX_ALTERNATIVES) return undefined
    }
    open = next
  }
  return done
}

function tokensOf(pattern: string): readonly Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < pattern.length) {
    const atStart = at === 0 || pattern[at - 1] === '/'
    const set = /^\[[!^]?\]?[^\]/]*\]/.exec(pattern.slice(at))?.[0]
    if (atStart && pattern.startsWith('**/', at)) {
      tokens.push({ type: 'folders' })
      at += 3
    } else if (pattern[at] === '*') {
      const stars = /^\*+/.exec(pattern.slice(at))?.[0].length ?? 1
      const isRest = atStart && stars > 1 && at + stars === pattern.length
      tokens.push({ type: isRest ? 'rest' : 'star' })
      at += stars
    } else if (set !== undefined) {
      tokens.push({ type: 'one', accepts: characterSet(set) })
      at += set.length
    } else {
      tokens.push(pattern[at] === '?' ? { type: 'one', accepts: (character) => character !== '/' } : one(pattern[at] ?? ''))
      at += 1
    }
  }
  return tokens
}

function one(wanted: string): Token {
  return { type: 'one', accepts: (character) => character === wanted }
}

/** The test that `[a-z_]` or `[!a-z]` is. */
function characterSet(text: string): (character: string) => boolean {
  const isNegated = /^\[[!^]/.test(text)
  const members = text.slice(isNegated ? 2 : 1, -1)
  const ranges: (readonly [string, string])[] = []
  for (let at = 0; at < members.length; at++) {
    const first = members[at] ?? ''
    const isRange = members[at + 1] === '-' && at + 2 < members.length
    ranges.push([first, isRange ? members[at + 2] ?? '' : first])
    if (isRange) at += 2
  }
  return (character) => character !== '/' && ranges.some(([low, high]) => low <= character && character <= high) !== isNegated
}

function matches(tokens: readonly Token[], path: string): boolean {
  let states = reach(tokens, [0])
  for (let at = 0; at < path.length && states.size > 0; at++) {
    const character = path[at] ?? ''
    const next: number[] = []
    for (const state of states) {
      const token = tokens[state]
      if (token === undefined) continue
      if (token.type === 'one') {
        if (token.accepts(character)) next.push(state + 1)
      } else if (token.type === 'star') {
        if (character !== '/') next.push(state)
      } else if (token.type === 'rest') {
        next.push(state)
      } else {
        next.push(INSIDE + state)
      }
    }
    for (const state of states) if (state >= INSIDE) next.push(state)
    states = reach(tokens, next.flatMap((state) => (state >= INSIDE && character === '/' ? [state, state - INSIDE + 1] : [state])))
  }
  return states.has(tokens.length)
}

/** Added to a state: the name of a folder has begun, and `folders` may end only after its `/`. */
const INSIDE = 1_000_000

/** The states, with those that need no character to be reached. */
function reach(tokens: readonly Token[], states: readonly number[]): Set<number> {
  const reached = new Set<number>()
  const waiting = [...states]
  for (let state = waiting.pop(); state !== undefined; state = waiting.pop()) {
    if (reached.has(state)) continue
    reached.add(state)
    const type = tokens[state]?.type
    if (type === 'star' || type === 'rest' || type === 'folders') waiting.push(state + 1)
  }
  return reached
}
