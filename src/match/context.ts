import type { Node } from '../tree/node.ts'
import type { Budget } from './budget.ts'
import type { Candidates } from './candidates.ts'
import type { Environment } from './environment.ts'
import type { Target } from './target.ts'

/**
 * What every part of the matcher is given. `unify` is the matcher itself: the
 * parts that match sequences, calls or strings call it for what is inside them.
 */
export interface Context {
  readonly target: Target
  readonly candidates: Candidates
  readonly budget: Budget
  readonly options: MatchOptions
  /** All ways in which a pattern's node matches a node, each with its bindings. */
  unify(pattern: Node, node: Node, environment: Environment): readonly Environment[]
}

/** Options of a rule that change what its patterns match. */
export interface MatchOptions {
  /** Literals of patterns match names that are known to have that value. */
  readonly constantPropagation: boolean
  /** A statement pattern that is an expression also matches inside other statements. */
  readonly implicitDeep: boolean
  /** `...` between statements looks into nested blocks. */
  readonly deepStatements: boolean
  /** Names of variables also match as what the only assignment to them gives. */
  readonly symbolicPropagation: boolean
}

/** The options of a rule, with the language's defaults. */
export function readMatchOptions(options: ReadonlyMap<string, string | number | boolean>): MatchOptions {
  return {
    constantPropagation: options.get('constant_propagation') !== false,
    implicitDeep: options.get('implicit_deep_exprstmt') !== false,
    deepStatements: options.get('go_deeper_stmt') !== false,
    symbolicPropagation: options.get('symbolic_propagation') === true,
  }
}
