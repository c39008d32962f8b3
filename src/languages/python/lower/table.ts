import { node } from '../../../tree/node.ts'
import { CASES } from './cases.ts'
import { COLLECTIONS } from './collections.ts'
import type { LowerTable } from './context.ts'
import { DEFINITIONS } from './definitions.ts'
import { EXCEPTIONS } from './exceptions.ts'
import { EXPRESSIONS } from './expressions.ts'
import { IMPORTS } from './imports.ts'
import { LEGACY } from './legacy.ts'
import { LITERALS } from './literals.ts'
import { STATEMENTS } from './statements.ts'
import { STRINGS } from './strings.ts'
import { TYPES } from './types.ts'

/** Every kind of the grammar that becomes a tree node of its own, with the function that makes it. */
export const LOWER: LowerTable = {
  ...STATEMENTS, ...DEFINITIONS, ...EXPRESSIONS, ...COLLECTIONS, ...LITERALS, ...STRINGS, ...IMPORTS, ...EXCEPTIONS,
  ...CASES, ...TYPES, ...LEGACY,
  // `-1+2j` in a case.
  complex_pattern: (from, at, role) => {
    const [left, right] = from.named(at)
    const end = from.end(at)
    const operator = from.tokens(at).filter((each) => !from.isNamed(each)).at(-1)
    const isNegative = left !== undefined && from.start(left) > from.start(at)
    const real = from.lower(left ?? -1, isNegative ? 'operand' : 'left', end)
    const first = isNegative ? node('unary', 'left', from.start(at), real.end, [real], '-') : real
    const sides = [first, from.lower(right ?? -1, 'right', end)]
    return node('binary', role, from.start(at), end, sides, operator === undefined ? '+' : from.kind(operator))
  },
}
