import { ArgTag } from '../flow/facts.ts'
import type { FunctionFacts, ParameterFacts } from '../flow/facts.ts'
import type { ArgumentValueRef, ProgramFile } from './program.ts'

/** An argument of a call that a parameter receives, by its number in the calling file. */
export interface PassedArgument {
  readonly local: number
  readonly how: ArgumentValueRef['how']
}

/**
 * Arguments of a call that a parameter receives. `offset` is how many leading
 * parameters the call fills without an argument: the receiver.
 */
export function passedTo(
  file: ProgramFile, call: number, of: FunctionFacts, index: number, offset: number,
): PassedArgument[] {
  const parameter = of.parameters[index]
  if (!parameter) return []
  const { facts } = file
  const position = index - offset
  const found: PassedArgument[] = []
  const spread: PassedArgument[] = []
  let seen = 0
  for (let entry = facts.argStart[call] ?? 0; entry < (facts.argStart[call + 1] ?? 0); entry += 2) {
    const tag = facts.args[entry] ?? ArgTag.Positional
    const local = facts.args[entry + 1] ?? 0
    if (tag >= 0) {
      if (takesKeyword(of, parameter, facts.strings[tag] ?? '')) found.push({ local, how: 'value' })
    } else if (tag === ArgTag.Positional) {
      if (takesPosition(parameter, position, seen)) found.push({ local, how: 'value' })
      seen++
    } else if (tag === ArgTag.Spread) {
      const isReached = isPositional(parameter) && position >= seen || parameter.kind === 'rest'
      if (isReached) spread.push({ local, how: 'element' })
    } else if (parameter.kind !== 'positional-only' && parameter.kind !== 'rest') {
      spread.push({ local, how: 'element' })
    }
  }
  // What is given by itself is not given again by a spread; only rest parameters gather both.
  const isRest = parameter.kind === 'rest' || parameter.kind === 'keyword-rest'
  return found.length > 0 && !isRest ? found : [...found, ...spread]
}

/** Whether a call's arguments can be those of a function: enough, not too many, no unknown keyword. */
export function accepts(file: ProgramFile, call: number, of: FunctionFacts, offset: number): boolean {
  const { facts } = file
  const given = new Set<number>()
  let position = offset
  for (let entry = facts.argStart[call] ?? 0; entry < (facts.argStart[call + 1] ?? 0); entry += 2) {
    const tag = facts.args[entry] ?? ArgTag.Positional
    if (tag === ArgTag.Spread || tag === ArgTag.DoubleSpread) return true
    if (tag === ArgTag.Positional) {
      given.add(position++)
      continue
    }
    const index = of.parameters.findIndex((each) => takesKeyword(of, each, facts.strings[tag] ?? ''))
    if (index < 0) return false
    given.add(index)
  }
  const isOpen = of.parameters.some((each) => each.kind === 'rest')
  if (!isOpen && position > of.parameters.filter(isPositional).length) return false
  return of.parameters.every((each, index) => (
    index < offset || each.default >= 0 || isRestKind(each) || given.has(index)
  ))
}

function takesPosition(parameter: ParameterFacts, position: number, seen: number): boolean {
  return isPositional(parameter) ? seen === position : parameter.kind === 'rest' && seen >= position
}

function takesKeyword(of: FunctionFacts, parameter: ParameterFacts, name: string): boolean {
  if (parameter.kind === 'positional' || parameter.kind === 'keyword-only') return parameter.name === name
  if (parameter.kind !== 'keyword-rest') return false
  return !of.parameters.some((each) => each !== parameter && takesKeyword(of, each, name))
}

function isPositional(parameter: ParameterFacts): boolean {
  return parameter.kind === 'positional' || parameter.kind === 'positional-only'
}

function isRestKind(parameter: ParameterFacts): boolean {
  return parameter.kind === 'rest' || parameter.kind === 'keyword-rest'
}
