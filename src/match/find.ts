import type { Span } from '../core/text.ts'
import type { PatternReading } from '../tree/language.ts'
import { child, childrenIn, withRole, type Node } from '../tree/node.ts'
import type { Context } from './context.ts'
import { EMPTY, environmentKey, type Environment } from './environment.ts'
import { isAnyNumber } from './metavariables.ts'
import { isLiteral } from './names.ts'
import type { RangeIndex } from './range-index.ts'
import { matchRun } from './statements.ts'

/** A place that a pattern matches, with what its metavariables stand for. */
export interface Range extends Span {
  readonly environment: Environment
}

/**
 * Every place of the file that one of a pattern's readings matches, each once, in order of place;
 * only where it touches one of those in `near`, if these are given.
 */
export function findMatches(context: Context, readings: readonly PatternReading[], near?: RangeIndex<Span>): readonly Range[] {
  const found = new Ranges(context, near)
  for (const reading of readings) {
    if (reading.form === 'statements') findStatements(context, childrenIn(reading.root, 'statement'), found)
    else findNodes(context, reading.root, reading.form === 'partial', found)
  }
  return found.sorted()
}

/** Matched places, each once for the same bindings. */
class Ranges {
  readonly #context: Context
  readonly #near: RangeIndex<Span> | undefined
  readonly #byKey = new Map<string, Range>()

  constructor(context: Context, near: RangeIndex<Span> | undefined) {
    this.#context = context
    this.#near = near
  }

  /** Whether a match at a place would be of use. */
  isWanted(place: Span): boolean {
    return this.#near === undefined || this.#near.touches(place)
  }

  /** Adds a place for each environment; false when there is no room for more. */
  add(span: Span, environments: readonly Environment[]): boolean {
    for (const environment of environments) {
      if (!this.#context.budget.hasRoom(this.#byKey.size)) return false
      const key = `${span.start}-${span.end}|${environmentKey(environment)}`
      if (!this.#byKey.has(key)) this.#byKey.set(key, { start: span.start, end: span.end, environment })
    }
    return true
  }

  sorted(): readonly Range[] {
    return [...this.#byKey.values()].sort((one, other) => one.start - other.start || one.end - other.end)
  }
}

function findNodes(context: Context, pattern: Node, isPartial: boolean, found: Ranges): void {
  if (!isPartial && isLiteral(pattern)) findConstants(context, pattern, found)
  for (const node of candidates(context, pattern, isPartial)) {
    if (found.isWanted(node) && !found.add(node, context.unify(pattern, node, EMPTY))) return
  }
}

/** A literal also matches where the file shows that a name or a text put together is that constant. */
function findConstants(context: Context, pattern: Node, found: Ranges): void {
  for (const kind of ['identifier', 'binary', 'template'] as const) {
    for (const node of context.target.expressionsOf(kind)) {
      if (node.role === 'target' || !found.isWanted(node)) continue
      const all = context.unify(pattern, node, EMPTY)
      // In a whole file nearly every name would be a question to the program.
      if (!found.add(node, context.target.isPart ? all : all.filter((each) => each.conditions.length === 0))) return
    }
  }
}

/** Nodes that an expression or a part of a construct can match at its root. */
function candidates(context: Context, pattern: Node, isPartial: boolean): readonly Node[] {
  const { target } = context
  if (isPartial) {
    // A decorator stands by itself; any other part is known by its kind.
    const isDecorator = pattern.role === 'decorator'
    const parts = isDecorator ? target.expressions : target.ofKind(pattern.kind)
    const isPlaced = isDecorator || pattern.role === 'else'
    return parts.filter((each) => {
      return (!isPlaced || each.role === pattern.role) && context.candidates.couldMatch(pattern, each)
    })
  }
  const found = context.candidates.expressionsFor(pattern)
  return isLiteral(pattern) ? found.filter((each) => each.kind === pattern.kind) : found
}

/** Runs of statements in any block; a pattern's list has `...` around it that is not written. */
function findStatements(context: Context, patterns: readonly Node[], found: Ranges): void {
  const [first, ...more] = patterns
  if (first === undefined) return
  if (more.length === 0 && first.kind === 'assign') findAssignments(context, first, found)
  if (more.length === 0 && first.kind === 'if') findElseIfs(context, first, found)
  const sets = patterns.filter((each) => !isAnyNumber(each)).map((each) => context.candidates.statementsFor(each))
  if (sets.some((each) => each.isEmpty)) return
  const possible = isAnyNumber(first) ? undefined : sets[0]
  for (const { statement, at, last, isFirst } of context.target.starts) {
    if (possible?.includes[at] === 0 || (first.kind === 'ellipsis' && !isFirst)) continue
    // Where a run of several ends is not known before.
    if (more.length === 0 && !isAnyNumber(first) && !found.isWanted(statement)) continue
    if (!context.budget.step()) return
    for (const run of matchRun(context, patterns, at, last, EMPTY)) {
      if (!found.add({ start: statement.start, end: run.end }, [run.environment])) return
    }
  }
}

/** A single `if` also matches one that is the other branch of another. */
function findElseIfs(context: Context, pattern: Node, found: Ranges): void {
  for (const node of context.target.ofKind('if')) {
    if (node.role !== 'else' || !found.isWanted(node) || !context.candidates.couldMatch(pattern, node)) continue
    if (!found.add(node, context.unify(pattern, node, EMPTY))) return
  }
}

/** A single assignment also matches `:=` and each part of `a, b = 1, 2`. */
function findAssignments(context: Context, pattern: Node, found: Ranges): void {
  const [target, ...more] = childrenIn(pattern, 'target')
  const value = child(pattern, 'value')
  if (target === undefined || value === undefined || more.length > 0 || child(pattern, 'annotation')) return
  for (const node of [...context.target.ofKind('assign-expression'), ...context.target.ofKind('assign')]) {
    const whole = [[child(node, 'target'), child(node, 'value')] as const]
    if (!found.isWanted(node)) continue
    for (const [its, given] of node.kind === 'assign-expression' ? whole : parallelParts(node)) {
      if (its === undefined || given === undefined || !context.candidates.couldMatch(value, given)) continue
      const bound = context.unify(target, withRole(its, 'target'), EMPTY)
      if (!found.add(node, bound.flatMap((each) => context.unify(value, given, each)))) return
    }
  }
}

function parallelParts(of: Node): (readonly [Node | undefined, Node | undefined])[] {
  const value = child(of, 'value')
  if (value?.kind !== 'tuple') return []
  return childrenIn(of, 'target').flatMap((target) => {
    if (target.kind !== 'tuple' || target.children.length !== value.children.length) return []
    if ([...target.children, ...value.children].some((each) => each.kind === 'spread')) return []
    return target.children.map((each, at) => [each, value.children[at]] as const)
  })
}

/** Whether an expression pattern matches everything by itself, as `$X`. */
export function isSelector(readings: readonly PatternReading[]): boolean {
  const [only, ...more] = readings
  return more.length === 0 && only?.root.kind === 'metavariable'
}
