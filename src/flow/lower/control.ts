import { child, childrenIn } from '../../tree/node.ts'
import type { Node } from '../../tree/node.ts'
import { Op } from '../facts.ts'
import { assignTo } from './assignments.ts'
import { statementTable } from './context.ts'
import type { Lowering, LowerStatement } from './context.ts'
import { test } from './conditions.ts'
import { lowerSuppressed } from './exceptions.ts'

/** Branches and loops, and the resources of `with`. */
export const CONTROL: [string, LowerStatement][] = statementTable({
  if: branches,
  while: (into, of) => loop(into, of, (body, exit) => test(into, child(of, 'test'), body, exit)),
  'for-each': forEach,
  for: (into, of) => {
    into.statements(child(of, 'init'))
    loop(into, of, (body, exit) => {
      const condition = child(of, 'test')
      if (condition) test(into, condition, body, exit)
      else into.builder.blocks.jump(body)
    })
  },
  with: (into, of) => {
    for (const item of childrenIn(of, 'item')) {
      const manager = into.part(item, 'value')
      const target = child(item, 'target')
      const entered = into.emit(Op.Enter, target ?? item, manager)
      if (target) assignTo(into, target, entered)
    }
    if (childrenIn(of, 'item').some((item) => isSuppressing(into, item))) lowerSuppressed(into, of)
    else into.statements(child(of, 'body'))
  },
})

/** Whether a resource ends exceptions raised in the body, by the name of what makes it. */
function isSuppressing(into: Lowering, item: Node): boolean {
  const value = child(item, 'value')
  const callee = value?.kind === 'call' ? child(value, 'callee') : undefined
  const name = callee?.kind === 'member' ? child(callee, 'name')?.text : callee?.text
  return name !== undefined && into.features.suppressing?.includes(name) === true
}

/** `if` with all its `elif`, in a loop: there may be thousands. */
function branches(into: Lowering, of: Node): void {
  const { blocks } = into.builder
  let join = into.block()
  const before = blocks.open()
  into.nesting++
  let node: Node | undefined = of
  while (node) {
    const otherwise = child(node, 'else')
    const then = into.block()
    const next = into.block()
    const here = blocks.open()
    test(into, child(node, 'test'), then, next)
    blocks.start(then, here)
    into.statements(child(node, 'then'))
    blocks.jump(join)
    if (!otherwise) {
      // Where other ways arrive too, what the test says of the way around is known in a block of its own.
      if (blocks.predecessorCount(join) === 0) join = next
      else {
        blocks.start(next, here)
        blocks.jump(join)
      }
      break
    }
    blocks.start(next, here)
    if (otherwise.kind === 'if') {
      node = otherwise
      blocks.cursor = node.start
      continue
    }
    into.statements(otherwise)
    blocks.jump(join)
    node = undefined
  }
  into.nesting--
  blocks.cursor = of.end
  blocks.start(join, before)
}

function forEach(into: Lowering, of: Node): void {
  const iterable = into.part(of, 'iterable')
  const target = child(of, 'target')
  loop(into, of, (body, exit) => into.builder.blocks.branch(-1, body, exit), () => {
    if (target) assignTo(into, target, into.emit(Op.Element, target, iterable))
  })
}

/** A loop: `enter` tests in the header, `first` is done in front of every round. */
function loop(into: Lowering, of: Node, enter: (body: number, exit: number) => void, first?: () => void): void {
  const { builder } = into
  const { blocks } = builder
  const otherwise = child(of, 'else')
  const update = child(of, 'update')
  blocks.open()
  const header = into.block()
  blocks.jump(header)
  blocks.startLoop(header)
  const [body, exit] = [into.block(), into.block()]
  const done = otherwise ? into.block() : exit
  const next = update ? into.block() : header
  enter(body, done)
  into.nesting++
  into.loops.push({ next, exit })
  blocks.start(body, header)
  first?.()
  into.statements(child(of, 'body'))
  into.loops.pop()
  blocks.jump(next)
  if (update) {
    blocks.start(next, header)
    into.statement(update)
    blocks.jump(header)
  }
  builder.seal(header)
  if (otherwise) {
    blocks.start(done, header)
    into.statements(otherwise)
    blocks.jump(exit)
  }
  into.nesting--
  blocks.cursor = of.end
  blocks.start(exit, header)
}
