import { ArgTag, CallFlag, Op } from '../flow/facts.ts'
import type { ClassRef, Program, Ref } from '../program/program.ts'
import { WHOLE } from './demand.ts'
import type { Demand } from './demand.ts'
import { narrowed } from './narrowed.ts'
import { isMixed } from './passages.ts'
import { passed } from './passed.ts'
import { instruction, operand, tagged, text } from './reader.ts'
import type { Instruction } from './reader.ts'
import { detached, end, ingredient, spelled, step } from './steps.ts'
import { returned } from './returns.ts'
import type { End, SearchContext, Transfer } from './steps.ts'

/** Where the result of a call comes from: the callee's returns, a modelled library, or its operands. */
export function callTransfer(context: SearchContext, demand: Demand, of: Instruction): Transfer {
  const { program, query } = context
  if ((of.b & CallFlag.Decorator) !== 0) return decorated(demand, of)
  const targets = program.targets(demand.value)
  const parts: Transfer[] = []
  if (targets.constructs.length > 0) parts.push(constructed(context, demand, of, targets.constructs))
  else for (const target of narrowed(program, of, demand.stack, targets.functions)) parts.push(returned(context, demand, target, targets.guess))
  const modelled = targets.functions.length === 0 ? query.semantics.propagation(demand.value) : undefined
  if (modelled) {
    parts.push(query.exact && modelled.toResult.some(isMixed)
      ? end('library', spelled(program, demand.value))
      : passed(context, demand, of, modelled.toResult))
  } else if (targets.functions.length === 0 && targets.constructs.length === 0) {
    parts.push(unknownCall(context, demand, of))
  }
  return { edges: parts.flatMap((part) => part.edges), ends: parts.flatMap((part) => part.ends) }
}

/** A decorated function is followed as the function it decorates. */
function decorated(demand: Demand, of: Instruction): Transfer {
  return { edges: tagged(of).slice(0, 1).map(({ value }) => step(demand, value)), ends: [] }
}

/** A new object: what its class keeps in the attribute asked for, else whatever it was made from. */
function constructed(context: SearchContext, demand: Demand, of: Instruction, classes: readonly ClassRef[]): Transfer {
  const { program, query } = context
  const attribute = demand.path[0]
  if (attribute?.startsWith('.')) {
    const rest = { ...demand, path: demand.path.slice(1) }
    const given = givenFor(program, of, classes, attribute.slice(1))
    if (given.length > 0) return { edges: given.map((value) => step(rest, value, `is given to ${spelled(program, demand.value)}`)), ends: [] }
    const stores = program.attributeStores(program.types(demand.value), attribute.slice(1))
    return stores.length > 0
      ? { edges: stores.map((value) => detached(context, rest, value, `is stored in ${attribute}`)), ends: [] }
      : end('unresolved', `${attribute} of ${spelled(program, demand.value)}`)
  }
  if (query.exact) return end('unresolved', spelled(program, demand.value))
  return { edges: tagged(of).map(({ value }) => ingredient(demand, value, `is given to ${spelled(program, demand.value)}`)), ends: [] }
}

/** Arguments that the constructor a library made keeps in an attribute. */
function givenFor(program: Program, of: Instruction, classes: readonly ClassRef[], attribute: string): readonly Ref[] {
  return classes.flatMap((each) => {
    const index = program.recordFields(each)?.indexOf(attribute) ?? -1
    if (index < 0) return []
    const given = tagged(of)
    const named = given.filter(({ tag }) => tag >= 0 && text(of, tag) === attribute)
    const placed = given.filter(({ tag }) => tag === ArgTag.Positional).slice(index, index + 1)
    return [...named, ...placed].map(({ value }) => value)
  })
}

/**
 * A call nobody describes may hand on what it is given, changed or not: its
 * receiver and arguments are followed, marked, and the call is an origin of its own.
 */
function unknownCall(context: SearchContext, demand: Demand, of: Instruction): Transfer {
  const { program, query } = context
  const name = spelled(program, demand.value)
  const ends: End[] = [{ type: 'unresolved', what: name }]
  if (query.exact) return { edges: [], ends }
  const callee = instruction(program, operand(of, of.a))
  const receiver = callee.op === Op.Attr ? [operand(callee, callee.a)] : []
  const inputs = [...receiver, ...tagged(of).map(({ value }) => value)]
  const edges = inputs.map((value) => ({ ...ingredient(demand, value, `passes through ${name}`, name), path: WHOLE }))
  return { edges, ends }
}
