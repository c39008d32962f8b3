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
  /** Calls that the program makes itself: from code to code below the folder, test code left out. */
  readonly program: Tally
  /** The same from test code. */
  readonly tests: Tally
  /** Calls of `program` by how they happened. */
  readonly kinds: ReadonlyMap<string, Tally>
  /** Functions that libraries called, for which the graph knows a place in the program that handed them over. */
  readonly library: Tally
  readonly misses: readonly Miss[]
  /** Functions called that were not found in the facts. */
  readonly unknown: number
}

/** Compares what was seen with what the graph says. */
export function compare(program: Program, places: Places, recorded: readonly RecordedCall[]): Comparison {
  const [own, tests, library] = [tally(), tally(), tally()]
  const kinds = new Map<string, Tally>()
  const misses: Miss[] = []
  let unknown = 0
  for (const { site, calls } of bySite(recorded)) {
    const file = places.file(site.path)
    const values = places.values(site)
    const targets = targetsAt(program, values)
    const direct = calls.filter(({ how }) => !how.startsWith('library'))
    const back = calls.filter(({ how }) => how.startsWith('library'))
    const seen: { readonly call: RecordedCall, readonly of: FunctionRef }[] = []
    for (const call of direct) {
      const of = places.function(call.callee)
      if (of === undefined) unknown++
      else seen.push({ call, of })
    }
    for (const { callee } of back) {
      const of = places.function(callee)
      if (of !== undefined) add(library, 1, targets.has(of) || program.callers(of).length > 0 ? 1 : 0, 0)
    }
    if (seen.length === 0) continue
    const isFound = (of: FunctionRef): boolean => targets.has(of) || program.callers(of).some((each) => values.includes(each))
    const found = seen.filter(({ of }) => isFound(of))
    const size = new Set([...targets, ...found.map(({ of }) => of)]).size
    add(file?.isTest === true ? tests : own, seen.length, found.length, size)
    if (file?.isTest === true) continue
    for (const { call, of } of seen) {
      const kind = kindOf(call, site)
      const counted = kinds.get(kind) ?? tally()
      kinds.set(kind, counted)
      add(counted, 1, isFound(of) ? 1 : 0, size)
      if (isFound(of)) continue
      misses.push({
        cause: `${kind}: ${causeOf(program, values, targets)}`, where: `${site.path}:${site.line ?? 0} (${site.instruction}, ${call.how})`,
        line: places.line(site), callee: `${call.callee.path}:${call.callee.line} ${call.callee.name}`,
      })
    }
  }
  return { program: own, tests, kinds, library, misses, unknown }
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

/** Every function that the graph has for an expression. */
function targetsAt(program: Program, values: readonly Ref[]): ReadonlySet<FunctionRef> {
  const found = new Set<FunctionRef>()
  for (const value of values) {
    const file = program.fileOf(value)
    for (const each of program.targets(value).functions) found.add(each)
    if (file.facts.op[program.local(value)] === Op.Element) for (const each of program.nextTargets(value)) found.add(each)
  }
  return found
}

function kindOf({ how }: RecordedCall, { instruction }: RecordedSite): string {
  if (how === 'implicit') return `implicit ${instruction}`
  return how.startsWith('native') ? how : how
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
