import { Op } from '../flow/facts.ts'
import type { Program, Ref } from '../program/program.ts'
import type { Guards } from './guards.ts'
import { instruction } from './reader.ts'
import type { Edge } from './steps.ts'
import type { Visit } from './visit.ts'

/** Uses one after the other that are looked at for a check before them. */
const MAX_USES = 8

/**
 * The check that shows a value to be harmless where what was made of it is used,
 * although it was not checked yet when that was made: `path = folder + name`, then
 * the check of `name`, then the use of `path`.
 */
export function checkedLater(program: Program, guards: Guards, edge: Edge, from: Visit | undefined): Ref | undefined {
  const { value, path } = edge.to
  let user = edge.user
  let visit = from
  for (let left = MAX_USES; left > 0 && visit; left--) {
    // Only where each is an operand of the next: a variable may have what an earlier round of a loop made.
    if (visit.demand.value !== user || instruction(program, user).op === Op.Phi) return undefined
    user = visit.at
    if (program.functionOf(user) !== program.functionOf(value) || program.fileOf(user) !== program.fileOf(value)) return undefined
    const found = guards.at(value, path, user)
    if (found !== undefined) return found
    visit = visit.from
  }
  return undefined
}
