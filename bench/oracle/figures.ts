import { kindOf } from './groups.ts'
import type { Recipe } from './program.ts'
import type { Reported } from './review.ts'
import type { Truth } from './truth.ts'

/** One program with what running it and what reviewing it said. */
export interface Judged {
  readonly id: string
  readonly recipe: Recipe
  readonly truth: Truth
  readonly reported: readonly Reported[]
}

/** `found` and `quiet` are right, `missed` and `flagged` are wrong, `broken` counts for nothing. */
export type Outcome = 'found' | 'missed' | 'quiet' | 'flagged' | 'broken'

/** A real flow is found when its very line is reported; a program without one must have no report at all. */
export function outcomeOf({ truth, reported }: Pick<Judged, 'truth' | 'reported'>): Outcome {
  if (truth.broken !== '') return 'broken'
  if (truth.hits.length === 0) return reported.length === 0 ? 'quiet' : 'flagged'
  const isReported = truth.hits.some(([path, line]) => reported.some((each) => each.path === path && each.line <= line && line <= each.endLine))
  return isReported ? 'found' : 'missed'
}

/** Counts of outcomes. */
export class Tally {
  readonly #counts = new Map<Outcome, number>()

  add(outcome: Outcome): void {
    this.#counts.set(outcome, this.of(outcome) + 1)
  }

  of(outcome: Outcome): number {
    return this.#counts.get(outcome) ?? 0
  }

  get wrong(): number {
    return this.of('missed') + this.of('flagged')
  }

  /** `recall 950/1000 95.0 %, flagged 20/1000 2.0 %`. */
  toString(): string {
    const [found, missed, quiet, flagged] = [this.of('found'), this.of('missed'), this.of('quiet'), this.of('flagged')]
    return `recall ${share(found, found + missed)}, flagged ${share(flagged, flagged + quiet)}`
  }
}

function share(part: number, whole: number): string {
  const percent = whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`
  return `${part}/${whole} ${percent}`.padEnd(16)
}

/** Tallies by a property of programs, most wrong first. */
export function tallies(judged: readonly Judged[], keysOf: (recipe: Recipe) => readonly string[]): [string, Tally][] {
  const byKey = new Map<string, Tally>()
  for (const each of judged) {
    for (const key of keysOf(each.recipe)) {
      const tally = byKey.get(key) ?? new Tally()
      byKey.set(key, tally)
      tally.add(outcomeOf(each))
    }
  }
  return [...byKey].sort(([a, x], [b, y]) => y.wrong - x.wrong || (a < b ? -1 : 1))
}

/** Kinds of a program's constructs, each once, sorted. */
export function kindNames(recipe: Recipe): string[] {
  return [...new Set(recipe.constructs.map(kindOf))].sort()
}

/** Every two kinds of a program. */
export function pairsOf(recipe: Recipe): string[] {
  const names = kindNames(recipe)
  return names.flatMap((name, at) => names.slice(at + 1).map((other) => `${name} + ${other}`))
}
