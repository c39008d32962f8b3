import { ArgTag } from '../flow/facts.ts'
import type { FunctionFacts, ParameterFacts } from '../flow/facts.ts'
import type { ArgumentValueRef, ProgramFile, Ref } from './program.ts'

/**
 * What a function is called with, where that is not written as one call's
 * arguments: by a library that calls it back, or in two parts.
 */
export interface Given {
  readonly positional: readonly ArgumentValueRef[]
  readonly keywords: readonly { readonly name: string, readonly value: Ref }[]
  /** Containers whose elements may be any further arguments. */
  readonly spread: readonly Ref[]
}

/** The arguments of a call from a position on, and all its keyword arguments. */
export function givenBy(file: ProgramFile, call: number, from: number): Given {
  const { facts, valueBase } = file
  const positional: ArgumentValueRef[] = []
  const keywords: { name: string, value: Ref }[] = []
  const spread: Ref[] = []
  let position = 0
  for (let entry = facts.argStart[call] ?? 0; entry < (facts.argStart[call + 1] ?? 0); entry += 2) {
    const tag = facts.args[entry] ?? ArgTag.Positional
    const value = valueBase + (facts.args[entry + 1] ?? 0)
    if (tag === ArgTag.Positional) {
      if (position++ >= from) positional.push({ value, how: 'value' })
    } else if (tag < 0) {
      spread.push(value)
    } else {
      keywords.push({ name: facts.strings[tag] ?? '', value })
    }
  }
  return { positional, keywords, spread }
}

/** One after the other. */
export function together(first: Given, second: Given): Given {
  return {
    positional: [...first.positional, ...second.positional],
    keywords: [...first.keywords, ...second.keywords],
    spread: [...first.spread, ...second.spread],
  }
}

/** What one parameter receives; `offset` is how many leading parameters are filled apart. */
export function receivedBy(
  of: FunctionFacts, index: number, offset: number, given: Given,
): readonly ArgumentValueRef[] {
  const parameter = of.parameters[index]
  if (!parameter) return []
  const position = index - offset
  const named = given.keywords.filter(({ name }) => takes(of, parameter, name))
  const isRest = parameter.kind === 'keyword-rest'
  const found: ArgumentValueRef[] = named.map(({ name, value }) => (
    isRest ? { value, how: 'value', into: name } : { value, how: 'value' }
  ))
  const isPositional = parameter.kind === 'positional' || parameter.kind === 'positional-only'
  if (parameter.kind === 'rest') found.push(...given.positional.slice(Math.max(0, position)).map((each, at) => ({ ...each, into: String(at) })))
  else if (isPositional && position >= 0) found.push(...given.positional.slice(position, position + 1))
  return found.length > 0 ? found : given.spread.map((value) => ({ value, how: 'element' }))
}

function takes(of: FunctionFacts, parameter: ParameterFacts, name: string): boolean {
  if (parameter.kind === 'keyword-rest') return !of.parameters.some((each) => each.name === name)
  return parameter.name === name && (parameter.kind === 'positional' || parameter.kind === 'keyword-only')
}
