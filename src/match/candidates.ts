import { child, type Kind, type Node } from '../tree/node.ts'
import { MAY_BE_CONSTANT, couldFit, isOpenCall, isOpenList, shapeOf, type Shape } from './shape.ts'
import type { Target } from './target.ts'
import { NameIndex } from './name-index.ts'
import { isLiteral } from './names.ts'

/** Statements of a file, by their index in the flat list. */
export interface StatementSet {
  /** 1 where the statement is in the set. */
  readonly includes: Uint8Array
  readonly isEmpty: boolean
}

/**
 * The nodes of a file at which matching a pattern is worth while, found once for
 * each shape. Everything left out has another shape; see `couldFit`.
 */
export class Candidates {
  readonly #target: Target
  readonly #expressions = new Map<Shape, readonly Node[]>()
  readonly #places = new Map<Shape, Float64Array>()
  readonly #statements = new Map<Shape, StatementSet>()
  #index: NameIndex | undefined

  constructor(target: Target) {
    this.#target = target
  }

  /** Whether a node has the shape of a pattern's; see there. */
  couldMatch(pattern: Node, node: Node): boolean {
    return couldFit(this.#target, shapeOf(pattern), node)
  }

  /** Expressions, those of one kind in order of place. */
  expressionsFor(pattern: Node): readonly Node[] {
    return remembered(this.#expressions, shapeOf(pattern), () => {
      if (pattern.kind === 'deep') {
        const inner = child(pattern, 'value')
        return inner === undefined ? [] : this.#target.expressions.filter((each) => this.mayHold(inner, each))
      }
      const named = this.#named(pattern)
      if (named !== undefined) return named.filter((each) => this.couldMatch(pattern, each))
      const own = kindsFor(pattern)
      const kinds = own === undefined || !this.#target.followsNames ? own : [...new Set<Kind>([...own, 'identifier'])]
      return kinds === undefined ? this.#target.expressions : kinds.flatMap((kind) => {
        return this.#target.expressionsOf(kind).filter((each) => this.couldMatch(pattern, each))
      })
    })
  }

  /** The expressions that bear a pattern's name; `undefined` where it has none, and where a variable may stand for one. */
  #named(pattern: Node): readonly Node[] | undefined {
    if (this.#target.followsNames) return undefined
    const isCall = pattern.kind === 'call'
    const key = nameKeyOf(isCall ? child(pattern, 'callee') : pattern)
    if (key === undefined) return undefined
    this.#index ??= new NameIndex(this.#target)
    return isCall ? this.#index.calls(key) : this.#index.names(key)
  }

  /** Whether an expression, or one in it, may have a pattern's shape, as the places tell. */
  mayHold(pattern: Node, root: Node): boolean {
    const places = remembered(this.#places, shapeOf(pattern), () => {
      return Float64Array.from(this.expressionsFor(pattern), (each) => each.start).sort()
    })
    const next = places[firstFrom(places, root.start)]
    return next !== undefined && next <= root.end
  }

  /** Statements for one of a pattern; an expression may stand anywhere in a statement, whatever the rule's options. */
  statementsFor(pattern: Node): StatementSet {
    return remembered(this.#statements, shapeOf(pattern), () => {
      const { statements, byKind } = this.#target.flat
      const kinds = statementKindsFor(pattern)
      const possible = kinds === undefined ? statements.keys() : kinds.flatMap((kind) => byKind.get(kind) ?? [])
      const includes = new Uint8Array(statements.length)
      let isEmpty = true
      for (const at of possible) {
        const statement = statements[at]
        if (statement === undefined || !this.#couldBe(pattern, statement)) continue
        includes[at] = 1
        isEmpty = false
      }
      return { includes, isEmpty }
    })
  }

  #couldBe(pattern: Node, statement: Node): boolean {
    if (pattern.kind !== 'expression-statement') return this.couldMatch(pattern, statement)
    const wanted = child(pattern, 'value')
    if (wanted === undefined) return false
    if (wanted.kind === 'metavariable') return true
    const value = HOLDS_EXPRESSION.has(statement.kind) ? child(statement, 'value') : undefined
    return value !== undefined && this.mayHold(wanted, value)
  }
}

/** Index of the first place from an offset on. */
function firstFrom(places: Float64Array, offset: number): number {
  let low = 0
  let high = places.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((places[middle] ?? 0) < offset) low = middle + 1
    else high = middle
  }
  return low
}

function remembered<V>(known: Map<Shape, V>, shape: Shape, make: () => V): V {
  let value = known.get(shape)
  if (value === undefined) {
    value = make()
    known.set(shape, value)
  }
  return value
}

/** Kinds of expressions that a pattern may match; `undefined` for all. */
function kindsFor(pattern: Node): readonly Kind[] | undefined {
  switch (pattern.kind) {
    case 'metavariable':
    case 'typed-metavariable':
    case 'ellipsis':
    case 'ellipsis-member':
      return undefined
    case 'identifier':
    case 'member':
      return NAMES
    case 'list':
      return isOpenList(pattern) ? ['list', 'comprehension'] : ['list']
    case 'call':
      return isOpenCall(pattern) ? ['call', ...NAMES] : ['call']
    default:
      return isLiteral(pattern) ? [pattern.kind, ...MAY_BE_CONSTANT] : [pattern.kind]
  }
}

/** Where the index has what a pattern names. */
function nameKeyOf(pattern: Node | undefined): string | undefined {
  if (pattern?.kind !== 'identifier' && pattern?.kind !== 'member') return undefined
  const { last, qualifier } = shapeOf(pattern)
  if (last !== '') return last
  return qualifier === '' ? undefined : `.${qualifier}`
}

const NAMES: readonly Kind[] = ['identifier', 'member']

/** Kinds of statements that a pattern may match; `undefined` for all. */
function statementKindsFor(pattern: Node): readonly Kind[] | undefined {
  if (pattern.kind === 'expression-statement') {
    return child(pattern, 'value')?.kind === 'metavariable' ? undefined : [...HOLDS_EXPRESSION]
  }
  switch (shapeOf(pattern).otherwise) {
    case 'nothing':
      return [pattern.kind]
    case 'import':
      return ['import', 'import-from']
    default:
      return undefined
  }
}

/** Kinds of statements of which a pattern that is an expression may match the value. */
export const HOLDS_EXPRESSION: ReadonlySet<Kind> = new Set<Kind>([
  'expression-statement', 'assign', 'augmented-assign', 'return',
])
