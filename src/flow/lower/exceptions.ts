import { child, childrenIn } from '../../tree/node.ts'
import type { Node } from '../../tree/node.ts'
import { Op } from '../facts.ts'
import { statementTable } from './context.ts'
import type { Lowering, LowerStatement } from './context.ts'

/** `try` with its handlers. */
export const EXCEPTIONS: [string, LowerStatement][] = statementTable({ try: lowerTry })

/**
 * Any block of the body may raise: handlers are reached from the block before
 * the `try` and from the end of each block in it. `finally` is lowered once, on
 * the normal way where there is one, so that what was checked in the body is
 * still known after it.
 */
function lowerTry(into: Lowering, of: Node): void {
  const { blocks } = into.builder
  const before = blocks.open()
  const [body, join, dispatch] = [into.block(), into.block(), into.block()]
  const otherwise = child(of, 'else')
  const normal = otherwise ? into.block() : join
  into.nesting++
  const raising = protectedBody(into, of, body)
  blocks.jump(normal)
  for (const each of [before, ...raising]) if (blocks.position(each) >= 0) blocks.link(each, dispatch)
  const handlers = childrenIn(of, 'catch')
  if (handlers.length > 0) {
    blocks.startBelow(dispatch, before)
    blocks.leave()
    for (const handler of handlers) lowerCatch(into, handler, dispatch, join)
  }
  if (otherwise) {
    blocks.start(normal, before)
    into.statements(otherwise)
    blocks.jump(join)
  }
  into.nesting--
  blocks.cursor = of.end
  blocks.start(join, before)
  lowerFinally(into, child(of, 'finally'), dispatch, before)
}

/** A body whose exceptions go no further: control comes after it from anywhere in it. */
export function lowerSuppressed(into: Lowering, of: Node): void {
  const { blocks } = into.builder
  const before = blocks.open()
  const [body, join] = [into.block(), into.block()]
  into.nesting++
  const raising = protectedBody(into, of, body)
  blocks.jump(join)
  for (const each of [before, ...raising]) if (blocks.position(each) >= 0) blocks.link(each, join)
  into.nesting--
  blocks.cursor = of.end
  blocks.start(join, before)
}

function lowerFinally(into: Lowering, of: Node | undefined, dispatch: number, before: number): void {
  const { blocks } = into.builder
  if (!of || blocks.isOpen) return into.statements(of)
  if (blocks.position(dispatch) < 0) {
    blocks.startBelow(dispatch, before)
  } else {
    const block = into.block()
    blocks.link(dispatch, block)
    blocks.start(block, before)
  }
  into.statements(of)
  blocks.leave()
}

function protectedBody(into: Lowering, of: Node, body: number): readonly number[] {
  const { blocks } = into.builder
  const outer = into.protectedFrom
  const inside: number[] = [body]
  into.protectedFrom = inside
  blocks.jump(body)
  blocks.start(body, blocks.current)
  into.statements(child(of, 'body'))
  into.protectedFrom = outer
  return inside
}

/** `except T as name`. */
function lowerCatch(into: Lowering, of: Node, dispatch: number, join: number): void {
  const { blocks } = into.builder
  const handler = into.block()
  blocks.cursor = of.start
  blocks.link(dispatch, handler)
  blocks.start(handler, dispatch)
  const name = child(of, 'name')
  const type = into.optional(child(of, 'type'))
  const caught = into.emit(Op.Caught, name ?? { start: of.start, end: of.start }, type)
  if (name) into.assign(name, name.text, caught)
  into.statements(child(of, 'body'))
  blocks.jump(join)
}
