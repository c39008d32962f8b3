import { LIMITS } from '../core/limits.ts'
import { ContainerKind, Op } from '../flow/facts.ts'
import type { Ref } from '../program/program.ts'
import { attributeTablesOf, inTable } from './attribute-table.ts'
import { AS_TEXT, asksKeys, KEYS, within } from './demand.ts'
import type { AccessPath, Demand } from './demand.ts'
import { isLater } from './order.ts'
import { isMixed, partAsked } from './passages.ts'
import { hasKey } from './present.ts'
import { instruction, operand } from './reader.ts'
import type { Passage } from './search.ts'
import { elementAsked, inAnyOrder } from './sequence.ts'
import type { Edge, SearchContext } from './steps.ts'
import { callsOn, constantKey, storeInto } from './stores.ts'
import type { Store } from './stores.ts'

/** Values put into an object after it was made: stores, and calls that models say fill their receiver or an argument. */
export function mutated(context: SearchContext, demand: Demand): Edge[] {
  if (elementAsked(context, demand) !== undefined) return []
  return changesIn(context, inAnyOrder(context, demand), 0)
}

function changesIn(context: SearchContext, demand: Demand, depth: number): Edge[] {
  const { program, query } = context
  const edges: Edge[] = []
  for (const user of program.uses(demand.value)) {
    const store = storeInto(program, user, demand.value, demand.stack)
    if (store) {
      const isMeant = !(query.exact && demand.path.length === 0) && !isLater(program, demand, user)
      if (isMeant) edges.push(...storedAt(context, demand, user, store))
      continue
    }
    if (demand.path === AS_TEXT) continue
    for (const call of callsOn(program, user, demand.value)) {
      if (isLater(program, demand, call)) continue
      const known = query.semantics.propagation(call)
      edges.push(...filled(context, demand, call, known?.toReceiver ?? []))
      if (depth < LIMITS.accessPath) edges.push(...insideResult(context, demand, call, known?.toResult ?? [], depth))
    }
    if (depth < LIMITS.accessPath) edges.push(...insideElement(context, demand, user, depth))
    if (query.semantics.fillsArgument(user) && !isLater(program, demand, user)) {
      const given = query.semantics.propagation(user)?.toArguments ?? []
      edges.push(...filled(context, demand, user, given.filter(({ into }) => into === demand.value)))
    }
  }
  const path = depth < LIMITS.accessPath ? inTable(demand.path) : undefined
  if (path) for (const table of attributeTablesOf(program, demand.value)) edges.push(...changesIn(context, { ...demand, value: table, path }, depth + 1))
  return edges
}

/** What is put into an element where it is read back: `box['a'].append(x)`. */
function insideElement(context: SearchContext, demand: Demand, user: Ref, depth: number): Edge[] {
  const of = instruction(context.program, user)
  if (of.op !== Op.Index || operand(of, of.a) !== demand.value) return []
  const rest = within(demand.path, constantKey(context.program, operand(of, of.b), demand.stack))
  return rest === undefined ? [] : changesIn(context, { ...demand, value: user, path: rest }, depth + 1)
}

/** The same where a method gives the element: `box.setdefault('a', []).append(x)`. */
function insideResult(context: SearchContext, demand: Demand, call: Ref, passages: readonly Passage[], depth: number): Edge[] {
  return passages.flatMap((each) => {
    const isPart = each.value === demand.value && each.parts !== undefined && each.parts.to.length === 0
    const [first, ...others] = each.parts?.from ?? []
    const rest = isPart && first !== undefined && others.length === 0 ? within(demand.path, first) : undefined
    return rest === undefined ? [] : changesIn(context, { ...demand, value: call, path: rest }, depth + 1)
  })
}

/** What a store puts into the part asked for; of a mapping that is iterated, the key. */
function storedAt(context: SearchContext, demand: Demand, user: Ref, { part, value, key }: Store): Edge[] {
  const edges: Edge[] = []
  const add = (to: Ref, path: AccessPath): void => {
    edges.push({ to: { ...demand, value: to, path }, user, what: `is stored in ${part}`, obscure: '', guessed: false })
  }
  const first = demand.path[0]
  if (key !== undefined && asksKeys(first)) {
    add(key, demand.path.slice(1))
    if (first === KEYS || isMapping(context, demand.value)) return edges
  }
  const rest = within(demand.path, part)
  if (rest !== undefined) add(value, rest)
  return edges
}

function isMapping({ program, query }: SearchContext, value: Ref): boolean {
  const of = instruction(program, value)
  return of.op === Op.Container ? of.b === ContainerKind.Dict : program.types(value).some((type) => query.semantics.iteratesKeys(type))
}

function filled({ program, query }: SearchContext, demand: Demand, call: Ref, passages: readonly Passage[]): Edge[] {
  return passages.flatMap((each) => {
    const path = query.exact && isMixed(each) ? undefined : partAsked(each, demand.path)
    if (path === undefined || each.isOtherwise && isFilled(each)) return []
    return [{ to: { ...demand, value: each.value, path }, user: call, what: 'is added to a container', obscure: '', guessed: false }]
  })
  function isFilled({ parts }: Passage): boolean {
    const part = parts?.to === 'anywhere' ? undefined : parts?.to[0]
    return part !== undefined && hasKey(program, query.semantics, demand.value, part, call)
  }
}
