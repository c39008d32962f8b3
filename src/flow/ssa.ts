import { LIMITS } from '../core/limits.ts'
import { Op, PhiKind } from './facts.ts'
import type { StringId } from './facts.ts'
import { Blocks } from './blocks.ts'
import { Instructions, KEPT, UNDEFINED } from './instructions.ts'

/** What the function's scope says of its variables, which are numbered from 0. */
export interface Variables {
  readonly variableCount: number
  /** What a read gives when nothing was assigned on the way; -1 for nothing. */
  entryValue(variable: number): number
  /** The variable's name. */
  nameOf(variable: number): StringId
}

/**
 * Values and variables of one function while it is lowered, in static single
 * assignment form made on the fly (Braun et al., "Simple and Efficient
 * Construction of Static Single Assignment Form", 2013). Two things differ from
 * the paper: dominators are known when a block starts, so a join that no
 * assignment lies before needs no phi; and operands of phis are filled from a
 * work list, so that no source can exhaust the stack.
 *
 * Values and blocks have provisional numbers here; `finish` gives the final ones.
 */
export class FunctionBuilder {
  readonly blocks: Blocks = new Blocks()
  readonly code: Instructions
  /** Whether a limit was reached; from then on nothing is kept. */
  overflown = false

  readonly #variables: Variables
  /** Value of a variable at the end of a block so far, by `#key`. */
  readonly #definitions = new Map<number, number>()
  /** Per variable: positions of the blocks that assign it, ascending. */
  readonly #assigners: number[][] = []
  readonly #phis: Phi[] = []
  readonly #pending: Phi[] = []
  readonly #incomplete = new Map<number, Phi[]>()
  #work = 0

  /** `memory` is taken over: what another function left in it is forgotten. */
  constructor(variables: Variables, memory: Instructions = new Instructions()) {
    memory.clear()
    this.code = memory
    this.#variables = variables
    this.blocks.startEntry()
  }

  /** Adds an instruction to the current block. */
  emit(op: number, start: number, end: number, a = -1, b = -1, args: readonly number[] = NONE): number {
    return this.#add(op, this.blocks.open(), start, end, a, b, args, 0)
  }

  /** Adds an instruction at the start of the function. */
  emitFirst(op: number, start: number, end: number, a: number): number {
    return this.#add(op, 0, start, end, a, -1, NONE, 1)
  }

  #add(
    op: number, block: number, start: number, end: number, a: number, b: number, args: readonly number[], early: number,
  ): number {
    if (this.code.length >= LIMITS.functionValues) {
      this.overflown = true
      return 0
    }
    return this.code.add(op, block, start, end, a, b, args, early)
  }

  /** Assigns a variable in the current block; -1 makes it undefined. */
  write(variable: number, value: number): void {
    const block = this.blocks.open()
    this.#definitions.set(this.#key(block, variable), value)
    const position = this.blocks.position(block)
    const assigners = this.#assigners[variable]
    if (assigners === undefined) this.#assigners[variable] = [position]
    else if (assigners.at(-1) !== position) assigners.push(position)
  }

  /** Whether the current block has a value for the variable already. */
  holds(variable: number): boolean {
    return this.#definitions.has(this.#key(this.blocks.open(), variable))
  }

  /** The variable's value in the current block; -1 when none reaches it. */
  read(variable: number): number {
    const value = this.#lookUp(variable, this.blocks.open())
    this.#fillPending()
    return value
  }

  /** A loop's header has all its predecessors. */
  seal(block: number): void {
    this.blocks.seal(block)
    const phis = this.#incomplete.get(block)
    if (phis === undefined) return
    this.#incomplete.delete(block)
    for (const phi of phis) {
      if (this.#mayDiffer(phi.variable, block)) this.#pending.push(phi)
      else this.#replace(phi, this.#lookUp(phi.variable, this.blocks.firstPredecessor(block)))
    }
    this.#fillPending()
  }

  /** The value that stands for a value after phis of one operand are gone. */
  find(value: number): number {
    const { replacement } = this.code
    let at = value
    for (let next = replacement[at] ?? KEPT; next >= 0; next = replacement[at] ?? KEPT) at = next
    if (at !== value) replacement[value] = at
    return at
  }

  /** Removes phis that have but one operand besides themselves; phis without any become reads of the name. */
  simplify(): void {
    // What is left after so many passes is redundant but right.
    for (let pass = 0, changed = true; changed && pass < 8; pass++) {
      changed = false
      for (const phi of this.#phis) {
        if (phi.replaced) continue
        const only = this.#onlyOperand(phi)
        if (only === undefined) continue
        this.#replace(phi, only)
        changed = true
      }
    }
    for (const phi of this.#phis) if (!phi.replaced) this.code.setArgs(phi.value, this.#arriving(phi))
  }

  /** One number for a block and a variable, small as long as the function is. */
  #key(block: number, variable: number): number {
    return block * this.#variables.variableCount + variable
  }

  #lookUp(variable: number, from: number): number {
    const { blocks } = this
    let block = from
    let found: number | undefined
    for (;;) {
      found = this.#definitions.get(this.#key(block, variable))
      if (found !== undefined) break
      if (++this.#work > READ_STEPS) {
        this.overflown = true
        return -1
      }
      if (!blocks.isSealed(block)) {
        found = this.#incompletePhi(variable, block)
        break
      }
      const predecessors = blocks.predecessorCount(block)
      if (predecessors === 0) {
        found = this.#variables.entryValue(variable)
        this.#definitions.set(this.#key(block, variable), found)
        break
      }
      if (predecessors > 1 && this.#mayDiffer(variable, block)) {
        const phi = this.#newPhi(variable, block)
        this.#pending.push(phi)
        found = phi.value
        break
      }
      block = blocks.dominator(block)
    }
    if (block !== from) this.#definitions.set(this.#key(from, variable), found)
    return found
  }

  /** Whether the variable may be assigned between a join's dominator and the join, or in a header's loop. */
  #mayDiffer(variable: number, block: number): boolean {
    const { blocks } = this
    const loopEnd = blocks.loopEnd(block)
    return loopEnd < 0
      ? this.#assignedBetween(variable, blocks.position(blocks.dominator(block)), blocks.position(block))
      : this.#assignedBetween(variable, blocks.position(block) - 1, loopEnd)
  }

  #incompletePhi(variable: number, block: number): number {
    const phi = this.#newPhi(variable, block)
    const waiting = this.#incomplete.get(block)
    if (waiting) waiting.push(phi)
    else this.#incomplete.set(block, [phi])
    return phi.value
  }

  #newPhi(variable: number, block: number): Phi {
    const at = this.blocks.place(block)
    const value = this.#add(Op.Phi, block, at, at, -1, PhiKind.Ways, NONE, 1)
    const phi: Phi = { value, variable, block, operands: [], replaced: false }
    if (!this.overflown) this.#phis.push(phi)
    this.#definitions.set(this.#key(block, variable), value)
    return phi
  }

  #fillPending(): void {
    for (let phi = this.#pending.pop(); phi !== undefined; phi = this.#pending.pop()) {
      for (const each of this.blocks.predecessors(phi.block)) phi.operands.push(this.#lookUp(phi.variable, each))
    }
  }

  /** Whether a block at a position between the two, both excluded, assigns the variable. */
  #assignedBetween(variable: number, after: number, before: number): boolean {
    const assigners = this.#assigners[variable]
    if (assigners === undefined) return false
    let low = 0
    let high = assigners.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((assigners[middle] ?? 0) <= after) low = middle + 1
      else high = middle
    }
    return (assigners[low] ?? before) < before
  }

  #replace(phi: Phi, by: number): void {
    const target = this.#operand(by)
    if (target === phi.value) return
    phi.replaced = true
    if (target >= 0) {
      this.code.replacement[phi.value] = target
      return
    }
    this.code.replacement[phi.value] = UNDEFINED
    this.code.op[phi.value] = Op.Name
    this.code.a[phi.value] = this.#variables.nameOf(phi.variable)
    this.code.b[phi.value] = -1
  }

  /** The one operand of a phi, -1 when it has none; `undefined` when it has several. */
  #onlyOperand(phi: Phi): number | undefined {
    let only = -1
    for (const each of phi.operands) {
      const operand = this.#operand(each)
      if (operand < 0 || operand === phi.value || operand === only) continue
      if (only >= 0) return undefined
      only = operand
    }
    return only
  }

  /** What a phi's operand stands for; -1 when it is undefined. */
  #operand(value: number): number {
    if (value < 0) return -1
    const found = this.find(value)
    return this.code.replacement[found] === UNDEFINED ? -1 : found
  }

  /**
   * Operands of a phi, each once. One that was made before the way it comes by is
   * refined there: the conditions of that way hold for it and for no other.
   */
  #arriving(phi: Phi): number[] {
    const plain = new Set<number>()
    const refined: { readonly operand: number, readonly edge: number }[] = []
    const isWide = phi.operands.length > WIDE_JOIN || this.code.length + phi.operands.length > LIMITS.functionValues
    phi.operands.forEach((each, edge) => {
      const operand = this.#operand(each)
      if (operand < 0 || operand === phi.value) return
      if (isWide || this.#needsNoRefinement(operand, phi.block, edge)) plain.add(operand)
      else refined.push({ operand, edge })
    })
    for (const { operand, edge } of refined) if (!plain.has(operand)) plain.add(this.#refine(operand, phi.block, edge))
    return [...plain]
  }

  #needsNoRefinement(operand: number, join: number, edge: number): boolean {
    if (FIXED.has(this.code.op[operand] ?? -1)) return true
    return this.code.block[operand] === this.blocks.predecessors(join)[edge] && !this.blocks.isConditional(join, edge)
  }

  #refine(operand: number, join: number, edge: number): number {
    const from = this.blocks.arrival(join, edge)
    const at = this.blocks.place(join)
    return this.#add(Op.Refine, from, at, at, operand, -1, NONE, 0)
  }
}

interface Phi {
  readonly value: number
  readonly variable: number
  readonly block: number
  readonly operands: number[]
  replaced: boolean
}

const NONE: readonly number[] = []

/** Joins of more ways than this, as of many cases or into handlers, tell no ways apart. */
const WIDE_JOIN = 8

/** What no condition says anything new of. */
const FIXED: ReadonlySet<number> = new Set([Op.Const, Op.Function, Op.Class, Op.Import, Op.Caught, Op.Refine])

/** Blocks walked to find values of variables, per function: a bound on the work, far above any function seen. */
const READ_STEPS = LIMITS.functionValues * 20
