import type { Span } from '../core/text.ts'
import type { FileFacts, ValueId } from './facts.ts'
import { isStatement } from './operands.ts'

/**
 * The value of the expression with exactly this span: a variable read or
 * assigned there, or an instruction; `undefined` when no expression has the span
 * or it has no value of its own (see `Op`).
 */
export function valueAt(facts: FileFacts, span: Span): ValueId | undefined {
  if (span.end <= span.start) return undefined
  const read = search(facts.readStart, facts.readEnd, span)
  if (read >= 0) return facts.readValue[read]
  const index = indexOf(facts)
  const found = search(index.start, index.end, span)
  return found < 0 ? undefined : index.value[found]
}

/** The value of an expression, with its place. */
export interface PlacedValue extends Span {
  readonly value: ValueId
  /** A variable stands there; its value was made elsewhere. */
  readonly isRead: boolean
}

/** The values of all expressions in a range, in order of place, the outer before the inner. */
export function valuesIn(facts: FileFacts, range: Span): readonly PlacedValue[] {
  const index = indexOf(facts)
  const reads = { start: facts.readStart, end: facts.readEnd, value: facts.readValue }
  return [...placedIn(reads, range, true), ...placedIn(index, range, false)]
    .sort((one, other) => one.start - other.start || other.end - one.end || one.value - other.value)
}

/** The values of those expressions in a range that lie in no other. */
export function outermostIn(facts: FileFacts, range: Span): readonly PlacedValue[] {
  const found: PlacedValue[] = []
  let end = -1
  for (const each of valuesIn(facts, range)) {
    if (each.end <= end) continue
    found.push(each)
    end = each.end
  }
  return found
}

/** The instruction that uses what stands in a range: the smallest around it, statements too; `undefined` when there is none. */
export function userOf(facts: FileFacts, range: Span): ValueId | undefined {
  const owner = facts.functions[functionAt(facts, range.start)]
  if (owner === undefined) return undefined
  let found: ValueId | undefined
  let length = Infinity
  for (let value = owner.firstValue; value < owner.firstValue + owner.valueCount; value++) {
    const [start, end] = [facts.start[value] ?? 0, facts.end[value] ?? 0]
    if (start > range.start || end < range.end || end - start >= length || end - start <= range.end - range.start) continue
    found = value
    length = end - start
  }
  return found
}

function* placedIn({ start, end, value }: SpanIndex, range: Span, isRead: boolean): Generator<PlacedValue> {
  let at = firstFrom(start, range.start)
  for (; at < start.length && (start[at] ?? 0) < range.end; at++) {
    const placed = { start: start[at] ?? 0, end: end[at] ?? 0, value: value[at] ?? 0, isRead }
    if (placed.end <= range.end) yield placed
  }
}

/** Position of the first span that starts at an offset or later. */
function firstFrom(start: Int32Array, offset: number): number {
  let low = 0
  let high = start.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((start[middle] ?? 0) < offset) low = middle + 1
    else high = middle
  }
  return low
}

/** Index of the innermost function, class body or module whose span holds the offset. */
export function functionAt(facts: FileFacts, offset: number): number {
  const { functions } = facts
  let low = 0
  let high = functions.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((functions[middle]?.start ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  // Functions nest, so the last one that starts before the offset and has not ended is the innermost.
  while (low > 0 && (functions[low]?.end ?? 0) <= offset) low--
  return Math.max(low, 0)
}

/** Instructions that are expressions, sorted by span. */
interface SpanIndex {
  readonly start: Int32Array
  readonly end: Int32Array
  readonly value: Int32Array
}

/** Made when first asked for; most files are never asked. */
const indexes = new WeakMap<FileFacts, SpanIndex>()

function indexOf(facts: FileFacts): SpanIndex {
  let index = indexes.get(facts)
  if (!index) {
    index = makeIndex(facts)
    indexes.set(facts, index)
  }
  return index
}

function makeIndex(facts: FileFacts): SpanIndex {
  const values: ValueId[] = []
  for (let value = 0; value < facts.op.length; value++) {
    if (!isStatement(facts.op[value] ?? -1) && (facts.end[value] ?? 0) > (facts.start[value] ?? 0)) values.push(value)
  }
  const startOf = (value: ValueId): number => facts.start[value] ?? 0
  const endOf = (value: ValueId): number => facts.end[value] ?? 0
  values.sort((x, y) => startOf(x) - startOf(y) || endOf(x) - endOf(y) || x - y)
  // Of several values at one span, as a decorator and its call, the first is the expression's.
  const kept = values.filter((value, at) => {
    const before = values[at - 1]
    return before === undefined || startOf(before) !== startOf(value) || endOf(before) !== endOf(value)
  })
  return { start: Int32Array.from(kept, startOf), end: Int32Array.from(kept, endOf), value: Int32Array.from(kept) }
}

/** Position of a span among spans sorted by start and end; -1 when it is not there. */
function search(start: Int32Array, end: Int32Array, span: Span): number {
  let low = 0
  let high = start.length
  while (low < high) {
    const middle = (low + high) >> 1
    const order = (start[middle] ?? 0) - span.start || (end[middle] ?? 0) - span.end
    if (order < 0) low = middle + 1
    else high = middle
  }
  return start[low] === span.start && end[low] === span.end ? low : -1
}
