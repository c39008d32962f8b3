import { child, Flag, has } from '../../tree/node.ts'
import type { Node } from '../../tree/node.ts'
import { ArgTag } from '../facts.ts'
import type { Lowering } from './context.ts'

/** Tags and values of a container literal's elements; a pair's tag is its key's value. */
export function elementsOf(into: Lowering, of: Node): number[] {
  const list: number[] = []
  for (const each of of.children) {
    if (each.kind === 'pair') list.push(into.part(each, 'key'), into.part(each, 'value'))
    else addElement(into, each, list)
  }
  return list
}

/** Adds the tag and value of one element. */
export function addElement(into: Lowering, of: Node, list: number[]): void {
  const spread = of.kind === 'spread' ? child(of, 'value') : undefined
  if (!spread) list.push(ArgTag.Positional, into.expression(of))
  else list.push(has(of, Flag.Double) ? ArgTag.DoubleSpread : ArgTag.Spread, into.expression(spread))
}
