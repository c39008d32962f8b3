import { node, type Node } from '../../../tree/node.ts'
import type { Lowering } from './context.ts'

/**
 * The statements of a block or module. An error region among them gives the
 * statements it holds directly, and error nodes for what lies between.
 */
export function statementsOf(from: Lowering, at: number): Node[] {
  const statements: Node[] = []
  const { next } = from.tree
  const stop = from.after(at)
  for (let each = at + 1; each < stop; each = next[each] ?? stop) {
    if (from.isError(each)) salvage(from, each, statements)
    else if (from.isNamed(each) && !from.isSkipped(each)) statements.push(from.lower(each, 'statement'))
  }
  return statements
}

/** Adds what an error region holds: its statements as statements, other parts inside error nodes. */
export function salvage(from: Lowering, at: number, statements: Node[]): void {
  let inner: Node[] = []
  let start = from.start(at)
  const flush = (end: number): void => {
    if (inner.length > 0 || end > start) statements.push(node('error', 'statement', start, end, inner))
    inner = []
  }
  for (const each of from.named(at)) {
    if (isStatement(from, each)) {
      flush(from.start(each))
      statements.push(from.lower(each, 'statement'))
      start = from.end(each)
    } else if (from.isLowered(each)) {
      inner.push(from.lower(each, 'inner'))
    }
  }
  flush(from.end(at))
}

function isStatement(from: Lowering, at: number): boolean {
  const kind = from.kind(at)
  return kind.endsWith('_statement') || kind.endsWith('_definition')
}
