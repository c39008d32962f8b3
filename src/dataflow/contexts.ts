import { LIMITS } from '../core/limits.ts'
import type { Visit } from './visit.ts'

/** What is known of one entry into a function: a value that is asked for inside it. */
interface Entry {
  /** Stacks of the contexts in which the function was searched itself. */
  readonly searched: Set<number>
  /** Contexts that take over what the search of others found, by their stacks. */
  readonly sharing: Map<number, Visit>
  /** Parameters that the search came to. */
  readonly ports: Visit[]
}

/**
 * What entering a function for a value leads to, kept while searching: the
 * parameters it comes from. A function that is called from many places is searched
 * in the first few contexts, which are told apart; for every later one the
 * parameters found are taken over, also those that are found afterwards. So the
 * cost of a search grows with the program and not with the number of ways through it.
 */
export class Entries {
  readonly #known = new Map<string, Entry>()

  /**
   * Says how a visit goes on: `undefined` when its function is searched in its
   * context; else the visits of parameters, found so far, that it takes over.
   */
  shared(visit: Visit): readonly Visit[] | undefined {
    const { stack } = visit.demand
    if (stack.depth === 0) return undefined
    const entry = this.#entry(stack.entry)
    if (entry.searched.has(stack.id)) return undefined
    if (entry.searched.size < LIMITS.contexts) {
      entry.searched.add(stack.id)
      return undefined
    }
    if (entry.sharing.has(stack.id)) return []
    entry.sharing.set(stack.id, visit)
    return entry.ports
  }

  /** Takes down that a visit is of a parameter that leads out of its function; gives the visits that take it over. */
  leaves(port: Visit): Iterable<Visit> {
    const entry = this.#entry(port.demand.stack.entry)
    entry.ports.push(port)
    return entry.sharing.values()
  }

  #entry(key: string): Entry {
    let entry = this.#known.get(key)
    if (!entry) {
      entry = { searched: new Set(), sharing: new Map(), ports: [] }
      this.#known.set(key, entry)
    }
    return entry
  }
}
