import { LIMITS } from '../core/limits.ts'
import { Op } from '../flow/facts.ts'
import type { FileFacts, FunctionFacts } from '../flow/facts.ts'
import { accepts } from './arguments.ts'
import type { CallSites } from './call-sites.ts'
import { Callbacks } from './callbacks.ts'
import type { Callback } from './callbacks.ts'
import type { Classes } from './classes.ts'
import { textOf } from './contents.ts'
import type { Contents } from './contents.ts'
import type { Denotation, Denotations } from './denote.ts'
import { handedOn } from './handed-on.ts'
import type { Dispatched } from './dispatched.ts'
import type { Guesses } from './guesses.ts'
import type { Heap } from './heap.ts'
import { Implicit } from './implicit.ts'
import type { LibraryTypes } from './knowledge.ts'
import type { Members } from './members.ts'
import type { OperationSites } from './operation-sites.ts'
import { PagedTable } from './paged-table.ts'
import { Passing } from './passing.ts'
import type { ArgumentValueRef, CallTargets, ClassRef, FunctionRef, ProgramFile, Ref } from './program.ts'
import { reflected } from './reflected.ts'
import type { Space } from './space.ts'
import type { Types } from './types.ts'

/** Values that a called variable may hold, followed through closures and branches. */
const MAX_HELD = 16

const NO_TARGETS: CallTargets = { functions: [], library: [], constructs: [], unresolved: '', guess: false, method: '' }

interface Mutable {
  readonly functions: Set<FunctionRef>
  readonly library: Set<string>
  readonly constructs: Set<ClassRef>
  unresolved: CallTargets['unresolved']
}

/** A value in its file. */
interface Held {
  readonly facts: FileFacts
  readonly valueBase: number
  readonly at: number
}

/** What calls are resolved with. */
export interface CallParts {
  readonly space: Space
  readonly denotations: Denotations
  readonly classes: Classes
  readonly members: Members
  readonly heap: Heap
  readonly contents: Contents
  readonly library: LibraryTypes
  /** Made when first asked for. */
  readonly sites: () => CallSites
  readonly guesses: Guesses
  readonly dispatched: Dispatched
  readonly operations: OperationSites
}

/**
 * The call graph: what a call may run, and who calls a function. As with types,
 * each round builds on the one before and looks anew only at what was left open.
 */
export class Calls {
  readonly #parts: CallParts
  readonly #space: Space
  readonly #denotations: Denotations
  readonly #classes: Classes
  readonly #types: Types
  readonly #before: Calls | undefined
  /** What runs without being called by name. */
  readonly implicit: Implicit
  readonly #callbacks: Callbacks
  readonly #passing: Passing
  readonly #known = new PagedTable<CallTargets>()
  readonly #callers = { program: new CallerTable(), tests: new CallerTable() }

  constructor(parts: CallParts, types: Types, before: Calls | undefined) {
    this.#parts = parts
    this.#space = parts.space
    this.#denotations = parts.denotations
    this.#classes = parts.classes
    this.#types = types
    this.#before = before
    this.implicit = new Implicit({ ...parts, types })
    this.#callbacks = new Callbacks({
      space: parts.space, library: parts.library, sites: parts.sites,
      targets: (call) => this.targets(call),
      named: (call) => this.#libraryNames(call),
      functionsOf: (value) => this.functionsOf(value),
      methodsOf: (object, name) => this.methodsOf(object, name),
      boundTo: (value) => this.#boundTo(value),
    })
    this.#passing = new Passing({
      ...parts, types, callbacks: this.#callbacks,
      targets: (call) => this.targets(call),
      functionsOf: (value) => this.functionsOf(value),
      boundTo: (value) => this.#boundTo(value),
    })
  }

  /** Of a call, or of the read of a property, which runs it. */
  targets(call: Ref): CallTargets {
    let known = this.#known.get(call)
    if (known) return known
    if (this.#space.isImplicit(call)) return { ...NO_TARGETS, functions: this.implicit.of(call) }
    const earlier = this.#before?.targets(call)
    known = earlier && this.#isSettled(call, earlier) ? earlier : this.#find(call)
    this.#known.set(call, known)
    return known
  }

  /** Whether a later round finds no more: not where all that is known of the callee is that its type can be called. */
  #isSettled(call: Ref, { functions, constructs, library, unresolved, guess }: CallTargets): boolean {
    if (unresolved !== '' || guess) return false
    const method = this.#space.languageOf(this.#space.fileOf(call)).flow?.protocols.call
    if (functions.length + constructs.length + library.length === 0 || method === undefined) return true
    return functions.length + constructs.length > 0 || !library.every((name) => name.endsWith(`.${method}`))
  }

  /** Calls that may reach a function, sorted; those in tests only when asked for, which are many and seldom wanted. */
  callers(of: FunctionRef, withTests: boolean): readonly Ref[] {
    const own = this.#callersIn(of, this.#callers.program, false)
    if (!withTests) return own
    const inTests = this.#callersIn(of, this.#callers.tests, true)
    return inTests.length === 0 ? own : own.length === 0 ? inTests : [...own, ...inTests].sort((a, b) => a - b)
  }

  #callersIn(of: FunctionRef, table: CallerTable, isTest: boolean): readonly Ref[] {
    let known = table.known.get(of)
    if (!known) {
      known = this.#findCallers(of, table, (call) => this.#space.fileOf(call).isTest === isTest)
      table.known.set(of, known)
    }
    return known
  }

  /** Values that a parameter of a target gets at a call. */
  argumentsFor(call: Ref, target: FunctionRef, index: number): readonly ArgumentValueRef[] {
    return this.#passing.argumentsFor(call, target, index)
  }

  /** Functions that are run when a value is called. */
  functionsOf(value: Ref): readonly FunctionRef[] {
    const file = this.#space.fileOf(value)
    const { facts } = file
    const at = value - file.valueBase
    const found = mutable()
    for (const each of this.#denotations.of(value)) this.#add(file, each, found)
    if (!isEmpty(found)) return sorted(found.functions)
    const name = facts.strings[facts.b[at] ?? 0] ?? ''
    if (facts.op[at] === Op.Attr) this.#dispatch(file, file.valueBase + (facts.a[at] ?? 0), name, value, found)
    else this.#callHeld(file, value, [], found)
    return sorted(found.functions)
  }

  /** Methods of a name that an object may have, by its types. */
  methodsOf(object: Ref, name: string): readonly FunctionRef[] {
    const file = this.#space.fileOf(object)
    const found = mutable()
    const exact = this.#isMade(object)
    for (const type of this.#types.of(object)) {
      for (const each of this.#parts.members.of(type, name, exact).found) this.#add(file, each, found)
    }
    return sorted(found.functions)
  }

  #libraryNames(call: Ref): readonly string[] {
    const { facts, valueBase } = this.#space.fileOf(call)
    const denoted = this.#denotations.of(valueBase + (facts.a[call - valueBase] ?? 0))
    return denoted.flatMap((each) => (each.kind === 'library' ? [each.name] : []))
  }

  /** Calls among what variables may hold that bind arguments to a function. */
  #boundTo(callee: Ref): readonly Callback[] {
    const made = this.#held([callee, ...this.#stored(callee)], Op.Call)
    return made.flatMap(({ valueBase, at }) => this.#callbacks.bound(valueBase + at))
  }

  #find(call: Ref): CallTargets {
    const file = this.#space.fileOf(call)
    const { facts } = file
    const at = call - file.valueBase
    const local = facts.a[at] ?? -1
    const method = facts.op[local] === Op.Attr ? facts.strings[facts.b[local] ?? 0] ?? '' : ''
    const found = mutable()
    const finish = (guess: boolean): CallTargets => ({
      functions: sorted(found.functions), library: [...found.library].sort(), constructs: sorted(found.constructs),
      unresolved: found.unresolved, guess, method,
    })
    if (this.#space.isParentCall(call)) return finish(false)

    const callee = file.valueBase + local
    for (const each of this.#denotations.of(callee)) this.#add(file, each, found)
    if (isEmpty(found) && method !== '') this.#dispatch(file, file.valueBase + (facts.a[local] ?? 0), method, call, found)
    if (isEmpty(found) && found.unresolved !== 'too many targets') this.#callValue(file, callee, found)
    if (!isEmpty(found)) return finish(false)
    if (found.unresolved !== '') return finish(false)
    if (method === '') {
      found.unresolved = facts.op[local] === Op.Name || facts.op[local] === Op.Import ? 'not found' : 'dynamic'
      return finish(false)
    }
    for (const each of this.#parts.guesses.of(file, at, method, accepts)) found.functions.add(each)
    if (isEmpty(found)) found.unresolved = 'unknown receiver'
    return finish(!isEmpty(found))
  }

  #add(file: ProgramFile, each: Denotation, found: Mutable): void {
    if (each.kind === 'function') for (const of of [each.of, ...this.#parts.dispatched.besides(each.of)]) found.functions.add(of)
    else if (each.kind === 'library') found.library.add(each.name)
    else if (each.kind === 'class') this.#construct(file, each.of, found)
  }

  #construct(file: ProgramFile, of: ClassRef, found: Mutable): void {
    found.constructs.add(of)
    const features = this.#space.languageOf(file).flow
    for (const name of [...features?.constructors ?? [], ...features?.constructorHooks ?? []]) {
      for (const value of this.#classes.member(of, name)) {
        for (const each of this.#denotations.of(value)) if (each.kind === 'function') found.functions.add(each.of)
      }
    }
    for (const base of this.#classes.lineage(of).library) found.library.add(base)
  }

  /** A method of an object, by its types. */
  #dispatch(file: ProgramFile, object: Ref, method: string, use: Ref, found: Mutable): void {
    if (this.#space.isParentCall(object)) {
      const receiver = this.#types.enclosingReceiver(this.#space.functionOf(object))
      if (!receiver) return
      for (const each of this.#parts.members.ofParent(receiver.of, method)) this.#add(file, each, found)
      const root = this.#space.languageOf(file).flow?.rootClass
      const { own, library, isOpen } = this.#classes.lineage(receiver.of)
      if (isEmpty(found) && root !== undefined && !isOpen && own.length + library.length === 1) found.library.add(`${root}.${method}`)
      return
    }
    const types = this.#types.atUse(object, use)
    const none = this.#space.languageOf(file).flow?.literalTypes.null
    const exact = this.#isMade(object)
    let absent = 0
    for (const type of types) {
      if (type === none) continue
      const { found: members, tooMany, isAbsent } = this.#parts.members.of(type, method, exact)
      if (tooMany) found.unresolved = 'too many targets'
      if (isAbsent) absent++
      for (const each of members) this.#add(file, each, found)
    }
    if (isEmpty(found) && absent > 0 && absent === types.length) found.unresolved = 'not found'
  }

  /** Whether a value is an object that was just made, so that its class is exactly the one named. */
  #isMade(object: Ref): boolean {
    const { facts, valueBase } = this.#space.fileOf(object)
    const at = object - valueBase
    const made = facts.op[at] === Op.Refine ? facts.a[at] ?? 0 : at
    if (facts.op[made] !== Op.Call) return false
    return this.#denotations.of(valueBase + (facts.a[made] ?? 0)).some((each) => each.kind === 'class')
  }

  /** A call of a value: of an instance, by the method its class declares for it, or of what a variable was given. */
  #callValue(file: ProgramFile, callee: Ref, found: Mutable): void {
    const before = found.unresolved
    found.unresolved = ''
    for (const each of this.#boundTo(callee).flatMap(({ value }) => this.functionsOf(value))) found.functions.add(each)
    const method = this.#space.languageOf(file).flow?.protocols.call
    const byType = mutable()
    if (isEmpty(found) && method !== undefined) this.#dispatch(file, callee, method, callee, byType)
    // That something can be called, as a declared type says, tells less than what was put there.
    const isOwn = byType.functions.size + byType.constructs.size > 0
    if (isEmpty(found) && !isOwn) this.#callHeld(file, callee, this.#stored(callee), found)
    if (isEmpty(found)) take(byType, found)
    if (isEmpty(found) && found.unresolved === '') found.unresolved = before
  }

  /** Values stored where an attribute is read: in a field, or under a name of a module or class. */
  #stored(read: Ref): readonly Ref[] {
    const { facts, valueBase } = this.#space.fileOf(read)
    const at = read - valueBase
    if (facts.op[at] !== Op.Attr) return []
    const types = this.#types.of(valueBase + (facts.a[at] ?? 0))
    const stores = this.#parts.heap.stores(types, facts.strings[facts.b[at] ?? 0] ?? '')
    return [...stores, ...this.#denotations.definitions(read)]
  }

  #callHeld(file: ProgramFile, callee: Ref, stored: readonly Ref[], found: Mutable): void {
    const computed: FunctionRef[] = []
    for (const { facts, valueBase, at } of this.#held([callee, ...stored], Op.Param, Op.Attr, Op.Function, Op.Class, Op.Call)) {
      if (facts.op[at] === Op.Call) {
        computed.push(...this.#reflected(valueBase + at))
      } else if (facts.op[at] === Op.Function || facts.op[at] === Op.Class) {
        for (const each of this.#denotations.of(valueBase + at)) this.#add(file, each, found)
      } else if (facts.op[at] === Op.Param) {
        for (const each of this.#givenTo(valueBase + at)) this.#add(file, each, found)
      } else if (valueBase + at !== callee) {
        const name = facts.strings[facts.b[at] ?? 0] ?? ''
        this.#dispatch(file, valueBase + (facts.a[at] ?? 0), name, valueBase + at, found)
      }
    }
    const { functions } = found
    if (!isEmpty(found)) found.unresolved = ''
    if (functions.size > LIMITS.callTargets) {
      for (const each of sorted(functions).slice(LIMITS.callTargets)) functions.delete(each)
      found.unresolved = 'too many targets'
    }
    for (const each of computed) functions.add(each)
  }

  /** Methods that a call gives by a name that is computed. */
  #reflected(call: Ref): readonly FunctionRef[] {
    return reflected({ ...this.#parts, typesOf: (value) => this.#types.of(value) }, call, this.#libraryNames(call))
  }

  /** What a call gives that runs functions of the program, as known in the round before: an argument where they give that back. */
  #returnedBy(call: Ref): readonly Ref[] {
    const before = this.#before
    const targets = before?.targets(call).functions ?? []
    return targets.flatMap((target) => {
      const { facts, valueBase, functionBase } = this.#space.fileOfFunction(target)
      const of = facts.functions[target - functionBase]
      if (!of || of.isGenerator || of.isAsync) return []
      return of.returns.flatMap((local) => {
        const value = facts.a[local] ?? -1
        if (value < 0) return []
        if (facts.op[value] !== Op.Param) return [valueBase + value]
        const given = before?.argumentsFor(call, target, facts.b[value] ?? -1) ?? []
        return given.flatMap((each) => (each.how === 'element' ? [] : [each.value]))
      })
    })
  }

  /** What a library's call takes out of a container that it is given, as `get` of a table. */
  #takenBy(call: Ref): readonly Ref[] {
    const file = this.#space.fileOf(call)
    const names = this.#before?.targets(call).library ?? []
    return names.flatMap((name) => handedOn(file, call - file.valueBase, name, 'whole', this.#parts.library)).flatMap(({ value, part, key }) => (
      part === 'indexed' ? this.#parts.contents.of(value, this.#stored(value), key) : []
    ))
  }

  /** Instructions of these kinds whose value a variable may hold. */
  #held(values: readonly Ref[], ...wanted: readonly number[]): readonly Held[] {
    const queue = [...values]
    const found: Held[] = []
    const push = (more: readonly Ref[]): void => {
      for (const one of more) if (!queue.includes(one)) queue.push(one)
    }
    for (let next = 0; next < queue.length && next < MAX_HELD; next++) {
      const each = queue[next] ?? 0
      const { facts, valueBase } = this.#space.fileOf(each)
      const at = each - valueBase
      const op = facts.op[at]
      if (op !== undefined && wanted.includes(op)) found.push({ facts, valueBase, at })
      if (op === Op.Call) push([...this.#returnedBy(each), ...this.#takenBy(each)])
      if (op !== undefined && wanted.includes(op)) continue
      if (op === Op.Capture || op === Op.Phi) push(this.#space.list(each))
      else if (op === Op.Refine || op === Op.Annotated && (facts.a[at] ?? -1) >= 0) push([valueBase + (facts.a[at] ?? 0)])
      else if (op === Op.Element || op === Op.Index || op === Op.Unpack) push(this.#contained(each))
      else push(this.#denotations.definitions(each))
    }
    return found
  }

  /** Values that an element of a container may be, or a part of such an element. */
  #contained(value: Ref): readonly Ref[] {
    const { facts, valueBase } = this.#space.fileOf(value)
    const at = value - valueBase
    const whole = valueBase + (facts.a[at] ?? 0)
    if (facts.op[at] !== Op.Unpack) {
      const key = facts.op[at] === Op.Index ? textOf(facts, facts.b[at] ?? -1) : undefined
      return this.#parts.contents.of(whole, this.#stored(whole), key)
    }
    const isElement = facts.op[whole - valueBase] === Op.Element
    return (isElement ? this.#contained(whole) : [whole]).flatMap((each) => this.#parts.contents.part(each, facts.b[at] ?? -1))
  }

  /** Functions and classes that callers known before pass for a parameter. */
  #givenTo(parameter: Ref): readonly Denotation[] {
    const before = this.#before
    if (!before) return []
    const owner = this.#space.functionOf(parameter)
    const { facts, valueBase } = this.#space.fileOf(parameter)
    const index = facts.b[parameter - valueBase] ?? -1
    return before.callers(owner, this.#space.fileOf(parameter).isTest).slice(0, LIMITS.callers)
      .flatMap((call) => before.argumentsFor(call, owner, index))
      .filter(({ how }) => how !== 'element')
      .flatMap(({ value }) => {
        const denoted = this.#denotations.of(value).filter((each) => each.kind === 'function' || each.kind === 'class')
        return denoted.length > 0 ? denoted : before.functionsOf(value).map((each) => ({ kind: 'function', of: each }))
      })
  }

  #findCallers(of: FunctionRef, table: CallerTable, isWanted: (call: Ref) => boolean): readonly Ref[] {
    const sites = this.#parts.sites()
    table.unnamed ??= this.#targetsOf(sites.unnamed.filter(isWanted))
    const found = new Set(table.unnamed.get(of) ?? [])
    const names = [...sites.namesOf(of), ...this.#classNames(of)]
    for (const { call } of this.#callbacks.of(of)) if (isWanted(call)) found.add(call)
    for (const each of this.#parts.operations.of(of)) if (isWanted(each) && this.#runs(each, of)) found.add(each)
    for (const name of sites.alsoNamed(names)) for (const call of this.#callersByName(name, table, isWanted).get(of) ?? []) found.add(call)
    return sorted(found)
  }

  /** Whether an operation runs a function. */
  #runs(operation: Ref, of: FunctionRef): boolean {
    return this.implicit.of(operation).includes(of) || this.implicit.besides(operation).includes(of)
  }

  /** Calls written with a name, by what they reach. */
  #callersByName(name: string, table: CallerTable, isWanted: (call: Ref) => boolean): ReadonlyMap<FunctionRef, readonly Ref[]> {
    let known = table.byName.get(name)
    if (!known) {
      known = this.#targetsOf(this.#parts.sites().named(name).filter(isWanted))
      table.byName.set(name, known)
    }
    return known
  }

  /** A constructor is called by the names of its class and of the classes that inherit it. */
  #classNames(of: FunctionRef): readonly string[] {
    const receiver = this.#classes.receiver(of)
    const file = this.#space.fileOfFunction(of)
    const facts: FunctionFacts | undefined = file.facts.functions[of - file.functionBase]
    const features = this.#space.languageOf(file).flow
    const constructors = [...features?.constructors ?? [], ...features?.constructorHooks ?? []]
    if (!receiver || !facts || !constructors.includes(facts.name)) return []
    return [receiver.of, ...this.#classes.descendants(receiver.of)].map((each) => {
      const name = this.#classes.name(each)
      return name.slice(name.lastIndexOf('.') + 1)
    })
  }

  #targetsOf(calls: readonly Ref[]): ReadonlyMap<FunctionRef, readonly Ref[]> {
    const table = new Map<FunctionRef, Ref[]>()
    for (const call of calls) {
      for (const target of this.targets(call).functions) {
        const list = table.get(target)
        if (list) list.push(call)
        else table.set(target, [call])
      }
    }
    return table
  }
}

/** Who calls what, in one part of the program. */
class CallerTable {
  readonly known = new Map<FunctionRef, readonly Ref[]>()
  /** By the name that calls are written with. */
  readonly byName = new Map<string, ReadonlyMap<FunctionRef, readonly Ref[]>>()
  /** Of calls that might reach any function. */
  unnamed: ReadonlyMap<FunctionRef, readonly Ref[]> | undefined
}

function mutable(): Mutable {
  return { functions: new Set(), library: new Set(), constructs: new Set(), unresolved: '' }
}

function isEmpty(found: Mutable): boolean {
  return found.functions.size + found.library.size + found.constructs.size === 0
}

/** Adds what was found in one way to what was found in others. */
function take(from: Mutable, into: Mutable): void {
  for (const each of from.functions) into.functions.add(each)
  for (const each of from.library) into.library.add(each)
  for (const each of from.constructs) into.constructs.add(each)
  if (from.unresolved !== '') into.unresolved = from.unresolved
}

function sorted(numbers: ReadonlySet<number>): number[] {
  return [...numbers].sort((a, b) => a - b)
}
