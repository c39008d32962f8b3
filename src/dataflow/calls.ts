import { CallFlag, Op } from '../flow/facts.ts'
import { WHOLE } from './demand.ts'
import type { Demand } from './demand.ts'
import { narrowed } from './narrowed.ts'
import { constructed, recorded } from './objects.ts'
import { isMixed } from './passages.ts'
import { passed } from './passed.ts'
import { instruction, operand, tagged } from './reader.ts'
import type { Instruction } from './reader.ts'
import { end, ingredient, spelled, step } from './steps.ts'
import { returned } from './returns.ts'
import type { End, SearchContext, Transfer } from './steps.ts'
import { harmless } from './strings.ts'

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
      : modelled.prefix !== undefined && harmless(context, modelled.prefix) ? end('fixed-prefix', modelled.prefix)
      : passed(context, demand, of, modelled.toResult))
  } else if (targets.functions.length === 0 && targets.constructs.length === 0) {
    const fields = query.exact ? undefined : program.recordMade(demand.value)
    parts.push(fields ? recorded(context, demand, of, fields) : unknownCall(context, demand, of))
  }
  return { edges: parts.flatMap((part) => part.edges), ends: parts.flatMap((part) => part.ends) }
}

/** A decorated function is followed as the function it decorates. */
function decorated(demand: Demand, of: Instruction): Transfer {
  return { edges: tagged(of).slice(0, 1).map(({ value }) => step(demand, value)), ends: [] }
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
