import { instruction, operand, tagged, text } from '../dataflow/reader.ts'
import { ArgTag, Op } from '../flow/facts.ts'
import type { ArgumentModel } from '../models/model.ts'
import type { Program, Ref } from '../program/program.ts'

/**
 * Values a call gives for a modelled argument; empty when it is not given. A
 * spread that may hold the argument counts as giving it.
 */
export function argumentValues(program: Program, call: Ref, wanted: ArgumentModel): Ref[] {
  const of = instruction(program, call)
  if (wanted.receiver) return receiverOf(program, call)
  const given = tagged(of)
  if (wanted.every) return given.map((each) => each.value)
  const found: Ref[] = []
  let position = 0
  for (const { tag, value } of given) {
    if (tag >= 0) {
      if (text(of, tag) === wanted.name) found.push(value)
    } else if (tag === ArgTag.Positional) {
      if (position++ === wanted.position) found.push(value)
    } else if (tag === ArgTag.Spread) {
      // Everything from here on may come from the spread.
      if (wanted.position !== undefined && wanted.position >= position) found.push(value)
      position = Number.POSITIVE_INFINITY
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
