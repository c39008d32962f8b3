import { child, Flag, has } from '../../tree/node.ts'
import type { Node } from '../../tree/node.ts'
import { ConstKind, Op, PhiKind, SliceBound } from '../facts.ts'
import { expressionTable } from './context.ts'
import type { LowerExpression, Lowering } from './context.ts'
import { assignTo } from './assignments.ts'

/** Literals, names, operators and accesses. */
export const EXPRESSIONS: [string, LowerExpression][] = expressionTable({
  identifier: (into, of) => into.readName(of),
  string: (into, of) => constant(into, of, has(of, Flag.Bytes) ? ConstKind.Bytes : ConstKind.String),
  number: (into, of) => constant(into, of, ConstKind.Number),
  boolean: (into, of) => constant(into, of, ConstKind.Boolean),
  null: (into, of) => constant(into, of, ConstKind.Null),
  constant: (into, of) => constant(into, of, ConstKind.Other),
  regex: (into, of) => constant(into, of, ConstKind.Other),
  template,
  member: (into, of) => {
    const object = into.part(of, 'object')
    return into.emit(Op.Attr, of, object, into.string(child(of, 'name')?.text ?? ''))
  },
  index,
  slice: (into, of) => into.unknown(of),
  unary: (into, of) => {
    const operand = into.part(of, 'operand')
    return into.emit(Op.Unary, of, operand, -1, [into.string(of.text)])
  },
  binary,
  chain,
  yield: (into, of) => into.emit(Op.Yield, of, into.optional(child(of, 'value')), has(of, Flag.Delegate) ? 1 : 0),
  'assign-expression': (into, of) => {
    const value = into.part(of, 'value')
    const target = child(of, 'target')
    if (target) assignTo(into, target, value)
    into.note(of, value)
    return value
  },
})

function constant(into: Lowering, of: Node, kind: number): number {
  return into.emit(Op.Const, of, into.string(of.text), kind)
}

/** `f'{a!r:>{width}}'`: a conversion is a unary operator, a format a binary one, so that a reader sees them. */
function template(into: Lowering, of: Node): number {
  const lower = (part: Node): number =>
    part.kind === 'interpolation' ? interpolation(into, part) : into.expression(part)
  const parts = of.children.map(lower)
  return into.emit(Op.Template, of, -1, has(of, Flag.Deferred) ? 1 : 0, parts)
}

function interpolation(into: Lowering, of: Node): number {
  let value = into.part(of, 'value')
  if (of.text !== '') value = into.emit(Op.Unary, of, value, -1, [into.string(`!${of.text}`)])
  const format = child(of, 'format')
  if (!format) return value
  const specification = into.expression(format)
  return into.emit(Op.Binary, of, value, specification, [into.string('format')])
}

function index(into: Lowering, of: Node): number {
  const object = into.part(of, 'object')
  const key = child(of, 'key')
  if (key?.kind !== 'slice') return into.emit(Op.Index, of, object, into.optional(key))
  const bounds = key.children.map((bound) => into.expression(bound))
  const given = (child(key, 'lower') ? SliceBound.Lower : 0) | (child(key, 'upper') ? SliceBound.Upper : 0) | (child(key, 'step') ? SliceBound.Step : 0)
  return into.emit(Op.Slice, of, object, given, bounds)
}

/** `a + b + c + …` leans to the left as deep as it is long, so it is walked in a loop. */
function binary(into: Lowering, of: Node): number {
  const chain: Node[] = []
  let first: Node = of
  for (;;) {
    chain.push(first)
    const left = child(first, 'left')
    if (left?.kind !== 'binary') break
    first = left
  }
  let value = into.part(first, 'left')
  for (let each = chain.pop(); each !== undefined; each = chain.pop()) {
    const right = into.part(each, 'right')
    value = into.emit(Op.Binary, each, value, right, [into.string(each.text)])
  }
  return value
}

/** `a < b <= c`: one comparison for each pair, and the whole is any of them. */
function chain(into: Lowering, of: Node): number {
  const comparisons: number[] = []
  forEachPair(into, of, (value) => comparisons.push(value))
  return into.emit(Op.Phi, of, -1, PhiKind.And, comparisons)
}

/** Lowers a chain of comparisons pair by pair. */
export function forEachPair(into: Lowering, of: Node, use: (comparison: number, isLast: boolean) => void): void {
  const operators = operatorsOf(of.text)
  const [head, ...rest] = of.children
  if (!head) return
  let left = into.expression(head)
  let { start } = head
  rest.forEach((operand, at) => {
    const right = into.expression(operand)
    const operator = into.string(operators[at] ?? '')
    const comparison = into.emit(Op.Binary, { start, end: operand.end }, left, right, [operator])
    left = right
    start = operand.start
    use(comparison, at === rest.length - 1)
  })
}

/** Operators of a chain; `not in` and `is not` are one each. */
function operatorsOf(text: string): string[] {
  return text.match(/not in|is not|\S+/g) ?? []
}
