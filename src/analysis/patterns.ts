import { searchBackward } from '../dataflow/backward.ts'
import { instruction, literal, operand, tagged } from '../dataflow/reader.ts'
import type { FlowSemantics } from '../dataflow/search.ts'
import type { Span } from '../core/text.ts'
import { Op } from '../flow/facts.ts'
import { valueAt } from '../flow/lookup.ts'
import type { Condition, Exception, Match, RuleMatches, SectionMatch } from '../match/match.ts'
import type { Program, ProgramFile, Ref } from '../program/program.ts'
import type { Rule } from '../rules/rule.ts'
import { outcomeOf } from './outcome.ts'
import type { Outcome, Place } from './place.ts'
import type { ProgramKnowledge } from './semantics.ts'

/** Pattern matches of all files, by path. */
export type MatchTable = ReadonlyMap<string, readonly RuleMatches[]>

/** Places of a rule that searches by patterns: every match, and every candidate that a negative pattern excluded. */
export function searchPlaces(program: Program, file: ProgramFile, rule: Rule, matches: RuleMatches): Place[] {
  const places: Place[] = []
  for (const match of matches.matches) {
    if (!holds(program, file, match.conditions)) continue
    const exception = exceptionOf(program, file, match)
    places.push(place(file, rule, match, exception === undefined ? { type: 'found', routes: [] } : excludedBy(file, exception.by)))
  }
  for (const match of matches.excluded) {
    if (holds(program, file, match.conditions)) places.push(place(file, rule, match, excludedBy(file, match.by)))
  }
  return places
}

function excludedBy(file: ProgramFile, at: Span): Outcome {
  return { type: 'safe', by: 'exclusion', why: 'the rule excludes this form', file, at }
}

/** The negative pattern of a match that the program shows to apply, if any. */
function exceptionOf(program: Program, file: ProgramFile, match: Match): Exception | undefined {
  return match.unless?.find((each) => holds(program, file, each.conditions))
}

/** Whether the program shows that a match counts. */
function counts(program: Program, file: ProgramFile, match: Match): boolean {
  return holds(program, file, match.conditions) && exceptionOf(program, file, match) === undefined
}

function place(file: ProgramFile, rule: Rule, match: Match, outcome: Outcome): Place {
  return {
    rule, file, span: { start: match.start, end: match.end }, sink: undefined, callee: '', argument: '', what: '', advice: '',
    outcome, bindings: new Map(match.bindings.map((each) => [each.name, each.text])),
  }
}

/** Whether the program satisfies what a match left open. */
export function holds(program: Program, file: ProgramFile, conditions: readonly Condition[]): boolean {
  return conditions.every((condition) => {
    const local = valueAt(file.facts, condition.at)
    if (local === undefined) return false
    const value = file.valueBase + local
    switch (condition.kind) {
      case 'name':
        return program.names(value).includes(condition.name)
      case 'type':
        return program.types(value).some((type) => type === condition.type || type.endsWith(`.${condition.type}`))
      case 'constant':
        return constants(program, value).some((text) => condition.text === undefined || text === condition.text)
    }
  })
}

function constants(program: Program, value: Ref): string[] {
  const candidates = [value, ...program.definitions(value)]
  return candidates.flatMap((each) => literal(instruction(program, each))?.text ?? [])
}

/** Places of a taint rule whose sources and sinks are patterns: each sink match, with its flow judged. */
export function taintPlaces(
  program: Program, known: ProgramKnowledge, file: ProgramFile, rule: Rule, table: MatchTable,
): Place[] {
  const own = table.get(file.path)?.find((each) => each.rule === rule.id)
  if (!own || own.sections.sinks.length === 0) return []
  const semantics = patternSemantics(program, known, rule, table)
  const places: Place[] = []
  for (const sink of own.sections.sinks) {
    if (!counts(program, file, sink)) continue
    for (const { value, at } of sinkValues(program, file, sink)) {
      const result = searchBackward(program, { value, at, semantics, exact: false })
      const outcome = outcomeOf(program, result, at, { unknownCallsPass: true, hasParameters: false })
      places.push({ ...place(file, rule, sink, outcome), sink: at })
    }
  }
  return places
}

/**
 * The values a sink match stands for: of a call that is matched as a whole, its
 * receiver and arguments; of what a metavariable stands for, and of any other
 * expression, the value itself.
 */
function sinkValues(program: Program, file: ProgramFile, sink: SectionMatch): { value: Ref, at: Ref }[] {
  const local = valueAt(file.facts, sink)
  if (local === undefined) return []
  const at = file.valueBase + local
  const of = instruction(program, at)
  const span = program.span(at)
  const isWhole = of.op === Op.Call && span.start === sink.start && span.end === sink.end
  const isBound = sink.bindings.some((each) => each.start === sink.start && each.end === sink.end)
  if (!isWhole || isBound) return [{ value: at, at }]
  const callee = instruction(program, operand(of, of.a))
  const receiver = callee.op === Op.Attr ? [operand(callee, callee.a)] : []
  return [...receiver, ...tagged(of).map((each) => each.value)].map((value) => ({ value, at }))
}

/** A rule's own sources and sanitizers by place; libraries' propagation as the models say. */
function patternSemantics(program: Program, known: ProgramKnowledge, rule: Rule, table: MatchTable): FlowSemantics {
  const covers = (section: 'sources' | 'sanitizers', value: Ref): SectionMatch | undefined => {
    const file = program.fileOf(value)
    const span = program.span(value)
    const matches = table.get(file.path)?.find((each) => each.rule === rule.id)?.sections[section] ?? []
    return matches.find((match) => isCovered(match, span) && counts(program, file, match))
  }
  return {
    source: (value) => covers('sources', value) && { kind: 'pattern', what: 'a source of the rule' },
    trusted: () => undefined,
    sanitizer: (value) => covers('sanitizers', value) && 'a sanitizer of the rule',
    propagation: (call) => known.propagation(call),
    fills: (method) => known.fills(method),
    fillsArgument: (call) => known.fillsArgument(call),
    clears: (method) => known.clears(method),
    reorders: (method) => known.reorders(method),
    iteratesKeys: (type) => known.iteratesKeys(type),
    cleansWith: () => undefined,
    guards: () => [],
    beginnings: () => [],
    isEnough: undefined,
    isPlain: () => false,
    isHarmlessText: () => false,
    exits: (call) => known.exits(call),
    harmlessAfter: undefined,
  }
}

function isCovered(match: SectionMatch, span: Span): boolean {
  return match.exact
    ? match.start === span.start && match.end === span.end
    : match.start <= span.start && span.end <= match.end
}
