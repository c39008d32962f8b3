import { Flag, type Node } from './node.ts'

/**
 * A tree as a compact symbolic expression, for tests and `--explain`:
 * `(call callee:(member object:(identifier 'os') name:(identifier 'system')) argument:(string 'ls'))`.
 * Flags follow the kind as `+Async`. Roles `statement` and `element` are left out
 * because the parent says them. No depth limit is needed: trees are bounded when made.
 */
export function printTree(root: Node): string {
  return print(root, root.role)
}

const SILENT = new Set(['statement', 'element', 'part', 'root'])

function print(node: Node, omitted: string): string {
  let out = SILENT.has(node.role) || node.role === omitted ? '(' : `${node.role}:(`
  out += node.kind
  for (const [name, bit] of Object.entries(Flag)) if ((node.flags & bit) !== 0) out += `+${name}`
  if (node.text !== '') out += ` ${quoted(node.text)}`
  for (const child of node.children) out += ` ${print(child, '')}`
  return `${out})`
}

/** Control characters and quotes are escaped so that one tree is one line. */
function quoted(text: string): string {
  const inner = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")
  return `'${inner}'`
}
