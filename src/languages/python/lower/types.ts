import { Flag, node, type Node, type Role } from '../../../tree/node.ts'
import type { LowerTable, Lowering } from './context.ts'
import { key } from './expressions.ts'
import { typeParameterList } from './type-parameters.ts'

/** Type annotations, which the grammar reads apart from expressions, and type aliases. */
export const TYPES: LowerTable = {
  type: (from, at, role) => from.lower(from.firstNamed(at), role, from.end(at)),
  generic_type: generic,
  union_type: (from, at, role) => {
    const [left, right] = from.named(at)
    const end = from.end(at)
    const sides = [from.lower(left ?? -1, 'left', end), from.lower(right ?? -1, 'right', end)]
    return node('binary', role, from.start(at), end, sides, '|')
  },
  member_type: (from, at, role) => {
    const [object, name] = from.named(at)
    const end = from.end(at)
    const parts = [from.lower(object ?? -1, 'object', end), from.lower(name ?? -1, 'name', end)]
    return node('member', role, from.start(at), end, parts)
  },
  splat_type: (from, at, role) => {
    const flags = from.childOfKind(at, '**') >= 0 ? Flag.Double : 0
    const value = from.lower(from.firstNamed(at), 'value', from.end(at))
    return node('spread', role, from.start(at), from.end(at), [value], '', flags)
  },
  constrained_type: (from, at, role) => from.notUnderstood(at, role),
  type_alias_statement: alias,
}

/** `list[int]`: indexing. */
function generic(from: Lowering, at: number, role: Role): Node {
  const object = from.lower(from.firstNamed(at), 'object', from.start(at))
  const list = from.childOfKind(at, 'type_parameter')
  const index = list < 0 ? from.lower(-1, 'key', from.end(at)) : key(from, list, from.named(list))
  return node('index', role, from.start(at), from.end(at), [object, index])
}

/** `type X[T] = V` */
function alias(from: Lowering, at: number, role: Role): Node {
  const left = from.child(at, from.field.left)
  const named = left < 0 ? -1 : from.firstNamed(left)
  const value = from.must(at, from.field.right, 'value')
  if (named < 0 || from.kind(named) !== 'generic_type') {
    const name = from.lower(named, 'name', from.start(at))
    return node('type-alias', role, from.start(at), from.end(at), [name, value])
  }
  const name = from.lower(from.firstNamed(named), 'name', from.start(at))
  const list = from.childOfKind(named, 'type_parameter')
  const parameters = list < 0 ? [] : typeParameterList(from, list)
  return node('type-alias', role, from.start(at), from.end(at), [name, ...parameters, value])
}
