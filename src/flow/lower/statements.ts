import { child } from '../../tree/node.ts'
import type { Node } from '../../tree/node.ts'
import { Op } from '../facts.ts'
import { statementTable } from './context.ts'
import type { Lowering, LowerStatement } from './context.ts'
import { test } from './conditions.ts'

/** Statements that neither bind nor branch. */
export const STATEMENTS: [string, LowerStatement][] = statementTable({
  module: block,
  block,
  'expression-statement': (into, of) => {
    const value = child(of, 'value')
    // A string that stands alone is documentation.
    if (value && value.kind !== 'string') into.expression(value)
  },
  return: (into, of) => {
    const value = into.optional(child(of, 'value'))
    into.returns.push(into.emit(Op.Return, of, value))
    into.builder.blocks.leave()
  },
  raise: (into, of) => {
    const value = into.optional(child(of, 'value'))
    into.optional(child(of, 'cause'))
    into.emit(Op.Raise, of, value)
    into.builder.blocks.leave()
  },
  assert: (into, of) => {
    const { blocks } = into.builder
    const [holds, fails] = [into.block(), into.block()]
    const before = blocks.open()
    test(into, child(of, 'test'), holds, fails)
    const message = child(of, 'message')
    if (message && blocks.predecessorCount(fails) > 0) {
      blocks.start(fails, before)
      into.expression(message)
      blocks.leave()
    }
    blocks.start(holds, before)
  },
  pass: () => {},
  global: () => {},
  nonlocal: () => {},
  break: (into) => leaveLoop(into, 'exit'),
  continue: (into) => leaveLoop(into, 'next'),
  error: (into, of) => {
    for (const each of of.children) into.statement(each)
  },
})

function block(into: Lowering, of: Node): void {
  for (const each of of.children) into.statement(each)
}

function leaveLoop(into: Lowering, where: 'next' | 'exit'): void {
  const loop = into.loops.at(-1)
  if (loop) into.builder.blocks.jump(loop[where])
  else into.builder.blocks.leave()
}
