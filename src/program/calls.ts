import { LIMITS } from '../core/limits.ts'
import { ArgTag, CallFlag, Op } from '../flow/facts.ts'
import type { Classes } from './classes.ts'
import type { Denotations } from './denote.ts'
import type { LibraryTypes } from './knowledge.ts'
import type { ArgumentValueRef, CallTargets, ClassRef, FunctionRef, ProgramFile, Ref } from './program.ts'
import type { Space } from './space.ts'
import type { Types } from './types.ts'

/** Candidates of a call resolved by its method's name alone. */
const MAX_GUESSES = 4

interface Mutable {
  readonly functions: Set<FunctionRef>
  readonly library: Set<string>
  readonly constructs: Set<ClassRef>
  unresolved: string
}

/** The call graph: what a call may run, and who calls a function. */
export class Calls {
  readonly #space: Space
  readonly #denotations: Denotations
  readonly #classes: Classes
  readonly #types: Types
  readonly #library: LibraryTypes
  readonly #known = new Map<Ref, CallTargets>()
  #callers: ReadonlyMap<FunctionRef, readonly Ref[]> | undefined
  #methods: ReadonlyMap<string, readonly FunctionRef[]> | undefined

  constructor(space: Space, denotations: Denotations, classes: Classes, types: Types, library: LibraryTypes) {
    this.#space = space
    this.#denotations = denotations
    this.#classes = classes
    this.#types = types
    this.#library = library
  }

  targets(call: Ref): CallTargets {
    let known = this.#known.get(call)
    if (!known) {
      known = this.#find(call)
      this.#known.set(call, known)
    }
    return known
  }

  callers(of: FunctionRef): readonly Ref[] {
    this.#callers ??= this.#index()
    return this.#callers.get(of) ?? []
  }

  /** Values that a parameter of a target gets at a call. */
  argumentsFor(call: Ref, target: FunctionRef, index: number): readonly ArgumentValueRef[] {
    const file = this.#space.fileOf(call)
    const callee = this.#space.fileOfFunction(target)
    const parameter = callee.facts.functions[target - callee.functionBase]?.parameters[index]
    if (!parameter) return []
    const receiver = this.#receiverOf(call, target)
    if (receiver !== undefined && index === 0) return [{ value: receiver, how: 'value' }]
    const found = matched(file, call - file.valueBase, parameter.name, parameter.kind, index - (this.#skipsReceiver(call, target) ? 1 : 0))
    if (found.length > 0) return found.map(({ local, how }) => ({ value: file.valueBase + local, how }))
    return parameter.default < 0 ? [] : [{ value: callee.valueBase + parameter.default, how: 'default' }]
  }

  /** The value that becomes the receiver parameter, where the call gives one apart from its arguments. */
  #receiverOf(call: Ref, target: FunctionRef): Ref | undefined {
    if (!this.#skipsReceiver(call, target)) return undefined
    const file = this.#space.fileOf(call)
    if (this.targets(call).constructs.length > 0) return call
    const callee = file.facts.a[call - file.valueBase] ?? -1
    return file.facts.op[callee] === Op.Attr ? file.valueBase + (file.facts.a[callee] ?? 0) : undefined
  }

  /** Whether the target's first parameter is not among the call's arguments. */
  #skipsReceiver(call: Ref, target: FunctionRef): boolean {
    const receiver = this.#classes.receiver(target)
    if (!receiver) return false
    if (receiver.isClass || this.targets(call).constructs.length > 0) return true
    const file = this.#space.fileOf(call)
    const callee = file.facts.a[call - file.valueBase] ?? -1
    if (file.facts.op[callee] !== Op.Attr) return false
    // `Class.method(instance, ...)` gives the receiver as an argument.
    const object = file.valueBase + (file.facts.a[callee] ?? 0)
    return !this.#denotations.of(object).some((each) => each.kind === 'class')
  }

  #find(call: Ref): CallTargets {
    const file = this.#space.fileOf(call)
    const { facts } = file
    const at = call - file.valueBase
    const local = facts.a[at] ?? -1
    const found: Mutable = { functions: new Set(), library: new Set(), constructs: new Set(), unresolved: '' }
    const isMethod = facts.op[local] === Op.Attr
    const method = isMethod ? facts.strings[facts.b[local] ?? 0] ?? '' : ''
    if ((facts.b[at] ?? 0) & CallFlag.Parent) return { functions: [], library: [], constructs: [], unresolved: '', guess: false, method }

    const callee = file.valueBase + local
    for (const each of this.#denotations.of(callee)) {
      if (each.kind === 'function') found.functions.add(each.of)
      else if (each.kind === 'library') found.library.add(each.name)
      else if (each.kind === 'class') this.#construct(file, each.of, found)
    }
    const isEmpty = (): boolean => found.functions.size + found.library.size + found.constructs.size === 0
    if (isEmpty() && isMethod) this.#dispatch(file.valueBase + (facts.a[local] ?? 0), method, found)
    if (isEmpty() && !isMethod) this.#instanceCall(file, callee, found)
    let guess = false
    if (isEmpty() && isMethod && found.unresolved === '') {
      const guessed = this.#guess(file, at, method)
      guess = guessed.length > 0
      for (const each of guessed) found.functions.add(each)
      if (!guess) found.unresolved = 'unknown receiver'
    }
    if (isEmpty() && found.unresolved === '') found.unresolved = facts.op[local] === Op.Name ? 'not found' : 'dynamic'
    return {
      functions: [...found.functions].sort((a, b) => a - b), library: [...found.library].sort(),
      constructs: [...found.constructs].sort((a, b) => a - b), unresolved: found.unresolved, guess, method,
    }
  }

  #construct(file: ProgramFile, of: ClassRef, found: Mutable): void {
    found.constructs.add(of)
    for (const name of this.#space.languageOf(file).flow?.constructors ?? []) {
      for (const value of this.#classes.member(of, name)) {
        for (const each of this.#denotations.of(value)) if (each.kind === 'function') found.functions.add(each.of)
      }
    }
    for (const base of this.#classes.lineage(of).library) found.library.add(base)
  }

  /** A method of an object, by its types: the nearest definition, and what descendants put in its place. */
  #dispatch(object: Ref, method: string, found: Mutable): void {
    const { facts, valueBase } = this.#space.fileOf(object)
    const isParent = facts.op[object - valueBase] === Op.Call && ((facts.b[object - valueBase] ?? 0) & CallFlag.Parent) !== 0
    for (const type of this.#types.of(object)) {
      const own = this.#classes.named(type)
      if (own === undefined) {
        found.library.add(this.#library.canonical(`${type}.${method}`))
        continue
      }
      const values = [...this.#classes.member(own, method)]
      if (!isParent) for (const each of this.#classes.descendants(own)) values.push(...this.#classes.ownMember(each, method))
      const functions = values.flatMap((value) => this.#denotations.of(value)).filter((each) => each.kind === 'function')
      if (functions.length > LIMITS.callTargets) found.unresolved = 'too many targets'
      for (const each of functions.slice(0, LIMITS.callTargets)) if (each.kind === 'function') found.functions.add(each.of)
      if (functions.length > 0) continue
      for (const base of this.#classes.lineage(own).library) found.library.add(this.#library.canonical(`${base}.${method}`))
    }
  }

  /** Calling an instance runs the method its class declares for it. */
  #instanceCall(file: ProgramFile, callee: Ref, found: Mutable): void {
    const method = this.#space.languageOf(file).flow?.protocols.call
    if (method !== undefined) this.#dispatch(callee, method, found)
  }

  /** Methods of that name anywhere, when they are few and fit the arguments. */
  #guess(file: ProgramFile, at: number, method: string): FunctionRef[] {
    this.#methods ??= this.#methodTable()
    const candidates = this.#methods.get(method) ?? []
    if (candidates.length === 0 || candidates.length > MAX_GUESSES || method.length < 4) return []
    return candidates.filter((each) => this.#fits(file, at, each))
  }

  #fits(file: ProgramFile, at: number, target: FunctionRef): boolean {
    const callee = this.#space.fileOfFunction(target)
    const parameters = callee.facts.functions[target - callee.functionBase]?.parameters ?? []
    const { facts } = file
    let positional = this.#classes.receiver(target) ? 1 : 0
    for (let entry = facts.argStart[at] ?? 0; entry < (facts.argStart[at + 1] ?? 0); entry += 2) {
      const tag = facts.args[entry] ?? ArgTag.Positional
      if (tag === ArgTag.Spread || tag === ArgTag.DoubleSpread) return true
      if (tag === ArgTag.Positional) positional++
      else if (!parameters.some((each) => each.kind === 'keyword-rest' || each.name === facts.strings[tag])) return false
    }
    const room = parameters.filter((each) => each.kind === 'positional' || each.kind === 'positional-only').length
    const needed = parameters.filter((each) => each.kind === 'positional' && each.default < 0).length
    const isOpen = parameters.some((each) => each.kind === 'rest')
    const keywords = ((facts.argStart[at + 1] ?? 0) - (facts.argStart[at] ?? 0)) / 2
    return (isOpen || positional <= room) && needed <= positional + keywords
  }

  #methodTable(): ReadonlyMap<string, readonly FunctionRef[]> {
    const table = new Map<string, FunctionRef[]>()
    for (const file of this.#space.files) {
      for (const [index, each] of file.facts.functions.entries()) {
        if (each.kind !== 'function' || !this.#classes.receiver(file.functionBase + index)) continue
        const list = table.get(each.name)
        if (list) list.push(file.functionBase + index)
        else table.set(each.name, [file.functionBase + index])
      }
    }
    return table
  }

  #index(): ReadonlyMap<FunctionRef, readonly Ref[]> {
    const table = new Map<FunctionRef, Ref[]>()
    for (const file of this.#space.files) {
      const { op } = file.facts
      for (let at = 0; at < op.length; at++) {
        if (op[at] !== Op.Call) continue
        for (const target of this.targets(file.valueBase + at).functions) {
          const list = table.get(target)
          if (list) list.push(file.valueBase + at)
          else table.set(target, [file.valueBase + at])
        }
      }
    }
    return table
  }
}

interface Matched {
  readonly local: number
  readonly how: ArgumentValueRef['how']
}

/** Arguments of a call that a parameter receives; `position` counts without the receiver. */
function matched(file: ProgramFile, at: number, name: string, kind: string, position: number): Matched[] {
  const { facts } = file
  const found: Matched[] = []
  let seen = 0
  for (let entry = facts.argStart[at] ?? 0; entry < (facts.argStart[at + 1] ?? 0); entry += 2) {
    const tag = facts.args[entry] ?? ArgTag.Positional
    const local = facts.args[entry + 1] ?? 0
    if (tag >= 0) {
      if (kind === 'keyword-rest' || facts.strings[tag] === name && kind !== 'positional-only') found.push({ local, how: 'value' })
    } else if (tag === ArgTag.Positional) {
      if (kind !== 'keyword-only' && kind !== 'keyword-rest' && (seen === position || kind === 'rest' && seen >= position)) found.push({ local, how: 'value' })
      seen++
    } else if (tag === ArgTag.Spread) {
      if (kind !== 'keyword-only' && kind !== 'keyword-rest' && position >= seen) found.push({ local, how: 'element' })
    } else if (kind !== 'positional-only' && kind !== 'rest') {
      found.push({ local, how: 'element' })
    }
  }
  return found
}
