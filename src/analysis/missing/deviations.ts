import type { FunctionRef, Program, Ref } from '../../program/program.ts'
import type { Outcome } from '../place.ts'
import { onlyRefuses } from './exempt.ts'
import { callersIn } from './families.ts'
import type { Learnt } from './guard.ts'
import { relyingOnHelpers, unlikeCallers, type Habit } from './habits.ts'
import type { Protection } from './protection.ts'
import { wayAround } from './ways.ts'

/** Members that check on every way, before one that does not is an exception. */
const MIN_THROUGHOUT = 8

/** Share of the members that check in their code which may do so on some ways only, before this is a habit. */
const MOST_AROUND = 0.05

/** What is found of members that deviate from others in how they check. */
export type Deviations = ReadonlyMap<FunctionRef, Outcome>

/** Members of a family that check on some ways only, in a helper that others do not rely on, or not at all though all their like do. */
export function deviationsOf(program: Program, learnt: Learnt): Deviations {
  const { protection, strongest, family, convention, most } = learnt
  const found = new Map<FunctionRef, Outcome>()
  if (convention === undefined) {
    for (const by of new Set([strongest, protection])) {
      for (const [of, habit] of unlikeCallers(program, by, family.members)) {
        if (callersIn(program, of).length === 0 && !onlyRefuses(program, of)) found.set(of, unlike(program, by, learnt, habit))
      }
    }
    return found
  }
  const checks = new Map(family.members.filter((of) => (protection.depth(of) ?? Infinity) <= most).map((of) => [of, protection.calls(of, most)] as const))
  for (const [of, habit] of relyingOnHelpers(program, checks)) found.set(of, relying(program, learnt, habit))
  if (most === Infinity) return found
  const around = waysAround(program, checks)
  for (const [of, way] of around) found.set(of, sometimes(learnt, checks.get(of) ?? [], way, checks.size - around.size))
  return found
}

/** Members with a way around their checks; none where that is more than an exception. */
function waysAround(program: Program, checks: ReadonlyMap<FunctionRef, readonly Ref[]>): ReadonlyMap<FunctionRef, Ref> {
  const found = new Map<FunctionRef, Ref>()
  for (const [of, calls] of checks) {
    const around = wayAround(program, of, calls)
    if (around !== undefined && !onlyRefuses(program, of)) found.set(of, around)
  }
  return checks.size - found.size < MIN_THROUGHOUT || found.size > checks.size * MOST_AROUND ? new Map() : found
}

function sometimes({ family }: Learnt, checks: readonly Ref[], around: Ref, throughout: number): Outcome {
  const why = `it checks the caller on some ways only; ${throughout} other ${family.name} that check in their own code do so on every way`
  const steps = checks.slice(0, 1).map((at) => ({ at, what: 'the caller is checked here' }))
  return { type: 'found', routes: [], shown: { why, steps: [...steps, { at: around, what: 'a way on which nothing was checked comes here' }] } }
}

function relying(program: Program, { protection, most }: Learnt, habit: Habit): Outcome {
  const why = `what it calls, ${habit.called}, is all that checks the caller; the ${habit.others.length} other handlers that call it check besides`
  return { type: 'found', routes: [], shown: { why, steps: stepsOf(program, protection, most, habit) } }
}

function unlike(program: Program, by: Protection, { most }: Learnt, habit: Habit): Outcome {
  const why = `all ${habit.others.length} other handlers that call ${habit.called} are only run after a check of the caller; this one is not`
  return { type: 'found', routes: [], shown: { why, steps: stepsOf(program, by, most, habit) } }
}

/** Handlers that a finding shows. */
const SHOWN = 3

function stepsOf(program: Program, protection: Protection, most: number, { others }: Habit): { readonly at: Ref, readonly what: string }[] {
  return others.slice(0, SHOWN).flatMap((of) => {
    const check = protection.check(of, most)
    return check === undefined ? [] : [{ at: protection.calls(of, most).at(-1) ?? check.at, what: `${program.function(of).qualifiedName} checks here` }]
  })
}
