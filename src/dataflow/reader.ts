import { ArgTag, ConstKind, Op } from '../flow/facts.ts'
import type { Program, ProgramFile, Ref } from '../program/program.ts'

/** One instruction, read from the facts' arrays with program-wide references. */
export class Instruction {
  readonly ref: Ref
  readonly file: ProgramFile
  readonly op: number
  /** Raw operands; a reference, a string or an index according to the op. */
  readonly a: number
  readonly b: number

  constructor(file: ProgramFile, ref: Ref) {
    const at = ref - file.valueBase
    this.ref = ref
    this.file = file
    this.op = file.facts.op[at] ?? Op.Unknown
    this.a = file.facts.a[at] ?? -1
    this.b = file.facts.b[at] ?? -1
  }

  /** Operands of any number, with their tags where the op has such. */
  get args(): readonly number[] {
    const { argStart, args } = this.file.facts
    const at = this.ref - this.file.valueBase
    const end = argStart[at + 1] ?? 0
    // A view of the array would cost more than the few numbers.
    const found: number[] = []
    for (let entry = argStart[at] ?? 0; entry < end; entry++) found.push(args[entry] ?? 0)
    return found
  }

  /** The first of them; -1 for none. */
  get firstArg(): number {
    const { argStart, args } = this.file.facts
    const at = this.ref - this.file.valueBase
    const start = argStart[at] ?? 0
    return start < (argStart[at + 1] ?? 0) ? args[start] ?? -1 : -1
  }
}

/** An argument or container element. */
export interface Tagged {
  readonly tag: number
  readonly value: Ref
}

/** Reads the instruction that defines a value. */
export function instruction(program: Program, ref: Ref): Instruction {
  return new Instruction(program.fileOf(ref), ref)
}

/** A local operand as a program-wide reference. */
export function operand(of: Instruction, local: number): Ref {
  return of.file.valueBase + local
}

/** A string of the instruction's file. */
export function text(of: Instruction, id: number): string {
  return of.file.facts.strings[id] ?? ''
}

/** Tag and value pairs of a call or container. A dict's tags are key values, see `Op.Container`. */
export function tagged(of: Instruction): Tagged[] {
  const { args } = of
  const pairs: Tagged[] = []
  for (let at = 0; at + 1 < args.length; at += 2) {
    pairs.push({ tag: args[at] ?? ArgTag.Positional, value: operand(of, args[at + 1] ?? 0) })
  }
  return pairs
}

/** List operands that are plain values. */
export function values(of: Instruction): Ref[] {
  return of.args.map((local) => operand(of, local))
}

/** Whether something is iterated inside a container, as a comprehension does. */
export function isComputed({ ref, file: { facts, valueBase } }: Instruction): boolean {
  const start = facts.start[ref - valueBase] ?? 0
  for (let at = ref - valueBase - 1; at >= 0 && (facts.start[at] ?? 0) >= start; at--) if (facts.op[at] === Op.Element) return true
  return false
}

/** A literal's text, with its kind; `undefined` for anything else. */
export function literal(of: Instruction): Literal | undefined {
  if (of.op !== Op.Const) return undefined
  return { text: of.b === ConstKind.Null ? 'null' : text(of, of.a), kind: of.b }
}

export interface Literal {
  readonly text: string
  /** A `ConstKind`. */
  readonly kind: number
}
