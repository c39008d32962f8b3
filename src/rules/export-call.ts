import type { ArgumentModel, ArgumentValue, Model } from '../models/model.ts'
import type { Spelling } from '../tree/language.ts'
import { RECEIVER } from './spell-name.ts'
import type { NameSpeller } from './spell-name.ts'

/** One operator of the rule language, as it is written in YAML. */
export type Term = Readonly<Record<string, unknown>>

/** The models of one language, and how their names and calls are spelled in it. */
export interface Wording {
  readonly models: readonly Model[]
  readonly names: NameSpeller
  readonly spelling: Spelling
}

/** The rest of an argument list. */
const REST = '...'

/** The patterns of one called name in which an argument is a given text: by position, and by name. */
export function callsWith(
  callee: string, argument: ArgumentModel, value: string, { spelling }: Wording,
): readonly string[] {
  if (argument.receiver === true) {
    const isMethod = callee.startsWith(`${RECEIVER}.`)
    return isMethod ? [spelling.call(value + callee.slice(RECEIVER.length), [REST])] : []
  }
  if (argument.every === true) {
    return [value, spelling.keyword('$KEY', value)].map((each) => spelling.call(callee, [REST, each, REST]))
  }
  const found: string[] = []
  if (argument.position !== undefined) {
    const before = Array.from({ length: argument.position }, (_, index) => `$A${index}`)
    found.push(spelling.call(callee, [...before, value, REST]))
  }
  if (argument.name !== undefined) {
    found.push(spelling.call(callee, [REST, spelling.keyword(argument.name, value), REST]))
  }
  return found
}

/** Patterns of a call whose argument has one of the model's values; absence is not among them. */
function callsWithValue(callee: string, test: ArgumentValue, wording: Wording): readonly string[] {
  const { names, spelling } = wording
  if (test.equals.length === 0 && test.denotes.length === 0) {
    return test.absent ? [] : callsWith(callee, test.argument, '$GIVEN', wording)
  }
  const values = [
    ...test.equals.map((each) => spelling.constant(each)),
    ...test.denotes.flatMap((each) => names.spell(each).flatMap(({ text }) => {
      return names.isCalled(each) ? [text, spelling.call(text, [REST])] : [text]
    })),
  ]
  return [...new Set(values)].flatMap((value) => callsWith(callee, test.argument, value, wording))
}

/** What must hold of a call for a model's `when` and `unless`, as terms under `patterns`. */
export function conditions(
  callee: string, entry: { readonly when: readonly ArgumentValue[], readonly unless: readonly ArgumentValue[] },
  wording: Wording,
): readonly Term[] {
  const given = (test: ArgumentValue): readonly string[] => callsWith(callee, test.argument, '$GIVEN', wording)
  const terms: Term[] = []
  for (const test of entry.when) {
    const values = callsWithValue(callee, test, wording)
    if (!test.absent) terms.push(either(values.map(pattern)))
    else terms.push(either([without(wording.spelling.call(callee, [REST]), given(test)), ...values.map(pattern)]))
  }
  for (const test of entry.unless) {
    if (test.absent) terms.push(either(given(test).map(pattern)))
    for (const value of callsWithValue(callee, test, wording)) terms.push({ 'pattern-not': value })
  }
  return terms
}

/** `{pattern: ...}`. */
export function pattern(text: string): Term {
  return { pattern: text }
}

/** Alternatives; a single one stands alone. */
export function either(of: readonly Term[]): Term {
  const [only] = of
  return only !== undefined && of.length === 1 ? only : { 'pattern-either': of }
}

/** All of these; a single one stands alone. */
export function all(of: readonly Term[]): Term {
  const [only] = of
  return only !== undefined && of.length === 1 ? only : { patterns: of }
}

function without(text: string, not: readonly string[]): Term {
  return all([pattern(text), ...not.map((each) => ({ 'pattern-not': each }))])
}

/** Each term once, in the order given. */
export function unique(terms: readonly Term[]): readonly Term[] {
  return [...new Map(terms.map((each) => [JSON.stringify(each), each])).values()]
}

/** Texts grouped under one condition, so that it is written once. */
export class Groups {
  readonly #groups = new Map<string, { readonly texts: Set<string>, readonly also: readonly Term[] }>()

  /** Adds alternatives for which `also` must hold. */
  add(texts: readonly string[], also: readonly Term[]): void {
    if (texts.length === 0) return
    const key = JSON.stringify(also)
    const group = this.#groups.get(key) ?? { texts: new Set<string>(), also }
    for (const text of texts) group.texts.add(text)
    this.#groups.set(key, group)
  }

  /** One term per condition, in the order of their first use. */
  terms(): readonly Term[] {
    return [...this.#groups.values()].map(({ texts, also }) => all([either([...texts].map(pattern)), ...also]))
  }
}
