import { ConstKind, Op } from '../flow/facts.ts'
import type { Program, Ref } from '../program/program.ts'
import { WHOLE } from './demand.ts'
import type { CallStacks, Demand } from './demand.ts'
import { instruction, literal, operand, text } from './reader.ts'
import type { FlowQuery, OriginType } from './search.ts'

/** One backward step: what to ask next, and what the program does there. */
export interface Edge {
  readonly to: Demand
  /** The instruction that uses the value asked for next; guards are judged where it stands. */
  readonly user: Ref
  /** For the reader; `''` for a step not worth telling. */
  readonly what: string
  /** A call that may change the data and that no model describes, as written; `''` otherwise. */
  readonly obscure: string
  readonly guessed: boolean
}

/** The search ends here. */
export interface End {
  readonly type: OriginType
  readonly what: string
}

export interface Transfer {
  readonly edges: readonly Edge[]
  readonly ends: readonly End[]
}

/** Everything a transfer function may look at. */
export interface SearchContext {
  readonly program: Program
  /** Whether the sink is test code. Product code is not judged by what its tests hand to it. */
  readonly inTest: boolean
  readonly query: Pick<FlowQuery, 'semantics' | 'exact'>
  readonly stacks: CallStacks
}

/** A step to another value that carries the same part. */
export function step(demand: Demand, to: Ref, what = ''): Edge {
  return { to: { ...demand, value: to }, user: demand.value, what, obscure: '', guessed: false }
}

/** A step to a value that is only a part or an ingredient of this one. */
export function ingredient(demand: Demand, to: Ref, what = '', obscure = ''): Edge {
  return { to: { ...demand, value: to, path: WHOLE }, user: demand.value, what, obscure, guessed: false }
}

export function end(type: OriginType, what: string): Transfer {
  return { edges: [], ends: [{ type, what }] }
}

/** The source text of a value, on one line and short, to name it in a message. */
export function spelled(program: Program, value: Ref): string {
  const of = instruction(program, value)
  if (of.op === Op.Name || of.op === Op.Param) return text(of, of.a)
  if (of.op === Op.Attr) return `${spelled(program, operand(of, of.a))}.${text(of, of.b)}`
  if (of.op === Op.Call) return `${spelled(program, operand(of, of.a))}()`
  if (of.op === Op.Index) return `${spelled(program, operand(of, of.a))}[…]`
  if (of.op === Op.Await || of.op === Op.Refine) return spelled(program, operand(of, of.a))
  if (of.op === Op.Import) {
    const bound = of.file.facts.imports[of.a]
    return bound ? bound.bound : ''
  }
  return '…'
}

/** A check as it stands in a condition, short. */
export function spelledCheck(program: Program, value: Ref): string {
  const of = instruction(program, value)
  if (of.op === Op.Binary) return `${operandText(program, operand(of, of.a))} ${text(of, of.firstArg)} ${operandText(program, operand(of, of.b))}`
  return of.op === Op.Phi ? 'a condition' : spelled(program, value)
}

function operandText(program: Program, value: Ref): string {
  const known = literal(instruction(program, value))
  if (!known) return spelled(program, value)
  return known.kind === ConstKind.String && known.text.length < 40 ? JSON.stringify(known.text) : known.text.slice(0, 40)
}

/** The same part of another value, outside the calls on the stack: globals and captured variables outlive a call. */
export function detached(context: SearchContext, demand: Demand, value: Ref, what = ''): Edge {
  return { to: { value, path: demand.path, stack: context.stacks.empty }, user: demand.value, what, obscure: '', guessed: false }
}

