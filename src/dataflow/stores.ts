import { Op } from '../flow/facts.ts'
import type { Program, Ref } from '../program/program.ts'
import { ANY, attributeStep, keyStep } from './demand.ts'
import type { CallStack } from './demand.ts'
import { constantText } from './evaluate.ts'
import { argumentsAt } from './narrowed.ts'
import { instruction, literal, operand, text } from './reader.ts'

/** Path step of a key value: exact for a constant, also one that the calls entered pass for a parameter; else any element. */
export function constantKey(program: Program, key: Ref, stack?: CallStack): string {
  let value = key
  for (let frame = stack; frame && frame.depth > 0; frame = frame.outer) {
    const [only, ...others] = argumentsAt(program, value, frame)
    if (only === undefined || others.length > 0) break
    value = only
  }
  const known = constantText(program, value) ?? literal(instruction(program, value))?.text
  return known === undefined ? ANY : keyStep(known)
}

/** What an instruction stores into an object. */
export interface Store {
  readonly part: string
  readonly value: Ref
  /** The key, where it is no attribute. */
  readonly key: Ref | undefined
}

/** The part and value an instruction stores into an object; `undefined` when it stores nothing there, as where it runs a method that does. */
export function storeInto(program: Program, user: Ref, object: Ref, stack?: CallStack): Store | undefined {
  const of = instruction(program, user)
  if (of.op !== Op.SetAttr && of.op !== Op.SetIndex) return undefined
  if (operand(of, of.a) !== object) return undefined
  const value = operand(of, of.firstArg)
  if (of.op === Op.SetAttr && isSetter(program, user, object)) return undefined
  if (of.op === Op.SetAttr) return { part: attributeStep(text(of, of.b)), value, key: undefined }
  const key = operand(of, of.b)
  return { part: constantKey(program, key, stack), value, key }
}

/** Whether an assignment runs a method of the object that it is to, and stores nothing itself. */
function isSetter(program: Program, user: Ref, object: Ref): boolean {
  return program.besides(user).some((target) => program.argumentFor(user, target, 0).some((each) => each.value === object))
}

/** Calls of a method of the object: `user` is the member access, its uses the calls. */
export function callsOn(program: Program, user: Ref, object: Ref): Ref[] {
  const of = instruction(program, user)
  if (of.op !== Op.Attr || operand(of, of.a) !== object) return []
  const { facts, valueBase } = of.file
  return program.uses(user).filter((each) => facts.op[each - valueBase] === Op.Call && facts.a[each - valueBase] === user - valueBase)
}
