import type { Model, SanitizerModel, SinkModel, SourceModel } from '../../models/model.ts'
import type { ConstantTest, RuleKinds } from '../rule.ts'
import { Spelling, callsWhere, callsWith, regexCondition, valuesRegex, type Term } from './spelling.ts'

/** A rule by kinds, spelled out. */
export interface SpelledOut {
  /** The keys of a rule that say what to look for. */
  readonly keys: Term
  /** What of the models has no form in the rule language; one phrase each. */
  readonly leftOut: readonly string[]
}

/** Expands a rule's kinds through the models. `undefined` when nothing of it can be said in the rule language. */
export function spellOut(kinds: RuleKinds, models: readonly Model[], builtinModule: string): SpelledOut | undefined {
  const spelling = new Spelling(models, builtinModule)
  const sinks = models.flatMap((model) => model.sinks).filter((sink) => kinds.sinks.includes(sink.kind))
  const leftOut = leftOutOf(kinds, models)
  if (kinds.sources.length === 0) {
    const either = unique(sinks.flatMap((sink) => placeTerms(sink, kinds.constants, kinds.callAlone, spelling)))
    return either.length === 0 ? undefined : { keys: { 'pattern-either': either }, leftOut }
  }
  const sources = unique(models.flatMap((model) => model.sources).filter((source) => kinds.sources.includes(source.kind))
    .flatMap((source) => sourceTerms(source, spelling)))
  const sinkItems = unique(sinks.flatMap((sink) => sinkTerms(sink, spelling, [])))
  if (sources.length === 0 || sinkItems.length === 0) return undefined
  const sanitizers = unique(models.flatMap((model) => model.sanitizers).filter((each) => isOfKind(each, kinds))
    .map((each) => ({ pattern: `${spelling.callee(each.call, each.anyReceiver)}(...)` })))
  return {
    keys: {
      mode: 'taint', 'pattern-sources': sources, 'pattern-sinks': sinkItems,
      ...(sanitizers.length > 0 ? { 'pattern-sanitizers': sanitizers } : {}),
    },
    leftOut,
  }
}

function isOfKind(sanitizer: SanitizerModel, kinds: RuleKinds): boolean {
  const wanted = kinds.sanitizers.length > 0 ? kinds.sanitizers : kinds.sinks
  return sanitizer.kinds.some((kind) => kind === '*' || wanted.includes(kind))
}

function sourceTerms(source: SourceModel, spelling: Spelling): Term[] {
  if (source.call !== undefined) return [{ pattern: `${spelling.callee(source.call, source.anyReceiver)}(...)` }]
  return source.read === undefined ? [] : spelling.read(source.read, source.anyReceiver).map((pattern) => ({ pattern }))
}

/** A sink's calls with the dangerous argument in focus. */
function sinkTerms(sink: SinkModel, spelling: Spelling, conditions: readonly Term[]): Term[] {
  const callee = spelling.callee(sink.call, sink.anyReceiver)
  const restrictions = restrictionsOf(sink, callee)
  return callsWith(callee, sink.argument, '$SINK').map((pattern) => {
    const focus = sink.argument === undefined ? [] : [{ 'focus-metavariable': '$SINK' }]
    const parts = [{ pattern }, ...restrictions, ...conditions, ...focus]
    return parts.length === 1 ? { pattern } : { patterns: parts }
  })
}

/** Calls that are a weakness by themselves or by a constant. */
function placeTerms(sink: SinkModel, test: ConstantTest | undefined, isCallAlone: boolean, spelling: Spelling): Term[] {
  const callee = spelling.callee(sink.call, sink.anyReceiver)
  const restrictions = restrictionsOf(sink, callee)
  const alone = { pattern: `${callee}(...)` }
  if (isCallAlone) return [restrictions.length === 0 ? alone : { patterns: [alone, ...restrictions] }]
  const conditions = test === undefined ? [] : constantConditions(test)
  if (conditions.length === 0) return []
  return callsWith(callee, sink.argument, '$SINK').map((pattern) => ({ patterns: [{ pattern }, ...restrictions, ...conditions] }))
}

function restrictionsOf(sink: SinkModel, callee: string): Term[] {
  const wanted = sink.when.map((each) => either(callsWhere(callee, each)))
  const unwanted = sink.unless.flatMap((each) => callsWhere(callee, each)).map((term) => {
    return { 'pattern-not': typeof term['pattern'] === 'string' ? term['pattern'] : term }
  })
  return [...wanted, ...unwanted]
}

function either(terms: readonly Term[]): Term {
  const [only, ...more] = terms
  return only !== undefined && more.length === 0 ? only : { 'pattern-either': terms }
}

/** Conditions on a constant; none when the test is one that the rule language lacks. */
function constantConditions(test: ConstantTest): Term[] {
  const conditions: Term[] = []
  if (test.equals.length > 0) conditions.push(regexCondition('$SINK', valuesRegex(test.equals)))
  if (test.matches !== '') conditions.push(regexCondition('$SINK', `[a-zA-Z]{0,2}["'](?:${test.matches})["']\\z`))
  if (conditions.length > 0 && test.not !== '') conditions.push(regexCondition('$SINK', `(?!["']?(?:${test.not})["']?\\z)`))
  return conditions
}

function leftOutOf(kinds: RuleKinds, models: readonly Model[]): string[] {
  const leftOut: string[] = []
  const wanted = kinds.sanitizers.length > 0 ? kinds.sanitizers : kinds.sinks
  const hasEntryPoints = models.some((model) => model.entryPoints.some((each) => kinds.sources.includes(each.kind)))
  const hasGuards = models.some((model) => model.guards.some((each) => each.kinds.some((kind) => kind === '*' || wanted.includes(kind))))
  const hasReturns = models.some((model) => model.entryPoints.some((each) => each.returnsTo !== undefined && kinds.sinks.includes(each.returnsTo)))
  if (hasEntryPoints) leftOut.push('parameters of functions that a framework calls')
  if (hasReturns) leftOut.push('values returned to a framework')
  if (kinds.sources.length > 0 && hasGuards) leftOut.push('checks that prove a value safe')
  if (kinds.constants !== undefined && kinds.constants.mask !== 0) leftOut.push('the test of a number by its bits')
  if (kinds.sources.length > 0 && kinds.constants !== undefined) leftOut.push('constants that are dangerous themselves')
  return leftOut
}

/** Each term once, in order. */
function unique(terms: readonly Term[]): Term[] {
  return [...new Map(terms.map((term) => [JSON.stringify(term), term])).values()]
}
