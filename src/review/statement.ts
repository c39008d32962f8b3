import type { Span } from '../core/text.ts'
import { CallFlag, Op } from '../flow/facts.ts'
import type { FileFacts } from '../flow/facts.ts'

/** Instructions whose span is an expression or statement as written; others (parameters, merges) may span anything. */
const WRITTEN: ReadonlySet<number | undefined> = new Set<number | undefined>([
  Op.Attr,
  Op.Index,
  Op.Slice,
  Op.Call,
  Op.Binary,
  Op.Unary,
  Op.Template,
  Op.Container,
  Op.Await,
  Op.Yield,
  Op.SetAttr,
  Op.SetIndex,
  Op.SetName,
  Op.Return,
  Op.Raise,
  Op.Delete,
])

/**
 * The largest expression or statement of the same function around a place, by
 * the file's facts: what a comment inside a call written over several lines
 * belongs to. The place itself when nothing is larger.
 */
export function statementAround(
  facts: FileFacts,
  of: { readonly firstValue: number; readonly valueCount: number },
  place: Span,
): Span {
  let { start, end } = place
  for (let value = of.firstValue; value < of.firstValue + of.valueCount; value++) {
    const from = facts.start[value] ?? 0
    const to = facts.end[value] ?? 0
    if (from > place.start || to < place.end || !isWritten(facts, value)) continue
    start = Math.min(start, from)
    end = Math.max(end, to)
  }
  return { start, end }
}

function isWritten(facts: FileFacts, value: number): boolean {
  const op = facts.op[value]
  if (!WRITTEN.has(op)) return false
  const isDecorator = op === Op.Call && ((facts.b[value] ?? 0) & CallFlag.Decorator) !== 0
  return !isDecorator
}
