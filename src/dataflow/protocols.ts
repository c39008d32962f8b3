import { Op } from '../flow/facts.ts'
import { returned } from './returns.ts'
import { ANY, deeper } from './demand.ts'
import type { Demand } from './demand.ts'
import type { Instruction } from './reader.ts'
import type { SearchContext, Transfer } from './steps.ts'

/** Operations that a class of the program may give a meaning; attributes are followed where they are read. */
const OPERATIONS: ReadonlySet<number> = new Set([Op.Index, Op.Element, Op.Enter, Op.Binary])

/**
 * Where the result of an operation on an object of the program comes from: the
 * method that its class declares for it. `undefined` when it declares none.
 */
export function byProtocol(context: SearchContext, demand: Demand, of: Instruction): Transfer | undefined {
  if (!OPERATIONS.has(of.op)) return undefined
  const { program } = context
  const methods = program.implicitTargets(demand.value)
  const next = of.op === Op.Element ? program.nextTargets(demand.value) : []
  if (methods.length + next.length === 0) return undefined
  const whole = of.op === Op.Element ? { ...demand, path: deeper(ANY, demand.path) } : demand
  const parts = [
    ...methods.map((each) => returned(context, whole, each, false)),
    ...next.map((each) => returned(context, demand, each, false)),
  ]
  return { edges: parts.flatMap((part) => part.edges), ends: parts.flatMap((part) => part.ends) }
}
