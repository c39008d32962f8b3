/** In `Instructions.replacement`: the value stands for itself. */
export const KEPT = -1

/** In `Instructions.replacement`: a phi that no assignment reaches; it became a read of the name. */
export const UNDEFINED = -2

const FIRST_SIZE = 1024

/**
 * Instructions of the function being lowered, in columns by provisional number.
 * The memory serves one function after the other.
 */
export class Instructions {
  length = 0
  op: Uint8Array<ArrayBuffer> = new Uint8Array(FIRST_SIZE)
  start: Int32Array<ArrayBuffer> = new Int32Array(FIRST_SIZE)
  end: Int32Array<ArrayBuffer> = new Int32Array(FIRST_SIZE)
  block: Int32Array<ArrayBuffer> = new Int32Array(FIRST_SIZE)
  a: Int32Array<ArrayBuffer> = new Int32Array(FIRST_SIZE)
  b: Int32Array<ArrayBuffer> = new Int32Array(FIRST_SIZE)
  /** 1 for values that stand before all others of their block. */
  early: Uint8Array<ArrayBuffer> = new Uint8Array(FIRST_SIZE)
  /** The value that stands for this one, `KEPT` or `UNDEFINED`. */
  replacement: Int32Array<ArrayBuffer> = new Int32Array(FIRST_SIZE)
  /** Where the list starts and ends in `args`. */
  argStart: Int32Array<ArrayBuffer> = new Int32Array(FIRST_SIZE)
  argEnd: Int32Array<ArrayBuffer> = new Int32Array(FIRST_SIZE)
  args: Int32Array<ArrayBuffer> = new Int32Array(FIRST_SIZE)
  /** For whoever puts the instructions in order: values by place, and the final number of each. */
  order: Int32Array<ArrayBuffer> = new Int32Array(FIRST_SIZE)
  final: Int32Array<ArrayBuffer> = new Int32Array(FIRST_SIZE)
  #argCount = 0

  clear(): void {
    this.length = 0
    this.#argCount = 0
  }

  add(
    op: number, block: number, start: number, end: number, a: number, b: number, args: readonly number[], early: number,
  ): number {
    if (this.length === this.op.length) this.#widen()
    const value = this.length++
    this.op[value] = op
    this.block[value] = block
    this.start[value] = start
    this.end[value] = end
    this.a[value] = a
    this.b[value] = b
    this.early[value] = early
    this.replacement[value] = KEPT
    this.setArgs(value, args)
    return value
  }

  /** Gives a value its list. */
  setArgs(value: number, args: readonly number[]): void {
    const first = this.#argCount
    this.#argCount += args.length
    if (this.#argCount > this.args.length) this.args = wider(this.args, this.#argCount * 2)
    for (let at = 0; at < args.length; at++) this.args[first + at] = args[at] ?? 0
    this.argStart[value] = first
    this.argEnd[value] = this.#argCount
  }

  #widen(): void {
    const size = this.length * 2
    this.op = widerBytes(this.op, size)
    this.start = wider(this.start, size)
    this.end = wider(this.end, size)
    this.block = wider(this.block, size)
    this.a = wider(this.a, size)
    this.b = wider(this.b, size)
    this.early = widerBytes(this.early, size)
    this.replacement = wider(this.replacement, size)
    this.argStart = wider(this.argStart, size)
    this.argEnd = wider(this.argEnd, size)
    this.order = new Int32Array(size)
    this.final = new Int32Array(size)
  }
}

function wider(column: Int32Array<ArrayBuffer>, size: number): Int32Array<ArrayBuffer> {
  const made = new Int32Array(size)
  made.set(column)
  return made
}

function widerBytes(column: Uint8Array<ArrayBuffer>, size: number): Uint8Array<ArrayBuffer> {
  const made = new Uint8Array(size)
  made.set(column)
  return made
}
