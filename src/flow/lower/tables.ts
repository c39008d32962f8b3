import { ContainerKind } from '../facts.ts'
import type { ValueId } from '../facts.ts'
import { IntList } from '../builder.ts'
import { KEPT } from '../instructions.ts'
import type { Instructions } from '../instructions.ts'
import { operandShape } from '../operands.ts'
import type { ListKind, OperandKind } from '../operands.ts'
import type { FunctionBuilder } from '../ssa.ts'
import type { Lowering } from './context.ts'
import type { Variable } from './scopes.ts'

/** Final number of a provisional value of one function; -1 stays -1. */
export type Renumber = (value: number) => ValueId

/** The value and block tables of a file, to which function after function is added. */
export class Tables {
  readonly op: IntList
  readonly start: IntList
  readonly end: IntList
  readonly block: IntList
  readonly a: IntList
  readonly b: IntList
  readonly argStart: IntList
  readonly args: IntList
  readonly dominator: IntList = new IntList(256)
  readonly condition: IntList = new IntList(256)
  readonly sense: IntList = new IntList(256)
  readonly successorStart: IntList = new IntList(256)
  readonly successors: IntList = new IntList(256)
  /** Captures, whose lists are known only when all functions are lowered. */
  readonly captures: { readonly value: ValueId, readonly variable: Variable }[] = []

  /** `values` is how many are expected. */
  constructor(values: number) {
    this.op = new IntList(values)
    this.start = new IntList(values)
    this.end = new IntList(values)
    this.block = new IntList(values)
    this.a = new IntList(values)
    this.b = new IntList(values)
    this.argStart = new IntList(values)
    this.args = new IntList(values)
  }

  /**
   * Adds a function's values, ordered by block and inside a block as they are
   * executed, phis first. The renumbering holds until the next function is added.
   */
  add(from: Lowering): Renumber {
    const { builder } = from
    builder.simplify()
    const firstBlock = this.dominator.length
    const kept = putInOrder(builder, this.op.length)
    const { final } = builder.code
    const renumber: Renumber = (value) => (value < 0 ? -1 : final[value] ?? -1)
    this.#addValues(builder, kept, firstBlock)
    this.#addBlocks(builder, firstBlock, renumber)
    for (const [variable, value] of from.captures) this.captures.push({ value: renumber(value), variable })
    return renumber
  }

  #addValues({ code, blocks }: FunctionBuilder, kept: number, firstBlock: number): void {
    const { final } = code
    const first = this.op.length
    const [op, start, end] = [this.op.extend(kept), this.start.extend(kept), this.end.extend(kept)]
    const [block, a, b] = [this.block.extend(kept), this.a.extend(kept), this.b.extend(kept)]
    const argStart = this.argStart.extend(kept)
    for (let index = 0; index < kept; index++) {
      const value = code.order[index] ?? 0
      const at = first + index
      const shape = operandShape(code.op[value] ?? -1)
      op[at] = code.op[value] ?? -1
      start[at] = code.start[value] ?? 0
      end[at] = code.end[value] ?? 0
      block[at] = firstBlock + blocks.position(code.block[value] ?? 0)
      a[at] = operand(shape?.a, code.a[value] ?? -1, final)
      b[at] = operand(shape?.b, code.b[value] ?? -1, final)
      argStart[at] = this.args.length
      if (shape !== undefined && shape.args !== 'none') this.#addList(code, value, shape.args)
    }
  }

  #addList(code: Instructions, value: number, kind: ListKind): void {
    const first = code.argStart[value] ?? 0
    const count = (code.argEnd[value] ?? 0) - first
    const isDict = kind === 'keyed' && code.b[value] === ContainerKind.Dict
    const hasTags = kind === 'tagged' || kind === 'keyed'
    let to = this.args.length
    const args = this.args.extend(count)
    for (let at = 0; at < count; at++) {
      const entry = code.args[first + at] ?? -1
      const isTag = hasTags && at % 2 === 0
      const isValue = isTag ? isDict : kind !== 'strings'
      args[to++] = isValue && entry >= 0 ? code.final[entry] ?? -1 : entry
    }
  }

  #addBlocks(builder: FunctionBuilder, firstBlock: number, renumber: Renumber): void {
    const { blocks } = builder
    const successors: (number[] | undefined)[] = blocks.order.map(() => undefined)
    blocks.order.forEach((block, position) => {
      if (blocks.isSevered(block)) return
      for (const each of blocks.predecessors(block)) {
        const from = blocks.position(each)
        const list = successors[from]
        if (list === undefined) successors[from] = [position]
        else if (list.at(-1) !== position) list.push(position)
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

function operand(kind: OperandKind | undefined, value: number, final: Int32Array): number {
  const isValue = kind === 'value' || kind === 'value?'
  return isValue && value >= 0 ? final[value] ?? -1 : value
}

/**
 * Numbers the values that remain from `first` on, by block, and inside a block the
 * early ones first; a replaced one has the number of what stands for it. Gives
 * how many remain.
 */
function putInOrder(builder: FunctionBuilder, first: number): number {
  const { code, blocks } = builder
  const { order, final, replacement } = code
  // Where the early values of each block go, and where its others go.
  const places: number[] = []
  for (let slot = 0; slot < blocks.count * 2; slot++) places.push(0)
  const slotOf = (value: number): number =>
    blocks.position(code.block[value] ?? 0) * 2 + 1 - (code.early[value] ?? 0)
  for (let value = 0; value < code.length; value++) {
    if ((replacement[value] ?? KEPT) >= 0) continue
    const slot = slotOf(value)
    places[slot] = (places[slot] ?? 0) + 1
  }
  let kept = 0
  for (let slot = 0; slot < places.length; slot++) {
    const count = places[slot] ?? 0
    places[slot] = kept
    kept += count
  }
  for (let value = 0; value < code.length; value++) {
    if ((replacement[value] ?? KEPT) >= 0) continue
    const slot = slotOf(value)
    const place = places[slot] ?? 0
    places[slot] = place + 1
    order[place] = value
    final[value] = first + place
  }
  for (let value = 0; value < code.length; value++) {
    if ((replacement[value] ?? KEPT) >= 0) final[value] = final[builder.find(value)] ?? -1
  }
  return kept
}
