import { Op } from '../../flow/facts.ts'
import type { FunctionRef, Program, Ref } from '../../program/program.ts'
import type { MissingRule, Rule } from '../../rules/rule.ts'
import { safeBy } from '../outcome.ts'
import type { Outcome, Place } from '../place.ts'
import { isChange, saysChange, writtenName } from './changes.ts'
import { learn } from './guard.ts'
import type { MissingInput } from './places.ts'

/** Calls between what a handler calls and the check itself, where its family shows no other: what checks further in checks something on the side. */
const MOST_CALLS = 1

/** Changes that handlers make around the check in their own code: each comes after it, or before. */
export function orderPlaces(input: MissingInput, rule: Rule, { needs }: MissingRule): readonly Place[] {
  const places = new Map<Ref, Place>()
  for (const { family, protection, most } of learn(input, needs)) {
    const calls = most === Infinity ? MOST_CALLS : Math.max(most - 2, MOST_CALLS)
    for (const of of family.members) {
      const file = input.program.fileOfFunction(of)
      if (!rule.languages.includes(file.facts.language)) continue
      for (const [change, outcome] of changesIn(input, needs, (of) => protection.calls(of, calls), of)) {
        places.set(change, {
          rule, file, span: input.program.span(change), sink: undefined, callee: '', argument: '', advice: '',
          what: 'changes something', outcome, bindings: new Map(),
        })
      }
    }
  }
  return [...places.values()]
}

/** Changes that a handler makes on a way that also leads by a check, with the outcome of each. `checksOf`: calls that check as the handlers of its kind do. */
function changesIn({ program, protections, entryPoints }: MissingInput, needs: readonly string[], checksOf: (of: FunctionRef) => readonly Ref[], of: FunctionRef): [Ref, Outcome][] {
  const { facts, valueBase } = program.fileOfFunction(of)
  const { firstValue, valueCount } = program.function(of)
  const found: [Ref, Outcome][] = []
  let checks: readonly Ref[] | undefined
  const nearChecks = (): readonly Ref[] => (entryPoints.has(of) ? protections.near(needs).calls(of).filter((each) => isHelper(program, each)) : [])
  for (let local = firstValue; local < firstValue + valueCount; local++) {
    const call = valueBase + local
    if (facts.op[local] !== Op.Call || !isChange(program, call) || isMaking(program, call)) continue
    if (checks === undefined) {
      checks = checksOf(of)
      if (checks.length === 0) checks = nearChecks()
    }
    if (checks.includes(call)) continue
    const before = checks.find((check) => comesBefore(program, check, call))
    const after = checks.find((check) => comesBefore(program, call, check) && isOnlyCheck(program, check))
    if (before !== undefined) found.push([call, safeBy(program, 'check', 'the caller is checked before', before)])
    else if (after !== undefined) found.push([call, tooEarly(program, call, after)])
  }
  return found
}

/** Whether a call adds something to what it gives, and so changes nothing that others see. */
function isMaking(program: Program, call: Ref): boolean {
  return /^add(?:_|[A-Z])/.test(writtenName(program, call)) && program.uses(call).length > 0
}

/** Whether a call is there for the check alone: it is the check, or nothing is done with its result. */
function isOnlyCheck(program: Program, call: Ref): boolean {
  return program.targets(call).functions.length === 0 || program.uses(call).length === 0
}

/** Whether a call is one of a function that checks and, by its name, changes nothing. */
function isHelper(program: Program, call: Ref): boolean {
  return program.targets(call).functions.length > 0 && program.uses(call).length === 0 && !saysChange(writtenName(program, call))
}

function tooEarly(program: Program, change: Ref, check: Ref): Outcome {
  const name = `\`${writtenName(program, change)}\``
  const why = `${name} has already run when the caller is checked, and stays done when the check refuses`
  return { type: 'found', routes: [], shown: { why, steps: [{ at: check, what: 'the caller is only checked here' }] } }
}

/** Whether one call of a function has always run when another does. */
export function comesBefore(program: Program, one: Ref, other: Ref): boolean {
  const { facts, valueBase } = program.fileOf(one)
  const block = facts.block[one - valueBase] ?? -1
  const last = facts.block[other - valueBase] ?? -1
  if (block === last) return one < other
  for (let each = facts.dominator[last] ?? -1; each >= 0; each = facts.dominator[each] ?? -1) if (each === block) return true
  return false
}
