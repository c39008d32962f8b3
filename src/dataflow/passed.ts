import { ArgTag } from '../flow/facts.ts'
import type { Ref } from '../program/program.ts'
import { mutated } from './changes.ts'
import { attributeTransfer, inside } from './containers.ts'
import { isElement } from './demand.ts'
import type { AccessPath, Demand } from './demand.ts'
import { overwritten } from './overwritten.ts'
import { partAsked } from './passages.ts'
import { hasKey } from './present.ts'
import { tagged } from './reader.ts'
import type { Instruction } from './reader.ts'
import { returned } from './returns.ts'
import type { Passage } from './search.ts'
import { takenPart } from './sequence.ts'
import { end, ingredient, spelled, step } from './steps.ts'
import type { SearchContext, Transfer } from './steps.ts'

/** A modelled library call: what its propagators name reaches the result; with none the result is the library's own. */
export function passed(context: SearchContext, demand: Demand, of: Instruction, passages: readonly Passage[]): Transfer {
  if (passages.length === 0) return end('library', spelled(context.program, demand.value))
  const what = `passes through ${spelled(context.program, demand.value)}`
  // What is put into an operand after the call does not reach its result.
  const read: Demand = { ...demand, until: { at: demand.value, stack: demand.stack } }
  const transfers: Transfer[] = []
  for (const each of passages) {
    if (!each.parts && !each.isCalled) transfers.push({ edges: [ingredient(read, each.value, what)], ends: [] })
    else {
      const path = takenPart(context, of, each, demand.path) ?? partAsked(each, demand.path)
      const isElsewhere = path === undefined || passages.length > 1 && isAbsent(context, each.value, path[0])
        || each.isOtherwise && passages.some((other) => isPresent(context, demand.value, other))
      if (!isElsewhere) transfers.push(each.isCalled ? called(context, demand, of, each.value, path) : partOf(context, read, each.value, path, what))
    }
  }
  return transfers.length === 0
    ? end('constant', 'a value of its own')
    : { edges: transfers.flatMap(({ edges }) => edges), ends: transfers.flatMap(({ ends }) => ends) }
}

/** Whether an operand of a call is known to have the part that the call takes. */
function isPresent({ program, query }: SearchContext, call: Ref, { value, parts, isOtherwise }: Passage): boolean {
  const part = parts?.from[0]
  return !isOtherwise && part !== undefined && isElement(part) && hasKey(program, query.semantics, value, part, call)
}

/** Whether an object is known to have no attribute that a part asks for, so that another operand is given instead. */
function isAbsent(context: SearchContext, object: Ref, part: string | undefined): boolean {
  if (part === undefined || isElement(part)) return false
  const { program } = context
  const types = program.types(object)
  const name = part.slice(1)
  return types.length > 0 && types.every((type) => {
    const own = program.classNamed(type)
    return own !== undefined && program.libraryBases(own).length === 0
  }) && program.attributeStores(types, name).length === 0 && program.methodsOf(object, name).length === 0
    && mutated(context, { value: object, path: [part], stack: context.stacks.empty }).length === 0
}

/** What a part of an operand is, where the call reads it. */
function partOf(context: SearchContext, demand: Demand, object: Ref, path: AccessPath, what: string): Transfer {
  const [first, ...rest] = path
  if (first === undefined) return { edges: [step({ ...demand, path }, object, what)], ends: [] }
  const inner: Demand = { ...demand, path: rest }
  const known = overwritten(context, inner, object, first)
  if (known) return known
  if (!isElement(first)) return attributeTransfer(context, inner, object, first)
  return { edges: [{ ...inside(inner, object, first), what }], ends: [] }
}

/** What the function gives that the library calls. */
function called(context: SearchContext, demand: Demand, of: Instruction, callback: Ref, path: AccessPath): Transfer {
  const { program, query } = context
  const clean = query.semantics.cleansWith(callback)
  if (clean !== undefined) return end('sanitized', clean)
  const functions = program.functionsCalled(callback)
  if (functions.length === 0) {
    // A library's function: what it is given may be in what it gives.
    const others = tagged(of).filter(({ value, tag }) => value !== callback && tag !== ArgTag.DoubleSpread)
    return { edges: others.map(({ value }) => ingredient(demand, value, `passes through ${spelled(program, demand.value)}`)), ends: [] }
  }
  const parts = functions.map((each) => returned(context, { ...demand, path }, each, false))
  return { edges: parts.flatMap(({ edges }) => edges), ends: parts.flatMap(({ ends }) => ends) }
}
