import { LIMITS } from '../core/limits.ts'
import { Op } from '../flow/facts.ts'
import { deadCode } from './dead.ts'
import { AS_TEXT, EACH, WHOLE } from './demand.ts'
import type { Demand } from './demand.ts'
import { Entries } from './contexts.ts'
import { guardsOf, TRUSTED } from './guards.ts'
import { checkedLater } from './later-checks.ts'
import { instruction } from './reader.ts'
import { pointsFor } from './points.ts'
import type { Point, Way } from './points.ts'
import { spelledCheck } from './steps.ts'
import { wayBack } from './visit.ts'
import type { Visit } from './visit.ts'
import type { Edge, End } from './steps.ts'
import type { FlowQuery, FlowResult, Origin, OriginType, Step } from './search.ts'
import type { Program, Ref } from '../program/program.ts'

/**
 * Searches backward, nearest points first, so that the witness kept for an
 * origin is a shortest one, and everything known before what lies behind unknown
 * calls. Every point is visited once per part and calling context;
 * `LIMITS.searchSteps` and `LIMITS.obscureSteps` bound the whole.
 */
export function searchBackward(program: Program, query: FlowQuery): FlowResult {
  const guards = guardsOf(program, query.semantics, (value) => (
    searchBackward(program, { value, at: value, path: [EACH], semantics: query.semantics, exact: false, only: TRUSTED })
  ))
  const points = pointsFor(program, query, program.fileOf(query.at).isTest, guards)
  const queue: Visit[] = []
  const behind: Visit[] = []
  const seen = new Set<Point>()
  const found = new Origins(program)
  const entries = new Entries()

  const follow = (from: Visit | undefined, { edge, to, guard }: Way): void => {
    if (isOtherCall(program, query.at, from, edge)) return
    const check = guard ?? checkedLater(program, guards, edge, from)
    if (check !== undefined) {
      found.add('guarded', check, spelledCheck(program, check), '', from)
      return
    }
    const isObscure = edge.obscure !== '' || (from?.isObscure ?? false)
    if (isObscure && query.only) {
      found.add('unresolved', edge.to.value, edge.obscure, '', from)
      return
    }
    const visit: Visit = {
      point: to, demand: to.demand, from, what: edge.what, at: edge.user, obscure: edge.obscure, guessed: edge.guessed, isObscure,
    }
    const list = isObscure ? behind : queue
    list.push(visit)
  }
  const expand = (visit: Visit): void => {
    const { point } = visit
    if (point.boundary) {
      found.add(point.boundary.type, point.demand.value, point.boundary.what, point.boundary.kind, visit)
      // The program may have put something else into what is trusted.
      if (point.boundary.type === 'trusted') for (const way of point.effects) follow(visit, way)
      return
    }
    leave(visit)
    if (point.onward.isLeaving) for (const other of entries.leaves(visit)) takeOver(visit, other)
    for (const way of point.effects) follow(visit, way)
  }
  /** Goes on from a point to what its value is made of. */
  const leave = (visit: Visit): void => {
    const { ways, ends } = visit.point.onward
    for (const each of ends) found.end(each, visit)
    for (const way of ways) follow(visit, way)
  }
  /** Goes on from a parameter that was found in another context, to what this one passes for it. */
  const takeOver = (port: Visit, into: Visit): void => {
    const { value, path } = port.demand
    const point = points.of({ value, path, stack: into.demand.stack })
    if (seen.has(point)) return
    seen.add(point)
    leave({ ...port, point, demand: point.demand, from: into, inside: port, isObscure: port.isObscure || into.isObscure })
  }
  const drain = (list: readonly Visit[], steps: number): Visit | undefined => {
    let taken = 0
    for (let next = 0; next < list.length; next++) {
      const visit = list[next]
      if (!visit || query.only && found.hasOther(query.only)) break
      if (seen.has(visit.point)) continue
      if (taken++ >= steps) return visit
      seen.add(visit.point)
      const shared = entries.shared(visit)
      if (shared) for (const port of shared) takeOver(port, visit)
      else expand(visit)
    }
    return undefined
  }

  const { empty } = points.context.stacks
  const start: Demand = {
    value: query.value, path: query.path ?? (query.asText === true ? AS_TEXT : WHOLE), stack: empty, until: { at: query.at, stack: empty },
  }
  for (const way of points.ways([{ to: start, user: query.at, what: '', obscure: '', guessed: false }])) follow(undefined, way)
  const limit = query.only ? 'trustSteps' : points.context.inTest ? 'testSearchSteps' : 'searchSteps'
  const cut = drain(queue, LIMITS[limit])
  if (cut) found.add('limit', cut.demand.value, limit, '', cut)
  // What lies behind a call nobody describes is undecided anyway; a short look tells whether untrusted data does.
  drain(behind, LIMITS.obscureSteps)
  return found.result()
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
  return deadCode(program).hasIn(user, sink) && !program.callers(owner, program.fileOf(user).isTest).some((call) => program.functionOf(call) === owner)
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

  /** Whether there is an origin of a type that is not among these. */
  hasOther(types: ReadonlySet<OriginType>): boolean {
    for (const { type } of this.#found.values()) if (!types.has(type)) return true
    return false
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
