import { LIMITS } from '../core/limits.ts'
import { Op } from '../flow/facts.ts'
import { deadCode } from './dead.ts'
import { CallStacks, demandKey, AS_TEXT, EACH, WHOLE } from './demand.ts'
import type { Demand } from './demand.ts'
import { effects } from './effects.ts'
import { Entries } from './contexts.ts'
import { guardsOf } from './guards.ts'
import { checkedLater } from './later-checks.ts'
import { instruction } from './reader.ts'
import { spelledCheck } from './steps.ts'
import { transfer } from './transfer.ts'
import { wayBack } from './visit.ts'
import type { Visit } from './visit.ts'
import type { Edge, End, SearchContext } from './steps.ts'
import type { FlowQuery, FlowResult, Origin, OriginType, Step } from './search.ts'
import type { Program, Ref } from '../program/program.ts'

/**
 * Searches backward, nearest points first, so that the witness kept for an
 * origin is a shortest one, and everything known before what lies behind unknown
 * calls. Every point is visited once per part and calling context;
 * `LIMITS.searchSteps` and `LIMITS.obscureSteps` bound the whole.
 */
export function searchBackward(program: Program, query: FlowQuery): FlowResult {
  const inTest = program.fileOf(query.at).isTest
  const context: SearchContext = { program, query, inTest, stacks: new CallStacks() }
  const queue: Visit[] = []
  const behind: Visit[] = []
  const seen = new Set<string>()
  const guards = guardsOf(program, query.semantics, (value) => (
    searchBackward(program, { value, at: value, path: [EACH], semantics: query.semantics, exact: false })
  ))
  const found = new Origins(program)
  const entries = new Entries()

  const follow = (from: Visit | undefined, edge: Edge): void => {
    if (!inTest && program.fileOf(edge.to.value).isTest) return
    if (isDead(program, edge) || isOtherCall(program, query.at, from, edge)) return
    const guard = guards.at(edge.to.value, edge.to.path, edge.user) ?? checkedLater(program, guards, edge, from)
    if (guard !== undefined) {
      found.add('guarded', guard, spelledCheck(program, guard), '', from)
      return
    }
    const isObscure = edge.obscure !== '' || (from?.isObscure ?? false)
    const visit: Visit = { demand: edge.to, from, what: edge.what, at: edge.user, obscure: edge.obscure, guessed: edge.guessed, isObscure }
    const list = isObscure ? behind : queue
    list.push(visit)
  }
  const expand = (point: Visit): void => {
    const stopped = boundary(query, point.demand.value)
    if (stopped) {
      found.add(stopped.type, point.demand.value, stopped.what, stopped.kind, point)
      return
    }
    const isLeaving = leave(point)
    if (isLeaving) for (const other of entries.leaves(point)) takeOver(point, other)
    for (const edge of effects(context, point.demand)) follow(point, edge)
  }
  /** Goes on from a point to what its value is made of; says whether that leads out of the function. */
  const leave = (point: Visit): boolean => {
    const { edges, ends } = transfer(context, point.demand)
    for (const each of ends) found.end(each, point)
    for (const edge of edges) follow(point, edge)
    const { outer } = point.demand.stack
    return outer !== undefined && instruction(program, point.demand.value).op === Op.Param
      && edges.every(({ to }) => to.stack === outer)
  }
  /** Goes on from a parameter that was found in another context, to what this one passes for it. */
  const takeOver = (port: Visit, into: Visit): void => {
    const { value, path } = port.demand
    const demand: Demand = { value, path, stack: into.demand.stack }
    const key = demandKey(demand)
    if (seen.has(key)) return
    seen.add(key)
    leave({ ...port, demand, from: into, inside: port, isObscure: port.isObscure || into.isObscure })
  }
  const drain = (list: readonly Visit[], steps: number): Visit | undefined => {
    let taken = 0
    for (let next = 0; next < list.length; next++) {
      const point = list[next]
      if (!point) break
      const key = demandKey(point.demand)
      if (seen.has(key)) continue
      if (taken++ >= steps) return point
      seen.add(key)
      const shared = entries.shared(point)
      if (shared) for (const port of shared) takeOver(port, point)
      else expand(point)
    }
    return undefined
  }

  const start: Demand = {
    value: query.value, path: query.path ?? (query.asText === true ? AS_TEXT : WHOLE), stack: context.stacks.empty,
    until: { at: query.at, stack: context.stacks.empty },
  }
  follow(undefined, { to: start, user: query.at, what: '', obscure: '', guessed: false })
  const cut = drain(queue, LIMITS.searchSteps)
  if (cut) found.add('limit', cut.demand.value, 'searchSteps', '', cut)
  // What lies behind a call nobody describes is undecided anyway; a short look tells whether untrusted data does.
  drain(behind, LIMITS.obscureSteps)
  return found.result()
}

/** Whether a step is never made: its code does not run in the context that it leads to. */
function isDead(program: Program, { to, user }: Edge): boolean {
  const dead = deadCode(program)
  const isOut = (at: Ref): boolean => (to.stack.depth === 0 ? dead.has(at) : dead.hasIn(to.stack.call, at))
  if (isOut(to.value)) return true
  return user !== to.value && (program.functionOf(user) === program.functionOf(to.value) ? isOut(user) : dead.has(user))
}

/**
 * Whether a step leads from the sink's own function to a call that passes constants
 * with which control does not come to the sink. Of a function that calls itself
 * it is not known which of its activations the step leaves.
 */
function isOtherCall(program: Program, sink: Ref, from: Visit | undefined, { user }: Edge): boolean {
  if (from === undefined || from.demand.stack.depth > 0 || instruction(program, from.demand.value).op !== Op.Param) return false
  const owner = program.functionOf(from.demand.value)
  if (owner !== program.functionOf(sink) || instruction(program, user).op !== Op.Call) return false
  return deadCode(program).hasIn(user, sink) && !program.callers(owner).some((call) => program.functionOf(call) === owner)
}

/** A source, trusted or not, or a sanitizer: the search goes no further. */
function boundary(query: FlowQuery, value: Ref): { type: OriginType, what: string, kind: string } | undefined {
  const source = query.semantics.source(value)
  if (source) return { type: 'source', what: source.what, kind: source.kind }
  const trusted = query.semantics.trusted(value)
  if (trusted !== undefined) return { type: 'trusted', what: trusted, kind: '' }
  const sanitizer = query.semantics.sanitizer(value)
  return sanitizer === undefined ? undefined : { type: 'sanitized', what: sanitizer, kind: '' }
}

/** Collects origins, one per type and place. */
class Origins {
  readonly #program: Program
  readonly #found = new Map<string, Origin>()
  readonly #limits = new Set<string>()

  constructor(program: Program) {
    this.#program = program
  }

  end(end: End, point: Visit): void {
    this.add(end.type, point.demand.value, end.what, '', point)
  }

  add(type: OriginType, at: Ref, what: string, kind: string, point: Visit | undefined): void {
    if (type === 'limit') this.#limits.add(what)
    const key = `${type}|${at}`
    if (this.#found.has(key)) return
    const path: Step[] = []
    const obscure = new Set<string>()
    let guessed = false
    for (const visit of wayBack(point)) {
      if (path.at(-1)?.at !== visit.demand.value) path.push({ at: visit.demand.value, what: '' })
      if (visit.what !== '' && visit.from) path.push({ at: visit.at, what: visit.what })
      if (visit.obscure !== '') obscure.add(visit.obscure)
      guessed ||= visit.guessed
    }
    this.#found.set(key, { type, at, what, kind, obscure: [...obscure].sort(), guessed, path: tidy(this.#program, path) })
  }

  result(): FlowResult {
    return { origins: [...this.#found.values()], limits: [...this.#limits].sort() }
  }
}

/** Keeps the first step at each place, and the ones that say something. */
function tidy(program: Program, path: readonly Step[]): Step[] {
  const kept: Step[] = []
  for (const [index, step] of path.entries()) {
    const isEnd = index === 0 || index === path.length - 1
    const previous = kept.at(-1)
    if (!isEnd && step.what === '') continue
    if (previous && sameSpan(program, previous.at, step.at)) {
      if (previous.what === '' && step.what !== '') kept[kept.length - 1] = { at: previous.at, what: step.what }
      continue
    }
    kept.push(step)
  }
  return kept
}

function sameSpan(program: Program, one: Ref, other: Ref): boolean {
  if (one === other) return true
  if (program.fileOf(one) !== program.fileOf(other)) return false
  const a = program.span(one)
  const b = program.span(other)
  return a.start === b.start && a.end === b.end
}
