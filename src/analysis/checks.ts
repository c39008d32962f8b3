import { constantText } from '../dataflow/evaluate.ts'
import { prefixOf } from '../dataflow/prefix.ts'
import { instruction, operand, tagged } from '../dataflow/reader.ts'
import type { Beginning, GuardHit } from '../dataflow/search.ts'
import { Op } from '../flow/facts.ts'
import { textCaptured, textLeft, textListed, textMatched } from '../match/regex-text.ts'
import type { MatchedText } from '../match/regex-text.ts'
import type { ArgumentModel, CaptureModel, GuardModel, MatchModel, ReplaceModel } from '../models/model.ts'
import type { Program, Ref } from '../program/program.ts'
import { argumentsGiven, argumentValues, receiverOf } from './arguments.ts'
import type { GivenArgument } from './arguments.ts'

/** What a check is for. */
export interface CheckedFor {
  /** Sink kinds that must be proven harmless. */
  readonly kinds: readonly string[]
  /** Whether every text of a sort is harmless there. */
  isHarmless(text: MatchedText): boolean
  /** Whether what follows a fixed text is harmless there. */
  isHarmlessAfter(prefix: string): boolean
}

/** What this reads of the program's models. */
interface Known {
  readonly program: Program
  /** Whether values of a type hold no text of anybody's choosing. */
  isPlain(type: string): boolean
  /** Values of which a library's call makes its result. */
  ingredients(call: Ref): readonly Ref[]
}

/** Calls one around the other that a checked value was given to. */
const MAX_CALLS = 4

/** What a guard's entry says of a call for some kinds of sink; `undefined` when it says nothing. */
export function checkOf(known: Known, call: Ref, model: GuardModel, target: CheckedFor): GuardHit | undefined {
  const isMeant = model.kinds.includes('*') || model.kinds.some((kind) => target.kinds.includes(kind))
  if (!isMeant || !isEnough(known, call, model, target)) return undefined
  const checked = checkedBy(known, call, model)
  return checked.length === 0 ? undefined : { checked, when: model.when, parts: model.parts, among: model.among && argumentValues(known.program, call, model.among)[0], givesType: model.givesType, elements: model.elements }
}

/** Whether what the check shows of the value makes it harmless. */
function isEnough(known: Known, call: Ref, model: GuardModel, target: CheckedFor): boolean {
  const { program } = known
  const { characters, matches, types, prefix, begins } = model
  if (begins) return false
  if (characters !== undefined) return isHarmless(textListed(characters), target)
  if (matches) return isHarmless(matchedBy(known, call, matches), target)
  if (types) return onlyPlain(known, argumentValues(program, call, types))
  if (prefix) {
    const given = argumentValues(program, call, prefix)
    return given.length > 0 && given.every((each) => isBegunHarmless(known, each, model, target))
  }
  return true
}

function isHarmless(text: MatchedText | undefined, target: CheckedFor): boolean {
  return text !== undefined && target.isHarmless(text)
}

type Expression = Pick<MatchModel, 'pattern' | 'compiled' | 'flags'> & Partial<Pick<MatchModel, 'lineFlags'>>

/** The expression that a call is given, itself or compiled before, and whether its anchors are firm. */
function expressionOf({ program }: Known, call: Ref, matches: Expression): { text: string, areFirm: boolean } | undefined {
  const { pattern, compiled, flags, lineFlags = [] } = matches
  const given = only(argumentValues(program, call, pattern))
  if (given === undefined) return undefined
  const own = flags === undefined ? [] : argumentsGiven(program, call, flags)
  const text = constantText(program, given)
  if (text !== undefined) return { text, areFirm: areHarmless(program, own, lineFlags) }
  const made = compiled === undefined ? undefined : madeBy(program, given)
  if (compiled === undefined || made === undefined || !program.targets(made).library.includes(compiled.call)) return undefined
  const expression = only(argumentValues(program, made, compiled.expression))
  const inner = expression === undefined ? undefined : constantText(program, expression)
  const others = compiled.flags === undefined ? [] : argumentsGiven(program, made, compiled.flags)
  return inner === undefined ? undefined : { text: inner, areFirm: areHarmless(program, [...own, ...others], lineFlags) }
}

/** The texts that match the expression which a call is given. */
function matchedBy(known: Known, call: Ref, matches: MatchModel): MatchedText | undefined {
  const found = expressionOf(known, call, matches)
  return found && textMatched(found.text, matches.extent, found.areFirm)
}

/** Whether what a call takes from a match is harmless: a group whose every text is. */
export function isHarmlessGroup(known: Known, call: Ref, { match, group }: CaptureModel, guards: (call: Ref) => readonly GuardModel[], target: CheckedFor): boolean {
  const { program } = known
  const object = only(argumentValues(program, call, match))
  const made = object === undefined ? undefined : madeBy(program, object)
  const number = only(argumentValues(program, call, group))
  const name = number === undefined ? undefined : constantText(program, number)
  if (made === undefined || name === undefined) return false
  return guards(made).some((model) => {
    const found = model.matches && expressionOf(known, made, model.matches)
    return found !== undefined && isHarmless(textCaptured(found.text, name), target)
  })
}

/** Whether what a call leaves of a text is harmless. */
export function isHarmlessRest(known: Known, call: Ref, model: ReplaceModel, target: CheckedFor): boolean {
  const expression = expressionOf(known, call, model)
  const by = only(argumentValues(known.program, call, model.by))
  const replacement = by === undefined ? undefined : constantText(known.program, by)
  if (expression === undefined || replacement === undefined) return false
  const isLimited = model.most !== undefined && argumentsGiven(known.program, call, model.most).length > 0
  // A backslash or a dollar sign may put what was matched back.
  return !isLimited && !/[\\$]/.test(replacement) && isHarmless(textLeft(expression.text, replacement), target)
}

/** Whether no flag is given under which anchors stand at every line. */
function areHarmless(program: Program, flags: readonly GivenArgument[], lineFlags: readonly string[]): boolean {
  return flags.every(({ value }) => {
    const names = program.names(value)
    return names.length > 0 && !names.some((name) => lineFlags.includes(name))
  })
}

/** The call that a value always is the result of; of what entering a context gives, the call that made the context. */
function madeBy(program: Program, value: Ref): Ref | undefined {
  let at = value
  for (let left = MAX_CALLS; left > 0; left--) {
    const of = instruction(program, at)
    if (of.op === Op.Call) return at
    if (of.op === Op.Refine || of.op === Op.Enter || of.op === Op.Await) {
      at = operand(of, of.a)
      continue
    }
    const definitions = program.definitions(at)
    const stores = of.op === Op.Attr && definitions.length === 0 ? storesOf(program, at) : definitions
    const next = only(stores)
    if (next === undefined) return undefined
    at = next
  }
  return undefined
}

/** Calls that made a value, also where it was passed to the function; those not known are left out. */
export function makersOf(program: Program, value: Ref, depth = 0): readonly Ref[] {
  const of = instruction(program, value)
  if (of.op !== Op.Param) return [madeBy(program, value) ?? []].flat()
  if (depth > MAX_CALLS) return []
  const owner = program.functionOf(value)
  return program.callers(owner, program.fileOf(value).isTest).flatMap((call) => program.argumentFor(call, owner, of.b))
    .flatMap((given) => makersOf(program, given.value, depth + 1))
}

/** What is ever stored in the attribute that a value is. */
function storesOf(program: Program, attribute: Ref): readonly Ref[] {
  const { file, a, b } = instruction(program, attribute)
  const types = program.types(file.valueBase + a)
  return types.length === 0 ? [] : program.attributeStores(types, file.facts.strings[b] ?? '')
}

function only<T>(values: readonly T[]): T | undefined {
  return values.length === 1 ? values[0] : undefined
}

/** Whether values name types that are all plain; containers name what they hold. */
export function onlyPlain(known: Known, types: readonly Ref[], depth = 0): boolean {
  return types.length > 0 && types.every((type) => {
    const of = instruction(known.program, type)
    if (of.op === Op.Container) return depth < 3 && onlyPlain(known, tagged(of).map(({ value }) => value), depth + 1)
    const names = known.program.names(type)
    if (names.length > 0 && names.every((name) => known.isPlain(name))) return true
    const definitions = depth < 3 ? known.program.definitions(type) : []
    return definitions.length > 0 && onlyPlain(known, definitions, depth + 1)
  })
}

/** Whether a text that begins with a value is harmless; with one of several, whether each is. */
function isBegunHarmless(known: Known, value: Ref, model: GuardModel, target: CheckedFor): boolean {
  const { program } = known
  const of = instruction(program, value)
  if (of.op === Op.Container) return of.args.length > 0 && tagged(of).every((each) => isBegunHarmless(known, each.value, model, target))
  const prefix = prefixOf(program, value)
  return prefix !== undefined && target.isHarmlessAfter(prefix)
}

/** Values that a call checks: of a check that needs a value of certain calls, those, and what those calls were given. */
function checkedBy(known: Known, call: Ref, model: GuardModel): readonly Ref[] {
  const { program } = known
  const given = listed(program, argumentValues(program, call, model.checks), model)
  if (model.after.length === 0) return given
  return given.flatMap((value) => madeOf(known, value, model.after, MAX_CALLS))
}

/** Elements of a container that is written out where the entry speaks of a path in a list. */
function listed(program: Program, values: readonly Ref[], model: GuardModel): readonly Ref[] {
  if (model.elements !== undefined) return values
  return values.flatMap((value) => {
    const of = instruction(program, value)
    return of.op === Op.Container ? tagged(of).map((each) => each.value) : [value]
  })
}

function madeOf(known: Known, value: Ref, calls: readonly string[], left: number): readonly Ref[] {
  const { program } = known
  const made = madeBy(program, value)
  if (left === 0 || made === undefined || !program.targets(made).library.some((name) => calls.includes(name))) return []
  const inner = [...receiverOf(program, made), ...known.ingredients(made)]
  return [value, ...inner]
}

/** What a call tells of the beginnings of values by its truth. */
export function beginningsOf({ program }: Known, call: Ref, model: GuardModel): readonly Beginning[] {
  if (!model.begins || model.when !== 'true') return []
  const texts = isTexts(model.begins) ? model.begins : argumentValues(program, call, model.begins).flatMap((each) => textsOf(program, each))
  return argumentValues(program, call, model.checks).map((checked) => ({ checked, texts }))
}

function isTexts(begins: ArgumentModel | readonly string[]): begins is readonly string[] {
  return Array.isArray(begins)
}

/** A known text, or those that a container holds. */
function textsOf(program: Program, value: Ref): readonly string[] {
  const of = instruction(program, value)
  const known = (of.op === Op.Container ? tagged(of).map((each) => each.value) : [value]).map((each) => constantText(program, each))
  return known.includes(undefined) ? [] : known.flatMap((each) => each ?? [])
}
