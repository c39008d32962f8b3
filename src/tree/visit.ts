import type { Node } from './node.ts'

/** Calls `enter` for a node and everything below it, in order of place; where it returns false, not for children. */
export function visit(root: Node, enter: (node: Node) => boolean | undefined): void {
  const waiting: Node[] = [root]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (enter(next) === false) continue
    for (let at = next.children.length - 1; at >= 0; at--) {
      const child = next.children[at]
      if (child !== undefined) waiting.push(child)
    }
  }
}

/** The node itself and everything below it, in order of place. */
export function descendants(root: Node): Node[] {
  const found: Node[] = []
  const waiting: Node[] = [root]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    found.push(next)
    const { children } = next
    for (let at = children.length - 1; at >= 0; at--) {
      const child = children[at]
      if (child !== undefined) waiting.push(child)
    }
  }
  return found
}
