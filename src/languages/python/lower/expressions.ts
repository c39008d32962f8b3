import { Flag, node, type Node, type Role } from '../../../tree/node.ts'
import type { LowerTable, Lowering } from './context.ts'
import { namedOrMetavariable, deepOrUndefined, typedOrUndefined } from './metavariables.ts'

/** Names, operators, access, calls. */
export const EXPRESSIONS: LowerTable = {
  identifier,
  keyword_identifier: identifier,
  parenthesized_expression: parenthesized,
  not_operator: (from, at, role) =>
    node('unary', role, from.start(at), from.end(at), [from.must(at, from.field.argument, 'operand')], 'not'),
  unary_operator: (from, at, role) => {
    const operand = from.must(at, from.field.argument, 'operand')
    return node('unary', role, from.start(at), from.end(at), [operand], operator(from, at))
  },
  binary_operator: (from, at, role) => twoSided(from, at, role, 'binary'),
  boolean_operator: (from, at, role) => twoSided(from, at, role, 'logical'),
  comparison_operator: comparison,
  conditional_expression: conditional,
  named_expression: (from, at, role) =>
    node('assign-expression', role, from.start(at), from.end(at), [
      from.must(at, from.field.name, 'target'), from.must(at, from.field.value, 'value'),
    ]),
  await: awaited,
  yield: yielded,
  attribute: (from, at, role) => member(from, at, role),
  subscript,
  slice,
  call,
  keyword_argument: (from, at, role) =>
    node('keyword-argument', role, from.start(at), from.end(at), [
      from.must(at, from.field.name, 'name'), from.must(at, from.field.value, 'value'),
    ]),
  as_pattern: (from, at, role) => from.notUnderstood(at, role),
  dotted_name: (from, at, role) => dottedName(from, from.named(at), role),
}

function identifier(from: Lowering, at: number, role: Role): Node {
  const start = from.start(at)
  const end = from.end(at)
  const name = from.text.slice(start, end)
  if (from.unit.pattern) return namedOrMetavariable(name, role, start, end)
  return node('identifier', role, start, end, NONE, canonicalName(name))
}

const NONE: readonly Node[] = []

/** Python compares names in NFKC form. */
export function canonicalName(name: string): string {
  for (let at = 0; at < name.length; at++) if (name.charCodeAt(at) > 0x7f) return name.normalize('NFKC')
  return name
}

/** Parentheses leave no trace; many of them must not deepen the stack. */
function parenthesized(from: Lowering, at: number, role: Role): Node {
  let inner = from.firstNamed(at)
  let outer = at
  while (inner >= 0 && from.kind(inner) === 'parenthesized_expression') {
    outer = inner
    inner = from.firstNamed(inner)
  }
  return from.lower(inner, role, from.start(outer))
}

function operator(from: Lowering, at: number): string {
  const found = from.child(at, from.field.operator)
  return found < 0 ? '' : from.kind(found)
}

function twoSided(from: Lowering, at: number, role: Role, kind: 'binary' | 'logical'): Node {
  const left = from.must(at, from.field.left, 'left')
  const right = from.must(at, from.field.right, 'right')
  return node(kind, role, from.start(at), from.end(at), [left, right], operator(from, at))
}

function comparison(from: Lowering, at: number, role: Role): Node {
  const operators: string[] = []
  const operands: number[] = []
  for (const each of from.tokens(at)) {
    const kind = from.kind(each)
    if (from.tree.field[each] === from.field.operators) operators.push(kind === '<>' ? '!=' : kind)
    else if (from.isNamed(each)) operands.push(each)
  }
  const start = from.start(at)
  const end = from.end(at)
  const [left, right] = operands
  if (operands.length !== 2 || left === undefined || right === undefined) {
    return node('chain', role, start, end, operands.map((each) => from.lower(each, 'operand')), operators.join(' '))
  }
  if (from.unit.pattern) {
    const typed = typedOrUndefined(from, left, right, role, start, end)
    if (typed !== undefined) return typed
  }
  return node('binary', role, start, end, [from.lower(left, 'left'), from.lower(right, 'right')], operators[0] ?? '')
}

function conditional(from: Lowering, at: number, role: Role): Node {
  const [then, test, other] = from.named(at)
  const end = from.end(at)
  return node('conditional', role, from.start(at), end, [
    from.lower(then ?? -1, 'then', end), from.lower(test ?? -1, 'test', end), from.lower(other ?? -1, 'else', end),
  ])
}

/** `await a ** b` awaits `a`; the grammar binds it the other way round. */
function awaited(from: Lowering, at: number, role: Role): Node {
  const value = from.firstNamed(at)
  if (value >= 0 && from.kind(value) === 'binary_operator') {
    const base = from.child(value, from.field.left)
    const inner = node('await', 'left', from.start(at), from.end(base), [from.lower(base, 'value')])
    return node('binary', role, from.start(at), from.end(at), [inner, from.must(value, from.field.right, 'right')],
      operator(from, value))
  }
  return node('await', role, from.start(at), from.end(at), [from.lower(value, 'value', from.end(at))])
}

function yielded(from: Lowering, at: number, role: Role): Node {
  from.yields = true
  const value = from.firstNamed(at)
  const flags = from.childOfKind(at, 'from') >= 0 ? Flag.Delegate : 0
  return node('yield', role, from.start(at), from.end(at), value < 0 ? NONE : [from.lower(value, 'value')], '', flags)
}

function member(from: Lowering, at: number, role: Role): Node {
  const object = from.must(at, from.field.object, 'object')
  const name = from.must(at, from.field.attribute, 'name')
  if (from.unit.pattern && name.kind === 'ellipsis') {
    return node('ellipsis-member', role, from.start(at), from.end(at), [object])
  }
  return node('member', role, from.start(at), from.end(at), [object, name])
}

/** `a.b.c` from its identifiers. */
export function dottedName(from: Lowering, parts: readonly number[], role: Role): Node {
  const [first, ...rest] = parts
  if (first === undefined) return from.lower(-1, role)
  if (rest.length > from.room) return from.tooDeep(first, role)
  let made = from.lower(first, rest.length === 0 ? role : 'object')
  rest.forEach((each, index) => {
    const outer = index === rest.length - 1 ? role : 'object'
    made = node('member', outer, from.start(first), from.end(each), [made, from.lower(each, 'name')])
  })
  return made
}

function subscript(from: Lowering, at: number, role: Role): Node {
  const object = from.must(at, from.field.value, 'object')
  const index = key(from, at, from.childrenWith(at, from.field.subscript))
  return node('index', role, from.start(at), from.end(at), [object, index])
}

/** Several subscripts, or one with a comma after it, are a tuple. */
export function key(from: Lowering, at: number, keys: readonly number[]): Node {
  const [first] = keys
  const last = keys.at(-1)
  if (first === undefined || last === undefined) return from.lower(-1, 'key', from.end(at))
  if (keys.length === 1 && from.childOfKind(at, ',') < 0) return from.lower(first, 'key')
  return node('tuple', 'key', from.start(first), from.end(last), keys.map((each) => from.lower(each, 'element')))
}

function slice(from: Lowering, at: number, role: Role): Node {
  const roles = ['lower', 'upper', 'step'] as const
  const children: Node[] = []
  let index = 0
  for (const each of from.tokens(at)) {
    if (from.kind(each) === ':' && !from.isNamed(each)) index++
    else if (from.isNamed(each)) children.push(from.lower(each, roles[Math.min(index, 2)] ?? 'step'))
  }
  return node('slice', role, from.start(at), from.end(at), children)
}

function call(from: Lowering, at: number, role: Role): Node {
  if (from.unit.pattern) {
    const deep = deepOrUndefined(from, at, role)
    if (deep !== undefined) return deep
  }
  const children = [from.must(at, from.field.function, 'callee')]
  const list = from.child(at, from.field.arguments)
  if (list >= 0 && from.kind(list) === 'generator_expression') children.push(from.lower(list, 'argument'))
  else if (list >= 0) for (const each of from.named(list)) children.push(from.lower(each, 'argument'))
  return node('call', role, from.start(at), from.end(at), children)
}
