import { Index, lastPart, setOnce } from './entry-index.ts'
import type {
  ActModel, ArgumentModel, CallbackModel, EntryPointModel, ExitModel, GuardModel, Model, PropagatorModel, SanitizerModel, SinkModel, SourceModel,
} from './model.ts'
import { LibraryNames } from './names.ts'

/**
 * All models together, for lookups by canonical name.
 *
 * A name is looked up as it stands, then through the models' aliases, typed
 * values (`flask.request.args` is attribute `args` of a `flask.Request`) and
 * base classes (`sqlite3.Cursor.execute` for a subclass's `execute`).
 * `...Named(method)` answers for a receiver of unknown type, from the entries
 * that allow it.
 */
export class Knowledge {
  readonly models: readonly Model[]
  readonly #names: LibraryNames
  readonly #returns = new Map<string, string>()
  readonly #elements = new Map<string, string>()
  readonly #sinks = new Index<SinkModel>()
  readonly #sourceReads = new Index<SourceModel>()
  readonly #sourceCalls = new Index<SourceModel>()
  readonly #sanitizers = new Index<SanitizerModel>()
  readonly #sanitizerReads = new Index<SanitizerModel>()
  readonly #propagators = new Index<PropagatorModel>()
  readonly #guards = new Index<GuardModel>()
  readonly #exits = new Index<ExitModel>()
  readonly #constants = new Map<string, string>()
  readonly #callbacks = new Index<CallbackModel>()
  /** Last parts of the names of calls by the method that they run of an argument; `''` for the argument itself. */
  readonly #callbackNames = new Map<string, string[]>()
  readonly #decorators = new Index<EntryPointModel>()
  readonly #entryBases = new Index<EntryPointModel>()
  readonly #registrations = new Index<EntryPointModel>()
  readonly #acts = new Index<ActModel>()
  readonly #readActs = new Index<ActModel>()
  readonly #actBases = new Index<ActModel>()
  #recordDecorators: ReadonlySet<string> | undefined
  #recordBases: ReadonlySet<string> | undefined
  #recordCalls: ReadonlyMap<string, ArgumentModel> | undefined

  /** Models in the order given; for two entries of one type or alias the first counts. */
  constructor(models: readonly Model[]) {
    this.models = models
    this.#names = new LibraryNames(models)
    for (const model of models) this.#add(model)
  }

  /** Whether a model covers the library a dotted name belongs to, by its first part. */
  isKnownLibrary(name: string): boolean {
    return this.#names.isKnownLibrary(name)
  }

  /** What is usually imported under a name, where that is something of a library that a model covers. */
  usualMeaning(name: string): string | undefined {
    return this.#names.usualMeaning(name)
  }

  /** Sinks of a call, by canonical name. */
  sinksOf(name: string): readonly SinkModel[] {
    return this.#find(this.#sinks, name)
  }

  /** Last parts of the names under which sinks of these kinds are called, sorted. */
  sinkNames(kinds: ReadonlySet<string>): readonly string[] {
    return this.#names.called(this.models.flatMap(({ sinks }) => sinks.filter(({ kind }) => kinds.has(kind)).map(({ call }) => call)))
  }

  /** Last parts of the names under which calls that register entry points are written, sorted. */
  registrationNames(): readonly string[] {
    return this.#names.called(this.models.flatMap((model) => model.entryPoints.flatMap((each) => each.call ?? [])))
  }

  /** Sinks of a method of that name for any receiver. */
  sinksNamed(method: string): readonly SinkModel[] {
    return this.#sinks.named(method)
  }

  /** The source that reading this value or attribute is. */
  sourcesRead(name: string): SourceModel | undefined {
    return this.#find(this.#sourceReads, name)[0]
  }

  /** The source an attribute of this name is for any receiver. */
  sourcesReadNamed(attribute: string): SourceModel | undefined {
    return this.#sourceReads.named(attribute)[0]
  }

  /** The source that the result of a call is. */
  sourceCall(name: string): SourceModel | undefined {
    return this.#find(this.#sourceCalls, name)[0]
  }

  /** The source a method's result is for any receiver. */
  sourceCallNamed(method: string): SourceModel | undefined {
    return this.#sourceCalls.named(method)[0]
  }

  sanitizersOf(name: string): readonly SanitizerModel[] {
    return this.#find(this.#sanitizers, name)
  }

  /** Sanitizers that reading an attribute is. */
  sanitizersRead(name: string): readonly SanitizerModel[] {
    return this.#find(this.#sanitizerReads, name)
  }

  sanitizersNamed(method: string): readonly SanitizerModel[] {
    return this.#sanitizers.named(method)
  }

  /** Empty: nothing is known of the call, and arguments and receiver may reach its result. */
  propagatorsOf(name: string): readonly PropagatorModel[] {
    return this.#find(this.#propagators, name)
  }

  propagatorsNamed(method: string): readonly PropagatorModel[] {
    return this.#propagators.named(method)
  }

  /** Last parts of the names of calls that put something into their receiver, sorted. */
  fillerNames(): readonly string[] {
    return this.#names.called(this.models.flatMap((model) => (
      model.propagators.flatMap((each) => (each.to !== 'result' && each.to.receiver ? each.call : []))
    )))
  }

  /** Last parts of the names of calls that put something into one of their arguments, sorted. */
  argumentFillerNames(): readonly string[] {
    return this.#names.called(this.models.flatMap((model) => (
      model.propagators.flatMap((each) => (each.to !== 'result' && !each.to.receiver ? each.call : []))
    )))
  }

  /** Last parts of the names of calls that empty their receiver, sorted. */
  clearingNames(): readonly string[] {
    return this.#names.called(this.models.flatMap((model) => model.propagators.flatMap((each) => (each.clears ? each.call : []))))
  }

  /** Last parts of the names of calls that change the order of what their receiver held, sorted. */
  reorderingNames(): readonly string[] {
    const isMoving = ({ sequence }: PropagatorModel): boolean => sequence !== undefined && sequence !== 'append' && sequence !== 'extend'
    return this.#names.called(this.models.flatMap((model) => model.propagators.filter(isMoving).map((each) => each.call)))
  }

  /** Whether iterating an object of a type gives the keys of a mapping. */
  iteratesKeys(type: string): boolean {
    return this.lineage(type).some((each) => this.#names.type(each)?.iteratesKeys === true)
  }

  guardsOf(name: string): readonly GuardModel[] {
    return this.#find(this.#guards, name)
  }

  guardsNamed(method: string): readonly GuardModel[] {
    return this.#guards.named(method)
  }

  /** Whether a call of this name never returns normally. */
  isExit(name: string): boolean {
    return this.#find(this.#exits, name).length > 0
  }

  /** The text that a name of a library stands for. */
  constant(name: string): string | undefined {
    return this.#constants.get(this.canonical(name))
  }

  /** Last parts of the names of such texts. */
  constantNames(): ReadonlySet<string> {
    return new Set([...this.#constants.keys()].map(lastPart))
  }

  /** Whether a class that descends from a type has fixed members. */
  isEnumeration(type: string): boolean {
    return this.lineage(type).some((each) => this.#names.type(each)?.isEnumeration === true)
  }

  /** Whether the fields of classes that descend from a type are checked to be of the types that they are declared with. */
  validates(type: string): boolean {
    return this.lineage(type).some((each) => this.#names.type(each)?.validates === true)
  }

  /** Whether the values of a type hold no text of anybody's choosing. */
  isPlain(type: string): boolean {
    return this.#names.type(type)?.isPlain === true
  }

  callbacksOf(name: string): readonly CallbackModel[] {
    return this.#find(this.#callbacks, name)
  }

  /** Last parts of the names of calls that call back what they are given, or a method of it, sorted. */
  callbackNames(method?: string): readonly string[] {
    return [...this.#callbackNames.get(method ?? '') ?? []].sort()
  }

  /** Whether a library makes a constructor of the annotated names of a class with this decorator. */
  isRecordDecorator(name: string): boolean {
    this.#recordDecorators ??= new Set(this.models.flatMap((model) => model.records.map((each) => this.canonical(each.decorator))))
    return name !== '' && this.#recordDecorators.has(this.canonical(name))
  }

  /** The same for a class that descends from a library's. */
  isRecordBase(name: string): boolean {
    this.#recordBases ??= new Set(this.models.flatMap((model) => model.records.map((each) => this.canonical(each.base))))
    return name !== '' && this.lineage(name).some((each) => this.#recordBases?.has(each))
  }

  /** The argument that names the fields, where a call of this name makes a class with a constructor of them. */
  recordFieldsArgument(name: string): ArgumentModel | undefined {
    this.#recordCalls ??= new Map(this.models.flatMap((model) => model.records.flatMap((each) => (
      each.fields === undefined ? [] : [[this.canonical(each.call), each.fields] as const]
    ))))
    return this.#recordCalls.get(this.canonical(name))
  }

  /** Entry points made by a decorator of this name. */
  entryPointByDecorator(name: string): readonly EntryPointModel[] {
    return this.#find(this.#decorators, name)
  }

  /** Entry points that a class is by descending from this type, through the models' base classes too. */
  entryPointsByBase(type: string): readonly EntryPointModel[] {
    const found: EntryPointModel[] = []
    for (const each of this.lineage(type)) found.push(...this.#entryBases.get(each))
    return found
  }

  /** Entry points registered by calls of this name. */
  registrations(name: string): readonly EntryPointModel[] {
    return this.#find(this.#registrations, name)
  }

  /** What calls of this name do, for rules about missing behaviour. */
  actsOf(name: string): readonly ActModel[] {
    return this.#find(this.#acts, name)
  }

  /** The same of a method of that name for any receiver. */
  actsNamed(method: string): readonly ActModel[] {
    return this.#acts.named(method)
  }

  /** What reading an attribute of this name asks, for any receiver. */
  actsReadNamed(attribute: string): readonly ActModel[] {
    return this.#readActs.named(attribute)
  }

  /** What a class brings to its methods by descending from this type. */
  actsByBase(type: string): readonly ActModel[] {
    return this.lineage(type).flatMap((each) => this.#actBases.get(each))
  }

  /** Last parts of the names of calls that do something of these kinds, sorted. */
  actNames(kinds: readonly string[]): readonly string[] {
    return this.#names.called(this.models.flatMap((model) => (
      model.acts.flatMap((each) => (each.call !== undefined && kinds.includes(each.kind) ? [each.call] : []))
    )))
  }

  /** Type of a call's result; for the name of a class, the class. */
  returnType(name: string): string | undefined {
    const own = this.#returns.get(name)
    if (own !== undefined) return this.canonical(own)
    const canonical = this.canonical(name)
    const known = this.#returns.get(canonical)
    if (known !== undefined) return this.canonical(known)
    if (this.isType(canonical)) return canonical
    return this.#names.inherited(canonical, (member) => this.#returns.get(member))
  }

  /** Type of what a call's result holds. */
  elementType(name: string): string | undefined {
    const canonical = this.canonical(name)
    const known = this.#elements.get(canonical) ?? this.#names.inherited(canonical, (member) => this.#elements.get(member))
    return known === undefined ? undefined : this.canonical(known)
  }

  /** Type of an attribute, of the class or of a base. A module counts as a class whose attributes are its values. */
  attributeType(type: string, attribute: string): string | undefined {
    return this.#names.attributeType(type, attribute)
  }

  /** Direct base classes of a library type, as canonical names. */
  bases(type: string): readonly string[] {
    return this.#names.bases(type)
  }

  /** Whether a model describes this class. */
  isType(name: string): boolean {
    return this.#names.type(name) !== undefined
  }

  /** The documented name of what a name denotes, through aliases of itself or of a prefix; the name when there is none. */
  alias(name: string): string {
    return this.#names.alias(name)
  }

  /** The name under which models know a value: aliases followed, and typed values replaced by their type. */
  canonical(name: string): string {
    return this.#names.canonical(name)
  }

  /** A type and all its base classes, itself first, each once. */
  lineage(type: string): readonly string[] {
    return this.#names.lineage(type)
  }

  #find<E>(index: Index<E>, name: string): readonly E[] {
    const own = index.get(name)
    if (own.length > 0) return own
    const canonical = this.canonical(name)
    const found = index.get(canonical)
    if (found.length > 0) return found
    return this.#names.inherited(canonical, (member) => nonEmpty(index.get(member))) ?? []
  }

  #addCallback(model: CallbackModel): void {
    this.#callbacks.add(model.call, model, false)
    const name = lastPart(model.call)
    for (const method of model.methods.length === 0 ? [''] : model.methods) {
      const names = this.#callbackNames.get(method) ?? []
      this.#callbackNames.set(method, names)
      if (!names.includes(name)) names.push(name)
    }
  }

  #add(model: Model): void {
    for (const e of model.returns) {
      setOnce(this.#returns, e.call, e.type)
      if (e.element !== undefined) setOnce(this.#elements, e.call, e.element)
    }
    for (const e of model.sinks) this.#sinks.add(e.call, e, e.anyReceiver)
    for (const e of model.sources) {
      this.#sourceReads.add(e.read, e, e.anyReceiver)
      this.#sourceCalls.add(e.call, e, e.anyReceiver)
    }
    for (const e of model.sanitizers) (e.isRead ? this.#sanitizerReads : this.#sanitizers).add(e.call, e, e.anyReceiver)
    for (const e of model.propagators) this.#propagators.add(e.call, e, e.anyReceiver)
    for (const e of model.guards) this.#guards.add(e.call, e, e.anyReceiver)
    for (const e of model.constants) setOnce(this.#constants, e.name, e.value)
    for (const e of model.exits) this.#exits.add(e.call, e, false)
    for (const e of model.callbacks) this.#addCallback(e)
    for (const e of model.acts) {
      this.#acts.add(e.call, e, e.anyReceiver)
      this.#readActs.add(e.read, e, e.anyReceiver)
      this.#actBases.add(e.base, e, false)
    }
    for (const e of model.entryPoints) {
      this.#decorators.add(e.decorator, e, false)
      this.#entryBases.add(e.base, e, false)
      this.#registrations.add(e.call, e, false)
    }
  }
}

function nonEmpty<E>(list: readonly E[]): readonly E[] | undefined {
  return list.length > 0 ? list : undefined
}
