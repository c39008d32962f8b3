import type { Node } from '../tree/node.ts'
import type { Context } from './context.ts'
import { NONE, unique, type Environment } from './environment.ts'
import { bindRun, isSequence } from './metavariables.ts'

/** What stands between the ends of a list; how `...` is recognised differs. */
export interface SequenceRules {
  isEllipsis(pattern: Node): boolean
  matchOne(context: Context, pattern: Node, node: Node, environment: Environment): readonly Environment[]
}

/**
 * Matches a list in order, from end to end, with `...` and `$...X` for any
 * number of nodes. Works through the pattern once, keeping for each position in
 * the list the environments that reach it, so that several `...` cost no more
 * than their product.
 */
export function matchSequence(
  context: Context, patterns: readonly Node[], nodes: readonly Node[], environment: Environment, rules: SequenceRules,
): readonly Environment[] {
  if (!patterns.some((each) => rules.isEllipsis(each) || isSequence(each))) {
    return matchOneByOne(context, patterns, nodes, environment, rules)
  }
  let reached = new Map<number, readonly Environment[]>([[0, [environment]]])
  for (const pattern of patterns) {
    const next = new Map<number, readonly Environment[]>()
    if (rules.isEllipsis(pattern)) spread(context, reached, next, nodes.length)
    else if (isSequence(pattern)) bindRuns(context, pattern, nodes, reached, next)
    else {
      for (const [at, environments] of reached) {
        const node = nodes[at]
        if (node === undefined) continue
        const matched = environments.flatMap((each) => rules.matchOne(context, pattern, node, each))
        if (matched.length > 0) next.set(at + 1, unique(matched))
      }
    }
    if (next.size === 0) return NONE
    reached = next
  }
  return unique(reached.get(nodes.length) ?? NONE)
}

/** Without `...` each node has its pattern. */
function matchOneByOne(
  context: Context, patterns: readonly Node[], nodes: readonly Node[], environment: Environment, rules: SequenceRules,
): readonly Environment[] {
  if (patterns.length !== nodes.length) return NONE
  let environments: readonly Environment[] = [environment]
  for (const [at, pattern] of patterns.entries()) {
    const node = nodes[at]
    if (node === undefined || environments.length === 0) return NONE
    environments = unique(environments.flatMap((each) => rules.matchOne(context, pattern, node, each)))
  }
  return environments
}

/** `...`: whatever reached a position reaches every later one. */
function spread(
  context: Context, reached: ReadonlyMap<number, readonly Environment[]>,
  next: Map<number, readonly Environment[]>, last: number,
): void {
  let carried: readonly Environment[] = NONE
  for (let at = 0; at <= last; at++) {
    const here = reached.get(at)
    if (!context.budget.steps(1 + (here === undefined ? 0 : carried.length))) return
    if (here !== undefined) carried = unique([...carried, ...here])
    if (carried.length > 0) next.set(at, carried)
  }
}

function bindRuns(
  context: Context, pattern: Node, nodes: readonly Node[],
  reached: ReadonlyMap<number, readonly Environment[]>, next: Map<number, readonly Environment[]>,
): void {
  for (const [at, environments] of reached) {
    for (let end = at; end <= nodes.length; end++) {
      if (!context.budget.steps(1 + end - at)) return
      const run = nodes.slice(at, end)
      const place = nodes[at]?.start ?? nodes.at(-1)?.end ?? 0
      add(next, end, environments.flatMap((each) => bindRun(context, pattern.text, run, place, each)))
    }
  }
}

function add(into: Map<number, readonly Environment[]>, at: number, environments: readonly Environment[]): void {
  if (environments.length === 0) return
  const known = into.get(at)
  into.set(at, known === undefined ? environments : unique([...known, ...environments]))
}

/** One way to match patterns with nodes in any order. */
interface Choice {
  readonly used: ReadonlySet<Node>
  readonly environment: Environment
}

/** Matches each pattern with a node of its own, in any order; says which nodes were used. */
export function matchInAnyOrder(
  context: Context, patterns: readonly Node[], nodes: readonly Node[], environment: Environment,
): readonly Choice[] {
  let choices: readonly Choice[] = [{ used: new Set(), environment }]
  for (const pattern of patterns) {
    const next: Choice[] = []
    for (const choice of choices) {
      for (const node of nodes) {
        if (choice.used.has(node)) continue
        if (!context.budget.hasRoom(next.length)) return next
        for (const each of context.unify(pattern, node, choice.environment)) {
          next.push({ used: new Set([...choice.used, node]), environment: each })
        }
      }
    }
    if (next.length === 0) return next
    choices = next
  }
  return choices
}

/** Environments in which each pattern has a node of its own, in any order; other nodes may be left over. */
export function matchSubset(
  context: Context, patterns: readonly Node[], nodes: readonly Node[], environment: Environment,
): readonly Environment[] {
  const wanted = patterns.filter((each) => each.kind !== 'ellipsis')
  return unique(matchInAnyOrder(context, wanted, nodes, environment).map((each) => each.environment))
}
