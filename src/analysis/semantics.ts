import { instruction, operand, text } from '../dataflow/reader.ts'
import type { Beginning, FlowSemantics, GuardHit, Propagation, SourceHit } from '../dataflow/search.ts'
import { Op } from '../flow/facts.ts'
import { includes } from '../match/character-set.ts'
import type { Knowledge } from '../models/knowledge.ts'
import type { GuardModel, PropagatorModel, SanitizerModel, SourceModel } from '../models/model.ts'
import { isAnonymous } from '../program/program.ts'
import type { Program, Ref } from '../program/program.ts'
import { argumentValues, receiverOf } from './arguments.ts'
import { beginningsOf, checkOf, isHarmlessGroup, isHarmlessRest, onlyPlain } from './checks.ts'
import type { CheckedFor } from './checks.ts'
import type { EntryPoints } from './entry-points.ts'
import { evidenceFor, harmfulCharacters, harmlessAfter, isHarmlessPrefix, isHarmlessText } from './kinds.ts'
import { propagationOf } from './passages.ts'
import { isCheckedField, isRequestData } from './request-data.ts'

const NOTHING: Propagation = { toResult: [], toReceiver: [], toArguments: [], clears: false, removes: false, sequence: undefined }

/** Sink kinds for which one segment of a path is harmless: without a slash it leads out of no folder. */
const SEGMENT_HARMLESS: readonly string[] = ['path']

interface KnownSource extends SourceHit {
  /** Sink kinds for which its data is harmless. */
  readonly harmlessFor?: readonly string[]
}

/**
 * What the models say of this program's values, looked up once per value and
 * shared by all rules.
 */
export class ProgramKnowledge {
  readonly #program: Program
  readonly #knowledge: Knowledge
  readonly #entryPoints: EntryPoints
  readonly #sources = new Map<Ref, readonly KnownSource[]>()
  #fillers: ReadonlySet<string> | undefined
  #clearing: ReadonlySet<string> | undefined
  #reordering: ReadonlySet<string> | undefined
  #argumentFillers: ReadonlySet<Ref> | undefined
  readonly #propagations = new Map<Ref, Propagation | null>()
  readonly #guards = new Map<Ref, readonly GuardModel[]>()
  readonly #checkedFields = new Map<Ref, boolean>()
  readonly #checks: Parameters<typeof checkOf>[0]

  constructor(program: Program, knowledge: Knowledge, entryPoints: EntryPoints) {
    this.#program = program
    this.#knowledge = knowledge
    this.#entryPoints = entryPoints
    this.#checks = {
      program,
      isPlain: (type) => knowledge.isPlain(type),
      ingredients: (call) => (this.propagation(call)?.toResult ?? []).map(({ value }) => value),
    }
  }

  /** Everything untrusted that a value is by itself. */
  sources(value: Ref): readonly KnownSource[] {
    let hits = this.#sources.get(value)
    if (!hits) {
      hits = this.#findSources(value)
      this.#sources.set(value, hits)
    }
    return hits
  }

  /** What makes the result of a call, or an attribute that is read, safe. */
  sanitizers(call: Ref): readonly SanitizerModel[] {
    if (instruction(this.#program, call).op === Op.Attr) return this.#program.names(call).flatMap((name) => this.#knowledge.sanitizersRead(name))
    return this.#ofCall(call, (name) => this.#knowledge.sanitizersOf(name), (method) => this.#knowledge.sanitizersNamed(method))
  }

  guards(call: Ref): readonly GuardModel[] {
    let models = this.#guards.get(call)
    if (!models) {
      models = this.#ofCall(call, (name) => this.#knowledge.guardsOf(name), (method) => this.#knowledge.guardsNamed(method))
      this.#guards.set(call, models)
    }
    return models
  }

  /** Whether some library's method of this name puts something into its object. */
  fills(method: string): boolean {
    this.#fillers ??= new Set(this.#knowledge.fillerNames())
    return this.#fillers.has(method)
  }

  /** Whether a call is among those that may put something into an argument. */
  fillsArgument(call: Ref): boolean {
    this.#argumentFillers ??= this.#program.callsReaching(this.#knowledge.argumentFillerNames())
    return this.#argumentFillers.has(call)
  }

  /** Whether some library's method of this name empties its object. */
  clears(method: string): boolean {
    this.#clearing ??= new Set(this.#knowledge.clearingNames())
    return this.#clearing.has(method)
  }

  /** Whether some library's method of this name changes the order of its object. */
  reorders(method: string): boolean {
    this.#reordering ??= new Set(this.#knowledge.reorderingNames())
    return this.#reordering.has(method)
  }

  iteratesKeys(type: string): boolean {
    return this.#knowledge.iteratesKeys(type)
  }

  /** Sanitizers among the library functions that a value is. */
  sanitizersCalled(callback: Ref): readonly SanitizerModel[] {
    return this.#program.names(callback).flatMap((name) => this.#knowledge.sanitizersOf(name)).filter((model) => !model.captured && !model.replaced)
  }

  /** How a library call hands data on; `undefined` when no model describes it. */
  propagation(call: Ref): Propagation | undefined {
    let known = this.#propagations.get(call)
    if (known === undefined) {
      known = this.#findPropagation(call) ?? null
      this.#propagations.set(call, known)
    }
    return known ?? undefined
  }

  /** What the outcome of a call shows to be harmless for some kinds of sink. */
  checks(call: Ref, target: CheckedFor): readonly GuardHit[] {
    const hits = this.guards(call).flatMap((model) => checkOf(this.#checks, call, model, target) ?? [])
    if (hits.length > 0 || !this.isMember(call)) return hits
    const checked = argumentValues(this.#program, call, { position: 0 })
    return [{ checked, when: 'returns', parts: [], among: undefined, givesType: false, elements: undefined }]
  }

  /** Whether a call gives a member of an enumeration, or raises. */
  isMember(call: Ref): boolean {
    if (instruction(this.#program, call).op !== Op.Call) return false
    const { constructs } = this.#program.targets(call)
    return constructs.length > 0 && constructs.every((each) => (
      this.#program.libraryBases(each).some((base) => this.#knowledge.isEnumeration(base))
    ))
  }

  /** Whether a value is a field whose declared type was checked and holds no text of anybody's choosing. */
  isCheckedField(value: Ref): boolean {
    let known = this.#checkedFields.get(value)
    if (known === undefined) {
      known = isCheckedField(this.#program, this.#knowledge, value)
      this.#checkedFields.set(value, known)
    }
    return known
  }

  /** Whether a sanitizer's entry holds for a call. */
  isMeant(call: Ref, { captured, replaced }: SanitizerModel, target: CheckedFor): boolean {
    if (replaced !== undefined) return isHarmlessRest(this.#checks, call, replaced, target)
    return captured === undefined || isHarmlessGroup(this.#checks, call, captured, (each) => this.guards(each), target)
  }

  /** With what texts values begin when a call gives true. */
  beginnings(call: Ref): readonly Beginning[] {
    return this.guards(call).flatMap((model) => beginningsOf(this.#checks, call, model))
  }

  /** Whether a value names types whose values hold no text of anybody's choosing. */
  isPlain(types: Ref): boolean {
    return onlyPlain(this.#checks, [types])
  }

  /** Whether a library's call never returns normally. */
  exits(call: Ref): boolean {
    if (instruction(this.#program, call).op !== Op.Call) return false
    const { functions, library } = this.#program.targets(call)
    return functions.length === 0 && library.length > 0 && library.every((name) => this.#knowledge.isExit(name))
  }

  #findSources(value: Ref): KnownSource[] {
    const of = instruction(this.#program, value)
    switch (of.op) {
      case Op.Param:
        return this.#parameterSource(value, of.b)
      case Op.Call: {
        return hits(this.#ofCall(
          value, (name) => listed(this.#knowledge.sourceCall(name)), (method) => listed(this.#knowledge.sourceCallNamed(method)),
        ))
      }
      case Op.Attr: {
        const names = this.#program.names(value)
        if (!names.every(isAnonymous)) return this.#read(names)
        const isUntyped = this.#program.types(operand(of, of.a)).every(isAnonymous)
        return isUntyped ? hits(listed(this.#knowledge.sourcesReadNamed(text(of, of.b)))) : []
      }
      case Op.Name:
      case Op.Import:
        return this.#read(this.#program.names(value))
      default:
        return []
    }
  }

  #read(names: readonly string[]): SourceHit[] {
    return hits(names.flatMap((name) => listed(this.#knowledge.sourcesRead(name))))
  }

  #parameterSource(value: Ref, index: number): KnownSource[] {
    const owner = this.#program.functionOf(value)
    const entry = this.#entryPoints.get(owner)
    if (!entry?.parametersUntrusted) return []
    const declared = this.#program.function(owner)
    const parameter = declared.parameters[index]
    if (!parameter) return []
    // The receiver and, where the framework passes a typed object first, that object are not the data.
    const receivers = declared.classIndex >= 0 ? 1 : 0
    const typed = entry.firstParameterType === undefined ? receivers : receivers + 1
    if (index < typed || entry.parameterTypes.has(parameter.name)) return []
    const isByDeclaration = entry.parametersUntrusted === 'declared'
    if (isByDeclaration && !isRequestData(this.#program, this.#knowledge, owner, entry, parameter)) return []
    const isSegment = entry.segmentParameters?.has(parameter.name) === true
    return [{ kind: entry.kind, what: entry.what, ...(isSegment && { harmlessFor: SEGMENT_HARMLESS }) }]
  }

  #findPropagation(call: Ref): Propagation | undefined {
    const models: readonly PropagatorModel[] = this.#ofCall(
      call, (name) => this.#knowledge.propagatorsOf(name), (method) => this.#knowledge.propagatorsNamed(method),
    )
    if (models.length > 0) return propagationOf(this.#program, call, models)
    // A sanitizer changes its input for some kinds; for the others the result still carries it.
    if (this.sanitizers(call).length > 0) return { ...NOTHING, toResult: this.#inputs(call).map((value) => ({ value, isCalled: false, isOtherwise: false })) }
    // A call that models know as something else, a source or a sink, hands nothing on by itself.
    const names = this.#program.targets(call).library
    return names.some((name) => this.#isDescribed(name)) ? NOTHING : undefined
  }

  #inputs(call: Ref): Ref[] {
    return [...receiverOf(this.#program, call), ...argumentValues(this.#program, call, { every: true })]
  }

  #isDescribed(name: string): boolean {
    const known = this.#knowledge
    return known.sinksOf(name).length > 0 || known.returnType(name) !== undefined
      || known.sourceCall(name) !== undefined || known.guardsOf(name).length > 0
  }

  /** Models by the call's canonical names; by the method's name alone when the receiver is unknown. */
  #ofCall<T>(call: Ref, byName: (name: string) => readonly T[], byMethod: (method: string) => readonly T[]): readonly T[] {
    if (instruction(this.#program, call).op !== Op.Call) return []
    const targets = this.#program.targets(call)
    if (targets.functions.length > 0 && !targets.guess) return []
    const named = targets.library.flatMap((name) => byName(name))
    if (named.length > 0) return named
    const hasReceiver = targets.method !== '' && receiverOf(this.#program, call).length > 0
    return hasReceiver && targets.library.every(isAnonymous) ? byMethod(targets.method) : []
  }
}

function listed<T>(one: T | undefined): readonly T[] {
  return one === undefined ? [] : [one]
}

function hits(models: readonly SourceModel[]): SourceHit[] {
  return models.map(({ kind, what }) => ({ kind, what }))
}

/** Source kinds that only the program's operator controls; a rule that names one does not trust it. */
const TRUSTED: ReadonlySet<string> = new Set(['local'])

/** One rule's view: the kinds it joins. */
export function semanticsFor(known: ProgramKnowledge, view: SemanticsView): FlowSemantics {
  const safe = (kinds: readonly string[]): boolean => kinds.includes('*') || kinds.some((kind) => view.kinds.includes(kind))
  const harmful = harmfulCharacters(view.kind)
  const target: CheckedFor = {
    kinds: view.kinds,
    isHarmless: (text) => isHarmlessText(view.kind, text),
    isHarmlessAfter: (prefix) => isHarmlessPrefix(view.kind, prefix),
  }
  return {
    source: (value) => known.sources(value).find((hit) => view.sources.includes(hit.kind) && hit.harmlessFor?.includes(view.kind) !== true),
    trusted: (value) => {
      const [first, ...others] = known.sources(value)
      const isTrusted = first !== undefined && [first, ...others].every((hit) => TRUSTED.has(hit.kind) && !view.sources.includes(hit.kind))
      return isTrusted ? first.what : undefined
    },
    sanitizer: (value) => known.sanitizers(value).find((model) => safe(model.kinds) && known.isMeant(value, model, target))?.what
      ?? (known.isMember(value) ? 'being a member of an enumeration' : undefined)
      ?? (known.isCheckedField(value) ? 'the check of the declared type' : undefined),
    propagation: (call) => known.propagation(call),
    fills: (method) => known.fills(method),
    fillsArgument: (call) => known.fillsArgument(call),
    clears: (method) => known.clears(method),
    reorders: (method) => known.reorders(method),
    iteratesKeys: (type) => known.iteratesKeys(type),
    cleansWith: (callback) => known.sanitizersCalled(callback).find((model) => safe(model.kinds))?.what,
    guards: (call) => known.checks(call, target),
    beginnings: (call) => known.beginnings(call),
    isEnough: evidenceFor(view.kind),
    isPlain: (types) => known.isPlain(types),
    isHarmlessText: (characters) => [...characters].every((each) => !includes(harmful, each)),
    exits: (call) => known.exits(call),
    harmlessAfter: harmlessAfter(view.kind),
  }
}

export interface SemanticsView {
  /** Source kinds. */
  readonly sources: readonly string[]
  /** Kinds that a sanitizer or guard must clear: the sink's. */
  readonly kinds: readonly string[]
  /** The sink's kind. */
  readonly kind: string
}
