import { ContainerKind, Op } from '../flow/facts.ts'
import type { Ref } from '../program/program.ts'
import { AS_TEXT, asksKeys, KEYS, within } from './demand.ts'
import type { AccessPath, Demand } from './demand.ts'
import { isLater } from './order.ts'
import { isMixed, partAsked } from './passages.ts'
import { instruction } from './reader.ts'
import type { Passage } from './search.ts'
import type { Edge, SearchContext } from './steps.ts'
import { callsOn, storeInto } from './stores.ts'
import type { Store } from './stores.ts'

/** Values put into an object after it was made: stores, and calls that models say fill their receiver or an argument. */
export function mutated(context: SearchContext, demand: Demand): Edge[] {
  const { program, query } = context
  const edges: Edge[] = []
  for (const user of program.uses(demand.value)) {
    const store = storeInto(program, user, demand.value)
    if (store) {
      const isMeant = !(query.exact && demand.path.length === 0) && !isLater(program, demand, user)
      if (isMeant) edges.push(...storedAt(context, demand, user, store))
      continue
    }
    if (demand.path === AS_TEXT) continue
    for (const call of callsOn(program, user, demand.value)) {
      if (isLater(program, demand, call)) continue
      edges.push(...filled(demand, call, query.semantics.propagation(call)?.toReceiver ?? [], query.exact))
    }
    if (query.semantics.fillsArgument(user) && !isLater(program, demand, user)) {
      const given = query.semantics.propagation(user)?.toArguments ?? []
      edges.push(...filled(demand, user, given.filter(({ into }) => into === demand.value), query.exact))
    }
  }
  return edges
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

function filled(demand: Demand, call: Ref, passages: readonly Passage[], exact: boolean): Edge[] {
  return passages.flatMap((each) => {
    const path = exact && isMixed(each) ? undefined : partAsked(each, demand.path)
    if (path === undefined) return []
    return [{ to: { ...demand, value: each.value, path }, user: call, what: 'is added to a container', obscure: '', guessed: false }]
  })
}
