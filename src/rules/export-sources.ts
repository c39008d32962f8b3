import type { EntryPointModel } from '../models/model.ts'
import type { Spelling } from '../tree/language.ts'
import { all, either, Groups, pattern, unique } from './export-call.ts'
import type { Term, Wording } from './export-call.ts'
import { RECEIVER } from './spell-name.ts'

/** Letters of a class's last word that its instances' names are expected to hold. */
const HINT_LENGTH = 3

const PARAMETER = '$PARAM'

/** Items of `pattern-sources` for the models' sources and entry points of these kinds. */
export function exportSources(kinds: readonly string[], wording: Wording): readonly Term[] {
  const { models, names, spelling } = wording
  const plain = new Groups()
  const guessed = new Groups()
  for (const source of models.flatMap((model) => model.sources)) {
    if (!kinds.includes(source.kind)) continue
    for (const name of names.spellOnValues(source.read ?? source.call ?? '')) {
      const text = source.call === undefined ? name.text : spelling.call(name.text, ['...'])
      if (name.receiver === undefined || source.anyReceiver) plain.add([text], [])
      else addOnReceiver(guessed, text, name.receiver, source.read !== undefined, spelling)
    }
  }
  const parameters = new Groups()
  for (const entry of models.flatMap((model) => model.entryPoints)) {
    if (!entry.parametersUntrusted || !kinds.includes(entry.kind)) continue
    for (const [own, ...around] of entryFunctions(entry, parameterList(entry), wording)) {
      parameters.add([own], [...around.map(inside), { 'focus-metavariable': PARAMETER }, ...untyped(entry)])
    }
  }
  return [...plain.terms(), ...guessed.terms(), ...parameters.terms()]
}

/** Items of `pattern-sinks` for what entry points return to these kinds. */
export function exportReturns(kinds: readonly string[], wording: Wording): readonly Term[] {
  const places = wording.models.flatMap((model) => model.entryPoints)
    .filter((entry) => entry.returnsTo !== undefined && kinds.includes(entry.returnsTo))
    .flatMap((entry) => entryFunctions(entry, ['...'], wording))
    .map((around) => all(around.map(inside)))
  if (places.length === 0) return []
  return [all([pattern(wording.spelling.returned('$SINK')), either(unique(places)), { 'focus-metavariable': '$SINK' }])]
}

/**
 * A pattern does not know the receiver's class. Instances are mostly named
 * after it, or it is the receiver of a subclass's own method.
 */
function addOnReceiver(groups: Groups, text: string, type: string, isRead: boolean, spelling: Spelling): void {
  groups.add([text], [{ 'metavariable-regex': { metavariable: RECEIVER, regex: namedAfter(type) } }])
  if (!isRead) return
  groups.add([text.replace(RECEIVER, '$SELF')], [
    { 'pattern-inside': spelling.method('$METHOD', ['...']) }, { 'pattern-inside': spelling.subclass('$CLASS', type) },
  ])
}

/** Names that hold the beginning of the class's last word in either case: `req` of `HttpRequest`. */
function namedAfter(type: string): string {
  const name = type.slice(type.lastIndexOf('.') + 1)
  const word = name.split(/(?=[A-Z][a-z])|_/).findLast((each) => each !== '') ?? name
  const letters = word.slice(0, HINT_LENGTH).split('')
  return `.*${letters.map((each) => `[${each.toUpperCase()}${each.toLowerCase()}]`).join('')}`
}

function parameterList(entry: EntryPointModel): readonly string[] {
  return entry.firstParameterType === undefined ? ['...', PARAMETER, '...'] : ['$FIRST', '...', PARAMETER, '...']
}

/** A function's own pattern and those it lies in, the narrowest first. */
type Nested = readonly [own: string, ...around: string[]]

/** The functions that are entry points in this way. */
function entryFunctions(entry: EntryPointModel, parameters: readonly string[], wording: Wording): readonly Nested[] {
  const { names, spelling } = wording
  if (entry.decorator !== undefined) {
    return names.spell(entry.decorator).flatMap((name): Nested[] => [
      [spelling.decorated(spelling.call(name.text, ['...']), '$FUNCTION', parameters)],
      [spelling.decorated(name.text, '$FUNCTION', parameters)],
    ])
  }
  const { base, methods = [] } = entry
  if (base === undefined) return []
  const named = methods.includes('*') ? ['$METHOD'] : methods
  return names.spell(base).flatMap(({ text }) => {
    const around = spelling.subclass('$CLASS', text)
    return named.map((method): Nested => [spelling.method(method, parameters), around])
  })
}

/** Parameters that the framework fills with objects of its own are no untrusted data. */
function untyped(entry: EntryPointModel): readonly Term[] {
  const typed = [...entry.parameterTypes.keys()].sort()
  if (typed.length === 0) return []
  return [{ 'metavariable-regex': { metavariable: PARAMETER, regex: `(?!(?:${typed.join('|')})$)` } }]
}

function inside(text: string): Term {
  return { 'pattern-inside': text }
}
