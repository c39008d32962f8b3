import { CallFlag, Op } from '../../src/flow/facts.ts'
import type { FunctionRef, Program, Ref } from '../../src/program/program.ts'
import type { Places } from './places.ts'
import type { RecordedCall, RecordedSite } from './recorded.ts'

/** Calls of one kind, counted once per place and function called. */
export interface Tally {
  calls: number
  found: number
  /** Places, and how many of them have all functions found that were seen there. */
  sites: number
  complete: number
  /** Sum over the places of the number of functions that the graph has there. */
  targets: number
}

/** A recorded call that the graph does not have. */
export interface Miss {
  readonly cause: string
  readonly where: string
  readonly line: string
  readonly callee: string
}

export interface Comparison {
  /** Calls that the program makes itself: from its code to its code, test code left out on both sides. */
  readonly program: Tally
  /** Calls from or to test code. */
  readonly tests: Tally
  /** Calls of `program` by how they happened. */
  readonly kinds: ReadonlyMap<string, Tally>
  /** Functions of the program that code outside it called, and of these those for which the graph has that place as caller. */
  readonly library: Tally
  readonly misses: readonly Miss[]
  /** Functions called that were not found in the facts. */
  readonly unknown: number
}

/** Compares what was seen with what the graph says. */
export function compare(program: Program, places: Places, recorded: readonly RecordedCall[]): Comparison {
  const graph = callsByPlace(program)
  const [own, tests, library] = [tally(), tally(), tally()]
  const kinds = new Map<string, Tally>()
  const misses: Miss[] = []
  let unknown = 0
  const isTest = (of: FunctionRef): boolean => program.fileOfFunction(of).isTest
  for (const { site, calls } of bySite(recorded)) {
    const values = places.values(site)
    const targets = targetsAt(program, graph, values)
    const fromTest = places.file(site.path)?.isTest === true
    const seen = { own: [] as Seen[], tests: [] as Seen[], library: [] as Seen[] }
    for (const call of calls) {
      const of = places.function(call.callee)
      if (of === undefined) unknown++
      else if (call.how.startsWith('library')) seen.library.push({ call, of })
      else seen[fromTest || isTest(of) ? 'tests' : 'own'].push({ call, of })
    }
    const size = [...targets].filter((of) => fromTest || !isTest(of)).length
    const count = (to: Tally, list: readonly Seen[]): void => {
      if (list.length > 0) add(to, list.length, list.filter(({ of }) => targets.has(of)).length, size)
    }
    count(own, seen.own)
    count(tests, seen.tests)
    count(library, seen.library)
    for (const { call, of } of seen.own) {
      const kind = kindOf(call, site)
      const counted = kinds.get(kind) ?? tally()
      kinds.set(kind, counted)
      add(counted, 1, targets.has(of) ? 1 : 0, size)
      if (targets.has(of)) continue
      misses.push({
        cause: `${kind}: ${causeOf(program, values, targets)}`, where: `${site.path}:${site.line ?? 0} (${site.instruction}, ${call.how})`,
        line: places.line(site), callee: `${call.callee.path}:${call.callee.line} ${call.callee.name}`,
      })
    }
  }
  return { program: own, tests, kinds, library, misses, unknown }
}

/** A recorded call and the function of the program that ran. */
interface Seen {
  readonly call: RecordedCall
  readonly of: FunctionRef
}

/** The graph as the engine walks it backwards: every place with the functions that have it as caller. */
function callsByPlace(program: Program): ReadonlyMap<Ref, readonly FunctionRef[]> {
  const table = new Map<Ref, FunctionRef[]>()
  for (const file of program.files) {
    for (let index = 0; index < file.facts.functions.length; index++) {
      const of = file.functionBase + index
      for (const call of program.callers(of, true)) table.set(call, [...table.get(call) ?? [], of])
    }
  }
  return table
}

interface SiteCalls {
  readonly site: RecordedSite
  readonly calls: readonly RecordedCall[]
}

/** Instructions at one place are one place. */
function bySite(recorded: readonly RecordedCall[]): readonly SiteCalls[] {
  const table = new Map<string, { site: RecordedSite, calls: Map<string, RecordedCall> }>()
  for (const call of recorded) {
    const { site } = call
    if (!site) continue
    const key = JSON.stringify([site.path, site.line, site.column, site.endLine, site.endColumn, family(site.instruction)])
    const entry = table.get(key) ?? { site, calls: new Map<string, RecordedCall>() }
    table.set(key, entry)
    const { path, line, column, name } = call.callee
    const callee = `${call.how.startsWith('library')}:${path}:${line}:${column}:${name}`
    if (!entry.calls.has(callee)) entry.calls.set(callee, call)
  }
  return [...table.values()].map(({ site, calls }) => ({ site, calls: [...calls.values()] }))
}

function family(instruction: string): string {
  return instruction.startsWith('CALL') ? 'CALL' : instruction
}

/** Every function that the graph has for an expression: what the call names, what it hands over, what the operation means. */
function targetsAt(program: Program, graph: ReadonlyMap<Ref, readonly FunctionRef[]>, values: readonly Ref[]): ReadonlySet<FunctionRef> {
  const found = new Set<FunctionRef>()
  for (const value of values) {
    const file = program.fileOf(value)
    for (const each of [...program.targets(value).functions, ...program.besides(value), ...graph.get(value) ?? []]) found.add(each)
    if (file.facts.op[program.local(value)] === Op.Element) for (const each of program.nextTargets(value)) found.add(each)
  }
  return found
}

function kindOf({ how }: RecordedCall, { instruction }: RecordedSite): string {
  return how === 'implicit' ? `implicit ${instruction}` : how
}

/** Why the graph lacks a call, as far as it says so itself. */
function causeOf(program: Program, values: readonly Ref[], targets: ReadonlySet<FunctionRef>): string {
  const [value] = values
  if (value === undefined) return 'no such place in the facts'
  if (targets.size > 0) return 'other functions found'
  const { facts } = program.fileOf(value)
  const at = program.local(value)
  if (facts.op[at] !== Op.Call) return 'type unknown'
  const { library, constructs, unresolved } = program.targets(value)
  const decorator = ((facts.b[at] ?? 0) & CallFlag.Decorator) === 0 ? '' : ', decorator'
  if (unresolved !== '') return `${unresolved}${decorator}`
  if (constructs.length > 0) return `class without that constructor${decorator}`
  return library.length > 0 ? `taken for a library's${decorator}` : `nothing${decorator}`
}

function tally(): Tally {
  return { calls: 0, found: 0, sites: 0, complete: 0, targets: 0 }
}

function add(to: Tally, calls: number, found: number, targets: number): void {
  to.calls += calls
  to.found += found
  to.sites++
  if (found === calls) to.complete++
  to.targets += targets
}
