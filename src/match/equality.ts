import { Flag, type Node } from '../tree/node.ts'

/** Flags that say how a node was written or came about, not what it is. */
const INCIDENTAL: number = Flag.Synthetic | Flag.Recovered | Flag.Parenthesized

/** Whether two trees are equal apart from their places; the roots' roles do not count. */
export function areEqual(one: Node, other: Node): boolean {
  if (one === other) return true
  if (one.kind !== other.kind || one.text !== other.text) return false
  if ((one.flags & ~INCIDENTAL) !== (other.flags & ~INCIDENTAL)) return false
  if (one.children.length !== other.children.length) return false
  for (const [at, child] of one.children.entries()) {
    const its = other.children[at]
    if (its === undefined || child.role !== its.role || !areEqual(child, its)) return false
  }
  return true
}

/** Whether two sequences of trees are equal apart from their places. */
export function areAllEqual(one: readonly Node[], other: readonly Node[]): boolean {
  return one.length === other.length && one.every((each, at) => {
    const its = other[at]
    return its !== undefined && areEqual(each, its)
  })
}
