import type { CharacterSet } from './character-set.ts'
import type { Alternatives, Piece } from './regex-parse.ts'

/**
 * The positions of a regular expression (Glushkov's automaton): a state for
 * each character set in it, and how many ways lead from one to the next. Two
 * ways between the same states are two ways to match the same text.
 *
 * Assertions, look-arounds and references are taken for empty, so the automaton
 * accepts at least what the expression does: what is found in it must be tried
 * on the expression itself.
 */
export interface Automaton {
  readonly sets: readonly CharacterSet[]
  /** Where a match can begin. */
  readonly first: Ways
  /** From each position, the next ones. */
  readonly next: readonly Ways[]
}

/** Positions, and in how many ways each is reached: one, or two for several. */
export type Ways = ReadonlyMap<number, number>

/** Positions of the longest expression that is analysed. */
const MAX_POSITIONS = 400

/** Ways between positions; nested repetitions of long alternatives have many. */
const MAX_EDGES = 40_000

/** Copies of what is repeated a certain number of times; more would only show the same again. */
const MAX_COPIES = 3

/** The automaton of an expression; `undefined` when it is too large. */
export function automatonOf(body: Alternatives): Automaton | undefined {
  const builder = new Builder()
  const { first } = builder.either(body)
  return builder.isTooLarge ? undefined : { sets: builder.sets, first, next: builder.next }
}

/** What stands at the borders of a part. */
interface Part {
  /** In how many ways it matches nothing. */
  readonly empty: number
  readonly first: Ways
  readonly last: Ways
}

const EMPTY: Part = { empty: 1, first: new Map(), last: new Map() }

class Builder {
  readonly sets: CharacterSet[] = []
  readonly next: Map<number, number>[] = []
  #edges = 0

  get isTooLarge(): boolean {
    return this.sets.length > MAX_POSITIONS || this.#edges > MAX_EDGES
  }

  /** Depth is bounded by the parser of expressions. */
  either(body: Alternatives): Part {
    const parts = body.map((sequence) => sequence.reduce<Part>((before, piece) => this.#then(before, this.#piece(piece)), EMPTY))
    return {
      empty: capped(parts.reduce((sum, each) => sum + each.empty, 0)),
      first: sum(...parts.map((each) => each.first)),
      last: sum(...parts.map((each) => each.last)),
    }
  }

  #piece(piece: Piece): Part {
    switch (piece.type) {
      case 'set': {
        const at = this.sets.length
        if (this.isTooLarge) return EMPTY
        this.sets.push(piece.set)
        this.next.push(new Map())
        return { empty: 0, first: new Map([[at, 1]]), last: new Map([[at, 1]]) }
      }
      case 'assertion':
      case 'look':
      case 'reference':
        return EMPTY
      case 'group':
      case 'atomic':
        return this.either(piece.body)
      case 'repeat':
        return this.#repeat(piece)
    }
  }

  #repeat({ of, min, max }: Extract<Piece, { type: 'repeat' }>): Part {
    let part = EMPTY
    const isLoop = max > MAX_COPIES
    const needed = Math.min(min, MAX_COPIES)
    for (let copy = 0; copy < needed; copy++) {
      const next = this.#piece(of)
      part = this.#then(part, isLoop && copy === needed - 1 ? this.#loop(next) : next)
    }
    if (isLoop) return needed > 0 ? part : { ...this.#loop(this.#piece(of)), empty: 1 }
    for (let copy = needed; copy < max; copy++) part = this.#then(part, { ...this.#piece(of), empty: 1 })
    return part
  }

  #loop(part: Part): Part {
    this.#connect(part.last, part.first)
    return part
  }

  #then(before: Part, after: Part): Part {
    this.#connect(before.last, after.first)
    return {
      empty: capped(before.empty * after.empty),
      first: sum(before.first, times(after.first, before.empty)),
      last: sum(after.last, times(before.last, after.empty)),
    }
  }

  #connect(from: Ways, to: Ways): void {
    if (this.isTooLarge) return
    for (const [at, ways] of from) {
      const next = this.next[at]
      for (const [other, more] of to) {
        const known = next?.get(other) ?? 0
        if (known === 0) this.#edges++
        next?.set(other, capped(known + ways * more))
      }
    }
  }
}

function capped(count: number): number {
  return Math.min(count, 2)
}

function times(ways: Ways, count: number): Ways {
  return count === 1 ? ways : new Map(count === 0 ? [] : [...ways].map(([at, each]) => [at, capped(each * count)]))
}

function sum(...all: readonly Ways[]): Ways {
  const [only, ...more] = all.filter((each) => each.size > 0)
  if (only === undefined || more.length === 0) return only ?? new Map()
  const total = new Map(only)
  for (const ways of more) for (const [at, count] of ways) total.set(at, capped((total.get(at) ?? 0) + count))
  return total
}
