import type { Construct } from './construct.ts'
import { FRAMEWORKS } from './frameworks.ts'
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
 * which every pair of constructs meets, as far as the number allows.
 */
export function planCouples(seed: number, count: number, constructs: readonly Construct[]): Couple[] {
  const random = new Random(seed)
  const pairs = new UnmetPairs(constructs)
  const couples: Couple[] = []
  for (const each of constructs) {
    if (couples.length < count) couples.push(couple(random, couples.length, [each], 0))
  }
  while (couples.length < count) {
    const mixed = random.shuffled(pairs.choose(random, random.pick(LENGTHS)))
    const chosen = [...mixed.filter((each) => !each.isLast), ...mixed.filter((each) => each.isLast)]
    const twinnable = [...chosen.keys()].filter((at) => chosen[at]?.hasTwin === true)
    const twinAt = twinnable.length === 0 || random.chance(0.06) ? chosen.length : random.pick(twinnable)
    couples.push(couple(random, couples.length, chosen, twinAt))
  }
  return couples
}

/** How many pairs of different constructs meet in none of the couples. */
export function unmetPairs(couples: readonly Couple[], constructs: readonly Construct[]): number {
  const pairs = new UnmetPairs(constructs)
  for (const { flow } of couples) pairs.meet(flow.constructs)
  return pairs.size
}

function couple(random: Random, index: number, constructs: readonly Construct[], twinAt: number): Couple {
  const simple = constructs.length === 1
  const kind = random.pick(SINK_KINDS)
  const [first = '', second = ''] = [PACKAGES[index % PACKAGES.length], PACKAGES[Math.floor(index / PACKAGES.length) % PACKAGES.length]]
  const flow: Recipe = {
    seed: random.below(2 ** 31), package: `${first}_${second}`, layout: simple ? 'package' : random.pick(LAYOUTS),
    framework: simple ? 'flask.view' : random.pick(FRAMEWORKS).name, kind: simple ? 'shell' : kind.name,
    sink: random.below(kind.sinks.length), constructs, twinAt: -1,
  }
  return { flow, twin: { ...flow, twinAt: simple ? 0 : twinAt } }
}

class UnmetPairs {
  readonly #constructs: readonly Construct[]
  readonly #unmet = new Map<Construct, Set<Construct>>()

  constructor(constructs: readonly Construct[]) {
    this.#constructs = constructs
    for (const each of constructs) this.#unmet.set(each, new Set(constructs.filter((other) => other !== each)))
  }

  /** Unordered pairs that have not met. */
  get size(): number {
    let count = 0
    for (const others of this.#unmet.values()) count += others.size
    return count / 2
  }

  /** Different constructs, such that as many as possible meet for the first time. */
  choose(random: Random, length: number): Construct[] {
    const chosen: Construct[] = []
    while (chosen.length < Math.min(length, this.#constructs.length)) {
      const candidates = random.shuffled(this.#constructs.filter((each) => !chosen.includes(each)))
      const gain = (each: Construct): number => (chosen.length === 0
        ? this.#unmet.get(each)?.size ?? 0
        : chosen.filter((other) => this.#unmet.get(each)?.has(other) === true).length)
      const best = candidates.reduce((a, b) => (gain(b) > gain(a) ? b : a))
      chosen.push(best)
    }
    this.meet(chosen)
    return chosen
  }

  meet(together: readonly Construct[]): void {
    for (const each of together) {
      for (const other of together) this.#unmet.get(each)?.delete(other)
    }
  }
}
