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
  #made = 0
  readonly #order: number[] = []
  readonly #position: number[] = []
  readonly #place: number[] = []
  readonly #predecessors: number[][] = []
  readonly #dominator: number[] = []
  /** Per block: condition and sense of each edge into it, as `#predecessors`. */
  readonly #conditions: number[][] = []
  readonly #senses: number[][] = []
  readonly #unsealed = new Set<number>()
  readonly #loopEnd = new Map<number, number>()
  readonly #dead = new Set<number>()
  /** Dead blocks whose only predecessor is not a real one. */
  readonly #severed = new Set<number>()

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
    const block = this.#made++
    this.#predecessors.push([])
    this.#position.push(-1)
    this.#place.push(0)
    this.#dominator.push(-1)
    this.#conditions.push([])
    this.#senses.push([])
    return block
  }

  startEntry(): void {
    this.#begin(this.make(), -1)
  }

  /** Continues in a block. Without a way into it, what follows is dead code after `before`. */
  start(block: number, before: number): void {
    const predecessors = this.#predecessors[block] ?? []
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
    this.#unsealed.add(block)
    this.#begin(block, this.firstPredecessor(block))
  }

  /** All edges back to a loop's header are there. */
  seal(block: number): void {
    this.#unsealed.delete(block)
    this.#loopEnd.set(block, this.#order.length)
  }

  /** For a sealed loop header: the position after the last block of its loop; -1 for any other block. */
  loopEnd(block: number): number {
    return this.#loopEnd.get(block) ?? -1
  }

  /** The current block; opens a dead one when the code before has jumped away. */
  open(): number {
    if (this.#isOpen) return this.current
    const block = this.make()
    this.#predecessors[block]?.push(this.current)
    this.#dead.add(block)
    this.#severed.add(block)
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
    return this.#position[block] ?? -1
  }

  place(block: number): number {
    return this.#place[block] ?? 0
  }

  isSealed(block: number): boolean {
    return !this.#unsealed.has(block)
  }

  predecessors(block: number): readonly number[] {
    return this.#predecessors[block] ?? []
  }

  predecessorCount(block: number): number {
    return this.#predecessors[block]?.length ?? 0
  }

  firstPredecessor(block: number): number {
    return this.#predecessors[block]?.[0] ?? 0
  }

  /** Whether the block's predecessor is only the code written before it. */
  isSevered(block: number): boolean {
    return this.#severed.has(block)
  }

  dominator(block: number): number {
    return this.#dominator[block] ?? -1
  }

  /** The value known to be `sense` because the block was entered; -1 when there is none. */
  condition(block: number): number {
    return this.predecessorCount(block) === 1 ? this.#conditions[block]?.[0] ?? -1 : -1
  }

  sense(block: number): number {
    return this.#senses[block]?.[0] ?? 0
  }

  /** Whether an edge into a block is taken only under a condition. */
  isConditional(block: number, edge: number): boolean {
    return (this.#conditions[block]?.[edge] ?? -1) >= 0
  }

  /**
   * The block from whose end control comes to a join over one of its edges. An
   * edge with a condition gets a block of its own, in which the condition holds.
   */
  arrival(join: number, edge: number): number {
    const from = this.#predecessors[join]?.[edge] ?? 0
    const condition = this.#conditions[join]?.[edge] ?? -1
    if (condition < 0) return from
    const between = this.make()
    this.cursor = this.place(join)
    this.#begin(between, from)
    this.#predecessors[between]?.push(from)
    this.#conditions[between]?.push(condition)
    this.#senses[between]?.push(this.#senses[join]?.[edge] ?? 0)
    if (this.#dead.has(from)) this.#dead.add(between)
    replaceAt(this.#predecessors[join], edge, between)
    replaceAt(this.#conditions[join], edge, -1)
    return between
  }

  #begin(block: number, dominator: number): void {
    this.#position[block] = this.#order.length
    this.#place[block] = this.cursor
    this.#dominator[block] = dominator
    this.#order.push(block)
    this.current = block
    this.#isOpen = true
  }

  #edge(from: number, to: number, condition: number, sense: number): void {
    const predecessors = this.#predecessors[to]
    if (predecessors === undefined) return
    const fromDead = this.#dead.has(from)
    const toDead = this.#dead.has(to)
    if (fromDead && !toDead && predecessors.length > 0) return
    if (!fromDead && toDead) {
      if (this.position(to) >= 0) return
      predecessors.length = 0
      this.#conditions[to] = []
      this.#senses[to] = []
      this.#dead.delete(to)
    }
    if (fromDead) this.#dead.add(to)
    predecessors.push(from)
    this.#conditions[to]?.push(condition)
    this.#senses[to]?.push(sense)
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

function replaceAt(list: number[] | undefined, at: number, by: number): void {
  if (list) list[at] = by
}
