import { LIMITS } from '../core/limits.ts'
import { Op } from '../flow/facts.ts'
import type { FunctionRef, Program } from '../program/program.ts'
import { indexOf, isElement } from './demand.ts'
import type { Demand } from './demand.ts'
import { dominates } from './guards.ts'
import { reaches } from './paths.ts'
import { instruction, operand } from './reader.ts'
import type { Instruction } from './reader.ts'
import type { Edge, End, SearchContext, Transfer } from './steps.ts'
import { end } from './steps.ts'

/** Into the callee, through each of its returns (or yields, when an element is asked for). */
export function returned(context: SearchContext, demand: Demand, target: FunctionRef, guessed: boolean): Transfer {
  if (demand.stack.depth >= LIMITS.searchDepth) return end('limit', 'searchDepth')
  return context.program.function(target).isGenerator ? yielded(context, demand, target) : givenBack(context, demand, target, guessed)
}

/** Into the callee through each of its returns; of a generator, what it gives when it ends. */
export function givenBack(context: SearchContext, demand: Demand, target: FunctionRef, guessed: boolean): Transfer {
  const { program, stacks } = context
  if (demand.stack.depth >= LIMITS.searchDepth) return end('limit', 'searchDepth')
  const callee = program.function(target)
  const file = program.fileOfFunction(target)
  const edges: Edge[] = []
  for (const local of callee.returns) {
    const at = file.valueBase + local
    const of = instruction(program, at)
    if (of.a < 0) continue
    const value = operand(of, of.a)
    const stack = stacks.push(demand.stack, demand.value, at, demand.path)
    if (!stack) return { edges: [], ends: [] }
    edges.push({ to: { value, path: demand.path, stack, until: { at, stack } }, user: at, what: `is returned by ${callee.name}()`, obscure: '', guessed })
  }
  const ends: End[] = edges.length === 0 ? [{ type: 'constant', what: 'no value' }] : []
  return { edges, ends }
}

function yielded(context: SearchContext, demand: Demand, target: FunctionRef): Transfer {
  const { program, stacks } = context
  const callee = program.function(target)
  const path = isElement(demand.path[0]) ? demand.path.slice(1) : demand.path
  const edges: Edge[] = []
  const yields = yieldsAsked(program, target, demand.path[0])
  for (const of of yields) {
    if (of.a < 0) continue
    const inner = of.b === 1 ? demand.path : path
    const stack = stacks.push(demand.stack, demand.value, of.ref, inner)
    if (!stack) break
    edges.push({ to: { value: operand(of, of.a), path: inner, stack }, user: of.ref, what: `is yielded by ${callee.name}()`, obscure: '', guessed: false })
  }
  return { edges, ends: yields.length === 0 ? [{ type: 'constant', what: 'no value' }] : [] }
}

/** The places at which a generator yields what is asked for: of those that follow one another, the one of a number. */
function yieldsAsked(program: Program, target: FunctionRef, asked: string | undefined): readonly Instruction[] {
  const { firstValue, valueCount } = program.function(target)
  const { facts, valueBase } = program.fileOfFunction(target)
  const yields: Instruction[] = []
  for (let local = firstValue; local < firstValue + valueCount; local++) {
    if (facts.op[local] === Op.Yield) yields.push(instruction(program, valueBase + local))
  }
  const index = Number(asked === undefined ? -1 : indexOf(asked) ?? -1)
  const isStraight = index >= 0 && yields.every((each, at) => {
    const previous = yields[at - 1]
    return each.b !== 1 && (!previous || dominates(program, previous.ref, each.ref)) && !reaches(program, each.ref, each.ref, undefined)
  })
  return isStraight ? yields.slice(index, index + 1) : yields
}
