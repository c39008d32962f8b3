import { Op } from '../../flow/facts.ts'
import type { FunctionRef, Program, Ref } from '../../program/program.ts'
import type { MissingRule, Rule } from '../../rules/rule.ts'
import { safeBy } from '../outcome.ts'
import type { Outcome, Place } from '../place.ts'
import { isChange, writtenName } from './changes.ts'
import { learn } from './guard.ts'
import type { MissingInput } from './places.ts'
import type { Protection } from './protection.ts'

/** Calls between what a handler calls and the check itself, where its family shows no other: what checks further in checks something on the side. */
const MOST_CALLS = 1

/** Changes that handlers make around the check in their own code: each comes after it, or before. */
export function orderPlaces(input: MissingInput, rule: Rule, { needs }: MissingRule): readonly Place[] {
  const places = new Map<Ref, Place>()
  for (const { family, protection, most } of learn(input, needs)) {
    const near = most === Infinity ? MOST_CALLS : Math.max(most - 2, MOST_CALLS)
    for (const of of family.members) {
      const file = input.program.fileOfFunction(of)
      if (!rule.languages.includes(file.facts.language)) continue
      for (const [change, outcome] of changesIn(input.program, protection, near, of)) {
        places.set(change, {
          rule, file, span: input.program.span(change), sink: undefined, callee: '', argument: '', advice: '',
          what: 'changes something', outcome, bindings: new Map(),
        })
      }
    }
  }
  return [...places.values()]
}

/** Changes that a handler makes on a way that also leads by a check, with the outcome of each. */
function changesIn(program: Program, protection: Protection, near: number, of: FunctionRef): [Ref, Outcome][] {
  const checks = protection.calls(of, near)
  if (checks.length === 0) return []
  const { facts, valueBase } = program.fileOfFunction(of)
  const { firstValue, valueCount } = program.function(of)
  const found: [Ref, Outcome][] = []
  for (let local = firstValue; local < firstValue + valueCount; local++) {
    const call = valueBase + local
    if (facts.op[local] !== Op.Call || checks.includes(call) || !isChange(program, call)) continue
    const before = checks.find((check) => comesBefore(program, check, call))
    const after = checks.find((check) => comesBefore(program, call, check) && isOnlyCheck(program, check))
    if (before !== undefined) found.push([call, safeBy(program, 'check', 'the caller is checked before', before)])
    else if (after !== undefined) found.push([call, tooEarly(program, call, after)])
  }
  return found
}

/** Whether a call is there for the check alone: it is the check, or nothing is done with its result. */
function isOnlyCheck(program: Program, call: Ref): boolean {
  return program.targets(call).functions.length === 0 || program.uses(call).length === 0
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
