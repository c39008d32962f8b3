import { LIMITS } from '../core/limits.ts'
import type { Ref } from '../program/program.ts'
import type { Demand } from './demand.ts'
import type { Point } from './points.ts'

/** One visited point of the search, with the way back to the sink. */
export interface Visit {
  readonly point: Point
  readonly demand: Demand
  readonly from: Visit | undefined
  /** The same parameter as the search of another context came to it: the way inside the function leads there. */
  readonly inside?: Visit
  /** What the program does on the step from here towards the sink. */
  readonly what: string
  readonly at: Ref
  readonly obscure: string
  readonly guessed: boolean
  /** Reached only through a call that no model describes. */
  readonly isObscure: boolean
}

/** The visits from a point back to the sink, through the insides of functions that were searched for another context. */
export function wayBack(point: Visit | undefined): readonly Visit[] {
  const way: Visit[] = []
  addWay(way, point, 0)
  return way
}

/** Adds the visits from a point back to where the search entered the function at this depth of calls. */
function addWay(way: Visit[], point: Visit | undefined, depth: number): void {
  for (let visit = point; visit && visit.demand.stack.depth >= depth; visit = visit.from) {
    // A way may pass through one function many times, each time through the same insides.
    if (way.length >= LIMITS.searchSteps) return
    if (visit.inside) addWay(way, visit.inside, visit.inside.demand.stack.depth)
    else way.push(visit)
  }
}
