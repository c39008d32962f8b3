import { child, childrenIn, type Node } from '../tree/node.ts'
import { visit } from '../tree/visit.ts'
import { HOLDS_EXPRESSION } from './candidates.ts'
import type { Context } from './context.ts'
import { NONE, environmentKey, unique, type Environment } from './environment.ts'
import { bindAll, bindNode, bindRun, isAnyNumber, isSequence } from './metavariables.ts'
import { extentOf, isExpression } from './target.ts'

/** A run of statements that a pattern's statements match. */
export interface StatementRun {
  readonly environment: Environment
  /** Index of the first statement after it, in the file's flat list. */
  readonly next: number
  /** Where its last matched statement ends. */
  readonly end: number
}

/**
 * Statements of a pattern against statements from `first` on, up to `last`, both
 * indices in the file's flat list. A `...` reaches over nested statements too,
 * since each is followed there by what it holds; it never leaves the list's end.
 */
export function matchRun(
  context: Context, patterns: readonly Node[], first: number, last: number, environment: Environment,
): readonly StatementRun[] {
  let reached: StatementRun[] = [{ environment, next: first, end: context.target.flat.statements[first]?.start ?? 0 }]
  for (const [at, pattern] of patterns.entries()) {
    const next = new Runs()
    if (pattern.kind === 'ellipsis') skipAny(context, reached, last, patterns[at + 1], next)
    else if (isSequence(pattern)) bindSiblings(context, pattern, reached, last, next)
    else matchNext(context, pattern, reached, last, next)
    if (next.all.length === 0) return []
    reached = next.all
  }
  return reached
}

/** Statements of a block of the pattern against a block: all of it, unless the pattern has `...`. */
export function matchBlock(
  context: Context, patterns: readonly Node[], block: Node, environment: Environment,
): readonly Environment[] {
  const [first, last] = extentOf(context.target.flat, block)
  const whole = wholeBlock(context, patterns, block, environment)
  if (whole !== undefined) return whole
  const runs = matchRun(context, patterns, first, last, environment)
  const isOpen = patterns.some((each) => each.kind === 'ellipsis')
  return unique(runs.filter((run) => isOpen || run.next === last).map((run) => run.environment))
}

/** A block that is `$S` alone: the metavariable stands for all its statements. */
function wholeBlock(
  context: Context, patterns: readonly Node[], block: Node, environment: Environment,
): readonly Environment[] | undefined {
  const [only, ...more] = patterns
  const wanted = only?.kind === 'expression-statement' ? child(only, 'value') : undefined
  const statements = childrenIn(block, 'statement')
  if (wanted?.kind !== 'metavariable' || more.length > 0 || statements.length < 2) return undefined
  return bindAll(context, wanted.text, statements, environment)
}

/** One statement of a pattern against a statement. */
export function matchStatement(
  context: Context, pattern: Node, node: Node, environment: Environment,
): readonly Environment[] {
  if (pattern.kind !== 'expression-statement') return context.unify(pattern, node, environment)
  const wanted = child(pattern, 'value')
  if (wanted === undefined) return NONE
  const value = child(node, 'value')
  if (wanted.kind === 'metavariable') {
    const bound = node.kind === 'expression-statement' && value !== undefined ? value : node
    return bindNode(context, wanted.text, bound, environment)
  }
  if (value === undefined || !HOLDS_EXPRESSION.has(node.kind)) return NONE
  if (!context.options.implicitDeep) {
    return node.kind === 'expression-statement' ? context.unify(wanted, value, environment) : NONE
  }
  return matchWithin(context, wanted, value, environment)
}

/** An expression of a pattern against an expression and everything in it. */
export function matchWithin(
  context: Context, pattern: Node, root: Node, environment: Environment,
): readonly Environment[] {
  if (!context.candidates.mayHold(pattern, root)) return NONE
  const found: Environment[] = []
  visit(root, (node) => {
    if (isExpression(node) && context.candidates.couldMatch(pattern, node)) {
      found.push(...context.unify(pattern, node, environment))
    }
    return context.budget.step()
  })
  return unique(found)
}

/** Runs by the place they reached and their environments, each once. */
class Runs {
  readonly all: StatementRun[] = []
  readonly #seen = new Set<string>()

  add(run: StatementRun): void {
    const key = `${run.next}|${environmentKey(run.environment)}`
    if (this.#seen.has(key)) return
    this.#seen.add(key)
    this.all.push(run)
  }
}

/**
 * A final `...` takes all that is left, since that range holds every shorter one.
 * Before a statement of the pattern it stops only where that could follow.
 */
function skipAny(
  context: Context, reached: readonly StatementRun[], last: number, following: Node | undefined, into: Runs,
): void {
  const end = endOf(context, last)
  const isBound = following === undefined || isAnyNumber(following)
  const possible = isBound ? undefined : context.candidates.statementsFor(following).includes
  for (const run of [...reached].sort((a, b) => a.next - b.next)) {
    for (let at = following === undefined ? last : run.next; at <= last; at++) {
      if (possible !== undefined && (at === last || possible[at] === 0)) continue
      if (!context.budget.step()) return
      into.add({ environment: run.environment, next: at, end: at === last ? Math.max(run.end, end) : run.end })
    }
  }
}

/** Where the statement before an index ends, with all that is around it in the same run. */
function endOf(context: Context, last: number): number {
  return context.target.flat.statements[last - 1]?.end ?? 0
}

function matchNext(
  context: Context, pattern: Node, reached: readonly StatementRun[], last: number, into: Runs,
): void {
  const { statements, next } = context.target.flat
  const possible = context.candidates.statementsFor(pattern).includes
  for (const run of reached) {
    const statement = statements[run.next]
    if (statement === undefined || run.next >= last || possible[run.next] === 0) continue
    for (const environment of matchStatement(context, pattern, statement, run.environment)) {
      into.add({ environment, next: next[run.next] ?? last, end: Math.max(run.end, statement.end) })
    }
  }
}

function bindSiblings(
  context: Context, pattern: Node, reached: readonly StatementRun[], last: number, into: Runs,
): void {
  const { statements, next } = context.target.flat
  for (const run of reached) {
    const bound: Node[] = []
    for (let at = run.next; at <= last; at = next[at] ?? last + 1) {
      if (!context.budget.steps(1 + bound.length)) return
      const place = statements[at]?.start ?? run.end
      for (const environment of bindRun(context, pattern.text, [...bound], place, run.environment)) {
        into.add({ environment, next: at, end: Math.max(run.end, bound.at(-1)?.end ?? 0) })
      }
      const statement = statements[at]
      if (statement === undefined || at === last) break
      bound.push(statement)
    }
  }
}
