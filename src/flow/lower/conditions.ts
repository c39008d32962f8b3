import { child } from '../../tree/node.ts'
import type { Node } from '../../tree/node.ts'
import { Op, PhiKind } from '../facts.ts'
import { expressionTable } from './context.ts'
import type { LowerExpression, Lowering } from './context.ts'
import { forEachPair } from './expressions.ts'

/**
 * Expressions that choose: `and`, `or`, `not` in a test, conditionals. Every
 * condition a block depends on is atomic; `not` is in the block's `sense`.
 * A logical expression or `not` that is only tested has no value of its own.
 */
export const CHOICES: [string, LowerExpression][] = expressionTable({ logical, conditional })

/** Lowers a test: control goes to one block when it is true and to the other when it is false. */
export function test(into: Lowering, of: Node | undefined, whenTrue: number, whenFalse: number): void {
  let node = of
  let onTrue = whenTrue
  let onFalse = whenFalse
  while (node?.kind === 'unary' && (node.text === 'not' || node.text === '!')) {
    node = child(node, 'operand')
    ;[onTrue, onFalse] = [onFalse, onTrue]
  }
  const { blocks } = into.builder
  if (!node) return blocks.branch(-1, onTrue, onFalse)
  const known = knownTruth(node)
  if (known !== undefined) return blocks.jump(known ? onTrue : onFalse)
  if (node.kind === 'logical' && node.text !== '??') return logicalTest(into, node, onTrue, onFalse)
  if (node.kind === 'chain') return chainTest(into, node, onTrue, onFalse)
  blocks.branch(into.expression(node), onTrue, onFalse)
}

/** Truth of a literal test, as in `while True`. */
function knownTruth(of: Node): boolean | undefined {
  if (of.kind === 'boolean') return of.text === 'true'
  return of.kind === 'number' ? Number(of.text) !== 0 : undefined
}

function logicalTest(into: Lowering, of: Node, whenTrue: number, whenFalse: number): void {
  const { blocks } = into.builder
  const isAnd = of.text === 'and'
  const operands = operandsOf(of)
  // Each way out has a block of its own, so that it is known what held on every way to where they meet.
  operands.forEach((operand, at) => {
    const out = into.block()
    const next = at === operands.length - 1 ? isAnd ? whenTrue : whenFalse : into.block()
    const before = blocks.open()
    if (isAnd) test(into, operand, next, out)
    else test(into, operand, out, next)
    blocks.start(out, before)
    blocks.jump(isAnd ? whenFalse : whenTrue)
    if (at < operands.length - 1) blocks.start(next, before)
  })
}

function chainTest(into: Lowering, of: Node, whenTrue: number, whenFalse: number): void {
  const { blocks } = into.builder
  forEachPair(into, of, (comparison, isLast) => {
    const next = isLast ? whenTrue : into.block()
    blocks.branch(comparison, next, whenFalse)
    if (!isLast) blocks.start(next, blocks.current)
  })
}

/** Operands of a logical expression that leans to the left, as far as the operator is the same. */
function operandsOf(of: Node): Node[] {
  return linksOf(of).operands
}

/** Operands in order, and for each but the first the expression that ends with it. */
function linksOf(of: Node): { operands: Node[], wholes: Node[] } {
  const operands: Node[] = []
  const wholes: Node[] = []
  let node: Node | undefined = of
  while (node?.kind === 'logical' && node.text === of.text) {
    const right = child(node, 'right')
    if (right) operands.push(right)
    wholes.push(node)
    node = child(node, 'left')
  }
  if (node) operands.push(node)
  return { operands: operands.reverse(), wholes: wholes.reverse() }
}

/** `a or b` as a value: either operand, each later one evaluated only under the conditions before it. */
function logical(into: Lowering, of: Node): number {
  const { blocks } = into.builder
  const { operands, wholes } = linksOf(of)
  const [first, ...rest] = operands
  const before = blocks.open()
  const join = into.block()
  let value = into.optional(first)
  let tested = value
  const values = [value]
  // What `??` gives depends on another test than truth.
  const kind = of.text === 'and' ? PhiKind.And : of.text === '??' ? PhiKind.Ways : PhiKind.Or
  rest.forEach((operand, at) => {
    const next = into.block()
    const condition = of.text === '??' ? -1 : tested
    if (of.text === 'and') blocks.branch(condition, next, join)
    else blocks.branch(condition, join, next)
    blocks.start(next, blocks.current)
    tested = into.expression(operand)
    values.push(refined(into, operand, tested))
    const whole = wholes[at]
    if (whole && whole !== of) value = into.emit(Op.Phi, whole, -1, kind, [value, tested])
  })
  blocks.jump(join)
  blocks.start(join, before)
  return into.emit(Op.Phi, of, -1, kind, values)
}

/** `a if c else b`. */
function conditional(into: Lowering, of: Node): number {
  const { blocks } = into.builder
  const before = blocks.open()
  const [then, otherwise, join] = [into.block(), into.block(), into.block()]
  test(into, child(of, 'test'), then, otherwise)
  const values: number[] = []
  for (const [block, role] of [[then, 'then'], [otherwise, 'else']] as const) {
    blocks.start(block, before)
    const arm = child(of, role)
    if (arm) values.push(refined(into, arm, into.expression(arm)))
    blocks.jump(join)
  }
  blocks.start(join, before)
  return into.emit(Op.Phi, of, -1, PhiKind.Ways, values)
}

/** A value made before the current block, as `b` in `a if ok(a) else b`: here the block's conditions hold for it. */
export function refined(into: Lowering, of: Node, value: number): number {
  const { builder } = into
  return builder.code.block[value] === builder.blocks.open() ? value : into.emit(Op.Refine, of, value)
}
