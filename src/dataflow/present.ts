import { ArgTag, ContainerKind, Op } from '../flow/facts.ts'
import type { Program, Ref } from '../program/program.ts'
import { indexOf } from './demand.ts'
import { dominates } from './guards.ts'
import { instruction, operand, tagged } from './reader.ts'
import type { Instruction } from './reader.ts'
import type { FlowSemantics } from './search.ts'
import { callsOn, constantKey, storeInto } from './stores.ts'

/**
 * Whether a mapping is known to have something under a constant key where an
 * instruction reads it: written so, or put in before on every way, and never taken out.
 */
export function hasKey(program: Program, semantics: FlowSemantics, mapping: Ref, key: string, at: Ref): boolean {
  const of = instruction(program, mapping)
  if (of.op === Op.Refine) return hasKey(program, semantics, operand(of, of.a), key, at)
  if (indexOf(key) === undefined || of.op !== Op.Container && of.op !== Op.Call) return false
  const users = program.uses(mapping)
  const isIn = isWritten(program, of, key) || users.some((user) => {
    return user !== at && storeInto(program, user, mapping)?.part === key && dominates(program, user, at)
  })
  return isIn && users.every((user) => user === at || isKept(program, semantics, mapping, user))
}

/** Whether a mapping is written out with a key. */
export function isWritten(program: Program, of: Instruction, key: string): boolean {
  if (of.op !== Op.Container || of.b !== ContainerKind.Dict || indexOf(key) === undefined) return false
  return tagged(of).some(({ tag }) => tag >= 0 && constantKey(program, operand(of, tag)) === key)
}

/** Whether a use of a mapping takes nothing out of it. */
function isKept(program: Program, semantics: FlowSemantics, mapping: Ref, user: Ref): boolean {
  const of = instruction(program, user)
  switch (of.op) {
    case Op.Index:
    case Op.SetIndex:
    case Op.Element:
    case Op.Binary:
    case Op.Template:
    case Op.Refine:
    case Op.Return:
      return true
    case Op.Container:
      return tagged(of).every(({ tag, value }) => value !== mapping || tag === ArgTag.DoubleSpread)
    case Op.Attr: {
      const calls = callsOn(program, user, mapping)
      return calls.length > 0 && calls.every((call) => semantics.propagation(call)?.removes === false)
    }
    case Op.Call:
      return program.targets(user).functions.length === 0 && semantics.propagation(user) !== undefined
    default:
      return false
  }
}
