import { Flag, node, type Node, type Role } from '../../../tree/node.ts'
import type { LowerTable, Lowering } from './context.ts'
import { isSpelledSpread } from './metavariables.ts'

/** Lists, tuples, sets, dictionaries, comprehensions, and assignment targets that look like them. */
export const COLLECTIONS: LowerTable = {
  list: (from, at, role) => sequence(from, 'list', at, from.named(at), role),
  list_pattern: (from, at, role) => sequence(from, 'list', at, from.named(at), role),
  set: (from, at, role) => sequence(from, 'set', at, from.named(at), role),
  tuple: (from, at, role) => sequence(from, 'tuple', at, from.named(at), role, Flag.Parenthesized),
  tuple_pattern: tuplePattern,
  expression_list: (from, at, role) => sequence(from, 'tuple', at, from.named(at), role),
  pattern_list: (from, at, role) => sequence(from, 'tuple', at, from.named(at), role),
  dictionary: (from, at, role) => sequence(from, 'dict', at, from.named(at), role),
  pair: (from, at, role) =>
    node('pair', role, from.start(at), from.end(at), [
      from.must(at, from.field.key, 'key'), from.must(at, from.field.value, 'value'),
    ]),
  list_splat: (from, at, role) => spread(from, at, role, 0),
  list_splat_pattern: (from, at, role) => spread(from, at, role, 0),
  dictionary_splat: (from, at, role) => spread(from, at, role, Flag.Double),
  dictionary_splat_pattern: (from, at, role) => spread(from, at, role, Flag.Double),
  list_comprehension: (from, at, role) => comprehension(from, at, role, 'list'),
  set_comprehension: (from, at, role) => comprehension(from, at, role, 'set'),
  dictionary_comprehension: (from, at, role) => comprehension(from, at, role, 'dict'),
  generator_expression: (from, at, role) => comprehension(from, at, role, 'generator'),
}

/** A collection of the listed concrete nodes, with the span of the node at `at`. */
export function sequence(
  from: Lowering, kind: 'list' | 'tuple' | 'set' | 'dict', at: number, parts: readonly number[], role: Role, flags = 0,
): Node {
  const elements: Node[] = []
  for (const each of parts) elements.push(from.lower(each, 'element'))
  return node(kind, role, from.start(at), from.end(at), elements, '', flags)
}

/** `(a) = x` is the target `a`, `(a,) = x` a tuple. */
function tuplePattern(from: Lowering, at: number, role: Role): Node {
  const parts = from.named(at)
  const [only] = parts
  if (parts.length === 1 && only !== undefined && from.childOfKind(at, ',') < 0) return from.lower(only, role)
  return sequence(from, 'tuple', at, parts, role, Flag.Parenthesized)
}

function spread(from: Lowering, at: number, role: Role, flags: number): Node {
  const value = from.lower(from.firstNamed(at), 'value', from.end(at))
  if (from.unit.pattern && isSpelledSpread(from, value)) {
    return { ...value, role, start: from.start(at), end: from.end(at) }
  }
  return node('spread', role, from.start(at), from.end(at), [value], '', flags)
}

function comprehension(from: Lowering, at: number, role: Role, kind: string): Node {
  const children: Node[] = []
  const body = from.child(at, from.field.body)
  if (body >= 0 && from.kind(body) === 'pair') {
    children.push(from.must(body, from.field.key, 'key'), from.must(body, from.field.value, 'value'))
  } else {
    children.push(from.lower(body, 'element', from.start(at)))
  }
  for (const each of from.named(at)) {
    const clause = from.kind(each)
    if (clause === 'for_in_clause') children.push(forClause(from, each))
    if (clause === 'if_clause') children.push(ifClause(from, each))
  }
  const alone = kind === 'generator' && role !== 'argument' ? Flag.Parenthesized : 0
  return node('comprehension', role, from.start(at), from.end(at), children, kind, alone)
}

function forClause(from: Lowering, at: number): Node {
  const target = from.must(at, from.field.left, 'target')
  const values = from.childrenWith(at, from.field.right)
  const [first] = values
  const last = values.at(-1)
  // Python 2 allows `for x in a, b` without parentheses.
  const iterable = first !== undefined && last !== undefined && values.length > 1
    ? node('tuple', 'iterable', from.start(first), from.end(last), values.map((each) => from.lower(each, 'element')))
    : from.lower(first ?? -1, 'iterable', from.end(at))
  const flags = from.childOfKind(at, 'async') >= 0 ? Flag.Async : 0
  return node('comprehension-for', 'clause', from.start(at), from.end(at), [target, iterable], '', flags)
}

function ifClause(from: Lowering, at: number): Node {
  const test = from.lower(from.firstNamed(at), 'test', from.end(at))
  return node('comprehension-if', 'clause', from.start(at), from.end(at), [test])
}
