import { CallFlag, Op } from '../../flow/facts.ts'
import type { FunctionRef, Program, Ref } from '../../program/program.ts'
import type { Protection } from './protection.ts'

/** Handlers that all do it besides one, before what they have in common shows that it must do it too. */
const MIN_ALIKE = 3

/** How likely it may at most be that so many of them are checked by chance, when as many of all handlers are. */
const MAX_CHANCE = 0.02

/** Calls looked at in one handler. */
const MAX_CALLS = 200

/** What others have in common with a handler, and do that it does not. */
export interface Habit {
  /** The function that all of them call. */
  readonly called: string
  readonly others: readonly FunctionRef[]
}

/**
 * Handlers that come to a check only in a helper which all others that call it do not rely on: they check
 * besides. `checks`: the calls that lead to a check, for each member that checks in its code.
 */
export function relyingOnHelpers(program: Program, checks: ReadonlyMap<FunctionRef, readonly Ref[]>): ReadonlyMap<FunctionRef, Habit> {
  const called = new Map([...checks].map(([of, calls]) => [of, new Set(calls.flatMap((call) => program.targets(call).functions))] as const))
  const by = inverted(called)
  const found = new Map<FunctionRef, Habit>()
  for (const [of, own] of called) {
    const [helper] = own
    // A check by a library is a check by itself.
    if (helper === undefined || isByLibrary(program, checks.get(of) ?? [])) continue
    const othersOf = (each: FunctionRef): readonly FunctionRef[] => (by.get(each) ?? []).filter((other) => other !== of)
    const doesMore = (other: FunctionRef): boolean => [...called.get(other) ?? []].some((each) => !own.has(each))
    const isRelied = [...own].every((each) => othersOf(each).length >= MIN_ALIKE && othersOf(each).every(doesMore))
    if (isRelied) found.set(of, { called: program.function(helper).qualifiedName, others: othersOf(helper) })
  }
  return found
}

/** Handlers without a check, of which all others that call the same function have one. */
export function unlikeCallers(program: Program, protection: Protection, members: readonly FunctionRef[]): ReadonlyMap<FunctionRef, Habit> {
  const found = new Map<FunctionRef, Habit>()
  const open = members.filter((of) => protection.check(of) === undefined)
  const share = 1 - open.length / members.length
  // So many are needed, were all handlers with what they call in common alike by chance.
  const least = Math.max(MIN_ALIKE, Math.ceil(Math.log(MAX_CHANCE) / Math.log(share)))
  if (open.length === 0 || !(members.length - open.length >= least)) return found
  const by = inverted(new Map(members.map((of) => [of, functionsCalledBy(program, of)] as const)))
  for (const [called, callers] of by) {
    const without = callers.filter((of) => open.includes(of))
    const [of] = without
    const others = callers.filter((each) => each !== of)
    if (of === undefined || without.length > 1 || others.length < least) continue
    if ((found.get(of)?.others.length ?? 0) < others.length) found.set(of, { called, others })
  }
  return found
}

/** Whether a function has more in common with one of some others than what frameworks give both: their class, a key or a function that they call. */
export function isLike(program: Program, of: FunctionRef, others: readonly FunctionRef[]): boolean {
  const marks = marksOf(program, of)
  return others.some((each) => [...marksOf(program, each)].some((mark) => marks.has(mark)))
}

function marksOf(program: Program, of: FunctionRef): ReadonlySet<string> {
  const { classIndex, parameters } = program.function(of)
  const called = functionsCalledBy(program, of)
  const keys = parameters.slice(1).filter(({ kind }) => kind !== 'rest' && kind !== 'keyword-rest').map(({ name }) => name)
  return new Set([...called, ...keys, ...classIndex < 0 ? [] : [`class ${program.fileOfFunction(of).classBase + classIndex}`]])
}

function isByLibrary(program: Program, calls: readonly Ref[]): boolean {
  return calls.some((call) => program.targets(call).functions.length === 0)
}

/** Names of the functions of the program that a handler calls itself. */
function functionsCalledBy(program: Program, of: FunctionRef): ReadonlySet<string> {
  const { facts, valueBase } = program.fileOfFunction(of)
  const { firstValue, valueCount } = program.function(of)
  const found = new Set<string>()
  let calls = 0
  for (let local = firstValue; local < firstValue + valueCount && calls < MAX_CALLS; local++) {
    if (facts.op[local] !== Op.Call || ((facts.b[local] ?? 0) & CallFlag.Decorator) !== 0) continue
    calls++
    const { functions, guess } = program.targets(valueBase + local)
    const [only, another] = functions
    if (only !== undefined && another === undefined && !guess) found.add(`${program.function(only).qualifiedName} of ${program.fileOfFunction(only).path}`)
  }
  return found
}

function inverted<T>(called: ReadonlyMap<FunctionRef, ReadonlySet<T>>): ReadonlyMap<T, readonly FunctionRef[]> {
  const found = new Map<T, FunctionRef[]>()
  for (const [of, functions] of called) {
    for (const each of functions) {
      const list = found.get(each)
      if (list === undefined) found.set(each, [of])
      else list.push(of)
    }
  }
  return found
}
