import type { Span } from '../core/text.ts'
import type { Budget } from './budget.ts'
import { bind, EMPTY, type Environment } from './environment.ts'
import type { Range } from './find.ts'

/*
 * Patterns for text of any language: words and punctuation in order, however
 * they are spaced, with `$X` for a word, `...` for anything within ten lines that
 * does not leave the block around it, in brackets on lines of their own, and `$...X`
 * for the same, bound.
 */

/** A pattern, read. */
export type GenericPattern = readonly Term[]

type Term =
  | { readonly type: 'word'; readonly text: string }
  | { readonly type: 'metavariable'; readonly name: string }
  /** `name` is `''` for `...`. */
  | { readonly type: 'any'; readonly name: string }

interface Token extends Span {
  readonly text: string
  readonly line: number
  /** Of a bracket that opens a block the number of the closing one; of that one -1; else 0. */
  pair: number
}

/** Tokens of a text that are looked at; the rest of a longer one is left out, as a limit. */
const MOST_TOKENS = 400_000

/** Open brackets among which the opening one of a closing one is sought. */
const MOST_OPEN = 8

/** Line ends that `...` reaches over at most. */
const MOST_LINES = 10

const TERM = /(\.{3,})|\$(\.\.\.)?([A-Z_][A-Z0-9_]*)|[A-Za-z0-9_]+|[^\s]/gu
const TOKEN = /[A-Za-z0-9_]+|[^\s]/gu

/** Reads a pattern; empty when there is nothing in it to look for. */
export function parseGeneric(source: string): GenericPattern {
  const terms = [...source.matchAll(TERM)].map(([text, dots, sequence, name]): Term => {
    if (dots !== undefined) return { type: 'any', name: '' }
    if (name === undefined) return { type: 'word', text }
    return sequence === undefined ? { type: 'metavariable', name: `$${name}` } : { type: 'any', name: `$...${name}` }
  })
  return terms.every((each) => each.type === 'any') ? [] : terms
}

/** The places of a text that a pattern matches, one for each token at which it can begin, the shortest one. */
export function findGeneric(pattern: GenericPattern, text: string, within: Span, budget: Budget): readonly Range[] {
  const tokens = knownTokens(text, within)
  const found: Range[] = []
  const open = pattern.findIndex((each) => each.type === 'any')
  const fixed = open < 0 ? pattern : pattern.slice(0, open)
  for (const [at, first] of tokens.entries()) {
    if (!isBeginning(fixed, tokens, at)) continue
    if (!budget.hasRoom(found.length)) break
    const match = matchFrom(pattern, tokens, at, text, budget)
    if (match !== undefined) found.push({ start: first.start, end: match.end, environment: match.environment })
  }
  if (tokens.length >= MOST_TOKENS) budget.steps(Infinity)
  return found
}

/** Words that a text must hold for a pattern to match. */
export function wordsOfGeneric(pattern: GenericPattern): readonly string[] {
  const words = pattern.flatMap((term) => (term.type === 'word' && /^[A-Za-z_]\w+$/.test(term.text) ? [term.text] : []))
  return [...new Set(words)].sort()
}

/** Whether the tokens from one on could be the beginning of a pattern: what costs nothing to see. */
function isBeginning(fixed: readonly Term[], tokens: readonly Token[], start: number): boolean {
  for (let at = 0; at < fixed.length; at++) {
    const term = fixed[at]
    const token = tokens[start + at]
    if (term === undefined || token === undefined) return false
    if (term.type === 'word' ? term.text !== token.text : !isWordCharacter(token.text.charCodeAt(0))) return false
  }
  return true
}

function isWordCharacter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95
}

/** The tokens of the part of a text last asked about: all patterns ask about the same one in turn. */
let latest: { readonly text: string, readonly start: number, readonly end: number, readonly tokens: readonly Token[] } | undefined

function knownTokens(text: string, { start, end }: Span): readonly Token[] {
  if (latest?.text !== text || latest.start !== start || latest.end !== end) {
    latest = { text, start, end, tokens: tokensOf(text, { start, end }) }
  }
  return latest.tokens
}

interface State {
  readonly environment: Environment
  readonly end: number
}

/** Works through the pattern once, keeping for each token the first way to reach it. */
function matchFrom(pattern: GenericPattern, tokens: readonly Token[], start: number, text: string, budget: Budget): State | undefined {
  let reached = new Map<number, State>([[start, { environment: EMPTY, end: tokens[start]?.start ?? 0 }]])
  for (const [index, term] of pattern.entries()) {
    const next = new Map<number, State>()
    const isLast = index === pattern.length - 1
    for (const [at, state] of reached) {
      if (!budget.step()) return undefined
      if (term.type === 'any') spread(term.name, tokens, at, isLast, text, state, next, budget)
      else {
        const token = tokens[at]
        const environment = token === undefined ? undefined : matchToken(term, token, state.environment)
        if (token !== undefined && environment !== undefined && !next.has(at + 1)) next.set(at + 1, { environment, end: token.end })
      }
    }
    if (next.size === 0) return undefined
    reached = next
  }
  return [...reached].sort(([one], [other]) => one - other)[0]?.[1]
}

function matchToken(term: Exclude<Term, { type: 'any' }>, token: Token, environment: Environment): Environment | undefined {
  if (term.type === 'word') return term.text === token.text ? environment : undefined
  if (!isWordCharacter(token.text.charCodeAt(0))) return undefined
  return bind(environment, { name: term.name, text: token.text, start: token.start, end: token.end, nodes: [] })
}

/** At the end of a pattern `...` takes all it can. */
function spread(
  name: string, tokens: readonly Token[], from: number, isLast: boolean, text: string, state: State, next: Map<number, State>, budget: Budget,
): void {
  const line = tokens[from - 1]?.line ?? tokens[from]?.line ?? 0
  const ends = endsFrom(tokens, from, line)
  for (const at of isLast ? ends.slice(-1) : ends) {
    if (next.has(at) || (!isLast && at >= tokens.length)) continue
    if (!budget.step()) return
    const end = at === from ? state.end : tokens[at - 1]?.end ?? state.end
    const start = Math.min(tokens[from]?.start ?? end, end)
    const environment = name === '' ? state.environment : bind(state.environment, { name, text: text.slice(start, end), start, end, nodes: [] })
    if (environment !== undefined) next.set(at, { environment, end })
  }
}

/** Where something that begins at a token can end: blocks are passed as one, and the one around it not left. */
function endsFrom(tokens: readonly Token[], from: number, line: number): readonly number[] {
  const ends: number[] = []
  for (let at = from; ; ) {
    const token = tokens[at]
    if (token !== undefined && token.line - line > MOST_LINES) break
    ends.push(at)
    if (token === undefined || token.pair < 0) break
    at = token.pair > 0 ? token.pair + 1 : at + 1
  }
  return ends
}

const CLOSING: ReadonlyMap<string, string> = new Map([['(', ')'], ['[', ']'], ['{', '}']])

function pairBrackets(tokens: readonly Token[]): void {
  const open: number[] = []
  for (const [at, token] of tokens.entries()) {
    if (CLOSING.has(token.text)) open.push(at)
    else if (')]}'.includes(token.text)) {
      // One that closes none of the last few is a character, as in prose.
      const opening = open.slice(-MOST_OPEN).findLastIndex((each) => CLOSING.get(tokens[each]?.text ?? '') === token.text)
      if (opening < 0) continue
      const number = open[Math.max(0, open.length - MOST_OPEN) + opening] ?? 0
      open.length = Math.max(0, open.length - MOST_OPEN) + opening
      const first = tokens[number]
      // Brackets within a line are no block.
      if (first === undefined || first.line === token.line) continue
      first.pair = at
      token.pair = -1
    }
  }
}

function tokensOf(text: string, { start, end }: Span): readonly Token[] {
  const tokens: Token[] = []
  let line = 0
  let before = 0
  const part = text.slice(start, end)
  for (const found of part.matchAll(TOKEN)) {
    if (tokens.length >= MOST_TOKENS) break
    for (let at = part.indexOf('\n', before); at >= 0 && at < found.index; at = part.indexOf('\n', at + 1)) line++
    before = found.index
    tokens.push({ text: found[0], start: start + found.index, end: start + found.index + found[0].length, line, pair: 0 })
  }
  pairBrackets(tokens)
  return tokens
}
