import { IntList } from './builder.ts'
import type { ByteReader, ByteWriter } from './bytes.ts'
import { ContainerKind } from './facts.ts'
import type { FileFacts } from './facts.ts'
import { operandShape } from './operands.ts'
import type { OperandKind, OperandShape } from './operands.ts'

/** The parts of facts that are parallel arrays. */
export type FactTables = Pick<
  FileFacts,
  | 'op' | 'start' | 'end' | 'block' | 'a' | 'b' | 'argStart' | 'args'
  | 'dominator' | 'condition' | 'sense' | 'successorStart' | 'successors'
  | 'readStart' | 'readEnd' | 'readValue'
>

type ValueTables = Pick<FactTables, 'op' | 'start' | 'end' | 'block' | 'a' | 'b' | 'argStart' | 'args'>
type BlockTables = Pick<FactTables, 'dominator' | 'condition' | 'sense' | 'successorStart' | 'successors'>
type ReadTables = Pick<FactTables, 'readStart' | 'readEnd' | 'readValue'>

/** Numbers are written as the difference to what is near, so most take one byte. */
export function writeTables(to: ByteWriter, facts: FactTables): void {
  writeValues(to, facts)
  writeBlocks(to, facts)
  writeReads(to, facts)
}

/** Reads the arrays. Ranges are checked by the validator, lengths here. */
export function readTables(from: ByteReader): FactTables {
  return { ...readValues(from), ...readBlocks(from), ...readReads(from) }
}

/** Fewest bytes of a value, a block, a read. */
const BYTES = { value: 4, block: 3, read: 3 } as const

function writeValues(to: ByteWriter, facts: FactTables): void {
  const { op, start, end, block, a, b, argStart, args } = facts
  to.unsigned(op.length)
  to.raw(op)
  let lastStart = 0
  let lastBlock = 0
  for (let value = 0; value < op.length; value++) {
    const shape = operandShape(op[value] ?? -1)
    if (!shape) throw new Error(`Facts hold an unknown op ${op[value]}.`)
    const from = start[value] ?? 0
    to.signed(from - lastStart)
    to.signed((end[value] ?? 0) - from)
    to.signed((block[value] ?? 0) - lastBlock)
    lastStart = from
    lastBlock = block[value] ?? 0
    writeOperand(to, shape.a, a[value] ?? -1, value)
    writeOperand(to, shape.b, b[value] ?? -1, value)
    const first = argStart[value] ?? 0
    const last = argStart[value + 1] ?? 0
    if (shape.args === 'none') continue
    if (shape.count < 0) to.unsigned(last - first)
    for (let at = first; at < last; at++) writeEntry(to, shape, at - first, args[at] ?? 0, value, b[value] ?? 0)
  }
}

function readValues(from: ByteReader): ValueTables {
  const count = from.count(BYTES.value)
  const op = Uint8Array.from(from.raw(count))
  const table = (): Int32Array => new Int32Array(count)
  const [start, end, block, a, b, argStart] = [table(), table(), table(), table(), table(), new Int32Array(count + 1)]
  const args = new IntList(1024)
  let lastStart = 0
  let lastBlock = 0
  for (let value = 0; value < count && !from.failed; value++) {
    const shape = operandShape(op[value] ?? -1)
    if (!shape) {
      from.fail()
      break
    }
    lastStart += from.signed()
    start[value] = lastStart
    end[value] = lastStart + from.signed()
    lastBlock += from.signed()
    block[value] = lastBlock
    a[value] = readOperand(from, shape.a, value)
    b[value] = readOperand(from, shape.b, value)
    argStart[value] = args.length
    if (shape.args === 'none') continue
    const entries = shape.count < 0 ? from.count(1) : shape.count
    for (let at = 0; at < entries; at++) args.push(readEntry(from, shape, at, value, b[value] ?? 0))
  }
  argStart[count] = args.length
  return { op, start, end, block, a, b, argStart, args: args.toArray() }
}

function writeOperand(to: ByteWriter, kind: OperandKind, operand: number, value: number): void {
  if (kind === 'none') return
  if (kind === 'value') to.signed(value - operand)
  else if (kind === 'value?') to.signed(operand < 0 ? 0 : value - operand)
  else to.unsigned(operand + 1)
}

/** No value is its own operand, so a distance of 0 is free to say that there is none. */
function readOperand(from: ByteReader, kind: OperandKind, value: number): number {
  if (kind === 'none') return -1
  if (kind === 'value') return value - from.signed()
  if (kind === 'value?') {
    const distance = from.signed()
    return distance === 0 ? -1 : value - distance
  }
  return from.unsigned() - 1
}

/** Tags below 0 are shifted so that they fit an unsigned number. */
const TAGS = 3

function isTag(shape: OperandShape, at: number): boolean {
  return (shape.args === 'tagged' || shape.args === 'keyed') && at % 2 === 0
}

function writeEntry(to: ByteWriter, shape: OperandShape, at: number, entry: number, value: number, b: number): void {
  if (shape.args === 'strings') to.unsigned(entry)
  else if (!isTag(shape, at)) to.signed(value - entry)
  else if (isDict(shape, b) && entry >= 0) to.unsigned(zigzag(value - entry) + TAGS)
  else to.unsigned(entry + TAGS)
}

function readEntry(from: ByteReader, shape: OperandShape, at: number, value: number, b: number): number {
  if (shape.args === 'strings') return from.unsigned()
  if (!isTag(shape, at)) return value - from.signed()
  const tag = from.unsigned() - TAGS
  return isDict(shape, b) && tag >= 0 ? value - ((tag >>> 1) ^ -(tag & 1)) : tag
}

function isDict(shape: OperandShape, b: number): boolean {
  return shape.args === 'keyed' && b === ContainerKind.Dict
}

function zigzag(value: number): number {
  return ((value << 1) ^ (value >> 31)) >>> 0
}

function writeBlocks(to: ByteWriter, facts: FactTables): void {
  const { dominator, condition, sense, successorStart, successors } = facts
  to.unsigned(dominator.length)
  let known = 0
  for (let block = 0; block < dominator.length; block++) {
    const above = dominator[block] ?? -1
    to.unsigned(above < 0 ? 0 : block - above)
    const holds = condition[block] ?? -1
    to.unsigned(holds < 0 ? 0 : 1 + (sense[block] ?? 0))
    if (holds >= 0) {
      to.signed(holds - known)
      known = holds
    }
    const first = successorStart[block] ?? 0
    const last = successorStart[block + 1] ?? 0
    to.unsigned(last - first)
    for (let at = first; at < last; at++) to.signed((successors[at] ?? 0) - block)
  }
}

function readBlocks(from: ByteReader): BlockTables {
  const count = from.count(BYTES.block)
  const [dominator, condition] = [new Int32Array(count), new Int32Array(count)]
  const successorStart = new Int32Array(count + 1)
  const sense = new Uint8Array(count)
  const successors = new IntList(256)
  let known = 0
  for (let block = 0; block < count && !from.failed; block++) {
    const distance = from.unsigned()
    dominator[block] = distance === 0 ? -1 : block - distance
    const holds = from.unsigned()
    if (holds > 2) from.fail()
    if (holds > 0) known += from.signed()
    condition[block] = holds > 0 ? known : -1
    sense[block] = holds > 0 ? holds - 1 : 0
    successorStart[block] = successors.length
    const entries = from.count(1)
    for (let at = 0; at < entries; at++) successors.push(block + from.signed())
  }
  successorStart[count] = successors.length
  return { dominator, condition, sense, successorStart, successors: successors.toArray() }
}

function writeReads(to: ByteWriter, { readStart, readEnd, readValue }: FactTables): void {
  to.unsigned(readStart.length)
  let lastStart = 0
  let lastValue = 0
  for (let at = 0; at < readStart.length; at++) {
    const start = readStart[at] ?? 0
    const value = readValue[at] ?? 0
    to.unsigned(start - lastStart)
    to.unsigned((readEnd[at] ?? 0) - start)
    to.signed(value - lastValue)
    lastStart = start
    lastValue = value
  }
}

function readReads(from: ByteReader): ReadTables {
  const count = from.count(BYTES.read)
  const [readStart, readEnd, readValue] = [new Int32Array(count), new Int32Array(count), new Int32Array(count)]
  let start = 0
  let value = 0
  for (let at = 0; at < count && !from.failed; at++) {
    start += from.unsigned()
    readStart[at] = start
    readEnd[at] = start + from.unsigned()
    value += from.signed()
    readValue[at] = value
  }
  return { readStart, readEnd, readValue }
}
