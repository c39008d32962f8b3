import { LIMITS } from '../core/limits.ts'
import type { Span } from '../core/text.ts'
import {
  clausesOf, type CompiledAll, type CompiledFormula, type CompiledNegative,
} from './compile.ts'
import { applyCondition } from './conditions.ts'
import type { Context } from './context.ts'
import { EMPTY, bind, environmentKey, lookUp, merge, supposesNoMore, type Environment } from './environment.ts'
import { findMatches } from './find.ts'
import { findGeneric } from './generic.ts'
import type { Exception } from './match.ts'
import { satisfies } from './prefilter.ts'
import { RangeIndex } from './range-index.ts'
import type { SafeRegex } from './regex.ts'

/** A place that a formula matches. One that comes only from `inside` cannot become the result's own range. */
export interface FormulaRange extends Span {
  readonly environment: Environment
  readonly isInside: boolean
  /** Negatives that the program decides. */
  readonly unless: readonly Exception[]
}

/** A place that a negative dropped, with the place of what dropped it. */
export interface DroppedRange extends FormulaRange {
  readonly by: Span
}

export interface Evaluation {
  readonly ranges: readonly FormulaRange[]
  readonly dropped: readonly DroppedRange[]
}

const NOTHING: Evaluation = { ranges: [], dropped: [] }

/**
 * The places of a file that a formula matches, each once. `near`: the caller joins them with these,
 * so that only those with a place in common with one of them need be found.
 */
export function evaluate(context: Context, formula: CompiledFormula, near?: RangeIndex<Span>): Evaluation {
  if (!satisfies(clausesOf(formula), context.target.text)) return NOTHING
  switch (formula.op) {
    case 'pattern':
      return plain(findMatches(context, formula.readings, near).map((each) => ({ ...each, isInside: false, unless: [] })))
    case 'regex':
      return plain(regexRanges(context, formula.regex))
    case 'text': {
      const found = findGeneric(formula.pattern, context.target.text, context.target.extent, context.budget)
      return plain(found.map((each) => ({ ...each, isInside: false, unless: [] })))
    }
    case 'inside': {
      const { ranges } = evaluate(context, formula.of, near)
      return plain(ranges.map((each) => ({ ...each, isInside: true })))
    }
    case 'any':
      return evaluateAny(context, formula.of, near)
    case 'all':
      return evaluateAll(context, formula, { near })
    case 'anywhere':
      return evaluate(context, formula.of)
    case 'not':
    case 'not-inside':
    case 'not-anywhere':
    case 'not-regex':
      // The loader lets negatives stand only beside something positive.
      return NOTHING
  }
}

function plain(ranges: readonly FormulaRange[]): Evaluation {
  return { ranges, dropped: [] }
}

function evaluateAny(context: Context, branches: readonly CompiledFormula[], near: RangeIndex<Span> | undefined): Evaluation {
  const parts = branches.map((each) => evaluate(context, each, near))
  const ranges = once(parts.flatMap((each) => each.ranges))
  const kept = new Set(ranges.map(placeKey))
  return { ranges, dropped: parts.flatMap((each) => each.dropped).filter((each) => !kept.has(placeKey(each))) }
}

/** Bindings of a formula's matches in what a metavariable stands for, where they agree with those outside. */
function evaluateIn(context: Context, formula: CompiledFormula, environment: Environment): readonly Environment[] {
  const { start, end } = context.target.extent
  const whole: FormulaRange = { start, end, environment, isInside: false, unless: [] }
  if (formula.op === 'all') return evaluateAll(context, formula, { around: whole }).ranges.map((each) => each.environment)
  return evaluate(context, formula).ranges.flatMap((each) => merge(environment, each.environment) ?? [])
}

/** What is known of a formula's matches before it is evaluated. */
interface Given {
  /** Where they lie, with bindings that they must agree with. */
  readonly around?: FormulaRange
  /** Places of which each touches one. */
  readonly near?: RangeIndex<Span> | undefined
}

/** The order of the rule language: positives, selectors, negatives, conditions, focus, wherever each is written. */
function evaluateAll(context: Context, formula: CompiledAll, given: Given): Evaluation {
  const joined = joinPositives(context, formula, given)
  if (joined === undefined || joined.ranges.length + joined.dropped.length === 0) return NOTHING
  let { ranges } = joined
  const dropped: DroppedRange[] = [...joined.dropped]
  for (const negative of formula.of) {
    if (ranges.length === 0 || !isNegative(negative)) continue
    const split = subtract(context, ranges, negative)
    ranges = split.kept
    dropped.push(...split.dropped)
  }
  const finish = <R extends FormulaRange>(list: readonly R[]): R[] => {
    const held = formula.conditions.reduce(
      (each, condition) => each.flatMap((range) => {
        return applyCondition(context, range.environment, condition, evaluateIn).map((environment) => ({ ...range, environment }))
      }), list,
    )
    return named(context, focus(context, held, formula.focus), formula.as)
  }
  const kept = once(finish(ranges))
  const places = new Set(kept.map(placeKey))
  return { ranges: kept, dropped: finish(dropped).filter((each) => !places.has(placeKey(each))) }
}

function joinPositives(context: Context, formula: CompiledAll, { around, near }: Given): Evaluation | undefined {
  const positives = formula.of.filter((each) => !isNegative(each))
  const selectors = positives.filter((each) => each.op === 'pattern' && each.isSelector)
  const anywhere = positives.flatMap((each) => (each.op === 'anywhere' ? [each.of] : []))
  const others = positives.filter((each) => !selectors.includes(each) && each.op !== 'anywhere')
  // A selector alone has nothing to select from and is an ordinary pattern.
  const isInside = (each: CompiledFormula): boolean => each.op === 'inside'
  const ordered = [...others.filter((each) => !isInside(each)), ...others.filter(isInside)]
  const [first, ...rest] = around !== undefined ? [undefined, ...ordered, ...selectors] : ordered.length === 0 ? selectors : ordered
  if (first === undefined && around === undefined) return undefined
  const begun = first === undefined ? plain(around === undefined ? [] : [around]) : evaluate(context, first, near)
  let { ranges } = begun
  let dropped = begun.dropped
  for (const each of [...rest, ...(others.length === 0 || around !== undefined ? [] : selectors)]) {
    if (each === undefined) continue
    if (ranges.length + dropped.length === 0) break
    const next = evaluate(context, each, new RangeIndex<Span>([...ranges, ...dropped]))
    const before = ranges
    const alsoDropped = next.dropped.flatMap((range) => {
      return intersect(context, before, [range], false).map((joined) => ({ ...joined, by: range.by }))
    })
    dropped = [...intersect(context, dropped, next.ranges, selectors.includes(each)), ...alsoDropped]
    ranges = once(intersect(context, ranges, next.ranges, selectors.includes(each)))
  }
  for (const each of anywhere) {
    const environments = evaluate(context, each).ranges.map((range) => range.environment)
    ranges = joinBindings(context, ranges, environments)
    dropped = joinBindings(context, dropped, environments)
  }
  return { ranges, dropped }
}

/** Ranges with the bindings of matches elsewhere that agree with theirs. */
function joinBindings<R extends FormulaRange>(context: Context, ranges: readonly R[], environments: readonly Environment[]): R[] {
  return ranges.flatMap((range) => environments.flatMap((each) => {
    const environment = context.budget.step() ? merge(range.environment, each) : undefined
    return environment === undefined ? [] : [{ ...range, environment }]
  }))
}

/**
 * Pairs of which one contains the other and whose bindings agree; the smaller
 * place stays, but not one of `inside` alone while the other is of its own.
 */
function intersect<R extends FormulaRange>(
  context: Context, ranges: readonly R[], others: readonly FormulaRange[], mustBeWithin: boolean,
): R[] {
  const found: R[] = []
  const index = new RangeIndex(others)
  for (const one of ranges) {
    const outer = index.containing(one)
    // An equal range contains and is contained.
    const equalOnly = mustBeWithin ? outer.filter((each) => contains(one, each)) : outer
    for (const other of [...equalOnly, ...index.within(one)]) {
      if (!context.budget.step() || !context.budget.hasRoom(found.length)) return found
      const place = smaller(one, other)
      if (place.isInside && !(one.isInside && other.isInside)) continue
      const environment = merge(one.environment, other.environment)
      if (environment === undefined) continue
      const { start, end, isInside } = place
      found.push({ ...one, start, end, isInside, environment, unless: [...one.unless, ...other.unless] })
    }
  }
  return found
}

function smaller(one: FormulaRange, other: FormulaRange): FormulaRange {
  const difference = one.end - one.start - (other.end - other.start)
  if (difference !== 0) return difference < 0 ? one : other
  return one.isInside ? other : one
}

function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}

function isNegative(of: CompiledFormula): of is CompiledNegative {
  return of.op === 'not' || of.op === 'not-inside' || of.op === 'not-anywhere' || of.op === 'not-regex'
}

function subtract(
  context: Context, ranges: readonly FormulaRange[], negative: CompiledNegative,
): { readonly kept: readonly FormulaRange[], readonly dropped: readonly DroppedRange[] } {
  const refused = context.budget.refusals
  const isRegex = negative.op === 'not-regex'
  const near = negative.op === 'not-anywhere' ? undefined : new RangeIndex(ranges)
  const against = new RangeIndex(isRegex ? regexRanges(context, negative.regex) : evaluate(context, negative.of, near).ranges)
  const kept: FormulaRange[] = []
  const dropped: DroppedRange[] = []
  for (const range of ranges) {
    const nearby = negative.op === 'not-anywhere' ? against.all : [...against.containing(range), ...(isRegex ? against.within(range) : [])]
    const applying = nearby.filter((each) => context.budget.step() && applies(negative, range, each))
    const by = applying.find((each) => supposesNoMore(each.environment, range.environment))
    if (by !== undefined) dropped.push({ ...range, by: { start: by.start, end: by.end } })
    // Where a limit cut the negative's own matches short, nothing shows that it does not apply.
    else if (context.budget.refusals === refused) {
      kept.push({ ...range, unless: [...range.unless, ...applying.map(exception)] })
    }
  }
  return { kept, dropped }
}

/** A negative that supposes something of the program which the range does not. */
function exception({ start, end, environment }: FormulaRange): Exception {
  return { by: { start, end }, conditions: environment.conditions }
}

/** Whether a negative is about this range, whatever it supposes of the program. */
function applies(negative: CompiledNegative, range: FormulaRange, by: FormulaRange): boolean {
  switch (negative.op) {
    case 'not':
      if (range.start !== by.start || range.end !== by.end) return false
      break
    case 'not-inside':
      if (!contains(by, range)) return false
      break
    case 'not-anywhere':
      break
    case 'not-regex':
      return contains(by, range) || contains(range, by)
  }
  return merge(range.environment, by.environment) !== undefined
}

function regexRanges(context: Context, regex: SafeRegex): FormulaRange[] {
  const { start: from, end: to } = context.target.extent
  const { matches, isLimited } = regex.all(context.target.slice(from, to), LIMITS.matchesPerFile)
  if (isLimited) context.budget.steps(Infinity)
  return matches.map(({ groups, ...match }) => {
    const placed = <S extends Span>(each: S): S => ({ ...each, start: from + each.start, end: from + each.end })
    const bound = groups.map((group) => ({ ...placed(group), nodes: [] }))
    return { ...placed(match), isInside: false, unless: [], environment: { ...EMPTY, bound } }
  })
}

/** Narrows ranges: several names under one key are alternatives, several keys must overlap. */
function focus<R extends FormulaRange>(
  context: Context, ranges: readonly R[], keys: readonly (readonly string[])[],
): R[] {
  if (keys.length === 0) return [...ranges]
  return ranges.flatMap((range) => {
    let places: readonly Span[] = [range]
    for (const names of keys) {
      const wanted = names.flatMap((name) => lookUp(range.environment, name) ?? [])
      places = places.flatMap((place) => wanted.flatMap((each) => overlap(place, each)))
    }
    return places.filter(() => context.budget.step()).map((place) => ({ ...range, start: place.start, end: place.end }))
  })
}

/** Binds a metavariable to what is matched. */
function named<R extends FormulaRange>(context: Context, ranges: readonly R[], name: string): R[] {
  if (name === '') return [...ranges]
  return ranges.flatMap((range) => {
    const { start, end } = range
    const nodes = context.target.expressions.filter((each) => each.start === start && each.end === end).slice(0, 1)
    const environment = bind(range.environment, { name, start, end, text: context.target.slice(start, end), nodes })
    return environment === undefined ? [] : [{ ...range, environment }]
  })
}

function overlap(one: Span, other: Span): Span[] {
  if (contains(one, other)) return [{ start: other.start, end: other.end }]
  return contains(other, one) ? [{ start: one.start, end: one.end }] : []
}

function placeKey(range: Span): string {
  return `${range.start}-${range.end}`
}

/** Each place with the same bindings once, in order of place; the one with fewest exceptions stays. */
function once(ranges: readonly FormulaRange[]): FormulaRange[] {
  const byKey = new Map<string, FormulaRange>()
  for (const each of ranges) {
    const key = `${placeKey(each)}|${environmentKey(each.environment)}`
    const known = byKey.get(key)
    if (known === undefined || isBetter(each, known)) byKey.set(key, each)
  }
  return [...byKey.values()].sort((one, other) => one.start - other.start || one.end - other.end)
}

function isBetter(one: FormulaRange, other: FormulaRange): boolean {
  if (one.isInside !== other.isInside) return other.isInside
  return one.unless.length < other.unless.length
}
