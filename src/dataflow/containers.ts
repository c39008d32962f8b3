import { ArgTag, ConstKind, ContainerKind, Op } from '../flow/facts.ts'
import type { Program, Ref } from '../program/program.ts'
import { returned } from './calls.ts'
import { ANY, AS_TEXT, attributeStep, deeper, keyStep, within } from './demand.ts'
import type { AccessPath, Demand } from './demand.ts'
import { instruction, literal, operand, tagged, text } from './reader.ts'
import type { Instruction } from './reader.ts'
import { detached, ingredient, step } from './steps.ts'
import type { Edge, SearchContext, Transfer } from './steps.ts'

/** Path step of a key value: exact for a constant, else any element. */
export function constantKey(program: Program, key: Ref): string {
  const known = literal(instruction(program, key))
  return known && known.kind !== ConstKind.Other ? keyStep(known.text) : ANY
}

/** Elements of a container that can hold the part asked for. */
export function containerTransfer(context: SearchContext, demand: Demand, of: Instruction): Transfer {
  const edges: Edge[] = []
  if (demand.path.length === 0 && context.query.exact) return { edges, ends: [{ type: 'unresolved', what: 'a container' }] }
  let index = 0
  for (const { tag, value } of tagged(of)) {
    const position = of.b === ContainerKind.Dict ? dictStep(context, of, tag) : listStep(tag, of.b, index)
    index++
    const spread = tag === ArgTag.Spread || tag === ArgTag.DoubleSpread
    const rest = spread ? spreadPath(demand.path) : within(demand.path, position)
    if (rest !== undefined) edges.push({ ...step(demand, value), to: { ...demand, value, path: rest } })
  }
  return edges.length === 0 && mutated(context, demand).length === 0
    ? { edges, ends: [{ type: 'constant', what: 'an empty container' }] }
    : { edges, ends: [] }
}

function dictStep(context: SearchContext, of: Instruction, tag: number): string {
  return tag < 0 ? ANY : constantKey(context.program, operand(of, tag))
}

function listStep(tag: number, kind: number, index: number): string {
  const ordered = kind === ContainerKind.List || kind === ContainerKind.Tuple
  return ordered && tag === ArgTag.Positional ? keyStep(String(index)) : ANY
}

function spreadPath(path: AccessPath): AccessPath {
  return path[0]?.startsWith('[') ? [ANY, ...path.slice(1)] : path
}

/** `object.name` and `object[key]`: values stored there, else that part of the object. */
export function readTransfer(context: SearchContext, demand: Demand, of: Instruction): Transfer {
  const { program } = context
  const object = operand(of, of.a)
  const isAttribute = of.op === Op.Attr
  const part = isAttribute ? attributeStep(text(of, of.b)) : constantKey(program, operand(of, of.b))
  const overwritten = strongStore(program, demand.value, object, part)
  if (overwritten !== undefined) return { edges: [step(demand, overwritten)], ends: [] }
  if (!isAttribute) return { edges: [inside(demand, object, part)], ends: [] }

  const named = program.definitions(demand.value)
  if (named.length > 0) return { edges: named.map((value) => detached(context, demand, value)), ends: [] }
  const getters = program.implicitTargets(demand.value)
  if (getters.length > 0) return joined(getters.map((each) => returned(context, demand, each, false)))
  const types = program.types(object)
  const stores = types.length === 0 ? [] : program.attributeStores(types, text(of, of.b))
  if (isRecordField(program, types, text(of, of.b))) {
    const later = stores.filter((value) => program.function(program.functionOf(value)).kind !== 'class-body')
    const edges = later.map((value) => detached(context, demand, value, `is stored in ${part}`))
    return { edges: [inside(demand, object, part), ...edges], ends: [] }
  }
  if (stores.length === 0) return { edges: [inside(demand, object, part)], ends: [] }
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

function inside(demand: Demand, object: Ref, part: string): Edge {
  return { ...step(demand, object), to: { ...demand, value: object, path: deeper(part, demand.path) } }
}

/** The value that a store in the same block, before the read and with nothing between, put there. */
function strongStore(program: Program, read: Ref, object: Ref, part: string): Ref | undefined {
  if (part === ANY) return undefined
  const block = blockOf(program, read)
  let found: Ref | undefined
  for (const user of program.uses(object)) {
    if (user >= read) break
    const store = storeInto(program, user, object)
    if (store && store.part === part && blockOf(program, user) === block) found = store.value
    else if (store && (store.part === part || store.part === ANY)) found = undefined
    else if (!store && handsOn(program, user, object)) found = undefined
  }
  return found
}

/** Whether an instruction gives the object away to code that may change it. */
function handsOn(program: Program, user: Ref, object: Ref): boolean {
  const of = instruction(program, user)
  return of.op === Op.Call && tagged(of).some((argument) => argument.value === object)
}

function blockOf(program: Program, value: Ref): number {
  const file = program.fileOf(value)
  return file.facts.block[value - file.valueBase] ?? -1
}

/** The part and value an instruction stores into an object; `undefined` when it stores nothing there. */
export function storeInto(program: Program, user: Ref, object: Ref): { part: string, value: Ref } | undefined {
  const of = instruction(program, user)
  if (of.op !== Op.SetAttr && of.op !== Op.SetIndex) return undefined
  if (operand(of, of.a) !== object) return undefined
  const part = of.op === Op.SetAttr ? attributeStep(text(of, of.b)) : constantKey(program, operand(of, of.b))
  return { part, value: operand(of, of.args[0] ?? 0) }
}

/** Values put into an object after it was made: stores, and calls that models say fill their receiver. */
export function mutated(context: SearchContext, demand: Demand): Edge[] {
  const { program, query } = context
  const edges: Edge[] = []
  for (const user of program.uses(demand.value)) {
    const store = storeInto(program, user, demand.value)
    if (store) {
      const rest = within(demand.path, store.part)
      if (rest !== undefined && !(query.exact && demand.path.length === 0)) {
        edges.push({ to: { ...demand, value: store.value, path: rest }, user, what: `is stored in ${store.part}`, obscure: '', guessed: false })
      }
      continue
    }
    if (query.exact || demand.path === AS_TEXT) continue
    for (const call of callsOn(program, user, demand.value)) {
      for (const value of query.semantics.propagation(call)?.toReceiver ?? []) {
        edges.push({ ...ingredient(demand, value, 'is added to a container'), user: call })
      }
    }
  }
  return edges
}

/** Calls of a method of the object: `user` is the member access, its uses the calls. */
function callsOn(program: Program, user: Ref, object: Ref): Ref[] {
  const of = instruction(program, user)
  if (of.op !== Op.Attr || operand(of, of.a) !== object) return []
  return program.uses(user).filter((each) => {
    const call = instruction(program, each)
    return call.op === Op.Call && operand(call, call.a) === user
  })
}
