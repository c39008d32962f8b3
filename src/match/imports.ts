import { Flag, child, childrenIn, has, type Node } from '../tree/node.ts'
import { isMetavariable } from './metavariables.ts'

/**
 * Whether an import of a pattern and one of the file bring in the same thing in
 * the two ways of writing: `import a.b` and `from a import b`. Each name of the
 * pattern must be imported, itself or something in it.
 */
export function isOtherSpelling(pattern: Node, node: Node): boolean {
  if (pattern.kind === node.kind) return false
  const wanted = importedBy(pattern)
  const given = importedBy(node)
  return wanted.length > 0 && wanted.every((name) => given.some((each) => each === name || each.startsWith(`${name}.`)))
}

/** Dotted names that an import brings in; none where they are not written out in it. */
function importedBy(of: Node): readonly string[] {
  if (of.kind !== 'import' && of.kind !== 'import-from') return []
  const isFrom = of.kind === 'import-from'
  const items = childrenIn(of, 'item')
  if (isFrom && (has(of, Flag.Star) || of.text.startsWith('.') || isMetavariable(of.text))) return []
  // A metavariable has to be bound, which only the same way of writing can do.
  if (items.some((item) => isMetavariable(item.text) || isMetavariable(child(item, 'alias')?.text ?? ''))) return []
  return items.map((item) => (isFrom ? `${of.text}.${item.text}` : item.text))
}
