import type {
  ActModel, AliasModel, ArgumentModel, ArgumentValue, CallbackModel, CompileModel, ConstantModel, EntryPointModel, ExitModel, GuardModel, MatchModel, Model, PropagatorModel, SequenceChange,
  RecordModel, ReplaceModel, ReturnModel, SanitizerModel, SinkModel, SourceModel, TypeModel,
} from './model.ts'
import { partSteps } from './parts.ts'

/** A model file after its schema has been checked: the shapes below hold. */
export interface ModelFile {
  readonly model: string
  readonly version: 1
  readonly language: string
  readonly library: string
  readonly documentation: string
  readonly types?: Section<TypeEntry>
  readonly returns?: Section<ReturnEntry>
  readonly sources?: Section<SourceEntry>
  readonly sinks?: Section<SinkEntry>
  readonly sanitizers?: Section<SanitizerEntry>
  readonly propagators?: Section<PropagatorEntry>
  readonly guards?: Section<GuardEntry>
  readonly exits?: Section<ExitEntry>
  readonly constants?: Section<ConstantEntry>
  readonly 'entry-points'?: Section<EntryPointEntry>
  readonly callbacks?: Section<CallbackEntry>
  readonly records?: Section<RecordEntry>
  readonly acts?: Section<ActEntry>
  readonly aliases?: Section<AliasEntry>
}

type Section<E> = readonly (E | Group<E>)[]
interface Group<E> {
  readonly doc: string
  readonly entries: readonly E[]
}
type OneOrMore<T> = T | readonly T[]
type Scalar = string | number | boolean | null
type ArgumentEntry = number | string | { readonly position?: number; readonly name?: string }
interface Entry {
  readonly doc?: string
}
interface TypeEntry extends Entry {
  readonly type: OneOrMore<string>
  readonly bases?: readonly string[]
  readonly attributes?: Readonly<Record<string, string>>
  readonly iterates?: 'keys'
  readonly plain?: true
  readonly validates?: true
  readonly enumeration?: true
}
interface ReturnEntry extends Entry {
  readonly call: OneOrMore<string>
  readonly type: string
  readonly element?: string
}
interface SourceEntry extends Entry {
  readonly kind: string
  readonly read?: OneOrMore<string>
  readonly call?: OneOrMore<string>
  readonly 'any-receiver'?: boolean
  readonly what: string
}
interface ValueEntry {
  readonly argument: ArgumentEntry
  readonly equals?: OneOrMore<Scalar>
  readonly denotes?: OneOrMore<string>
  readonly absent?: boolean
}
interface SinkEntry extends Entry {
  readonly kind: string
  readonly call: OneOrMore<string>
  readonly argument?: ArgumentEntry
  readonly 'any-receiver'?: boolean
  readonly what: string
  readonly advice: string
  readonly parameters?: ArgumentEntry
  readonly when?: readonly ValueEntry[]
  readonly unless?: readonly ValueEntry[]
  readonly 'unless-made-with'?: readonly ValueEntry[]
}
interface SanitizerEntry extends Entry {
  readonly call?: OneOrMore<string>
  readonly read?: OneOrMore<string>
  readonly 'any-receiver'?: boolean
  readonly replaced?: { readonly pattern: ArgumentEntry; readonly compiled?: MatchEntry['compiled']; readonly by: ArgumentEntry; readonly most?: ArgumentEntry }
  readonly captured?: { readonly match: ArgumentEntry; readonly group: ArgumentEntry }
  readonly kinds: OneOrMore<string>
  readonly what: string
}
interface PropagatorEntry extends Entry {
  readonly call: OneOrMore<string>
  readonly 'any-receiver'?: boolean
  readonly from?: OneOrMore<ArgumentEntry>
  readonly 'from-part'?: string
  readonly called?: boolean
  readonly to?: ArgumentEntry
  readonly 'to-part'?: string
  readonly fields?: { readonly template: ArgumentEntry; readonly pattern: string }
  readonly otherwise?: true
  readonly clears?: 'receiver'
  readonly removes?: 'receiver'
  readonly sequence?: SequenceChange
  readonly undoes?: OneOrMore<string>
  readonly none?: true
}
interface GuardEntry extends Entry {
  readonly call: OneOrMore<string>
  readonly 'any-receiver'?: boolean
  readonly checks: ArgumentEntry
  readonly when: string | boolean
  readonly kinds?: OneOrMore<string>
  readonly parts?: OneOrMore<string>
  readonly elements?: 'itself' | 'every' | 'some'
  readonly characters?: string
  readonly matches?: MatchEntry
  readonly types?: ArgumentEntry
  readonly 'gives-type'?: boolean
  readonly among?: ArgumentEntry
  readonly prefix?: ArgumentEntry
  readonly begins?: ArgumentEntry
  readonly 'begins-with'?: OneOrMore<string>
  readonly after?: OneOrMore<string>
}
interface MatchEntry {
  readonly pattern: ArgumentEntry
  readonly compiled?: { readonly call: string; readonly expression: ArgumentEntry; readonly flags?: ArgumentEntry }
  readonly extent: 'whole' | 'start' | 'part'
  readonly flags?: ArgumentEntry
  readonly 'line-flags'?: OneOrMore<string>
}
interface ExitEntry extends Entry {
  readonly call: OneOrMore<string>
}
interface ConstantEntry extends Entry {
  readonly name: OneOrMore<string>
  readonly value: string
}
interface EntryPointEntry extends Entry {
  readonly kind: string
  readonly decorator?: OneOrMore<string>
  readonly base?: OneOrMore<string>
  readonly methods?: readonly string[]
  readonly call?: OneOrMore<string>
  readonly argument?: ArgumentEntry
  readonly 'parameter-types'?: Readonly<Record<string, string>>
  readonly 'first-parameter-type'?: string
  readonly 'parameters-untrusted'?: boolean | 'declared'
  readonly injects?: OneOrMore<string>
  readonly 'part-of-handler'?: true
  readonly converts?: { readonly argument: ArgumentEntry; readonly pattern: string; readonly type: string }
  readonly segments?: { readonly argument: ArgumentEntry; readonly pattern: string }
  readonly 'returns-to'?: string
  readonly what: string
}
interface CallbackEntry extends Entry {
  readonly call: OneOrMore<string>
  readonly argument: ArgumentEntry
  readonly receives?: readonly { readonly from: ArgumentEntry; readonly element?: boolean; readonly rest?: boolean }[]
  readonly binds?: boolean
  readonly methods?: readonly string[]
}
interface RecordEntry extends Entry {
  readonly call?: OneOrMore<string>
  readonly fields?: ArgumentEntry
  readonly decorator?: OneOrMore<string>
  readonly base?: OneOrMore<string>
}
interface ActEntry extends Entry {
  readonly kind: string
  readonly call?: OneOrMore<string>
  readonly read?: OneOrMore<string>
  readonly base?: OneOrMore<string>
  readonly member?: string
  readonly 'any-receiver'?: boolean
  readonly argument?: ArgumentEntry
  readonly when?: readonly ValueEntry[]
  readonly what: string
}
interface AliasEntry extends Entry {
  readonly name: OneOrMore<string>
  readonly means: string
  readonly usual?: true
}

/** The model a checked file states: groups opened, lists of names spread, every entry with its link. */
export function buildModel(file: ModelFile): Model {
  const docs = file.documentation
  return {
    model: file.model,
    version: file.version,
    language: file.language,
    library: file.library,
    documentation: docs,
    types: spread(docs, file.types, (e) => list(e.type), typeModel),
    returns: spread(docs, file.returns, (e) => list(e.call), returnModel),
    sources: spread(docs, file.sources, (e) => list(e.read ?? e.call ?? []), sourceModel),
    sinks: spread(docs, file.sinks, (e) => list(e.call), sinkModel),
    sanitizers: spread(docs, file.sanitizers, (e) => list(e.call ?? e.read ?? []), sanitizerModel),
    propagators: spread(docs, file.propagators, (e) => list(e.call), propagatorModel),
    guards: spread(docs, file.guards, (e) => list(e.call), guardModel),
    exits: spread(docs, file.exits, (e) => list(e.call), exitModel),
    constants: spread(docs, file.constants, (e) => list(e.name), constantModel),
    entryPoints: spread(docs, file['entry-points'], (e) => list(e.decorator ?? e.base ?? e.call ?? []), entryPointModel),
    callbacks: spread(docs, file.callbacks, (e) => list(e.call), callbackModel),
    records: spread(docs, file.records, (e) => list(e.decorator ?? e.base ?? e.call ?? []), recordModel),
    acts: spread(docs, file.acts, (e) => list(e.call ?? e.read ?? e.base ?? []), actModel),
    aliases: spread(docs, file.aliases, (e) => list(e.name), aliasModel),
  }
}

function spread<E extends Entry, M>(
  fileDoc: string,
  section: Section<E> | undefined,
  names: (entry: E) => readonly string[],
  build: (entry: E, name: string, doc: string) => M,
): readonly M[] {
  const models: M[] = []
  for (const item of section ?? []) {
    const group: Group<E> = isGroup(item) ? item : { doc: fileDoc, entries: [item] }
    for (const entry of group.entries) {
      for (const name of names(entry)) models.push(build(entry, name, entry.doc ?? group.doc))
    }
  }
  return models
}

function isGroup<E extends Entry>(item: E | Group<E>): item is Group<E> {
  return 'entries' in item
}

function typeModel(e: TypeEntry, type: string, doc: string): TypeModel {
  return {
    type, bases: e.bases ?? [], attributes: new Map(Object.entries(e.attributes ?? {})), iteratesKeys: e.iterates !== undefined, isPlain: e.plain === true,
    validates: e.validates === true,
    isEnumeration: e.enumeration === true, doc,
  }
}

function returnModel(e: ReturnEntry, call: string, doc: string): ReturnModel {
  return { call, type: e.type, ...(e.element === undefined ? {} : { element: e.element }), doc }
}

function sourceModel(e: SourceEntry, name: string, doc: string): SourceModel {
  const place = e.read === undefined ? { call: name } : { read: name }
  return { kind: e.kind, ...place, anyReceiver: e['any-receiver'] ?? false, what: e.what, doc }
}

function sinkModel(e: SinkEntry, call: string, doc: string): SinkModel {
  return {
    kind: e.kind,
    call,
    ...(e.argument === undefined ? {} : { argument: argumentModel(e.argument) }),
    anyReceiver: e['any-receiver'] ?? false,
    what: e.what,
    advice: e.advice,
    ...(e.parameters === undefined ? {} : { parameters: argumentModel(e.parameters) }),
    unless: (e.unless ?? []).map(argumentValue),
    unlessMadeWith: (e['unless-made-with'] ?? []).map(argumentValue),
    when: (e.when ?? []).map(argumentValue),
    doc,
  }
}

function sanitizerModel(e: SanitizerEntry, call: string, doc: string): SanitizerModel {
  const captured = e.captured && { match: argumentModel(e.captured.match), group: argumentModel(e.captured.group) }
  return {
    call, isRead: e.read !== undefined, anyReceiver: e['any-receiver'] ?? false, kinds: list(e.kinds),
    ...(captured && { captured }), ...(e.replaced && { replaced: replaceModel(e.replaced) }), what: e.what, doc,
  }
}

function propagatorModel(e: PropagatorEntry, call: string, doc: string): PropagatorModel {
  return {
    call,
    anyReceiver: e['any-receiver'] ?? false,
    from: list(e.from ?? []).map(argumentModel),
    isCalled: e.called ?? false,
    to: e.to === undefined || e.to === 'result' ? 'result' : argumentModel(e.to),
    ...partsOf(e),
    ...(e.fields === undefined ? {} : { fields: { template: argumentModel(e.fields.template), pattern: e.fields.pattern } }),
    isOtherwise: e.otherwise ?? false,
    clears: e.clears !== undefined,
    removes: e.removes !== undefined || e.clears !== undefined,
    sequence: e.sequence,
    undoes: list(e.undoes ?? []),
    none: e.none ?? false,
    doc,
  }
}

function partsOf(e: PropagatorEntry): Pick<PropagatorModel, 'parts'> {
  const from = e['from-part']
  const to = e['to-part']
  if (from === undefined && to === undefined) return {}
  return { parts: { from: partSteps(from ?? ''), to: to === 'anywhere' ? to : partSteps(to ?? '') } }
}

function guardModel(e: GuardEntry, call: string, doc: string): GuardModel {
  return {
    call,
    anyReceiver: e['any-receiver'] ?? false,
    checks: argumentModel(e.checks),
    when: outcome(String(e.when)),
    kinds: list(e.kinds ?? '*'),
    parts: list(e.parts ?? ['']),
    ...(e.elements === undefined ? {} : { elements: e.elements }),
    ...(e.characters === undefined ? {} : { characters: e.characters }),
    ...(e.matches === undefined ? {} : { matches: matchModel(e.matches) }),
    ...(e.types === undefined ? {} : { types: argumentModel(e.types) }),
    givesType: e['gives-type'] ?? false,
    ...(e.among === undefined ? {} : { among: argumentModel(e.among) }),
    ...(e.prefix === undefined ? {} : { prefix: argumentModel(e.prefix) }),
    ...(e.begins === undefined ? {} : { begins: argumentModel(e.begins) }),
    ...(e['begins-with'] === undefined ? {} : { begins: list(e['begins-with']) }),
    after: list(e.after ?? []),
    doc,
  }
}

function outcome(when: string): GuardModel['when'] {
  return when === 'true' || when === 'false' || when === 'equal' ? when : 'returns'
}

function matchModel(e: MatchEntry): MatchModel {
  return {
    pattern: argumentModel(e.pattern),
    ...(e.compiled === undefined ? {} : { compiled: compiledModel(e.compiled) }),
    extent: e.extent,
    ...(e.flags === undefined ? {} : { flags: argumentModel(e.flags) }),
    lineFlags: list(e['line-flags'] ?? []),
  }
}

function compiledModel(e: NonNullable<MatchEntry['compiled']>): CompileModel {
  return {
    call: e.call,
    expression: argumentModel(e.expression),
    ...(e.flags === undefined ? {} : { flags: argumentModel(e.flags) }),
  }
}

function replaceModel(e: NonNullable<SanitizerEntry['replaced']>): ReplaceModel {
  return {
    pattern: argumentModel(e.pattern),
    ...(e.compiled === undefined ? {} : { compiled: compiledModel(e.compiled) }),
    by: argumentModel(e.by),
    ...(e.most === undefined ? {} : { most: argumentModel(e.most) }),
  }
}

function constantModel(e: ConstantEntry, name: string, doc: string): ConstantModel {
  return { name, value: e.value, doc }
}

function exitModel(_: ExitEntry, call: string, doc: string): ExitModel {
  return { call, doc }
}

function entryPointModel(e: EntryPointEntry, name: string, doc: string): EntryPointModel {
  const first = e['first-parameter-type']
  const returnsTo = e['returns-to']
  return {
    kind: e.kind,
    ...entryPointPlace(e, name),
    parameterTypes: new Map(Object.entries(e['parameter-types'] ?? {})),
    ...(first === undefined ? {} : { firstParameterType: first }),
    parametersUntrusted: e['parameters-untrusted'] ?? true,
    isPart: e['part-of-handler'] === true,
    injects: list(e.injects ?? []),
    ...(e.converts === undefined ? {} : { converts: { ...e.converts, argument: argumentModel(e.converts.argument) } }),
    ...(e.segments === undefined ? {} : { segments: { ...e.segments, argument: argumentModel(e.segments.argument) } }),
    ...(returnsTo === undefined ? {} : { returnsTo }),
    what: e.what,
    doc,
  }
}

type EntryPointPlace = Pick<EntryPointModel, 'decorator' | 'base' | 'methods' | 'call' | 'argument'>

function entryPointPlace(e: EntryPointEntry, name: string): EntryPointPlace {
  if (e.decorator !== undefined) return { decorator: name }
  if (e.base !== undefined) return { base: name, methods: e.methods ?? ['*'] }
  return { call: name, ...(e.argument === undefined ? {} : { argument: argumentModel(e.argument) }) }
}

function callbackModel(e: CallbackEntry, call: string, doc: string): CallbackModel {
  const receives = (e.receives ?? []).map((r) => ({ from: argumentModel(r.from), element: r.element ?? false, rest: r.rest ?? false }))
  return { call, argument: argumentModel(e.argument), receives, binds: e.binds ?? false, methods: e.methods ?? [], doc }
}

function recordModel(e: RecordEntry, name: string, doc: string): RecordModel {
  return {
    decorator: e.decorator === undefined ? '' : name,
    base: e.base === undefined ? '' : name,
    call: e.call === undefined ? '' : name,
    ...(e.fields === undefined ? {} : { fields: argumentModel(e.fields) }),
    doc,
  }
}

function actModel(e: ActEntry, name: string, doc: string): ActModel {
  return {
    kind: e.kind,
    ...(e.call !== undefined ? { call: name } : e.read !== undefined ? { read: name } : { base: name }),
    ...(e.member === undefined ? {} : { member: e.member }),
    anyReceiver: e['any-receiver'] ?? false,
    ...(e.argument === undefined ? {} : { argument: argumentModel(e.argument) }),
    when: (e.when ?? []).map(argumentValue),
    what: e.what,
    doc,
  }
}

function aliasModel(e: AliasEntry, name: string, doc: string): AliasModel {
  return { name, means: e.means, isUsual: e.usual ?? false, doc }
}

function argumentModel(entry: ArgumentEntry): ArgumentModel {
  if (typeof entry === 'number') return { position: entry }
  if (typeof entry === 'object') return entry
  if (entry === 'receiver') return { receiver: true }
  if (entry === 'every') return { every: true }
  if (entry === 'every-positional') return { every: 'positional' }
  if (entry === 'every-keyword') return { every: 'keyword' }
  return { name: entry }
}

function argumentValue(entry: ValueEntry): ArgumentValue {
  return {
    argument: argumentModel(entry.argument),
    equals: entry.equals === undefined ? [] : scalars(entry.equals).map(String),
    denotes: list(entry.denotes ?? []),
    absent: entry.absent ?? false,
  }
}

function scalars(value: OneOrMore<Scalar>): readonly Scalar[] {
  return Array.isArray(value) ? (value as readonly Scalar[]) : [value as Scalar]
}

function list<T>(value: OneOrMore<T>): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [value as T]
}
