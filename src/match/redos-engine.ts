import { includes, type CharacterSet } from './character-set.ts'
import type { Alternatives, Piece } from './regex-parse.ts'

/*
 * A backtracking engine as Python's and JavaScript's are, which counts its
 * steps instead of taking the time. Only texts without line ends beyond ASCII
 * are given to it.
 */

type Instruction =
  | { readonly type: 'set'; readonly set: CharacterSet }
  | { readonly type: 'assert'; readonly source: string }
  /** Goes to `to`, and to `or` when that fails. */
  | { readonly type: 'split'; to: number; or: number }
  | { readonly type: 'jump'; to: number }
  /** Notes the place where a round of a repetition begins. */
  | { readonly type: 'mark'; readonly loop: number }
  /** Fails when the round matched nothing. */
  | { readonly type: 'progress'; readonly loop: number }
  /** Runs the following instructions up to `end` by themselves, once. */
  | { readonly type: 'alone'; readonly kind: 'atomic' | 'ahead' | 'not-ahead'; end: number }
  | { readonly type: 'match' }

export type EngineProgram = readonly Instruction[]

/** Longest program; counted repetitions are written out. */
const MAX_INSTRUCTIONS = 3000

/** The expression as instructions; `undefined` for one that is too long or looks back or refers back. */
export function programOf(body: Alternatives): EngineProgram | undefined {
  const writer = new Writer()
  writer.either(body)
  writer.add({ type: 'match' })
  return writer.isPossible ? writer.program : undefined
}

class Writer {
  readonly program: Instruction[] = []
  isPossible = true
  #loops = 0

  add(instruction: Instruction): void {
    if (this.program.length < MAX_INSTRUCTIONS) this.program.push(instruction)
    else this.isPossible = false
  }

  either(body: Alternatives): void {
    const jumps: Extract<Instruction, { type: 'jump' }>[] = []
    for (const [at, sequence] of body.entries()) {
      const split = at < body.length - 1 ? this.#split() : undefined
      if (split !== undefined) split.to = this.program.length
      for (const piece of sequence) this.#piece(piece)
      if (split === undefined) continue
      const jump: Extract<Instruction, { type: 'jump' }> = { type: 'jump', to: 0 }
      this.add(jump)
      jumps.push(jump)
      split.or = this.program.length
    }
    for (const jump of jumps) jump.to = this.program.length
  }

  #split(): Extract<Instruction, { type: 'split' }> {
    const split: Extract<Instruction, { type: 'split' }> = { type: 'split', to: 0, or: 0 }
    this.add(split)
    return split
  }

  /** Depth is bounded by the parser of expressions, length by what is written out. */
  #piece(piece: Piece): void {
    if (!this.isPossible) return
    switch (piece.type) {
      case 'set':
        this.add({ type: 'set', set: piece.set })
        break
      case 'assertion':
        this.add({ type: 'assert', source: piece.source })
        break
      case 'reference':
        this.isPossible = false
        break
      case 'group':
        this.either(piece.body)
        break
      case 'atomic':
        this.#alone('atomic', () => this.either(piece.body))
        break
      case 'look':
        if (piece.open === '(?<=' || piece.open === '(?<!') this.isPossible = false
        this.#alone(piece.open === '(?=' ? 'ahead' : 'not-ahead', () => this.either(piece.body))
        break
      case 'repeat':
        if (piece.mode === '+') this.#alone('atomic', () => this.#repeat(piece))
        else this.#repeat(piece)
    }
  }

  #alone(kind: 'atomic' | 'ahead' | 'not-ahead', write: () => void): void {
    const alone: Extract<Instruction, { type: 'alone' }> = { type: 'alone', kind, end: 0 }
    this.add(alone)
    write()
    this.add({ type: 'match' })
    alone.end = this.program.length
  }

  #repeat({ of, min, max, mode }: Extract<Piece, { type: 'repeat' }>): void {
    for (let copy = 0; copy < min && this.isPossible; copy++) this.#piece(of)
    const order = (split: Extract<Instruction, { type: 'split' }>, body: number): void => {
      const after = this.program.length
      split.to = mode === '?' ? after : body
      split.or = mode === '?' ? body : after
    }
    if (max === Infinity) {
      const start = this.program.length
      const split = this.#split()
      const loop = this.#loops++
      this.add({ type: 'mark', loop })
      this.#piece(of)
      this.add({ type: 'progress', loop })
      this.add({ type: 'jump', to: start })
      order(split, start + 1)
      return
    }
    const splits: (readonly [Extract<Instruction, { type: 'split' }>, number])[] = []
    for (let copy = min; copy < max && this.isPossible; copy++) {
      splits.push([this.#split(), this.program.length])
      this.#piece(of)
    }
    for (const [split, body] of splits) order(split, body)
  }
}

/** Where rounds of repetitions began, the latest first. */
interface Marks {
  readonly loop: number
  readonly at: number
  readonly before: Marks | undefined
}

/** Where a way of matching is. */
interface Thread {
  readonly pc: number
  readonly at: number
  readonly marks: Marks | undefined
}

interface Run {
  /** Where the match ends; -1 when there is none. */
  readonly end: number
  /** More than `most` when it was given up. */
  readonly steps: number
}

/** Tries an expression at the very start of a text, with at most so many steps. */
export function run(program: EngineProgram, text: string, most: number): Run {
  const engine = new Engine(program, text, most)
  const end = engine.from(0, 0, undefined)
  return { end: engine.steps > most ? -1 : end, steps: engine.steps }
}

class Engine {
  steps = 0
  readonly #program: EngineProgram
  readonly #text: string
  readonly #most: number

  constructor(program: EngineProgram, text: string, most: number) {
    this.#program = program
    this.#text = text
    this.#most = most
  }

  /** Where the instructions from one on end in a match; depth is that of look-aheads within each other. */
  from(first: number, start: number, given: Marks | undefined): number {
    const waiting: Thread[] = []
    let thread: Thread | undefined = { pc: first, at: start, marks: given }
    while (thread !== undefined && ++this.steps <= this.#most) {
      const instruction: Instruction | undefined = this.#program[thread.pc]
      const { pc, at, marks }: Thread = thread
      thread = undefined
      switch (instruction?.type) {
        case undefined:
        case 'match':
          return at
        case 'set':
          if (at < this.#text.length && includes(instruction.set, this.#text.charAt(at))) thread = { pc: pc + 1, at: at + 1, marks }
          break
        case 'assert':
          if (holds(instruction.source, this.#text, at)) thread = { pc: pc + 1, at, marks }
          break
        case 'split':
          waiting.push({ pc: instruction.or, at, marks })
          thread = { pc: instruction.to, at, marks }
          break
        case 'jump':
          thread = { pc: instruction.to, at, marks }
          break
        case 'mark':
          thread = { pc: pc + 1, at, marks: { loop: instruction.loop, at, before: marks } }
          break
        case 'progress': {
          const { began, before } = popped(marks, instruction.loop)
          if (began !== at) thread = { pc: pc + 1, at, marks: before }
          break
        }
        case 'alone': {
          const end = this.from(pc + 1, at, undefined)
          if (instruction.kind === 'not-ahead' ? end < 0 : end >= 0) {
            thread = { pc: instruction.end, at: instruction.kind === 'atomic' ? end : at, marks }
          }
        }
      }
      thread ??= waiting.pop()
    }
    return -1
  }
}

function popped(marks: Marks | undefined, loop: number): { began: number, before: Marks | undefined } {
  for (let each = marks; each !== undefined; each = each.before) {
    if (each.loop === loop) return { began: each.at, before: each.before }
  }
  return { began: -1, before: undefined }
}

/** Assertions as the parser spells them; lines are not told apart, since the texts have one. */
function holds(source: string, text: string, at: number): boolean {
  const isAtBorder = isWord(text, at - 1) !== isWord(text, at)
  switch (source) {
    case '\\b':
      return isAtBorder
    case '\\B':
      return !isAtBorder
    default:
      return source.startsWith('(?<') ? at === 0 : at === text.length
  }
}

function isWord(text: string, at: number): boolean {
  return /^\w$/.test(text.charAt(at))
}
