import { LIMITS } from '../core/limits.ts'
import { CallFlag, Op } from '../flow/facts.ts'
import type { Knowledge } from '../models/knowledge.ts'
import { isAnonymous } from '../program/program.ts'
import type { Program, ProgramFile, Ref } from '../program/program.ts'
import { spelled } from '../dataflow/steps.ts'

/** What calls run, as far as it is known: what a review could look into, and what it could not. */
export interface CallAccount {
  /** Calls written in the code; the application of a decorator is none. */
  readonly total: number
  /** Run functions of the program, or make objects of its classes. */
  readonly ofProgram: number
  /** Run functions of libraries that the models describe. */
  readonly described: number
  /** Run functions of libraries that no model describes. */
  readonly undescribed: readonly CountedName[]
  /** Could not be resolved, or by the method's name alone. */
  readonly unresolved: readonly CountedName[]
}

/** A name with the number of its calls; by number, then by name. */
export interface CountedName {
  readonly name: string
  readonly calls: number
}

/** Accounts for every call of some files; `undefined` where they are too many to be resolved for this alone. */
export function accountOfCalls(
  program: Program, knowledge: Knowledge, files: readonly ProgramFile[],
): CallAccount | undefined {
  const calls = callsIn(files)
  if (calls.length > LIMITS.accountedCalls) return undefined
  let ofProgram = 0
  let described = 0
  const undescribed = new Map<string, number>()
  const unresolved = new Map<string, number>()
  for (const call of calls) {
    const { functions, constructs, library, guess } = program.targets(call)
    const named = library.filter((name) => !isAnonymous(name))
    if (constructs.length > 0 || functions.length > 0 && !guess) ofProgram++
    else if (named.some((name) => knowledge.isKnownLibrary(name))) described++
    else if (named[0] !== undefined) count(undescribed, named[0])
    else count(unresolved, spelled(program, call))
  }
  return { total: calls.length, ofProgram, described, undescribed: sorted(undescribed), unresolved: sorted(unresolved) }
}

function callsIn(files: readonly ProgramFile[]): readonly Ref[] {
  return files.flatMap(({ facts, valueBase }) => {
    const found: Ref[] = []
    for (let at = 0; at < facts.op.length; at++) {
      const isWritten = facts.op[at] === Op.Call && ((facts.b[at] ?? 0) & CallFlag.Decorator) === 0
      if (isWritten) found.push(valueBase + at)
    }
    return found
  })
}

/** Longest name kept: code can chain calls without end. */
const MAX_NAME = 120

function count(names: Map<string, number>, name: string): void {
  const short = name.length > MAX_NAME ? `…${name.slice(-MAX_NAME)}` : name
  names.set(short, (names.get(short) ?? 0) + 1)
}

function sorted(names: ReadonlyMap<string, number>): readonly CountedName[] {
  return [...names]
    .sort(([one, some], [other, others]) => others - some || (one < other ? -1 : 1))
    .map(([name, calls]) => ({ name, calls }))
}
