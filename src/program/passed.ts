import type { FunctionRef, Ref } from './program.ts'
import type { Space } from './space.ts'
import type { Round } from './typing.ts'

/** Callers whose arguments say what an undeclared parameter is; the first ones, in the order of files. */
const MAX_CALLERS = 16

/**
 * Values passed for a parameter at the calls that a round knows; calls in tests
 * count only for what tests declare.
 */
export function valuesPassed(space: Space, { calls }: Round, owner: FunctionRef, index: number): readonly Ref[] {
  return calls.callers(owner, space.fileOfFunction(owner).isTest).slice(0, MAX_CALLERS)
    .flatMap((call) => calls.argumentsFor(call, owner, index))
    .filter((each) => each.how === 'value')
    .map((each) => each.value)
}
