import { ContainerKind } from '../facts.ts'
import type { ValueId } from '../facts.ts'
import { IntList } from '../builder.ts'
import { operandShape } from '../operands.ts'
import type { ListKind, OperandKind } from '../operands.ts'
import type { FunctionBuilder } from '../ssa.ts'
import type { Lowering } from './context.ts'
import type { Variable } from './scopes.ts'

/** Final number of a provisional value of one function; -1 stays -1. */
export type Renumber = (value: number) => ValueId

/** The value and block tables of a file, to which function after function is added. */
export class Tables {
  readonly op: IntList = new IntList(1024)
  readonly start: IntList = new IntList(1024)
  readonly end: IntList = new IntList(1024)
  readonly block: IntList = new IntList(1024)
  readonly a: IntList = new IntList(1024)
  readonly b: IntList = new IntList(1024)
  readonly argStart: IntList = new IntList(1024)
  readonly args: IntList = new IntList(1024)
  readonly dominator: IntList = new IntList(256)
  readonly condition: IntList = new IntList(256)
  readonly sense: IntList = new IntList(256)
  readonly successorStart: IntList = new IntList(256)
  readonly successors: IntList = new IntList(256)
  /** Captures, whose lists are known only when all functions are lowered. */
  readonly captures: { readonly value: ValueId, readonly variable: Variable }[] = []

  /**
   * Adds a function's values, ordered by block and inside a block as they are
   * executed, phis first.
   */
  add(from: Lowering): Renumber {
    const { builder } = from
    builder.simplify()
    const first = this.op.length
    const firstBlock = this.dominator.length
    const order = orderOf(builder)
    const final = new Int32Array(builder.op.length).fill(-1)
    order.forEach((value, at) => (final[value] = first + at))
    const renumber: Renumber = (value) => (value < 0 ? -1 : final[builder.find(value)] ?? -1)
    for (const value of order) this.#addValue(builder, value, firstBlock, renumber)
    this.#addBlocks(builder, firstBlock, renumber)
    for (const [variable, value] of from.captures) this.captures.push({ value: renumber(value), variable })
    return renumber
  }

  #addValue(builder: FunctionBuilder, value: number, firstBlock: number, renumber: Renumber): void {
    const op = builder.op.at(value)
    const shape = operandShape(op)
    this.op.push(op)
    this.start.push(builder.start.at(value))
    this.end.push(builder.end.at(value))
    this.block.push(firstBlock + builder.blocks.position(builder.block.at(value)))
    this.a.push(operand(shape?.a, builder.a.at(value), renumber))
    this.b.push(operand(shape?.b, builder.b.at(value), renumber))
    this.argStart.push(this.args.length)
    const isDict = shape?.args === 'keyed'
    const list = builder.args[value] ?? []
    for (let at = 0; at < list.length; at++) {
      this.args.push(listed(shape?.args, isDict, at, list[at] ?? -1, builder.b.at(value), renumber))
    }
  }

  #addBlocks(builder: FunctionBuilder, firstBlock: number, renumber: Renumber): void {
    const { blocks } = builder
    const successors: number[][] = blocks.order.map(() => [])
    blocks.order.forEach((block, position) => {
      if (blocks.isSevered(block)) return
      for (const each of blocks.predecessors(block)) {
        const list = successors[blocks.position(each)]
        if (list && list.at(-1) !== position) list.push(position)
      }
    })
    blocks.order.forEach((block, position) => {
      const dominator = blocks.dominator(block)
      this.dominator.push(dominator < 0 ? -1 : firstBlock + blocks.position(dominator))
      const condition = renumber(blocks.condition(block))
      this.condition.push(condition)
      this.sense.push(condition < 0 ? 0 : blocks.sense(block))
      this.successorStart.push(this.successors.length)
      for (const each of successors[position] ?? []) this.successors.push(firstBlock + each)
    })
  }

  /** Lists of captures filled in: `args` with its starts, one more than there are values. */
  finishArgs(): { args: Int32Array, argStart: Int32Array } {
    this.argStart.push(this.args.length)
    const starts = this.argStart.toArray()
    if (this.captures.length === 0) return { args: this.args.toArray(), argStart: starts }
    const lists = this.#captureLists()
    const args = new IntList(this.args.length + 16)
    const argStart = new Int32Array(starts.length)
    for (let value = 0; value + 1 < starts.length; value++) {
      argStart[value] = args.length
      const values = lists.get(value)
      if (values) for (const each of values) args.push(each)
      else for (let at = starts[value] ?? 0; at < (starts[value + 1] ?? 0); at++) args.push(this.args.at(at))
    }
    argStart[starts.length - 1] = args.length
    return { args: args.toArray(), argStart }
  }

  /** Long lists are kept once: later captures of the same variable name the first. */
  #captureLists(): Map<ValueId, readonly number[]> {
    const lists = new Map<ValueId, readonly number[]>()
    const first = new Map<Variable, ValueId>()
    for (const { value, variable } of this.captures) {
      const known = first.get(variable)
      if (known !== undefined && variable.values.length > LONG_LIST) {
        lists.set(value, [known])
      } else {
        first.set(variable, value)
        lists.set(value, distinct(variable.values))
      }
    }
    return lists
  }
}

/** Captured values that are written out for every function that captures them. */
const LONG_LIST = 8

function distinct(values: readonly number[]): number[] {
  return [...new Set(values)].filter((each) => each >= 0).sort((x, y) => x - y)
}

function operand(kind: OperandKind | undefined, value: number, renumber: Renumber): number {
  return kind === 'value' || kind === 'value?' ? renumber(value) : value
}

function listed(
  kind: ListKind | undefined, isKeyed: boolean, at: number, entry: number, container: number, renumber: Renumber,
): number {
  if (kind === 'strings') return entry
  if (kind === 'values') return renumber(entry)
  const isTag = at % 2 === 0
  if (!isTag) return renumber(entry)
  return isKeyed && entry >= 0 && container === ContainerKind.Dict ? renumber(entry) : entry
}

/** Values that remain, by block, and inside a block the early ones first. */
function orderOf(builder: FunctionBuilder): Int32Array {
  const count = builder.op.length
  const slots = builder.blocks.count * 2
  const starts = new Int32Array(slots + 1)
  const slotOf = (value: number): number =>
    builder.blocks.position(builder.block.at(value)) * 2 + 1 - builder.early.at(value)
  let kept = 0
  for (let value = 0; value < count; value++) {
    if (builder.isReplaced(value)) continue
    const slot = slotOf(value) + 1
    starts[slot] = (starts[slot] ?? 0) + 1
    kept++
  }
  for (let slot = 0; slot < slots; slot++) starts[slot + 1] = (starts[slot + 1] ?? 0) + (starts[slot] ?? 0)
  const order = new Int32Array(kept)
  for (let value = 0; value < count; value++) {
    if (builder.isReplaced(value)) continue
    const slot = slotOf(value)
    const at = starts[slot] ?? 0
    order[at] = value
    starts[slot] = at + 1
  }
  return order
}
