import { searchBackward } from '../dataflow/backward.ts'
import { instruction, literal, operand, tagged } from '../dataflow/reader.ts'
import type { FlowResult, FlowSemantics } from '../dataflow/search.ts'
import type { Span } from '../core/text.ts'
import { Op } from '../flow/facts.ts'
import { outermostIn, userOf, valueAt, valuesIn } from '../flow/lookup.ts'
import { DEFAULT_LABEL, parseRequirement, satisfiesRequirement } from '../match/labels.ts'
import type { Condition, Exception, Match, RuleMatches, SectionMatch } from '../match/match.ts'
import type { Program, ProgramFile, Ref } from '../program/program.ts'
import type { Rule } from '../rules/rule.ts'
import { outcomeOf } from './outcome.ts'
import { PatternPropagation } from './pattern-propagation.ts'
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

/** Whether a range lies in a larger one. */
function isWithin(inner: Span, outer: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end && outer.end - outer.start > inner.end - inner.start
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
    const around = own.sections.sanitizers.find((each) => !each.exact && isWithin(sink, each) && counts(program, file, each))
    if (around !== undefined) {
      const outcome: Outcome = { type: 'safe', by: 'sanitizer', why: 'it stands in a sanitizer of the rule', file, at: around }
      places.push(place(file, rule, sink, outcome))
      continue
    }
    const searched = sinkValues(program, file, sink).map(({ value, at }) => {
      return { at, result: searchBackward(program, { value, at, semantics, exact: false }) }
    })
    const isMeant = requires(rule, sink, searched.map((each) => each.result))
    for (const { at, result: { origins, limits } } of searched) {
      const result: FlowResult = { origins: isMeant ? origins : origins.filter((each) => each.type !== 'source'), limits }
      const outcome = outcomeOf(program, result, at, { unknownCallsPass: true, hasParameters: false })
      places.push({ ...place(file, rule, sink, outcome), sink: at })
    }
  }
  return places
}

/** Whether what arrives at a sink has the labels that the sink requires. */
function requires(rule: Rule, sink: SectionMatch, results: readonly FlowResult[]): boolean {
  if (rule.formula.mode !== 'taint') return true
  const requirement = parseRequirement(rule.formula.sinks[sink.item]?.requires ?? DEFAULT_LABEL)
  const labels = results.flatMap(({ origins }) => origins.flatMap(({ type, kind }) => (type === 'source' ? kind.split(' ') : [])))
  return requirement === undefined || satisfiesRequirement(requirement, new Set(labels))
}

/**
 * The values a sink match stands for: of a call that is matched as a whole, its
 * receiver and arguments; of what a metavariable stands for, and of any other
 * expression, the value itself; of a statement, its outermost expressions.
 * Everything within the range counts where the rule does not want it exactly.
 */
function sinkValues(program: Program, file: ProgramFile, sink: SectionMatch): { value: Ref, at: Ref }[] {
  const local = valueAt(file.facts, sink)
  const outermost = local === undefined ? outermostIn(file.facts, sink) : [{ start: sink.start, end: sink.end, value: local }]
  const whole = outermost.flatMap((each) => operandsOf(program, file, file.valueBase + each.value, each, sink))
  if (sink.exact) return whole
  const inner = valuesIn(file.facts, sink).map((each) => {
    return { value: file.valueBase + each.value, at: usedAt(file, each) ?? file.valueBase + each.value }
  })
  return [...new Map([...whole, ...inner].map((each) => [each.value, each])).values()]
}

/** What is judged of a value that stands somewhere in a sink. */
function operandsOf(program: Program, file: ProgramFile, at: Ref, place: Span, sink: SectionMatch): { value: Ref, at: Ref }[] {
  const of = instruction(program, at)
  if (!isSame(program.span(at), place)) return [{ value: at, at: usedAt(file, place) ?? at }]
  const isBound = sink.bindings.some((each) => isSame(each, sink))
  if (of.op !== Op.Call || isBound || !isSame(place, sink)) return [{ value: at, at }]
  const callee = instruction(program, operand(of, of.a))
  const receiver = callee.op === Op.Attr ? [operand(callee, callee.a)] : []
  return [...receiver, ...tagged(of).map((each) => each.value)].map((value) => ({ value, at }))
}

function isSame(one: Span, other: Span): boolean {
  return one.start === other.start && one.end === other.end
}

/** A variable is made before it is used: what happens to it in between counts. */
function usedAt(file: ProgramFile, place: Span): Ref | undefined {
  const local = userOf(file.facts, place)
  return local === undefined ? undefined : file.valueBase + local
}

/** A rule's own sources and sanitizers by place; libraries' propagation as the models say. */
function patternSemantics(program: Program, known: ProgramKnowledge, rule: Rule, table: MatchTable): FlowSemantics {
  const sources = new MatchedValues(program, rule, table, 'sources')
  const sanitizers = new MatchedValues(program, rule, table, 'sanitizers')
  const propagators = propagationOf(program, rule, table)
  return {
    source: (value) => {
      const labels = sources.labels(value)
      return labels === undefined ? undefined : { kind: [...labels].sort().join(' '), what: 'a source of the rule' }
    },
    trusted: () => undefined,
    sanitizer: (value) => (sanitizers.has(value) ? 'a sanitizer of the rule' : undefined),
    propagation: (call) => propagators.at(call, known.propagation(call)),
    fills: (method) => known.fills(method) || propagators.fills(method),
    fillsArgument: (call) => known.fillsArgument(call) || propagators.has(call),
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

function propagationOf(program: Program, rule: Rule, table: MatchTable): PatternPropagation {
  const propagation = new PatternPropagation(program)
  for (const file of program.files) {
    const matches = table.get(file.path)?.find((each) => each.rule === rule.id)?.sections.propagators ?? []
    for (const match of matches) if (counts(program, file, match)) propagation.add(file, match)
  }
  return propagation
}

/** Which values the matches of one section stand for, with the labels of the items. */
class MatchedValues {
  readonly #program: Program
  readonly #rule: Rule
  readonly #table: MatchTable
  readonly #section: 'sources' | 'sanitizers'
  readonly #byFile = new Map<ProgramFile, ReadonlyMap<Ref, ReadonlySet<string>>>()

  constructor(program: Program, rule: Rule, table: MatchTable, section: 'sources' | 'sanitizers') {
    this.#program = program
    this.#rule = rule
    this.#table = table
    this.#section = section
  }

  has(value: Ref): boolean {
    return this.labels(value) !== undefined
  }

  labels(value: Ref): ReadonlySet<string> | undefined {
    const file = this.#program.fileOf(value)
    let values = this.#byFile.get(file)
    if (values === undefined) {
      values = this.#valuesOf(file)
      this.#byFile.set(file, values)
    }
    return values.get(value)
  }

  /** Of a variable's use the value is meant, of anything else all that is computed in the range, unless it must be exact. */
  #valuesOf(file: ProgramFile): ReadonlyMap<Ref, ReadonlySet<string>> {
    const values = new Map<Ref, Set<string>>()
    const add = (value: Ref, label: string): void => {
      values.set(value, (values.get(value) ?? new Set()).add(label))
    }
    for (const match of this.#table.get(file.path)?.find((each) => each.rule === this.#rule.id)?.sections[this.#section] ?? []) {
      if (!counts(this.#program, file, match)) continue
      const label = this.#labelOf(match)
      const exact = valueAt(file.facts, match)
      if (exact !== undefined) add(file.valueBase + exact, label)
      if (match.exact) continue
      for (const each of valuesIn(file.facts, match)) if (!each.isRead) add(file.valueBase + each.value, label)
    }
    return values.size === 0 ? values : withCalls(file, values)
  }

  #labelOf(match: SectionMatch): string {
    const { formula } = this.#rule
    return (formula.mode === 'taint' && this.#section === 'sources' ? formula.sources[match.item]?.label : undefined) ?? DEFAULT_LABEL
  }
}

/** What is called hands on what it is, as arguments do. */
function withCalls(file: ProgramFile, values: ReadonlyMap<Ref, ReadonlySet<string>>): ReadonlyMap<Ref, ReadonlySet<string>> {
  const all = new Map(values)
  for (const [local, op] of file.facts.op.entries()) {
    const called = op === Op.Call ? all.get(file.valueBase + (file.facts.a[local] ?? -1)) : undefined
    const own = all.get(file.valueBase + local)
    if (called !== undefined) all.set(file.valueBase + local, new Set([...called, ...own ?? []]))
  }
  return all
}
