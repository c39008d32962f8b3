import { child } from '../../tree/node.ts'
import type { Node } from '../../tree/node.ts'
import { CallFlag, Op } from '../facts.ts'
import { expressionTable } from './context.ts'
import type { LowerExpression, Lowering } from './context.ts'
import { addElement } from './elements.ts'

/** Calls and their arguments. */
export const CALLS: [string, LowerExpression][] = expressionTable({
  call: (into, of) => call(into, of, 0),
  new: (into, of) => call(into, of, CallFlag.New ?? 0),
  await: (into, of) => {
    const awaited = child(of, 'value')
    const value = awaited?.kind === 'call' ? call(into, awaited, CallFlag.Awaited ?? 0) : into.optional(awaited)
    return into.emit(Op.Await, of, value)
  },
})

function call(into: Lowering, of: Node, flags: number): number {
  const callee = child(of, 'callee')
  const function_ = into.optional(callee)
  const isParent = callee?.kind === 'identifier' && callee.text !== '' && callee.text === into.features.parentCall
  const list: number[] = []
  for (const each of of.children) if (each.role === 'argument') argument(into, each, list)
  return into.emit(Op.Call, of, function_, flags | (isParent ? CallFlag.Parent ?? 0 : 0), list)
}

/** Adds the tag and value of an argument. */
export function argument(into: Lowering, of: Node, list: number[]): void {
  if (of.kind === 'keyword-argument') {
    const name = into.string(child(of, 'name')?.text ?? '')
    const value = child(of, 'value')
    if (value) list.push(name, into.expression(value))
  } else {
    addElement(into, of, list)
  }
}
