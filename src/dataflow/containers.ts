import { ArgTag, ContainerKind, Op } from '../flow/facts.ts'
import type { Program, Ref } from '../program/program.ts'
import { ofTable } from './attribute-table.ts'
import { mutated } from './changes.ts'
import { ANY, asksKeys, attributeStep, deeper, EACH, indexOf, isElement, keyStep, nthStep, within } from './demand.ts'
import type { AccessPath, Demand } from './demand.ts'
import { isMadeInSight } from './objects.ts'
import { overwritten } from './overwritten.ts'
import { hasKey } from './present.ts'
import { instruction, literal, operand, tagged, text } from './reader.ts'
import type { Instruction } from './reader.ts'
import { returned } from './returns.ts'
import { elementAsked, inAnyOrder } from './sequence.ts'
import { detached, end, step } from './steps.ts'
import type { Edge, SearchContext, Transfer } from './steps.ts'
import { constantKey } from './stores.ts'

/** Elements of a container that can hold the part asked for. */
export function containerTransfer(context: SearchContext, asked: Demand, of: Instruction): Transfer {
  const element = elementAsked(context, asked)
  if (element === 'none') return end('constant', 'no value')
  if (element !== undefined) return { edges: [{ ...step(asked, element), to: { ...asked, value: element, path: asked.path.slice(1) } }], ends: [] }
  const demand = inAnyOrder(context, asked)
  if (demand.path.length === 0 && context.query.exact) return { edges: [], ends: [{ type: 'unresolved', what: 'a container' }] }
  const edges = of.b === ContainerKind.Dict ? entriesOf(context, demand, of) : elementsOf(demand, of)
  return edges.length === 0 && mutated(context, demand).length === 0
    ? { edges, ends: [{ type: 'constant', what: 'an empty container' }] }
    : { edges, ends: [] }
}

/** Keys and values of a mapping; of several under one key the last counts. */
function entriesOf(context: SearchContext, demand: Demand, of: Instruction): Edge[] {
  const { path } = demand
  const first = path[0]
  const edges: Edge[] = []
  const add = (value: Ref, rest: AccessPath): void => {
    edges.push({ ...step(demand, value), to: { ...demand, value, path: rest } })
  }
  for (const { tag, value } of tagged(of).reverse()) {
    if (tag < 0) {
      if (first === undefined || isElement(first)) add(value, path)
      if (first !== undefined && hasKey(context.program, context.query.semantics, value, first, demand.value)) break
      continue
    }
    const key = operand(of, tag)
    if (first === undefined && !literal(instruction(context.program, key)) || asksKeys(first)) add(key, path.slice(1))
    if (asksKeys(first)) continue
    const at = constantKey(context.program, key, demand.stack)
    const rest = within(path, at)
    if (rest !== undefined) add(value, rest)
    if (at === first) break
  }
  return edges
}

function elementsOf(demand: Demand, of: Instruction): Edge[] {
  const given = tagged(of)
  // The one element of a comprehension stands for all.
  const isOrdered = given.length > 1 && (of.b === ContainerKind.List || of.b === ContainerKind.Tuple)
  const firstSpread = given.findIndex(({ tag }) => tag !== ArgTag.Positional)
  const path = isOrdered && firstSpread < 0 ? fromStart(demand.path, given.length) : demand.path
  const edges: Edge[] = []
  for (const [index, { tag, value }] of given.entries()) {
    const isAfter = firstSpread >= 0 && index > firstSpread
    const rest = tag === ArgTag.Positional
      ? within(path, isOrdered && !isAfter ? keyStep(String(index)) : ANY)
      : spreadPath(path, isOrdered && !isAfter ? index : undefined)
    if (rest !== undefined) edges.push({ ...step(demand, value), to: { ...demand, value, path: rest } })
  }
  return edges
}

/** A path whose index counts from the end of a sequence of known length. */
function fromStart(path: AccessPath, length: number): AccessPath {
  const index = path[0] === undefined ? undefined : indexOf(path[0])
  return index !== undefined && /^-\d+$/.test(index) ? [keyStep(String(length + Number(index))), ...path.slice(1)] : path
}

/** What a part of a sequence is of another that was put into it from the given index on. */
function spreadPath(path: AccessPath, from: number | undefined): AccessPath | undefined {
  const first = path[0]
  if (first === undefined || !isElement(first)) return path
  const index = indexOf(first)
  if (from === undefined || index === undefined || !/^\d+$/.test(index)) return [EACH, ...path.slice(1)]
  return Number(index) < from ? undefined : [nthStep(String(Number(index) - from)), ...path.slice(1)]
}

/** `object.name` and `object[key]`: values stored there, else that part of the object. */
export function readTransfer(context: SearchContext, demand: Demand, of: Instruction): Transfer {
  const { program } = context
  const object = operand(of, of.a)
  const isAttribute = of.op === Op.Attr
  const part = isAttribute ? attributeStep(text(of, of.b)) : constantKey(program, operand(of, of.b), demand.stack)
  const getters = isAttribute ? program.implicitTargets(demand.value) : []
  const known = getters.length > 0 ? undefined : overwritten(context, demand, object, part)
  if (known) return known
  if (!isAttribute) return { edges: [inside(demand, object, part)], ends: [] }

  if (program.isAttributeTable(demand.value)) return { edges: [{ ...step(demand, object), to: { ...demand, value: object, path: ofTable(demand.path) } }], ends: [] }

  const named = program.definitions(demand.value)
  if (named.length > 0) return { edges: named.map((value) => detached(context, demand, value)), ends: [] }
  if (getters.length > 0) return joined(getters.map((each) => returned(context, demand, each, false)))
  return attributeTransfer(context, demand, object, part)
}

/** Where an attribute of an object has its value from: what is stored in it, else the object. The demand is of the value read. */
export function attributeTransfer(context: SearchContext, demand: Demand, object: Ref, part: string): Transfer {
  const { program } = context
  const name = part.slice(1)
  const types = program.types(object)
  const stores = types.length === 0 ? [] : program.attributeStores(types, name)
  const isOwn = stores.length === 0 || isMadeInSight(program, object, demand.stack)
  if (!isOwn && isRecordField(program, types, name)) {
    const later = stores.filter((value) => program.function(program.functionOf(value)).kind !== 'class-body')
    const edges = later.map((value) => detached(context, demand, value, `is stored in ${part}`))
    return { edges: [inside(demand, object, part), ...edges], ends: [] }
  }
  if (isOwn) return { edges: [inside(demand, object, part)], ends: [] }
  return { edges: stores.map((value) => detached(context, demand, value, `is stored in ${part}`)), ends: [] }
}

/** Whether an attribute is one that a constructor made by a library fills: each object has its own. */
function isRecordField(program: Program, types: readonly string[], name: string): boolean {
  return types.some((type) => {
    const own = program.classNamed(type)
    return own !== undefined && program.recordFields(own)?.includes(name) === true
  })
}

function joined(parts: readonly Transfer[]): Transfer {
  return { edges: parts.flatMap((part) => part.edges), ends: parts.flatMap((part) => part.ends) }
}

/** A part of an object, as it is where the demand's value reads it. */
export function inside(demand: Demand, object: Ref, part: string): Edge {
  const taken = { at: demand.value, stack: demand.stack }
  return { ...step(demand, object), to: { ...demand, value: object, path: deeper(part, demand.path), taken } }
}
