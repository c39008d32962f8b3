import { ArgTag, ContainerKind, Op } from '../flow/facts.ts'
import type { Program, Ref } from '../program/program.ts'
import { ANY, indexOf, keyStep } from './demand.ts'
import type { AccessPath, Demand } from './demand.ts'
import { constantText } from './evaluate.ts'
import { dominates } from './guards.ts'
import { isLater } from './order.ts'
import { reaches } from './paths.ts'
import { instruction, isComputed, operand, tagged, text } from './reader.ts'
import type { Instruction } from './reader.ts'
import type { FlowSemantics, Passage } from './search.ts'
import type { SearchContext } from './steps.ts'
import { callsOn } from './stores.ts'

/** Changes of one list that are followed. */
const MAX_CHANGES = 40

/**
 * What is at the index of a list that a demand asks for, where it is read, when
 * every change of the list is in sight and happens once and on every way: `none`
 * when there is nothing; `undefined` when that is not known.
 */
export function elementAsked({ program, query }: SearchContext, { value, path, taken, stack }: Demand): Ref | 'none' | undefined {
  const index = Number((path[0] === undefined ? undefined : indexOf(path[0])) ?? NaN)
  if (!Number.isInteger(index) || taken?.stack !== stack || program.functionOf(value) !== program.functionOf(taken.at)) return undefined
  const elements = elementsWhere(program, query.semantics, value, taken.at)
  return elements === undefined ? undefined : elements.at(index) ?? 'none'
}

/** A demand for an element of a list: for any, where the list's order may be another when it is read. */
export function inAnyOrder({ program, query }: SearchContext, demand: Demand): Demand {
  const first = demand.path[0]
  if (first === undefined || indexOf(first) === undefined) return demand
  const isMoved = program.uses(demand.value).some((user) => {
    const of = instruction(program, user)
    if (of.op === Op.Delete) return of.b >= 0 && operand(of, of.a) === demand.value && !isLater(program, demand, user)
    return of.op === Op.Attr && query.semantics.reorders(text(of, of.b)) && callsOn(program, user, demand.value).some((call) => {
      const change = query.semantics.propagation(call)?.sequence
      return change !== undefined && change !== 'append' && change !== 'extend' && !isLater(program, demand, call)
    })
  })
  return isMoved ? { ...demand, path: [ANY, ...demand.path.slice(1)] } : demand
}

/** The part of a list that a call takes out of it; `undefined` for any other call, and when the index is not known. */
export function takenPart({ program, query }: SearchContext, of: Instruction, { parts }: Passage, path: AccessPath): AccessPath | undefined {
  if (query.semantics.propagation(of.ref)?.sequence !== 'take' || parts?.from.length !== 1) return undefined
  const index = takenIndex(program, of)
  return index === undefined ? undefined : [keyStep(String(index)), ...path]
}

/** Elements of a list in order where an instruction reads it. */
function elementsWhere(program: Program, semantics: FlowSemantics, list: Ref, read: Ref): Ref[] | undefined {
  const made = instruction(program, list)
  const elements = written(made)
  if (elements === undefined) return undefined
  let changes = 0
  for (const user of program.uses(list)) {
    const of = instruction(program, user)
    const calls = of.op === Op.Attr ? callsOn(program, user, list) : [user]
    if (of.op === Op.Attr && calls.length === 0 || !isInSight(program, semantics, of, list)) return undefined
    for (const each of calls) {
      if (each === read || !mayPrecede(program, each, read)) continue
      const change = of.op === Op.Attr ? byMethod(program, semantics, each) : byOp(program, of, list)
      if (change === undefined) return undefined
      if (change === 'nothing') continue
      const isOnce = dominates(program, each, read) && !reaches(program, each, each, list)
      if (!isOnce || ++changes > MAX_CHANGES || !change(elements)) return undefined
    }
  }
  return elements
}

/** Elements of a list that is written out, one by one. */
function written(of: Instruction): Ref[] | undefined {
  if (of.op !== Op.Container || of.b !== ContainerKind.List) return undefined
  const given = tagged(of)
  const isWhole = given.every(({ tag }) => tag === ArgTag.Positional) && !(given.length === 1 && isComputed(of))
  return isWhole ? given.map(({ value }) => value) : undefined
}

/** Uses of a list after which it is still known by this value alone. */
function isInSight(program: Program, semantics: FlowSemantics, of: Instruction, list: Ref): boolean {
  switch (of.op) {
    case Op.Index:
    case Op.Element:
    case Op.Attr:
    case Op.Template:
    case Op.Slice:
    case Op.Return:
      return true
    case Op.SetIndex:
    case Op.Delete:
      return operand(of, of.a) === list
    case Op.Call:
      return program.targets(of.ref).functions.length === 0 && semantics.propagation(of.ref)?.toArguments.every(({ into }) => into !== list) === true
    default:
      return false
  }
}

function mayPrecede(program: Program, change: Ref, read: Ref): boolean {
  return dominates(program, change, read) || reaches(program, change, read, undefined)
}

/** Changes the elements in place; false when it is not known how. */
type Change = (elements: Ref[]) => boolean

function byOp(program: Program, of: Instruction, list: Ref): Change | 'nothing' | undefined {
  if (of.op !== Op.SetIndex && of.op !== Op.Delete || operand(of, of.a) !== list) return 'nothing'
  const index = integer(constantText(program, operand(of, of.b)))
  if (index === undefined) return undefined
  return (elements) => {
    const at = index < 0 ? elements.length + index : index
    if (at < 0 || at >= elements.length) return false
    if (of.op === Op.Delete) elements.splice(at, 1)
    else elements[at] = operand(of, of.firstArg)
    return true
  }
}

function byMethod(program: Program, semantics: FlowSemantics, call: Ref): Change | 'nothing' | undefined {
  const known = semantics.propagation(call)
  const of = instruction(program, call)
  const [first, second] = tagged(of)
  switch (known?.sequence) {
    case 'append':
      return first && ((elements) => elements.push(first.value) > 0)
    case 'extend': {
      const more = first && written(instruction(program, first.value))
      return more && ((elements) => elements.push(...more) >= 0)
    }
    case 'insert': {
      const index = first && integer(constantText(program, first.value))
      return index === undefined || !second ? undefined : (elements) => elements.splice(index, 0, second.value).length === 0
    }
    case 'take': {
      const index = takenIndex(program, of)
      return index === undefined ? undefined : (elements) => elements.splice(index, 1).length === 1
    }
    case 'reverse':
      return (elements) => elements.reverse().length >= 0
    case 'clear':
      return (elements) => elements.splice(0).length >= 0
    case 'sort':
      return undefined
    case undefined:
      return known && !known.removes && known.toReceiver.length === 0 && known.toResult.length > 0 ? 'nothing' : undefined
  }
}

/** The index of the element that a call takes out: its argument, else the last. */
function takenIndex(program: Program, of: Instruction): number | undefined {
  const [first] = tagged(of)
  return first ? integer(constantText(program, first.value)) : -1
}

function integer(text: string | undefined): number | undefined {
  return text !== undefined && /^-?\d{1,9}$/.test(text) ? Number(text) : undefined
}
