import type { Construct } from './construct.ts'
import { FRAMEWORKS } from './frameworks.ts'
import { kindOf, kindsOf, type Kind } from './groups.ts'
import type { LayoutKind } from './layout.ts'
import type { Recipe } from './program.ts'
import { Random } from './random.ts'
import { SINK_KINDS } from './sinks.ts'
import { PACKAGES } from './words.ts'

const LAYOUTS: readonly LayoutKind[] = ['package', 'package', 'package', 'source-folder', 'namespace', 'flat']

/** How many constructs a program has: one is drawn from this list. */
const LENGTHS = [1, 2, 2, 2, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 5, 5, 5, 6, 6, 6]

/** A program and its near miss. */
export interface Couple {
  readonly flow: Recipe
  readonly twin: Recipe
}

/**
 * Recipes for so many couples: each construct alone first, then programs in
 * which every pair of kinds of constructs meets, as far as the number allows.
 */
export function planCouples(seed: number, count: number, constructs: readonly Construct[]): Couple[] {
  const random = new Random(seed)
  const kinds = kindsOf(constructs)
  const pairs = new UnmetPairs(kinds)
  const members = new Members(random)
  const couples: Couple[] = []
  for (const each of constructs) {
    if (couples.length < count) couples.push(couple(random, couples.length, [each], 0))
  }
  while (couples.length < count) {
    const mixed = random.shuffled(pairs.choose(random, random.pick(LENGTHS))).map((kind) => members.next(kind))
    const chosen = [...mixed.filter((each) => !each.isLast), ...mixed.filter((each) => each.isLast)]
    const twinnable = [...chosen.keys()].filter((at) => chosen[at]?.hasTwin === true)
    const twinAt = twinnable.length === 0 || random.chance(0.06) ? chosen.length : random.pick(twinnable)
    couples.push(couple(random, couples.length, chosen, twinAt))
  }
  return couples
}

/** How many pairs of different kinds meet in none of the couples, and how many there are. */
export function unmetPairs(couples: readonly Couple[], constructs: readonly Construct[]): readonly [unmet: number, all: number] {
  const kinds = kindsOf(constructs)
  const pairs = new UnmetPairs(kinds)
  for (const { flow } of couples) {
    const names = new Set(flow.constructs.map(kindOf))
    pairs.meet(kinds.filter((each) => names.has(each.name)))
  }
  return [pairs.size, (kinds.length * (kinds.length - 1)) / 2]
}

/** Takes the members of each kind in turn, in an order that is drawn anew each time round. */
class Members {
  readonly #random: Random
  readonly #waiting = new Map<Kind, Construct[]>()

  constructor(random: Random) {
    this.#random = random
  }

  next(kind: Kind): Construct {
    const waiting = this.#waiting.get(kind) ?? []
    if (waiting.length === 0) waiting.push(...this.#random.shuffled(kind.members))
    this.#waiting.set(kind, waiting)
    const next = waiting.pop()
    if (next === undefined) throw new Error(`no member of ${kind.name}`)
    return next
  }
}

function couple(random: Random, index: number, constructs: readonly Construct[], twinAt: number): Couple {
  const simple = constructs.length === 1
  const kind = random.pick(SINK_KINDS)
  const [first = '', second = ''] = [PACKAGES[index % PACKAGES.length], PACKAGES[Math.floor(index / PACKAGES.length) % PACKAGES.length]]
  const flow: Recipe = {
    seed: random.below(2 ** 31), package: `${first}_${second}`, layout: simple ? 'package' : random.pick(LAYOUTS), isOneFile: simple,
    framework: simple ? 'flask.view' : random.pick(FRAMEWORKS).name, kind: simple ? 'shell' : kind.name,
    sink: random.below(kind.sinks.length), constructs, twinAt: -1,
  }
  return { flow, twin: { ...flow, twinAt: simple ? 0 : twinAt } }
}

class UnmetPairs {
  readonly #kinds: readonly Kind[]
  readonly #unmet = new Map<Kind, Set<Kind>>()

  constructor(kinds: readonly Kind[]) {
    this.#kinds = kinds
    for (const each of kinds) this.#unmet.set(each, new Set(kinds.filter((other) => other !== each)))
  }

  /** Unordered pairs that have not met. */
  get size(): number {
    let count = 0
    for (const others of this.#unmet.values()) count += others.size
    return count / 2
  }

  /** Different kinds, such that as many as possible meet for the first time. */
  choose(random: Random, length: number): Kind[] {
    const chosen: Kind[] = []
    while (chosen.length < Math.min(length, this.#kinds.length)) {
      const candidates = random.shuffled(this.#kinds.filter((each) => !chosen.includes(each)))
      const gain = (each: Kind): number => (chosen.length === 0
        ? this.#unmet.get(each)?.size ?? 0
        : chosen.filter((other) => this.#unmet.get(each)?.has(other) === true).length)
      const best = candidates.reduce((a, b) => (gain(b) > gain(a) ? b : a))
      chosen.push(best)
    }
    this.meet(chosen)
    return chosen
  }

  meet(together: readonly Kind[]): void {
    for (const each of together) {
      for (const other of together) this.#unmet.get(each)?.delete(other)
    }
  }
}
