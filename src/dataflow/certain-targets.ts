import { CallFlag } from '../flow/facts.ts'
import type { FunctionRef, Program, Ref } from '../program/program.ts'
import { instruction } from './reader.ts'

/** Functions of the program that a call runs for certain, its result being theirs. */
export function certainTargets(program: Program, call: Ref): readonly FunctionRef[] {
  const { functions, library, constructs, unresolved, guess } = program.targets(call)
  if (library.length > 0 || constructs.length > 0 || unresolved !== '' || guess) return []
  const isAwaited = (instruction(program, call).b & CallFlag.Awaited) !== 0
  const isRun = functions.every((each) => {
    const { isAsync, isGenerator } = program.function(each)
    return !isGenerator && isAsync === isAwaited
  })
  return isRun ? functions : []
}
