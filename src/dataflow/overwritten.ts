import { LIMITS } from '../core/limits.ts'
import { Op } from '../flow/facts.ts'
import type { Program, Ref } from '../program/program.ts'
import { exitsOf } from './callees.ts'
import { ANY, EACH, fits, isElement, KEYS } from './demand.ts'
import type { CallStack, Demand } from './demand.ts'
import { certainTargets } from './certain-targets.ts'
import { dominates } from './guards.ts'
import { reaches } from './paths.ts'
import { instruction, operand, tagged, text } from './reader.ts'
import { step } from './steps.ts'
import type { SearchContext, Transfer } from './steps.ts'
import { callsOn, constantKey, storeInto } from './stores.ts'
import { isBelow } from './ways.ts'

/** A change of an object after which a part of it is known. */
interface Overwriting {
  readonly at: Ref
  /** What is in the part then; `undefined` for nothing. */
  readonly value: Ref | undefined
  /** The receiver of the method called there that put it in, where that is one of the program. */
  readonly receiver?: Ref
}

/**
 * What is in a part of an object where it is read, when on every path to there it
 * was overwritten and not changed again; `undefined` when that is not so. The demand
 * is of the value read, unless the place of the read is given.
 */
export function overwritten(
  context: SearchContext, demand: Demand, object: Ref, part: string, read: Ref = demand.value,
): Transfer | undefined {
  const { program } = context
  let last: Overwriting | undefined
  for (const user of program.uses(object)) {
    if (user >= read) break
    const found = overwriting(context, user, object, part, demand.stack)
    if (found && found.at < read && dominates(program, found.at, read)) last = found
  }
  if (!last || isChanged(context, object, part, last, read, demand.stack)) return undefined
  return last.receiver === undefined ? holding(demand, last.value ?? 'none') : entered(context, demand, part, last)
}

/** The transfer to what a method puts into a part of its object whenever it returns. */
function entered({ stacks }: SearchContext, demand: Demand, part: string, { at, value, receiver }: Overwriting): Transfer | undefined {
  if (value === undefined || receiver === undefined || demand.stack.depth >= LIMITS.searchDepth) return undefined
  const stack = stacks.push(demand.stack, at, receiver, demand.path, part)
  if (!stack) return undefined
  return { edges: [{ to: { value, path: demand.path, stack }, user: value, what: `is stored in ${part}`, obscure: '', guessed: false }], ends: [] }
}

/** The same of the part that is asked for of an object itself, where the search knows how long that object is meant. */
export function overwrittenBefore(context: SearchContext, demand: Demand): Transfer | undefined {
  const { program } = context
  const { value, path: [part, ...rest], until, stack } = demand
  if (part === undefined || until?.stack !== stack || until.at === value) return undefined
  if (program.fileOf(until.at) !== program.fileOf(value) || program.functionOf(until.at) !== program.functionOf(value)) return undefined
  return overwritten(context, { ...demand, path: rest }, value, part, until.at)
}

/** The transfer to what is known to be in a part. */
function holding(demand: Demand, value: Ref | 'none'): Transfer {
  return value === 'none'
    ? { edges: [], ends: [{ type: 'constant', what: 'no value' }] }
    : { edges: [step(demand, value)], ends: [] }
}

function overwriting(context: SearchContext, user: Ref, object: Ref, part: string, stack: CallStack): Overwriting | undefined {
  const { program } = context
  const of = instruction(program, user)
  switch (of.op) {
    case Op.SetAttr:
    case Op.SetIndex: {
      const store = storeInto(program, user, object, stack)
      return store?.part === part && part !== ANY ? { at: user, value: store.value } : undefined
    }
    case Op.Delete:
      return isOne(part) && deleted(program, user, object) === part ? { at: user, value: undefined } : undefined
    case Op.Attr: {
      return isElement(part) ? byMethod(context, user, object, part, text(of, of.b)) : byOwnMethod(program, user, object, part)
    }
    default:
      return undefined
  }
}

/** What a library's method does to a part: it empties its object, or puts one value there whatever was there. */
function byMethod({ program, query }: SearchContext, user: Ref, object: Ref, part: string, method: string): Overwriting | undefined {
  const { semantics } = query
  if (!semantics.clears(method) && !semantics.fills(method)) return undefined
  for (const call of callsOn(program, user, object)) {
    const known = semantics.propagation(call)
    if (known?.clears === true) return { at: call, value: undefined }
    const put = known?.toReceiver.find(({ parts, isOtherwise }) => {
      return !isOtherwise && parts?.from.length === 0 && parts.to !== 'anywhere' && parts.to.length === 1 && parts.to[0] === part
    })
    if (put && isOne(part)) return { at: call, value: put.value }
  }
  return undefined
}

/** What a method of the program puts into an attribute of its object whenever it returns. */
function byOwnMethod(program: Program, user: Ref, object: Ref, part: string): Overwriting | undefined {
  for (const call of callsOn(program, user, object)) {
    const [target, ...others] = certainTargets(program, call)
    const receiver = target === undefined || others.length > 0 ? undefined : program.receiver(target)
    if (target === undefined || receiver === undefined) continue
    const [store, ...more] = program.uses(receiver).flatMap((each) => [storeInto(program, each, receiver)].filter((found) => found?.part === part))
    const at = store === undefined || more.length > 0 ? undefined : program.uses(receiver).find((each) => storeInto(program, each, receiver)?.part === part)
    if (store === undefined || at === undefined) continue
    const exits = exitsOf(program, target)
    if (exits.length > 0 && exits.every(({ block }) => isInOrBelow(program, block, at))) return { at: call, value: store.value, receiver }
  }
  return undefined
}

/** Whether a block is entered only after an instruction, or has it itself. */
function isInOrBelow(program: Program, block: number, at: Ref): boolean {
  const { facts, valueBase } = program.fileOf(at)
  const own = facts.block[at - valueBase] ?? -1
  return own >= 0 && (own === block || isBelow(facts, block, own))
}

/** Whether a step is for one part only. */
function isOne(part: string): boolean {
  return part !== ANY && part !== EACH && part !== KEYS
}

function deleted(program: Program, user: Ref, object: Ref): string | undefined {
  const of = instruction(program, user)
  return of.op === Op.Delete && operand(of, of.a) === object && of.b >= 0 ? constantKey(program, operand(of, of.b)) : undefined
}

/** Whether an object may be changed in a part after a change and before a read. */
function isChanged(
  context: SearchContext, object: Ref, part: string, { at, value }: Overwriting, read: Ref, stack: CallStack,
): boolean {
  const { program } = context
  return program.uses(object).some((user) => changesAt(context, user, object, part, value, stack).some((change) => (
    change !== at && change !== read && dominates(program, at, change) && reaches(program, change, read, at)
  )))
}

/** Where a use of an object may change a part of it otherwise than it was overwritten. */
function changesAt(
  context: SearchContext, user: Ref, object: Ref, part: string, value: Ref | undefined, stack: CallStack,
): readonly Ref[] {
  const { program, query } = context
  const store = storeInto(program, user, object, stack)
  if (store) return fits(store.part, part) ? [user] : []
  const of = instruction(program, user)
  if (of.op === Op.Attr && operand(of, of.a) === object) {
    return callsOn(program, user, object).filter((call) => {
      const known = query.semantics.propagation(call)
      return known ? known.toReceiver.length > 0 : mayChange(program, object, part, value)
    })
  }
  if (of.op !== Op.Call || !tagged(of).some((argument) => argument.value === object)) return []
  const known = query.semantics.propagation(user)
  const isChanging = known ? known.toArguments.some(({ into }) => into === object) : mayChange(program, object, part, value, user)
  return isChanging ? [user] : []
}

/**
 * Whether a call that is given an object may change a part of it: an attribute only where
 * some code of the program stores into it, and not by a library's call that is handed the object.
 */
function mayChange(program: Program, object: Ref, part: string, value: Ref | undefined, call?: Ref): boolean {
  if (isElement(part)) return true
  if (call !== undefined && program.targets(call).functions.length === 0 && program.targets(call).library.length > 0) return false
  const types = program.types(object)
  return types.length === 0 || program.attributeStores(types, part.slice(1)).some((each) => each !== value)
}
