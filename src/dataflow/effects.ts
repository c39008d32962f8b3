import { LIMITS } from '../core/limits.ts'
import { Op } from '../flow/facts.ts'
import type { Program } from '../program/program.ts'
import { Aliases, libraryNames } from './aliases.ts'
import { mutated } from './changes.ts'
import type { Demand } from './demand.ts'
import { HandedOn } from './handed.ts'
import { isLater } from './order.ts'
import { instruction } from './reader.ts'
import type { Edge, SearchContext } from './steps.ts'

/** Ops whose value is an object that something can be put into elsewhere. */
const MAKES: ReadonlySet<number> = new Set([Op.Container, Op.Call])

/** Ops whose value may be an object that a library offers under a name. */
const READS: ReadonlySet<number> = new Set([Op.Import, Op.Name, Op.Attr])

/** Ops whose value is text or another value that nothing is put into. */
const VALUES: ReadonlySet<number> = new Set([Op.Const, Op.Template, Op.Binary, Op.Unary, Op.Function, Op.Class])

/**
 * What is put into an object after it was made: in its own function, by functions
 * it is given to, and wherever else it is read back from an attribute or a variable.
 */
export function effects(context: SearchContext, demand: Demand): readonly Edge[] {
  const { op } = instruction(context.program, demand.value)
  if (VALUES.has(op)) return []
  const own = mutated(context, demand)
  if (context.query.exact && demand.path.length === 0) return own
  const { handedOn, aliases } = changesIn(context.program, (method) => context.query.semantics.fills(method))
  const given = byCallees(context, demand, handedOn)
  const isShared = demand.path.length > 0 && READS.has(op) && libraryNames(context.program, demand.value).length > 0
  if (!MAKES.has(op) && !isShared) return [...own, ...given]
  const elsewhere = aliases.of(demand.value).flatMap((read) => {
    const there: Demand = { value: read, path: demand.path, stack: context.stacks.empty }
    return [...mutated(context, there), ...byCallees(context, there, handedOn)]
  })
  return [...own, ...given, ...elsewhere]
}

/** What functions of the program put into an object they are given. */
function byCallees(context: SearchContext, demand: Demand, handedOn: HandedOn): readonly Edge[] {
  if (demand.stack.depth >= LIMITS.searchDepth) return []
  return handedOn.of(demand.value).flatMap(({ call, parameter }) => {
    const stack = isLater(context.program, demand, call) ? undefined : context.stacks.push(demand.stack, call, parameter, demand.path)
    if (!stack) return []
    const inside: Demand = { value: parameter, path: demand.path, stack }
    return [...mutated(context, inside), ...byCallees(context, inside, handedOn)]
  })
}

interface Changes {
  readonly handedOn: HandedOn
  readonly aliases: Aliases
}

const ofPrograms = new WeakMap<Program, Changes>()

/** Indexes of a program, made when first asked for; every query has the same models. */
function changesIn(program: Program, fills: (method: string) => boolean): Changes {
  let known = ofPrograms.get(program)
  if (!known) {
    known = { handedOn: new HandedOn(program, fills), aliases: new Aliases(program, fills) }
    ofPrograms.set(program, known)
  }
  return known
}
