import { child } from '../../tree/node.ts'
import type { Node } from '../../tree/node.ts'
import { ContainerKind, Op } from '../facts.ts'
import { assignTo } from './assignments.ts'
import { expressionTable } from './context.ts'
import type { LowerExpression, Lowering } from './context.ts'
import { addElement, elementsOf } from './elements.ts'
import type { Scope } from './scopes.ts'
import { refined, test } from './conditions.ts'

/** Container literals and comprehensions. */
export const CONTAINERS: [string, LowerExpression][] = expressionTable({
  list: (into, of) => literal(into, of, ContainerKind.List),
  tuple: (into, of) => literal(into, of, ContainerKind.Tuple),
  set: (into, of) => literal(into, of, ContainerKind.Set),
  dict: (into, of) => literal(into, of, ContainerKind.Dict),
  spread: (into, of) => into.unknown(of),
  comprehension,
})

function literal(into: Lowering, of: Node, kind: number): number {
  return into.emit(Op.Container, of, -1, kind, elementsOf(into, of))
}

const KINDS: ReadonlyMap<string, number> = new Map([
  ['list', ContainerKind.List], ['set', ContainerKind.Set],
  ['dict', ContainerKind.Dict], ['generator', ContainerKind.Generator],
])

/**
 * A comprehension is lowered in place, with variables of its own. Only its tests
 * make blocks: what it makes of each element stands under their conditions.
 */
function comprehension(into: Lowering, of: Node): number {
  const { blocks } = into.builder
  const outer = into.scope
  const before = blocks.open()
  const exit = into.block()
  for (const clause of of.children) {
    if (clause.role !== 'clause') continue
    if (clause.kind === 'comprehension-if') lowerTest(into, clause, exit)
    else lowerIteration(into, clause, into.file.scopes.comprehensions.get(of) ?? outer)
  }
  const list: number[] = []
  const element = child(of, 'element')
  if (element) addElement(into, element, list)
  else list.push(into.part(of, 'key'), into.part(of, 'value'))
  into.scope = outer
  if (blocks.predecessorCount(exit) > 0) {
    list.forEach((value, at) => {
      if (element === undefined || at % 2 === 1) list[at] = refined(into, element ?? of, value)
    })
    blocks.jump(exit)
    blocks.start(exit, before)
  }
  return into.emit(Op.Container, of, -1, KINDS.get(of.text) ?? ContainerKind.Generator, list)
}

function lowerTest(into: Lowering, clause: Node, exit: number): void {
  const { blocks } = into.builder
  const next = into.block()
  test(into, child(clause, 'test'), next, exit)
  blocks.start(next, blocks.current)
}

/** What the first clause iterates over is still evaluated outside, everything after it inside. */
function lowerIteration(into: Lowering, clause: Node, inner: Scope): void {
  const iterable = into.part(clause, 'iterable')
  into.scope = inner
  const target = child(clause, 'target')
  if (target) assignTo(into, target, into.emit(Op.Element, target, iterable))
}
