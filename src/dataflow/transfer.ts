import { LIMITS } from '../core/limits.ts'
import { Op, PhiKind, SliceBound } from '../flow/facts.ts'
import type { ArgumentValueRef, FunctionRef, Program, Ref } from '../program/program.ts'
import { callTransfer } from './calls.ts'
import { containerTransfer, readTransfer } from './containers.ts'
import { ANY, deeper, EACH, indexOf, isElement, keyStep, nthStep, within } from './demand.ts'
import type { AccessPath, Demand } from './demand.ts'
import { evaluator } from './evaluate.ts'
import { binary, unary } from './operators.ts'
import { byProtocol } from './protocols.ts'
import { caughtTransfer } from './raised.ts'
import { instruction, literal, operand, text, values } from './reader.ts'
import type { Instruction } from './reader.ts'
import { givenBack } from './returns.ts'
import { detached, end, ingredient, spelled, step } from './steps.ts'
import type { Edge, SearchContext, Transfer } from './steps.ts'
import { built } from './strings.ts'

type TransferFunction = (context: SearchContext, demand: Demand, of: Instruction) => Transfer

/** Backward steps from a demand: one function per op. */
export function transfer(context: SearchContext, demand: Demand): Transfer {
  const of = instruction(context.program, demand.value)
  return byProtocol(context, demand, of) ?? (TRANSFERS.get(of.op) ?? unresolved)(context, demand, of)
}

const TRANSFERS: ReadonlyMap<number, TransferFunction> = new Map<number, TransferFunction>([
  [Op.Const, constant],
  [Op.Function, () => end('constant', 'a function')],
  [Op.Class, () => end('constant', 'a class')],
  [Op.Param, parameter],
  [Op.Name, definition],
  [Op.Import, definition],
  [Op.Capture, (context, demand, of) => ({
    edges: values(of).map((value) => detached(context, demand, value)),
    ends: of.args.length === 0 ? [{ type: 'unresolved', what: text(of, of.a) }] : [],
  })],
  [Op.Attr, readTransfer],
  [Op.Index, readTransfer],
  [Op.Slice, slice],
  [Op.Call, callTransfer],
  [Op.Binary, binary],
  [Op.Unary, unary],
  [Op.Template, (context, demand, of) => built(context, demand, values(of))],
  [Op.Container, containerTransfer],
  [Op.Phi, oneOf],
  [Op.Element, (context, demand, of) => element(context, demand, operand(of, of.a))],
  [Op.Unpack, (_context, demand, of) => ({ edges: unpacked(demand, operand(of, of.a), of.b), ends: [] })],
  [Op.Await, (_context, demand, of) => ({ edges: [step(demand, operand(of, of.a))], ends: [] })],
  [Op.Enter, (_context, demand, of) => ({ edges: [step(demand, operand(of, of.a))], ends: [] })],
  [Op.Annotated, (context, demand, of) => of.a < 0 ? unresolved(context, demand) : { edges: [step(demand, operand(of, of.a))], ends: [] }],
  [Op.Refine, (_context, demand, of) => ({ edges: [step(demand, operand(of, of.a))], ends: [] })],
  [Op.Yield, (context, demand, of) => delegated(context, demand, of) ?? end('library', 'a value sent into the generator')],
  [Op.Caught, caughtTransfer],
  [Op.Unknown, (context, demand, of) => ({
    edges: context.query.exact ? [] : values(of).map((value) => ingredient(demand, value, '', 'code that was not understood')),
    ends: [{ type: 'unparsed', what: 'code that was not understood' }],
  })],
])

/** What a generator returns in the end to the one that hands on all it yields. */
function delegated(context: SearchContext, demand: Demand, of: Instruction): Transfer | undefined {
  if (of.b !== 1 || of.a < 0) return undefined
  const call = operand(of, of.a)
  const generators = context.program.targets(call).functions.filter((each) => context.program.function(each).isGenerator)
  const parts = generators.map((each) => givenBack(context, { ...demand, value: call }, each, false))
  return parts.length === 0 ? undefined : { edges: parts.flatMap(({ edges }) => edges), ends: parts.flatMap(({ ends }) => ends) }
}

function constant(_context: SearchContext, _demand: Demand, of: Instruction): Transfer {
  return end('constant', literal(of)?.text ?? '')
}

function unresolved(context: SearchContext, demand: Demand): Transfer {
  return end('unresolved', spelled(context.program, demand.value))
}

function parameter(context: SearchContext, demand: Demand, of: Instruction): Transfer {
  const { program } = context
  const owner = program.functionOf(demand.value)
  const inside = demand.stack
  if (inside.depth > 0 && runs(program, inside.call, owner)) {
    return arrivals(context, demand, of, [inside.call], inside.outer ?? context.stacks.empty)
  }
  const callers = program.callers(owner, context.inTest)
  if (callers.length === 0) return noCaller(context, demand, of)
  const visited = callers.slice(0, LIMITS.callers)
  const from = arrivals(context, demand, of, visited, context.stacks.empty)
  return callers.length > visited.length
    ? { edges: from.edges, ends: [...from.ends, { type: 'limit', what: 'callers' }] }
    : from
}

/** Whether a call runs a function, itself or by having a library call it back. */
function runs(program: Program, call: Ref, target: FunctionRef): boolean {
  const { functions, library } = program.targets(call)
  return functions.includes(target) || library.length > 0 && program.callers(target, program.fileOf(call).isTest).includes(call)
}

function noCaller(context: SearchContext, demand: Demand, of: Instruction): Transfer {
  const declared = context.program.function(context.program.functionOf(demand.value)).parameters[of.b]
  const open: Transfer = end('parameter', text(of, of.a))
  if (!declared || declared.default < 0) return open
  return { edges: [step(demand, operand(of, declared.default))], ends: open.ends }
}

/** Arguments that a parameter receives from the given calls. */
function arrivals(
  context: SearchContext, demand: Demand, of: Instruction, calls: readonly Ref[], stack: Demand['stack'],
): Transfer {
  const { program } = context
  const owner = program.functionOf(demand.value)
  const name = program.function(owner).name
  const edges: Edge[] = []
  let isOther = false
  for (const call of calls) {
    const guessed = program.targets(call).guess
    for (const argument of program.argumentFor(call, owner, of.b)) {
      const path = pathAt(argument, demand.path)
      isOther ||= path === undefined
      if (path === undefined) continue
      const what = argument.how === 'default' ? '' : `is passed to ${name}()`
      edges.push({ to: { value: argument.value, path, stack }, user: call, what, obscure: '', guessed })
    }
  }
  if (edges.length > 0) return { edges, ends: [] }
  return isOther ? end('constant', 'no value') : end('parameter', text(of, of.a))
}

/** The part of an argument that a part of the parameter is; `undefined` when the argument is another part. */
function pathAt({ how, from, into }: ArgumentValueRef, path: AccessPath): AccessPath | undefined {
  if (into !== undefined) return within(path, keyStep(into))
  if (how !== 'element' || from === 'same') return path
  return deeper(from === undefined ? ANY : keyStep(from.key), path)
}

/** One of several values. Of `a and b`, what stands before the last is given only when it is empty. */
function oneOf(context: SearchContext, demand: Demand, of: Instruction): Transfer {
  const all = values(of)
  const isEmpty = of.b === PhiKind.And && !context.query.exact
  const given = isEmpty ? all.slice(-1) : all
  return {
    edges: given.map((value) => step(demand, value)),
    ends: given.length < all.length ? [{ type: 'constant', what: 'an empty value' }] : [],
  }
}

/** A module-level or imported name. */
function definition(context: SearchContext, demand: Demand): Transfer {
  const { program } = context
  const found = program.definitions(demand.value)
  if (found.length > 0) return { edges: found.map((value) => detached(context, demand, value)), ends: [] }
  const names = program.names(demand.value)
  return names.length > 0 ? end('library', names[0] ?? '') : unresolved(context, demand)
}

/** A part of something destructured; a starred one is a list of several, and not told from others whose index is not known. */
function unpacked(demand: Demand, from: Ref, index: number): Edge[] {
  const to = (path: AccessPath): Edge => ({ ...step(demand, from), to: { ...demand, value: from, path } })
  if (index >= 0) return [to(deeper(nthStep(String(index)), demand.path))]
  const several = isElement(demand.path[0]) ? [to([EACH, ...demand.path.slice(1)])] : []
  return [...several, to(deeper(EACH, demand.path))]
}

/** Part of a sequence: an element of it is one of the whole, of which the index is known where the lower bound is. */
function slice({ program }: SearchContext, demand: Demand, of: Instruction): Transfer {
  const from = operand(of, of.a)
  const [first, ...rest] = demand.path
  const to = (path: AccessPath): Transfer => ({ edges: [{ ...step(demand, from), to: { ...demand, value: from, path } }], ends: [] })
  if (first === undefined || !isElement(first)) return to(demand.path)
  const index = Number(indexOf(first) ?? -1)
  const bounds = values(of).map((each) => evaluator(program).valueOf(each))
  const lower = (of.b & SliceBound.Lower) === 0 ? 0 : bounds[0]
  const upper = (of.b & SliceBound.Upper) === 0 ? undefined : bounds[(of.b & SliceBound.Lower) === 0 ? 0 : 1]
  const isKnown = (of.b & SliceBound.Step) === 0 && Number.isInteger(index) && index >= 0 && typeof lower === 'number' && lower >= 0
  if (!isKnown) return to([ANY, ...rest])
  const isPast = typeof upper === 'number' && upper >= 0 && lower + index >= upper
  return isPast ? end('constant', 'no value') : to([keyStep(String(lower + index)), ...rest])
}

/** An element of something iterated: of a container, or what a generator yields. */
function element(_context: SearchContext, demand: Demand, from: Ref): Transfer {
  return { edges: [{ ...step(demand, from), to: { ...demand, value: from, path: deeper(EACH, demand.path) } }], ends: [] }
}
