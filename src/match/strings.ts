import type { Span } from '../core/text.ts'
import { Flag, has, type Node } from '../tree/node.ts'
import type { Context } from './context.ts'
import { NONE, type Environment } from './environment.ts'
import { bindText, isMetavariable } from './metavariables.ts'
import { compileRegex, type SafeRegex } from './regex.ts'
import { matchSequence, type SequenceRules } from './sequences.ts'
import type { Target } from './target.ts'

/** A string of a pattern against a string literal: `"..."`, `"$X"`, `"=~/regex/"`, else the same value. */
export function matchString(
  context: Context, pattern: Node, node: Node, environment: Environment,
): readonly Environment[] {
  if (node.kind !== 'string') return NONE
  const { text } = pattern
  if (text === '...') return [environment]
  if (isMetavariable(text)) return bindContent(context, text.replace('$...', '$'), node, environment)
  const regex = regexOf(text)
  if (regex !== undefined) return regex.search(node.text) ? [environment] : NONE
  return text === node.text ? [environment] : NONE
}

/** Parts of an interpolated string; a literal part `...` stands for any number of them. */
export function matchParts(
  context: Context, patterns: readonly Node[], nodes: readonly Node[], environment: Environment,
): readonly Environment[] {
  return matchSequence(context, patterns, nodes, environment, PARTS)
}

const PARTS: SequenceRules = {
  isEllipsis: (pattern) => pattern.kind === 'string' && pattern.text === '...',
  matchOne: (context, pattern, node, environment) => context.unify(pattern, node, environment),
}

/** The `"=~/regex/flags"` form of a pattern's string. */
const REGEX_FORM = /^=~\/(.*)\/([a-z]*)$/s

const compiled = new Map<string, SafeRegex | undefined>()

function regexOf(text: string): SafeRegex | undefined {
  if (!text.startsWith('=~/')) return undefined
  if (!compiled.has(text)) {
    const [, body, flags] = REGEX_FORM.exec(text) ?? []
    const made = body === undefined ? undefined : compileRegex(flags?.includes('i') === true ? `(?i)${body}` : body)
    compiled.set(text, made?.regex)
  }
  return compiled.get(text)
}

/** Why a regular expression in a pattern's string cannot be used; `''` when there is none or it can. */
export function regexProblem(text: string): string {
  const body = REGEX_FORM.exec(text)?.[1]
  return body === undefined ? '' : compileRegex(body).problem
}

function bindContent(context: Context, name: string, node: Node, environment: Environment): readonly Environment[] {
  const { start, end } = contentOf(context.target, node)
  const text = has(node, Flag.Synthetic) ? node.text : context.target.slice(start, end)
  return bindText({ name, start, end, text }, environment)
}

/** The place between the quotes of a string; all of it for one that is not written out. */
export function contentOf(target: Target, node: Node): Span {
  if (has(node, Flag.Synthetic)) return { start: node.start, end: node.end }
  const source = target.slice(node.start, node.end)
  const opening = /^[A-Za-z]*("""|'''|["'`])/.exec(source)
  const quote = opening?.[1] ?? ''
  const before = opening?.[0].length ?? 0
  const after = source.endsWith(quote) && source.length >= before + quote.length ? quote.length : 0
  return { start: node.start + before, end: node.end - after }
}
