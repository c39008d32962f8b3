import type { Span } from '../core/text.ts'
import type { Budget } from './budget.ts'
import { bind, EMPTY, type Environment } from './environment.ts'
import type { Range } from './find.ts'

/*
 * Patterns for text of any language: words and punctuation in order, however
 * they are spaced, with `$X` for a word, `...` for anything within ten lines, and
 * `$...X` for the same, bound.
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
}

/** Line ends that `...` reaches over at most. */
const MOST_LINES = 10

const TERM = /(\.\.\.)|\$(\.\.\.)?([A-Z_][A-Z0-9_]*)|[A-Za-z0-9_]+|[^\s]/gu
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
  const tokens = tokensOf(text, within)
  const found: Range[] = []
  for (const [at, first] of tokens.entries()) {
    if (!budget.hasRoom(found.length)) break
    const match = matchFrom(pattern, tokens, at, text, budget)
    if (match !== undefined) found.push({ start: first.start, end: match.end, environment: match.environment })
  }
  return found
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
  if (!/^\w/.test(token.text)) return undefined
  return bind(environment, { name: term.name, text: token.text, start: token.start, end: token.end, nodes: [] })
}

/** At the end of a pattern `...` takes all it can. */
function spread(
  name: string, tokens: readonly Token[], from: number, isLast: boolean, text: string, state: State, next: Map<number, State>, budget: Budget,
): void {
  const line = tokens[from - 1]?.line ?? tokens[from]?.line ?? 0
  let last = from
  while (last < tokens.length && (tokens[last]?.line ?? 0) - line <= MOST_LINES) last++
  for (let at = isLast ? last : from; isLast ? at <= last : at < last; at++) {
    if (next.has(at)) continue
    if (!budget.step()) return
    const end = at === from ? state.end : tokens[at - 1]?.end ?? state.end
    const start = Math.min(tokens[from]?.start ?? end, end)
    const environment = name === '' ? state.environment : bind(state.environment, { name, text: text.slice(start, end), start, end, nodes: [] })
    if (environment !== undefined) next.set(at, { environment, end })
  }
}

function tokensOf(text: string, { start, end }: Span): readonly Token[] {
  const tokens: Token[] = []
  let line = 0
  let before = 0
  const part = text.slice(start, end)
  for (const found of part.matchAll(TOKEN)) {
    for (let at = part.indexOf('\n', before); at >= 0 && at < found.index; at = part.indexOf('\n', at + 1)) line++
    before = found.index
    tokens.push({ text: found[0], start: start + found.index, end: start + found.index + found[0].length, line })
  }
  return tokens
}
