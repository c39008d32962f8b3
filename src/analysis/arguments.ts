import { instruction, operand, tagged, text } from '../dataflow/reader.ts'
import { ArgTag, Op } from '../flow/facts.ts'
import type { ArgumentModel } from '../models/model.ts'
import type { Program, Ref } from '../program/program.ts'

/** A value that a call gives, and how. */
export interface GivenArgument {
  readonly value: Ref
  /** Its name where it is given by name, `''` otherwise. */
  readonly keyword: string
  /** Its number among the arguments by position; -1 for others, and where that is not known. */
  readonly position: number
  /** The value holds arguments: in order, or by name. */
  readonly spread: '' | 'elements' | 'named'
}

/**
 * Values a call gives for a modelled argument; empty when it is not given. A
 * spread that may hold the argument counts as giving it.
 */
export function argumentValues(program: Program, call: Ref, wanted: ArgumentModel): Ref[] {
  return argumentsGiven(program, call, wanted).map(({ value }) => value)
}

/** The same, with how they are given. */
export function argumentsGiven(program: Program, call: Ref, wanted: ArgumentModel): GivenArgument[] {
  if (wanted.receiver) return receiverOf(program, call).map((value) => ({ value, keyword: '', position: -1, spread: '' }))
  const found: GivenArgument[] = []
  const of = instruction(program, call)
  let position = 0
  for (const { tag, value } of tagged(of)) {
    if (tag >= 0) {
      const keyword = text(of, tag)
      if (wanted.every === undefined ? keyword === wanted.name : wanted.every !== 'positional') {
        found.push({ value, keyword, position: -1, spread: '' })
      }
    } else if (tag === ArgTag.Positional) {
      if (wanted.every === undefined ? position === wanted.position : wanted.every !== 'keyword') {
        found.push({ value, keyword: '', position: Number.isFinite(position) ? position : -1, spread: '' })
      }
      position++
    } else if (tag === ArgTag.Spread) {
      // Everything from here on may come from the spread.
      const isMeant = wanted.position !== undefined && wanted.position >= position
      if (wanted.every === undefined ? isMeant : wanted.every !== 'keyword') found.push({ value, keyword: '', position: -1, spread: 'elements' })
      position = Number.POSITIVE_INFINITY
    } else if (wanted.every !== undefined && wanted.every !== 'positional') {
      found.push({ value, keyword: '', position: -1, spread: 'named' })
    }
  }
  return found
}

/** The object a method is called on; empty for a plain call. */
export function receiverOf(program: Program, call: Ref): Ref[] {
  const of = instruction(program, call)
  const callee = instruction(program, operand(of, of.a))
  return callee.op === Op.Attr ? [operand(callee, callee.a)] : []
}

/** An argument as a report names it: `argument 1`, `argument shell` where the call names it, `the object`. */
export function argumentTitle(program: Program, call: Ref, argument: ArgumentModel): string {
  if (argument.receiver) return 'the object'
  if (argument.every) return 'an argument'
  const of = instruction(program, call)
  const isNamed = tagged(of).some(({ tag }) => tag >= 0 && text(of, tag) === argument.name)
  return argument.position === undefined || isNamed ? `argument ${argument.name ?? ''}` : `argument ${argument.position + 1}`
}
