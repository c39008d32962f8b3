import { ConcreteFlag, concreteTree, type ConcreteTree } from './concrete.ts'
import type { RuntimeTree } from './runtime.ts'

/** Symbol number the runtime gives to an error node. */
export const ERROR_SYMBOL = 0xffff

/**
 * Reads a tree with the runtime's public cursor. Slow but independent of the
 * runtime's inner layout: the reference for the direct reader and the fall-back.
 * `errorKind` is the number an error node gets; `base` is added to every offset.
 */
export function readByCursor(tree: RuntimeTree, errorKind: number, base: number): ConcreteTree {
  const count = tree.rootNode.descendantCount
  const out = concreteTree(count)
  out.broken = tree.rootNode.hasError
  const cursor = tree.walk()
  const open: number[] = []
  for (let at = 0; at < count; at++) {
    const symbol = cursor.nodeTypeId
    out.kind[at] = symbol === ERROR_SYMBOL ? errorKind : symbol
    out.field[at] = cursor.currentFieldId
    out.start[at] = cursor.startIndex + base
    out.end[at] = cursor.endIndex + base
    out.flags[at] = (cursor.nodeIsNamed ? ConcreteFlag.Named : 0) | (cursor.nodeIsMissing ? ConcreteFlag.Missing : 0)
      | (cursor.currentNode.isExtra ? ConcreteFlag.Extra : 0)
    if (cursor.gotoFirstChild()) {
      open.push(at)
      continue
    }
    out.next[at] = at + 1
    while (!cursor.gotoNextSibling()) {
      const parent = open.pop()
      if (parent === undefined || !cursor.gotoParent()) break
      out.next[parent] = at + 1
    }
  }
  cursor.delete()
  return out
}
