import { ArgTag, ContainerKind, Op } from '../flow/facts.ts'
import type { Ref } from '../program/program.ts'
import { mutated } from './changes.ts'
import { ANY, indexOf, isElement, keyStep } from './demand.ts'
import type { AccessPath, Demand } from './demand.ts'
import { formatted } from './formatted.ts'
import { hasKey } from './present.ts'
import { instruction, isComputed, operand, tagged, text } from './reader.ts'
import type { Instruction } from './reader.ts'
import { end, step } from './steps.ts'
import type { Edge, SearchContext, Transfer } from './steps.ts'
import { built } from './strings.ts'

const COMPARISONS = new Set(['==', '!=', '<', '>', '<=', '>=', 'in', 'not in', 'is', 'is not', '<>', '===', '!==', 'instanceof'])

/** An operator's result: a text built, containers joined, or the outcome of a comparison. */
export function binary(context: SearchContext, demand: Demand, of: Instruction): Transfer {
  const operator = text(of, of.firstArg)
  if (COMPARISONS.has(operator)) return end('constant', 'the outcome of a comparison')
  const left = operand(of, of.a)
  const right = operand(of, of.b)
  if (isElement(demand.path[0])) {
    if (operator === '+') return { edges: concatenated(context, demand, left, right), ends: [] }
    if (operator === '|') return { edges: merged(context, demand, left, right), ends: [] }
  }
  if (operator === '%' && !context.query.exact) return formatted(context, demand, left, right)
  return built(context, demand, [left, right])
}

export function unary(context: SearchContext, demand: Demand, of: Instruction): Transfer {
  const operator = text(of, of.firstArg)
  if (operator === 'not' || operator === '!') return end('constant', 'the outcome of a test')
  return built(context, demand, [operand(of, of.a)])
}

/** Elements of two sequences, one after the other. */
function concatenated(context: SearchContext, demand: Demand, left: Ref, right: Ref): Edge[] {
  const [first = ANY, ...rest] = demand.path
  const length = lengthOf(context, { ...demand, value: left })
  const index = Number(indexOf(first))
  if (length !== undefined && Number.isInteger(index) && index >= 0) {
    return [index < length ? part(demand, left, demand.path) : part(demand, right, [keyStep(String(index - length)), ...rest])]
  }
  return [part(demand, left, [ANY, ...rest]), part(demand, right, [ANY, ...rest])]
}

/** Elements that a sequence written out always has; `undefined` when their number is not known. */
function lengthOf(context: SearchContext, demand: Demand): number | undefined {
  const of = instruction(context.program, demand.value)
  const isSequence = of.op === Op.Container && (of.b === ContainerKind.List || of.b === ContainerKind.Tuple)
  if (!isSequence) return undefined
  const elements = tagged(of)
  if (elements.length === 1 && isComputed(of)) return undefined
  const isWhole = elements.every(({ tag }) => tag === ArgTag.Positional) && mutated(context, { ...demand, path: [ANY] }).length === 0
  return isWhole ? elements.length : undefined
}

/** What is under a key in two mappings of which the second counts. */
function merged(context: SearchContext, demand: Demand, left: Ref, right: Ref): Edge[] {
  const first = demand.path[0]
  const hides = first !== undefined && hasKey(context.program, context.query.semantics, right, first, demand.value)
  return hides ? [part(demand, right, demand.path)] : [part(demand, left, demand.path), part(demand, right, demand.path)]
}

function part(demand: Demand, value: Ref, path: AccessPath): Edge {
  return step({ ...demand, path }, value)
}
