import type { Node } from '../../../tree/node.ts'
import type { Lowering } from './context.ts'

/** Parses one expression out of a part of the text, keeping exact spans; `undefined` when it is none. */
export function expressionAt(from: Lowering, start: number, end: number): Node | undefined {
  let first = start
  while (first < end && /\s/.test(from.text[first] ?? '')) first++
  let last = end
  while (last > first && /\s/.test(from.text[last - 1] ?? '')) last--
  const inner = first < last ? from.reparse(first, last) : undefined
  const statement = inner?.firstNamed(0) ?? -1
  if (inner === undefined || statement < 0 || inner.kind(statement) !== 'expression_statement') return undefined
  const lowered = inner.lower(statement, 'statement')
  if (lowered.kind !== 'expression-statement' || lowered.end < last) return undefined
  return lowered.children[0]
}
