import { searchBackward } from '../dataflow/backward.ts'
import { deadCode } from '../dataflow/dead.ts'
import { instruction, operand, tagged } from '../dataflow/reader.ts'
import type { FlowResult, FlowSemantics } from '../dataflow/search.ts'
import { ArgTag, ContainerKind, Op } from '../flow/facts.ts'
import type { FunctionFacts } from '../flow/facts.ts'
import type { Knowledge } from '../models/knowledge.ts'
import type { Program, ProgramFile, Ref } from '../program/program.ts'
import type { Rule, RuleKinds } from '../rules/rule.ts'
import { argumentTitle, argumentValues, receiverOf } from './arguments.ts'
import { makersOf } from './checks.ts'
import { argumentHolds, exactOrigins, isDangerous } from './constants.ts'
import { findEntryPoints } from './entry-points.ts'
import type { EntryPoints } from './entry-points.ts'
import { isTextOnly } from './kinds.ts'
import { missingPlaces } from './missing/places.ts'
import { outcomeOf, safeBy } from './outcome.ts'
import { searchPlaces, taintPlaces } from './patterns.ts'
import type { MatchTable } from './patterns.ts'
import type { Outcome, Place } from './place.ts'
import { ProgramKnowledge, semanticsFor } from './semantics.ts'
import { sinksIn, sinksOfCall } from './sinks.ts'
import type { SinkCall } from './sinks.ts'

export interface JudgeInput {
  readonly program: Program
  readonly knowledge: Knowledge
  readonly rules: readonly Rule[]
  readonly matches: MatchTable
  /** Whether a file is under review; the others are only there to resolve names and flow. */
  isReviewed(path: string): boolean
}

/** Every considered place of the reviewed files, each with its one outcome, in order of file and place. */
export function judge(input: JudgeInput): Place[] {
  const { program, knowledge } = input
  const entryPoints = findEntryPoints(program, knowledge)
  const kinds = new Set(input.rules.flatMap((rule) => rule.kinds?.sinks ?? []))
  const judgement: Judgement = {
    ...input, entryPoints, known: new ProgramKnowledge(program, knowledge, entryPoints),
    sinkCalls: program.callsReaching(knowledge.sinkNames(kinds)), views: new Map(),
  }
  const missing = new Map<ProgramFile, Place[]>()
  for (const place of missingPlaces({ ...input, entryPoints })) {
    const beside = missing.get(place.file)
    if (beside) beside.push(place)
    else missing.set(place.file, [place])
  }
  return program.files
    .filter((file) => input.isReviewed(file.path))
    .flatMap((file) => [...placesIn(judgement, file), ...missing.get(file) ?? []].sort(byPlace))
}

function byPlace({ span: one }: Place, { span: other }: Place): number {
  return one.start - other.start || one.end - other.end
}

interface Judgement extends JudgeInput {
  readonly entryPoints: EntryPoints
  readonly known: ProgramKnowledge
  /** Calls that may be sinks. */
  readonly sinkCalls: ReadonlySet<Ref>
  /** What the models say, as seen by sinks of one kind under rules with the same sources: what is found of one serves all. */
  readonly views: Map<string, FlowSemantics>
}

function placesIn(judgement: Judgement, file: ProgramFile): Place[] {
  const { program, knowledge, known } = judgement
  // Rules for any text match files of every language.
  const matched = new Set(judgement.matches.get(file.path)?.map((each) => each.rule))
  const rules = judgement.rules.filter((rule) => rule.languages.includes(file.facts.language) || matched.has(rule.id))
  const sinks = sinksIn(program, knowledge, file, judgement.sinkCalls)
  const responders = respondersIn(judgement, file)
  const places: Place[] = []
  for (const rule of rules) {
    if (rule.missing !== undefined) continue
    if (rule.kinds) {
      for (const sink of sinks) places.push(...sinkPlaces(judgement, file, rule, rule.kinds, sink))
      places.push(...returnPlaces(judgement, file, rule, rule.kinds, responders))
    } else if (rule.formula.mode === 'taint') {
      places.push(...taintPlaces(program, known, file, rule, judgement.matches))
    } else {
      const matches = judgement.matches.get(file.path)?.find((each) => each.rule === rule.id)
      if (matches) places.push(...searchPlaces(program, file, rule, matches))
    }
  }
  return places
}

/** A sink call under a rule that joins its kind: one place, or none when the sink is not one in this form. */
function sinkPlaces(judgement: Judgement, file: ProgramFile, rule: Rule, kinds: RuleKinds, sink: SinkCall): Place[] {
  const { program } = judgement
  const { model, call } = sink
  if (!kinds.sinks.includes(model.kind)) return []
  const semantics = view(judgement, kinds, model.kind)
  if (!model.when.every((wanted) => argumentHolds(program, semantics, call, wanted))) return []
  const values = model.argument ? argumentValues(program, call, model.argument).filter((value) => !isSerialised(program, value, model.kind)) : []
  if (model.argument && values.length === 0) return []
  return [{
    rule, file, span: program.span(call), sink: call, callee: sink.callee,
    argument: model.argument ? argumentTitle(program, call, model.argument) : '',
    what: model.what, advice: model.advice, outcome: sinkOutcome(judgement, kinds, semantics, sink, values), bindings: new Map(),
  }]
}

function sinkOutcome(
  { program }: Judgement, kinds: RuleKinds, semantics: ReturnType<typeof semanticsFor>, sink: SinkCall, values: readonly Ref[],
): Outcome {
  const { model, call } = sink
  if (deadCode(program).has(call)) return unreachable(program, call)
  const excused = model.unless.find((wanted) => argumentHolds(program, semantics, call, wanted))
  const maker = model.unlessMadeWith.length === 0 ? undefined : safeMaker(program, semantics, sink)
  if (maker !== undefined) return safeBy(program, 'parameters', 'the object is made with an argument that makes this form safe', maker)
  if (excused === undefined) return judgeValues(program, kinds, semantics, sink, values)
  const given = argumentValues(program, call, excused.argument)[0] ?? call
  return safeBy(program, 'parameters', `${argumentTitle(program, call, excused.argument)} makes this form safe`, given)
}

/** A call that made the receiver, where all that made it have an argument that makes the sink safe. */
function safeMaker(program: Program, semantics: FlowSemantics, { model, call }: SinkCall): Ref | undefined {
  const makers = receiverOf(program, call).flatMap((each) => makersOf(program, each))
  const isSafe = (maker: Ref): boolean => model.unlessMadeWith.some((wanted) => argumentHolds(program, semantics, maker, wanted))
  return makers.every(isSafe) ? makers[0] : undefined
}

function unreachable(program: Program, call: Ref): Outcome {
  const condition = deadCode(program).conditionOver(call)
  return condition === undefined
    ? safeBy(program, 'unreachable', 'no path through its function leads to this code', call)
    : safeBy(program, 'unreachable', 'the condition around it never lets this code run', condition)
}

/** Whether the library turns the value into data of another format, where only text would be dangerous. */
function isSerialised(program: Program, value: Ref, kind: string): boolean {
  return isTextOnly(kind) && instruction(program, value).op === Op.Container
}

function view(judgement: Judgement, kinds: RuleKinds, kind: string): ReturnType<typeof semanticsFor> {
  const cleared = kinds.sanitizers.length > 0 ? kinds.sanitizers : [kind]
  const key = [kind, ...cleared, '', ...kinds.sources].join(' ')
  let made = judgement.views.get(key)
  if (!made) {
    made = semanticsFor(judgement.known, { sources: kinds.sources, kinds: cleared, kind })
    judgement.views.set(key, made)
  }
  return made
}

function judgeValues(
  program: Program, kinds: RuleKinds, semantics: ReturnType<typeof semanticsFor>,
  sink: SinkCall, values: readonly Ref[],
): Outcome {
  const { call } = sink
  if (kinds.callAlone) return { type: 'found', routes: [] }
  const test = kinds.constants
  if (test) {
    for (const value of values) {
      const routes = exactOrigins(program, semantics, value, call)
        .filter((origin) => origin.type === 'constant' && isDangerous(program, origin.at, test))
      if (routes.length > 0) return { type: 'found', routes }
    }
    if (kinds.sources.length === 0) {
      const results = values.map((value) => searchBackward(program, { value, at: call, semantics, exact: true }))
      return outcomeOf(program, merged(results), call, { unknownCallsPass: false, hasParameters: false })
    }
  }
  const asText = isTextOnly(sink.model.kind)
  const results = values.map((value) => searchBackward(program, { value, at: call, semantics, exact: false, asText }))
  return outcomeOf(program, merged(results), call, { unknownCallsPass: false, hasParameters: hasParameters(program, sink) })
}

function merged(results: readonly FlowResult[]): FlowResult {
  return {
    origins: results.flatMap((each) => each.origins),
    limits: [...new Set(results.flatMap((each) => each.limits))].sort(),
  }
}

/** Whether the call gives values in the argument that keeps them apart from the text. */
function hasParameters(program: Program, sink: SinkCall): boolean {
  const apart = sink.model.parameters
  return apart !== undefined && argumentValues(program, sink.call, apart).length > 0
}

/** A function of a file whose framework hands on what it returns, as a kind of sink. */
interface Responder {
  readonly declared: FunctionFacts
  readonly kind: string
}

function respondersIn({ entryPoints }: Judgement, { facts, functionBase }: ProgramFile): Responder[] {
  return facts.functions.flatMap((declared, index) => {
    const kind = entryPoints.get(functionBase + index)?.returnsTo
    return kind === undefined ? [] : [{ declared, kind }]
  })
}

/** What an entry point returns, where the framework hands it on as the kind of the rule's sinks. */
function returnPlaces(judgement: Judgement, file: ProgramFile, rule: Rule, kinds: RuleKinds, responders: readonly Responder[]): Place[] {
  const { program } = judgement
  const places: Place[] = []
  for (const { declared, kind } of responders) {
    if (!kinds.sinks.includes(kind)) continue
    const semantics = view(judgement, kinds, kind)
    for (const local of declared.returns) {
      const at = file.valueBase + local
      const value = returnedText(program, at)
      // A response object that is a sink of its own is judged there.
      if (value === undefined || sinksOfCall(program, judgement.knowledge, value).some((sink) => kinds.sinks.includes(sink.model.kind))) continue
      const result = searchBackward(program, { value, at, semantics, exact: false, asText: isTextOnly(kind) })
      places.push({
        rule, file, span: program.span(at), sink: at, callee: '', argument: 'the returned value',
        what: `is sent as ${kind} by the framework`, advice: '',
        outcome: outcomeOf(program, result, at, { unknownCallsPass: false, hasParameters: false }), bindings: new Map(),
      })
    }
  }
  return places
}

/** The body of a response among what is returned: not status and headers beside it, and not data that is serialised. */
function returnedText(program: Program, at: Ref): Ref | undefined {
  const of = instruction(program, at)
  if (of.a < 0) return undefined
  const value = operand(of, of.a)
  const returned = instruction(program, value)
  if (returned.op === Op.Const || returned.op === Op.Container && returned.b !== ContainerKind.Tuple) return undefined
  if (returned.op !== Op.Container) return value
  const first = tagged(returned)[0]
  return first?.tag === ArgTag.Positional ? first.value : undefined
}
