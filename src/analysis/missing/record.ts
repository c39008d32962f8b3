import type { FunctionRef, Program } from '../../program/program.ts'
import type { MissingRule, Rule } from '../../rules/rule.ts'
import { safeBy } from '../outcome.ts'
import type { Outcome, Place } from '../place.ts'
import { changeFamilies, type Changes } from './change-families.ts'
import { onlyRefuses } from './exempt.ts'
import { callersIn } from './families.ts'
import type { MissingInput } from './places.ts'
import { Records } from './records.ts'

/** Recorded changes that a finding shows. */
const SHOWN = 3

/**
 * Functions that change something and leave no record - a log line, an audit entry, a notification, an event -
 * where those of their sort as a rule do: those of a class, handlers, those that create, update and delete one sort
 * of thing, those that are given what only records need. `needs`: kinds of acts of the models that are records.
 */
export function recordPlaces(input: MissingInput, rule: Rule, { needs }: MissingRule): readonly Place[] {
  const { program } = input
  const records = new Records(program, input.knowledge, needs)
  const places = new Map<FunctionRef, Place>()
  for (const family of changeFamilies(input, records)) {
    const { members, isRule } = family
    const recorded = members.filter((each) => records.entry(each) !== undefined)
    // What is recorded elsewhere, or only in the log, speaks neither for the rule nor against it.
    const silent = members.filter((each) => records.call(each) === undefined && !onlyRefuses(program, each) && !isRecordedByCallers(program, records, each))
    const mute = silent.filter((each) => records.trace(each) === undefined)
    if (!isRule(recorded.length, mute.length)) continue
    const others = silent.length === 1 ? silent : mute
    for (const each of members) {
      const file = program.fileOfFunction(each)
      if (!rule.languages.includes(file.facts.language)) continue
      const call = records.call(each) ?? (others.includes(each) ? undefined : records.trace(each))
      const outcome: Outcome = call === undefined
        ? others.includes(each) ? unrecorded(program, family, recorded, others, records) : safeBy(program, 'exclusion', 'it does nothing but refuse, or all that call it record it', program.ref(file, program.function(each).firstValue))
        : safeBy(program, 'record', 'it is recorded here', call)
      if (places.get(each)?.outcome.type === 'found') continue
      places.set(each, {
        rule, file, span: program.function(each).nameSpan, sink: undefined, callee: '', argument: '', advice: '',
        what: 'changes something', outcome, bindings: new Map(),
      })
    }
  }
  return [...places.values()]
}

/** Whether the program calls a method, and always from functions that leave a record. */
function isRecordedByCallers(program: Program, records: Records, of: FunctionRef): boolean {
  const callers = callersIn(program, of)
  return callers.length > 0 && callers.every((call) => records.call(program.functionOf(call)) !== undefined)
}

function unrecorded(program: Program, { name }: Changes, recorded: readonly FunctionRef[], others: readonly FunctionRef[], records: Records): Outcome {
  const all = recorded.length + others.length
  const why = `of ${all} ${name}, ${recorded.length} leave a record; `
    + 'this one does not, neither itself nor in what it calls'
  const steps = recorded.slice(0, SHOWN).flatMap((each) => {
    const at = records.entry(each)
    return at === undefined ? [] : [{ at, what: `${program.function(each).qualifiedName} records it` }]
  })
  return { type: 'found', routes: [], shown: { why, steps } }
}
