import { LIMITS } from '../core/limits.ts'
import { Op } from '../flow/facts.ts'
import type { FunctionRef, Program, Ref } from '../program/program.ts'
import type { CallStack, Demand } from './demand.ts'
import { instruction, operand } from './reader.ts'
import type { Instruction } from './reader.ts'
import { end } from './steps.ts'
import type { Edge, SearchContext, Transfer } from './steps.ts'

/** Calls one inside the other through which an exception is followed to where it is raised. */
const MAX_DEPTH = 4

/** Functions looked through for one caught exception. */
const MAX_FUNCTIONS = 200

/** A value that is raised, with the calls from the `try` to it. */
interface Raised {
  readonly value: Ref
  readonly calls: readonly Ref[]
}

/** Where a caught exception comes from: what is raised in the body of its `try`, and by what that calls. */
export function caughtTransfer(context: SearchContext, demand: Demand, of: Instruction): Transfer {
  const { program } = context
  const wanted = program.types(demand.value)
  const edges: Edge[] = []
  for (const { value, calls } of raisedFor(program, of)) {
    if (!isCaught(program, value, wanted)) continue
    const stack = through(context, demand, calls, value)
    if (stack) edges.push({ to: { ...demand, value, stack }, user: demand.value, what: 'is raised and caught', obscure: '', guessed: false })
  }
  return edges.length > 0 ? { edges, ends: [] } : end('library', 'a caught exception')
}

/** The stack inside calls that lead to where a value is raised; `undefined` when they are too many. */
function through({ stacks }: SearchContext, { stack, path }: Demand, calls: readonly Ref[], value: Ref): CallStack | undefined {
  let inside: CallStack | undefined = stack
  for (const [at, call] of calls.entries()) {
    if (!inside || inside.depth >= LIMITS.searchDepth) return undefined
    inside = stacks.push(inside, call, value, path, calls.slice(at + 1).join())
  }
  return inside
}

/** Whether a handler for these types takes an exception; of one whose type is not known it may. */
function isCaught(program: Program, raised: Ref, wanted: readonly string[]): boolean {
  const types = program.types(raised)
  return types.length === 0 || wanted.length === 0
    || types.some((type) => wanted.some((each) => program.isSubtype(type, each)))
}

function raisedFor(program: Program, caught: Instruction): readonly Raised[] {
  const { facts, valueBase } = caught.file
  const blocks = new Set(protectedBlocks(program, caught))
  const { firstValue, valueCount } = program.function(program.functionOf(caught.ref))
  const found: Raised[] = []
  const seen = new Set<FunctionRef>()
  for (let local = firstValue; local < firstValue + valueCount; local++) {
    if (blocks.has(facts.block[local] ?? -1)) collect(program, valueBase + local, [], seen, found)
  }
  return found
}

/** What an instruction raises, itself or by what it calls. */
function collect(program: Program, at: Ref, calls: readonly Ref[], seen: Set<FunctionRef>, found: Raised[]): void {
  const of = instruction(program, at)
  if (of.op === Op.Raise) {
    if (of.a >= 0) found.push({ value: operand(of, of.a), calls })
    return
  }
  if (of.op !== Op.Call || calls.length >= MAX_DEPTH) return
  const { functions, guess } = program.targets(at)
  if (guess) return
  for (const target of functions) {
    if (seen.has(target) || seen.size >= MAX_FUNCTIONS) continue
    seen.add(target)
    const { valueBase } = program.fileOfFunction(target)
    const { firstValue, valueCount } = program.function(target)
    for (let local = firstValue; local < firstValue + valueCount; local++) {
      collect(program, valueBase + local, [...calls, at], seen, found)
    }
  }
}

/** Blocks from which control comes to a handler when something is raised there: those of the `try` body. */
function protectedBlocks(program: Program, caught: Instruction): readonly number[] {
  const { facts, valueBase } = caught.file
  const handler = facts.block[caught.ref - valueBase] ?? -1
  const dispatch = predecessors(program, caught, handler)
  const raising = dispatch.flatMap((block) => predecessors(program, caught, block))
  // The first is the block before the `try`.
  return [...new Set(raising)].sort((one, other) => one - other).slice(1)
}

function predecessors(program: Program, { file, ref }: Instruction, block: number): readonly number[] {
  const { facts } = file
  const { firstBlock, blockCount } = program.function(program.functionOf(ref))
  const found: number[] = []
  for (let from = firstBlock; from < firstBlock + blockCount; from++) {
    const next = facts.successors.subarray(facts.successorStart[from] ?? 0, facts.successorStart[from + 1] ?? 0)
    if (next.includes(block)) found.push(from)
  }
  return found
}
