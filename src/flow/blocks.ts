/** What is known of a block. Edges into it are numbered in the order in which they were made. */
interface Block {
  /** Place in the order of starting; -1 before that. */
  position: number
  /** Source offset of phis. */
  place: number
  dominator: number
  /** For a sealed loop header: the position after the last block of its loop. */
  loopEnd: number
  isSealed: boolean
  isDead: boolean
  /** Whether its only predecessor is the code written before it, and not a real one. */
  isSevered: boolean
  predecessors: number[]
  /** Per edge with a condition: twice the condition, and 1 more when the edge is taken if it is true. */
  conditions: number[]
}

/**
 * Basic blocks of one function while it is lowered. A block is made, gets
 * predecessors, and is started once, when its first instruction comes; its
 * position is the order of starting. Loop headers are started before their back
 * edges are known and sealed afterwards; every other block is sealed from its start.
 *
 * Code after a jump is dead: its block has no real predecessor. It still sees
 * the variables and conditions of the code before the jump, as though the jump
 * were not there, and no edge leads from it into live code.
 */
export class Blocks {
  /** The block being filled, or the last one filled. */
  current = 0
  /** Source offset given to phis of blocks that start now. */
  cursor = 0

  #isOpen = false
  readonly #blocks: Block[] = []
  readonly #order: number[] = []

  /** Number of started blocks. */
  get count(): number {
    return this.#order.length
  }

  /** Started blocks in order. */
  get order(): readonly number[] {
    return this.#order
  }

  /** Whether the current block can still be left, so that code after it is reached. */
  get isOpen(): boolean {
    return this.#isOpen
  }

  make(): number {
    this.#blocks.push({
      position: -1, place: 0, dominator: -1, loopEnd: -1, isSealed: true, isDead: false, isSevered: false,
      predecessors: NONE, conditions: NONE,
    })
    return this.#blocks.length - 1
  }

  startEntry(): void {
    this.#begin(this.make(), -1)
  }

  /** Continues in a block. Without a way into it, what follows is dead code after `before`. */
  start(block: number, before: number): void {
    const predecessors = this.predecessors(block)
    if (predecessors.length === 0) {
      this.#isOpen = false
      this.current = before
      return
    }
    this.#begin(block, this.#commonDominator(predecessors))
  }

  /** Continues in a block whose dominator is known. */
  startBelow(block: number, dominator: number): void {
    this.#begin(block, dominator)
  }

  /** Continues in a loop's header, which has its entry edge only. */
  startLoop(block: number): void {
    this.#at(block).isSealed = false
    this.#begin(block, this.firstPredecessor(block))
  }

  /** All edges back to a loop's header are there. */
  seal(block: number): void {
    const sealed = this.#at(block)
    sealed.isSealed = true
    sealed.loopEnd = this.#order.length
  }

  /** For a sealed loop header: the position after the last block of its loop; -1 for any other block. */
  loopEnd(block: number): number {
    return this.#at(block).loopEnd
  }

  /** The current block; opens a dead one when the code before has jumped away. */
  open(): number {
    if (this.#isOpen) return this.current
    const block = this.make()
    const dead = this.#at(block)
    dead.predecessors = [this.current]
    dead.isDead = true
    dead.isSevered = true
    this.#begin(block, this.current)
    return block
  }

  /** Leaves the current block for another; nothing happens when it has been left. */
  jump(to: number): void {
    if (this.#isOpen) this.#edge(this.current, to, -1, 0)
    this.#isOpen = false
  }

  /** Leaves the current block by a condition, -1 for one that is not known. */
  branch(condition: number, whenTrue: number, whenFalse: number): void {
    const from = this.open()
    this.#edge(from, whenTrue, condition, 1)
    this.#edge(from, whenFalse, condition, 0)
    this.#isOpen = false
  }

  /** An edge besides the current block's end, as into an exception handler. */
  link(from: number, to: number): void {
    this.#edge(from, to, -1, 0)
  }

  /** The current block ends the function. */
  leave(): void {
    this.#isOpen = false
  }

  position(block: number): number {
    return this.#at(block).position
  }

  place(block: number): number {
    return this.#at(block).place
  }

  isSealed(block: number): boolean {
    return this.#at(block).isSealed
  }

  predecessors(block: number): readonly number[] {
    return this.#at(block).predecessors
  }

  predecessorCount(block: number): number {
    return this.#at(block).predecessors.length
  }

  firstPredecessor(block: number): number {
    return this.#at(block).predecessors[0] ?? 0
  }

  /** Whether the block's predecessor is only the code written before it. */
  isSevered(block: number): boolean {
    return this.#at(block).isSevered
  }

  dominator(block: number): number {
    return this.#at(block).dominator
  }

  /** The value known to be `sense` because the block was entered; -1 when there is none. */
  condition(block: number): number {
    return this.predecessorCount(block) === 1 ? (this.#at(block).conditions[0] ?? -1) >> 1 : -1
  }

  sense(block: number): number {
    return (this.#at(block).conditions[0] ?? 0) & 1
  }

  /** Whether an edge into a block is taken only under a condition. */
  isConditional(block: number, edge: number): boolean {
    return (this.#at(block).conditions[edge] ?? -1) >= 0
  }

  /**
   * The block from whose end control comes to a join over one of its edges. An
   * edge with a condition gets a block of its own, in which the condition holds.
   */
  arrival(join: number, edge: number): number {
    const target = this.#at(join)
    const from = target.predecessors[edge] ?? 0
    const condition = target.conditions[edge] ?? -1
    if (condition < 0) return from
    const block = this.make()
    this.cursor = target.place
    this.#begin(block, from)
    const between = this.#at(block)
    between.predecessors = [from]
    between.conditions = [condition]
    between.isDead = this.#at(from).isDead
    target.predecessors[edge] = block
    target.conditions[edge] = -1
    return block
  }

  #at(block: number): Block {
    const found = this.#blocks[block]
    if (found === undefined) throw new Error(`no block ${block}`)
    return found
  }

  #begin(block: number, dominator: number): void {
    const begun = this.#at(block)
    begun.position = this.#order.length
    begun.place = this.cursor
    begun.dominator = dominator
    this.#order.push(block)
    this.current = block
    this.#isOpen = true
  }

  #edge(from: number, to: number, condition: number, sense: number): void {
    const source = this.#at(from)
    const target = this.#at(to)
    if (source.isDead && !target.isDead && target.predecessors.length > 0) return
    if (!source.isDead && target.isDead) {
      if (target.position >= 0) return
      target.predecessors = NONE
      target.conditions = NONE
      target.isDead = false
    }
    if (source.isDead) target.isDead = true
    if (condition >= 0) {
      if (target.conditions === NONE) target.conditions = target.predecessors.map(() => -1)
      target.conditions[target.predecessors.length] = condition * 2 + sense
    }
    if (target.predecessors === NONE) target.predecessors = [from]
    else target.predecessors.push(from)
  }

  #commonDominator(blocks: readonly number[]): number {
    // From the last one on, so that thousands of branches are walked up once and not once each.
    let common = blocks.at(-1) ?? 0
    for (let at = blocks.length - 2; at >= 0; at--) common = this.#meet(common, blocks[at] ?? 0)
    return common
  }

  #meet(one: number, other: number): number {
    let a = one
    let b = other
    while (a !== b) {
      if (this.position(a) > this.position(b)) a = this.dominator(a)
      else b = this.dominator(b)
    }
    return a
  }
}

/** Shared by all blocks without edges; never added to. */
const NONE: number[] = []
