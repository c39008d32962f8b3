import type { Node } from '../tree/node.ts'
import type { Context } from './context.ts'
import { NONE, unique, type Environment } from './environment.ts'
import { isAnyNumber } from './metavariables.ts'
import { matchInAnyOrder, matchSequence, type SequenceRules } from './sequences.ts'

/**
 * Arguments of a call: keyword arguments in any order, the others in theirs. With
 * `...` anywhere, keyword arguments that the pattern does not name may be left over.
 */
export function matchArguments(
  context: Context, patterns: readonly Node[], nodes: readonly Node[], environment: Environment,
): readonly Environment[] {
  const keywords = patterns.filter((each) => each.kind === 'keyword-argument')
  const positional = patterns.filter((each) => each.kind !== 'keyword-argument')
  if (keywords.length === 0) return matchPositional(context, positional, nodes, environment)
  const given = nodes.filter((each) => each.kind === 'keyword-argument')
  if (given.length < keywords.length) return NONE
  const isOpen = positional.some(isAnyNumber)
  return unique(matchInAnyOrder(context, keywords, given, environment).flatMap((choice) => {
    const rest = nodes.filter((each) => !choice.used.has(each) && (!isOpen || each.kind !== 'keyword-argument'))
    return matchPositional(context, positional, rest, choice.environment)
  }))
}

function matchPositional(
  context: Context, patterns: readonly Node[], nodes: readonly Node[], environment: Environment,
): readonly Environment[] {
  return matchSequence(context, patterns, nodes, environment, POSITIONAL)
}

const POSITIONAL: SequenceRules = {
  isEllipsis: (pattern) => pattern.kind === 'ellipsis',
  // `$X` and `...` in an expression's place stand for a positional argument.
  matchOne: (context, pattern, node, environment) => {
    return node.kind === 'keyword-argument' ? NONE : context.unify(pattern, node, environment)
  },
}
