import { SHAPES, type Count, type Node, type Role } from './node.ts'

/**
 * Checks a tree against `SHAPES`: roles and how often they occur, text only where
 * a kind has one, spans nested and inside the file. Returns one sentence per
 * offence, none for a valid tree.
 */
export function validateTree(root: Node, length: number): string[] {
  const faults: string[] = []
  if (root.start < 0 || root.end > length) faults.push(`${place(root)}: outside the file of length ${length}`)
  const waiting: Node[] = [root]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    checkNode(node, faults)
    for (const child of node.children) {
      const isInside = node.start <= child.start && child.end <= node.end
      if (!isInside) faults.push(`${place(child)}: outside its parent ${place(node)}`)
      waiting.push(child)
    }
    if (faults.length > MOST) break
  }
  return faults
}

/** More than this many faults tell nothing new. */
const MOST = 50

function checkNode(node: Node, faults: string[]): void {
  const shape = SHAPES[node.kind]
  if (node.start > node.end) faults.push(`${place(node)}: ends before it starts`)
  if (shape.text === undefined && node.text !== '') faults.push(`${place(node)}: has text ${JSON.stringify(node.text)}`)
  const seen = new Map<Role, number>()
  for (const child of node.children) seen.set(child.role, (seen.get(child.role) ?? 0) + 1)
  for (const [role, count] of seen) {
    const allowed = shape.roles[role]
    if (allowed === undefined) faults.push(`${place(node)}: has a child in role ${role}`)
    else if (allowed !== 'many' && count > 1) faults.push(`${place(node)}: has ${count} children in role ${role}`)
  }
  for (const [role, count] of Object.entries(shape.roles) as [Role, Count][]) {
    if (count === 'one' && !seen.has(role)) faults.push(`${place(node)}: lacks its ${role}`)
  }
}

function place(node: Node): string {
  return `${node.kind} [${node.start}, ${node.end})`
}
