import { child, type Node } from '../tree/node.ts'
import type { Context } from './context.ts'
import { NONE, unique, type Environment } from './environment.ts'
import { bindAll, isAnyNumber } from './metavariables.ts'
import { matchSubset } from './sequences.ts'

/** Operators whose operands have no order, as far as patterns are concerned. */
const COMMUTATIVE: ReadonlySet<string> = new Set(['&', '|', '^'])

/** Operands up to which orders are tried. */
const MOST_OPERANDS = 10

/** Whether an operation of a pattern also matches with its operands grouped, or ordered, in another way. */
export function isRegrouped(pattern: Node): boolean {
  if (pattern.kind === 'logical') return true
  return pattern.kind === 'binary' && (COMMUTATIVE.has(pattern.text) || child(pattern, 'right')?.kind === 'ellipsis')
}

/**
 * An operation of a pattern against one of the file: `and`, `or` are associative,
 * bit operators also commutative, and others may be left over there; a final
 * `...` of any operation stands for all further operands.
 */
export function matchOperation(context: Context, pattern: Node, node: Node, environment: Environment): readonly Environment[] {
  if (pattern.kind !== node.kind || pattern.text !== node.text) return NONE
  if (pattern.kind === 'logical') return matchInOrder(context, operandsOf(pattern), operandsOf(node), environment)
  if (COMMUTATIVE.has(pattern.text)) {
    const operands = operandsOf(node)
    return operands.length > MOST_OPERANDS ? NONE : matchSubset(context, operandsOf(pattern), operands, environment)
  }
  return child(pattern, 'right')?.kind === 'ellipsis' ? matchBeginning(context, child(pattern, 'left'), node, environment) : NONE
}

/** Operands of the same operator, from the left. */
function operandsOf(of: Node): readonly Node[] {
  const found: Node[] = []
  const waiting: Node[] = [of]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.kind === of.kind && next.text === of.text) waiting.push(...[...next.children].reverse())
    else found.push(next)
  }
  return found
}

/** `...` stands for any number of operands, a metavariable for one or several. */
function matchInOrder(
  context: Context, patterns: readonly Node[], nodes: readonly Node[], environment: Environment,
): readonly Environment[] {
  let reached = new Map<number, readonly Environment[]>([[0, [environment]]])
  for (const pattern of patterns) {
    const next = new Map<number, readonly Environment[]>()
    for (const [at, environments] of reached) {
      for (let end = isAnyNumber(pattern) ? at : at + 1; end <= nodes.length; end++) {
        if (!context.budget.steps(1 + environments.length)) return NONE
        const matched = environments.flatMap((each) => matchRun(context, pattern, nodes.slice(at, end), each))
        if (matched.length > 0) next.set(end, unique([...next.get(end) ?? [], ...matched]))
        if (pattern.kind !== 'metavariable' && !isAnyNumber(pattern)) break
      }
    }
    reached = next
  }
  return reached.get(nodes.length) ?? NONE
}

function matchRun(context: Context, pattern: Node, run: readonly Node[], environment: Environment): readonly Environment[] {
  if (pattern.kind === 'ellipsis') return [environment]
  const [only, ...more] = run
  if (only !== undefined && more.length === 0) return context.unify(pattern, only, environment)
  return pattern.kind === 'metavariable' ? bindAll(context, pattern.text, run, environment) : NONE
}

/** The operands before a final `...`: some left part of the operation. */
function matchBeginning(context: Context, pattern: Node | undefined, node: Node, environment: Environment): readonly Environment[] {
  const found: Environment[] = []
  if (pattern === undefined) return NONE
  for (let at = child(node, 'left'); at !== undefined; at = at.text === node.text ? child(at, 'left') : undefined) {
    if (!context.budget.step()) break
    found.push(...context.unify(pattern, at, environment))
    if (at.kind !== node.kind) break
  }
  return unique(found)
}
