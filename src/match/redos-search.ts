import { includes, type CharacterSet } from './character-set.ts'
import type { Automaton } from './redos-automaton.ts'

/** A text that leads from a position back to it, or on to another, in two ways. */
export interface Ambiguity {
  readonly at: number
  readonly pump: string
}

/** Steps of all searches in one automaton. */
const SEARCH_STEPS = 200_000

/** Characters of attack strings, those that are easy to read first. */
export const PLAIN: readonly string[] = [...'a0!-_ Z.,;:/@#"\'=<>()[]{}+*?\\|&%$~^`\t\r']

/** A character of a set, one that is easy to read where there is one; `''` when there is none in ASCII but line ends. */
export function characterIn(set: CharacterSet | undefined): string {
  if (set === undefined) return ''
  const plain = PLAIN.find((each) => includes(set, each))
  if (plain !== undefined) return plain
  for (let code = 0; code < 128; code++) if (code !== 10 && set[code] === 1) return String.fromCharCode(code)
  return ''
}

/** Searches for two ways to match one text: breadth first, with counted steps. */
export class AmbiguitySearch {
  readonly #automaton: Automaton
  #left = SEARCH_STEPS

  constructor(automaton: Automaton) {
    this.#automaton = automaton
  }

  /** Two ways from a position back to itself. */
  *loops(): Generator<Ambiguity> {
    for (const at of this.#looping()) {
      const pump = this.#find([at, at], [at, at], true)
      if (pump !== undefined) yield { at, pump }
    }
  }

  /** From a position back to it and on to another, which the same text leads back to itself. */
  *handings(): Generator<Ambiguity> {
    const looping = this.#looping()
    for (const at of looping) {
      for (const other of looping) {
        const pump = at === other ? undefined : this.#find([at, at, other], [at, other, other], false)
        if (pump !== undefined) yield { at, pump }
      }
    }
  }

  /** Positions that can come again after themselves. */
  #looping(): number[] {
    return [...this.#automaton.sets.keys()].filter((at) => {
      const seen = new Set<number>()
      const waiting = [at]
      for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) {
        for (const next of this.#automaton.next[each]?.keys() ?? []) {
          if (next === at) return true
          if (this.#left-- <= 0) return false
          if (seen.has(next)) continue
          seen.add(next)
          waiting.push(next)
        }
      }
      return false
    })
  }

  /** The shortest text by which positions move together from some to others; the first two on different ways where asked. */
  #find(from: readonly number[], to: readonly number[], isSplit: boolean): string | undefined {
    const seen = new Set<string>()
    let newest: State[] = [{ at: from, text: '', isApart: !isSplit }]
    while (newest.length > 0) {
      const wave = newest
      newest = []
      for (const state of wave) {
        for (const next of this.#steps(state)) {
          if (this.#left <= 0) return undefined
          if (next.isApart && next.at.every((each, index) => each === to[index])) return next.text
          const key = `${next.at.join(' ')} ${next.isApart}`
          if (seen.has(key)) continue
          seen.add(key)
          newest.push(next)
        }
      }
    }
    return undefined
  }

  /** Where positions get to by one character that all of them can take. */
  #steps({ at, text, isApart }: State): State[] {
    const { sets, next } = this.#automaton
    let partial: Step[] = [{ at: [], set: undefined, ways: 1 }]
    for (const position of at) {
      const further: Step[] = []
      for (const each of partial) {
        for (const [target, ways] of next[position] ?? []) {
          if (this.#left-- <= 0) return []
          const set = commonOf(each.set, sets[target])
          if (set !== undefined) further.push({ at: [...each.at, target], set, ways: Math.max(each.ways, ways) })
        }
      }
      partial = further
    }
    return partial.flatMap((each) => {
      const character = characterIn(each.set)
      const isParting = each.at[0] !== each.at[1] || (at[0] === at[1] && each.ways > 1)
      return character === '' ? [] : [{ at: each.at, text: text + character, isApart: isApart || isParting }]
    })
  }
}

/** Positions after a text. */
interface State {
  readonly at: readonly number[]
  readonly text: string
  readonly isApart: boolean
}

/** Next positions, what all of them take, and whether one is reached in several ways. */
interface Step {
  readonly at: readonly number[]
  readonly set: CharacterSet | undefined
  readonly ways: number
}

/** What is in both sets; `undefined` when nothing is. */
function commonOf(one: CharacterSet | undefined, other: CharacterSet | undefined): CharacterSet | undefined {
  if (one === undefined || other === undefined || one === other) return other ?? one
  let isEmpty = true
  const common = one.map((each, index) => {
    const both = each & (other[index] ?? 0)
    if (both !== 0) isEmpty = false
    return both
  })
  return isEmpty ? undefined : common
}
