import { Op } from '../flow/facts.ts'
import type { FunctionRef, Program, Ref } from '../program/program.ts'
import type { CallStack } from './demand.ts'
import { instruction, operand, text } from './reader.ts'
import type { Instruction } from './reader.ts'

/**
 * Functions of a call that can be meant in a calling context: where a function
 * calls a parameter, those that the call it was entered by passes; where a method
 * calls another of its object, those of the object it was called on.
 */
export function narrowed(program: Program, call: Instruction, stack: CallStack, targets: readonly FunctionRef[]): readonly FunctionRef[] {
  if (targets.length < 2 || stack.depth === 0) return targets
  const callee = instruction(program, operand(call, call.a))
  const wanted = callee.op === Op.Attr
    ? methods(program, operand(callee, callee.a), text(callee, callee.b), stack)
    : passed(program, callee.ref, stack)
  const kept = targets.filter((target) => wanted.includes(target))
  return kept.length === 0 ? targets : kept
}

/** Functions that the innermost call passes for a parameter; none when the value is no parameter of what it entered. */
function passed(program: Program, value: Ref, stack: CallStack): readonly FunctionRef[] {
  return argumentsAt(program, value, stack).flatMap((each) => program.functionsCalled(each))
}

/** Methods of the object that the innermost call is on, when a method calls another of its own object. */
function methods(program: Program, object: Ref, name: string, stack: CallStack): readonly FunctionRef[] {
  let inner = [object]
  for (let frame: CallStack | undefined = stack; frame && frame.depth > 0; frame = frame.outer) {
    const around = frame
    const outer = inner.flatMap((each) => argumentsAt(program, each, around))
    if (outer.length === 0) break
    inner = outer
  }
  return inner[0] === object ? [] : inner.flatMap((each) => program.methodsOf(each, name))
}

/** What a call passes for a parameter of a function that it runs; none for any other value. */
export function argumentsAt(program: Program, value: Ref, { call }: CallStack): readonly Ref[] {
  const of = instruction(program, value)
  if (of.op !== Op.Param) return []
  const owner = program.functionOf(value)
  if (!program.targets(call).functions.includes(owner)) return []
  return program.argumentFor(call, owner, of.b).flatMap((each) => (each.how === 'value' && each.into === undefined ? [each.value] : []))
}
