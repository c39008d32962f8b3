import { LIMITS } from '../core/limits.ts'
import { Op } from '../flow/facts.ts'
import type { Program, Ref } from '../program/program.ts'
import { deadCode } from './dead.ts'
import { CallStacks, demandKey } from './demand.ts'
import type { Demand } from './demand.ts'
import { effects } from './effects.ts'
import type { Guards } from './guards.ts'
import { instruction } from './reader.ts'
import { overwrittenBefore } from './overwritten.ts'
import type { FlowQuery, FlowSemantics, OriginType } from './search.ts'
import type { Edge, End, SearchContext, Transfer } from './steps.ts'
import { transfer } from './transfer.ts'

/** A step that code makes, to the point it leads to. */
export interface Way {
  readonly edge: Edge
  readonly to: Point
  /** The check that shows what is asked for to be harmless where it is used. */
  readonly guard: Ref | undefined
}

/** What a value is made of. */
export interface Onward {
  readonly ways: readonly Way[]
  readonly ends: readonly End[]
  /** Whether all of it leads from a parameter to the call that the search came in by. */
  readonly isLeaving: boolean
}

/** A source, trusted or not, or a sanitizer: the search goes no further. */
export interface Boundary {
  readonly type: OriginType
  readonly what: string
  readonly kind: string
}

/**
 * Something asked for in the program, and what that leads to: the same in every
 * search with the same question, so found once for all of them. Equal demands have
 * the identical point.
 */
export class Point {
  readonly demand: Demand
  readonly #points: Points
  #boundary: Boundary | false | undefined
  #onward: Onward | undefined
  #effects: readonly Way[] | undefined
  #last: Transfer | false | undefined

  constructor(points: Points, demand: Demand) {
    this.#points = points
    this.demand = demand
  }

  get boundary(): Boundary | undefined {
    this.#boundary ??= boundary(this.#points.context.query.semantics, this.demand.value) ?? false
    return this.#boundary === false ? undefined : this.#boundary
  }

  get onward(): Onward {
    return this.#onward ??= this.#findOnward()
  }

  /** What was put into the value after it was made. */
  get effects(): readonly Way[] {
    // What was there is gone where the part was overwritten.
    return this.#effects ??= this.#overwritten === undefined ? this.#points.ways(effects(this.#points.context, this.demand)) : []
  }

  get #overwritten(): Transfer | undefined {
    this.#last ??= overwrittenBefore(this.#points.context, this.demand) ?? false
    return this.#last === false ? undefined : this.#last
  }

  #findOnward(): Onward {
    const { context } = this.#points
    const { value, stack } = this.demand
    const { edges, ends } = this.#overwritten ?? transfer(context, this.demand)
    const isLeaving = stack.outer !== undefined && instruction(context.program, value).op === Op.Param
      && edges.every(({ to }) => to.stack === stack.outer)
    return { ways: this.#points.ways(edges), ends, isLeaving }
  }
}

/** The points of searches that ask the same question: of one view of the models, in tests or not, exactly or not. */
export class Points {
  readonly context: SearchContext
  readonly #guards: Guards
  readonly #known = new Map<string, Point>()

  constructor(program: Program, query: Pick<FlowQuery, 'semantics' | 'exact'>, inTest: boolean, guards: Guards) {
    this.context = { program, query, inTest, stacks: new CallStacks() }
    this.#guards = guards
  }

  get size(): number {
    return this.#known.size
  }

  of(demand: Demand): Point {
    const key = demandKey(demand)
    let point = this.#known.get(key)
    if (!point) {
      point = new Point(this, demand)
      this.#known.set(key, point)
    }
    return point
  }

  /** The steps that are made: not by dead code, nor from a program into its tests. */
  ways(edges: readonly Edge[]): readonly Way[] {
    const { program, inTest } = this.context
    const made: Way[] = []
    for (const edge of edges) {
      const { value, path } = edge.to
      if (!inTest && program.fileOf(value).isTest || isDead(program, edge)) continue
      made.push({ edge, to: this.of(edge.to), guard: this.#guards.at(value, path, edge.user) })
    }
    return made
  }
}

/** Whether a step is never made: its code does not run in the context that it leads to. */
function isDead(program: Program, { to, user }: Edge): boolean {
  const dead = deadCode(program)
  const isOut = (at: Ref): boolean => (to.stack.depth === 0 ? dead.has(at) : dead.hasIn(to.stack.call, at))
  if (isOut(to.value)) return true
  return user !== to.value && (program.functionOf(user) === program.functionOf(to.value) ? isOut(user) : dead.has(user))
}

function boundary(semantics: FlowSemantics, value: Ref): Boundary | undefined {
  const source = semantics.source(value)
  if (source) return { type: 'source', what: source.what, kind: source.kind }
  const trusted = semantics.trusted(value)
  if (trusted !== undefined) return { type: 'trusted', what: trusted, kind: '' }
  const sanitizer = semantics.sanitizer(value)
  return sanitizer === undefined ? undefined : { type: 'sanitized', what: sanitizer, kind: '' }
}

const ofSemantics = new WeakMap<FlowSemantics, Map<string, Points>>()

/** The points of a search, with what earlier ones found out about them, up to `LIMITS.points`. */
export function pointsFor(program: Program, { semantics, exact }: FlowQuery, inTest: boolean, guards: Guards): Points {
  let known = ofSemantics.get(semantics)
  if (!known) {
    known = new Map()
    ofSemantics.set(semantics, known)
  }
  const question = `${exact} ${inTest}`
  let points = known.get(question)
  if (points?.context.program !== program || points.size > LIMITS.points) {
    points = new Points(program, { semantics, exact }, inTest, guards)
    known.set(question, points)
  }
  return points
}
