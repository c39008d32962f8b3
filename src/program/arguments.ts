import { ArgTag } from '../flow/facts.ts'
import type { FunctionFacts, ParameterFacts } from '../flow/facts.ts'
import type { ArgumentValueRef, ElementOf, ProgramFile } from './program.ts'

/** An argument of a call that a parameter receives, by its number in the calling file. */
export interface PassedArgument {
  readonly local: number
  readonly how: ArgumentValueRef['how']
  readonly from?: ElementOf
  readonly into?: string
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
  let spreads = 0
  for (let entry = facts.argStart[call] ?? 0; entry < (facts.argStart[call + 1] ?? 0); entry += 2) {
    const tag = facts.args[entry] ?? ArgTag.Positional
    const local = facts.args[entry + 1] ?? 0
    if (tag >= 0) {
      const keyword = facts.strings[tag] ?? ''
      if (takesKeyword(of, parameter, keyword)) found.push({ local, how: 'value', ...intoKeywordRest(parameter, keyword) })
    } else if (tag === ArgTag.Positional) {
      if (takesPosition(parameter, position, seen)) found.push({ local, how: 'value', ...intoRest(parameter, seen - position, spreads) })
      seen++
    } else if (tag === ArgTag.Spread) {
      const isReached = isPositional(parameter) && position >= seen || parameter.kind === 'rest'
      if (isReached) spread.push({ local, how: 'element', ...fromSpread(parameter, position - seen, spreads) })
      spreads++
    } else if (parameter.kind !== 'positional-only' && parameter.kind !== 'rest') {
      spread.push({ local, how: 'element', from: parameter.kind === 'keyword-rest' ? 'same' : { key: parameter.name } })
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

function intoKeywordRest(parameter: ParameterFacts, keyword: string): { readonly into?: string } {
  return parameter.kind === 'keyword-rest' ? { into: keyword } : {}
}

/** Where in a rest parameter a positional argument is; not known after a spread. */
function intoRest(parameter: ParameterFacts, index: number, spreads: number): { readonly into?: string } {
  return parameter.kind === 'rest' && spreads === 0 ? { into: String(index) } : {}
}

/** Which element of a spread argument a parameter is that comes `distance` after its first; not known after another spread. */
function fromSpread(parameter: ParameterFacts, distance: number, spreads: number): { readonly from?: ElementOf } {
  if (spreads > 0) return {}
  if (parameter.kind !== 'rest') return { from: { key: String(distance) } }
  return distance === 0 ? { from: 'same' } : {}
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
