import { ArgTag, ContainerKind, ConstKind, Op } from '../flow/facts.ts'
import type { ArgumentModel, CallbackModel, ReceivedModel } from '../models/model.ts'
import type { CallSites } from './call-sites.ts'
import { givenBy, together } from './given.ts'
import type { Given } from './given.ts'
import type { LibraryTypes } from './knowledge.ts'
import type { CallTargets, FunctionRef, ProgramFile, Ref } from './program.ts'
import type { Space } from './space.ts'

/** Functions of the program that one library call calls back. */
const MAX_FUNCTIONS = 16

const NOTHING: Given = { positional: [], keywords: [], spread: [] }

/** A library call that runs a function of the program. */
export interface Callback {
  readonly call: Ref
  /** The value that stands for the function, or the object whose method it is. */
  readonly value: Ref
  /** The method of the object that is run; `''` where the value itself is called. */
  readonly method: string
  readonly given: Given
}

/** What callbacks are found with. */
export interface CallbackParts {
  readonly space: Space
  readonly library: LibraryTypes
  readonly sites: () => CallSites
  targets(call: Ref): CallTargets
  /** Canonical names of the library functions that a call names. */
  named(call: Ref): readonly string[]
  /** Functions that calling a value runs. */
  functionsOf(value: Ref): readonly FunctionRef[]
  /** Methods of a name that an object may have. */
  methodsOf(object: Ref, name: string): readonly FunctionRef[]
  /** Calls that made the value by binding arguments to a function. */
  boundTo(value: Ref): readonly Callback[]
}

/** Which functions libraries call back, and with what. */
export class Callbacks {
  readonly #parts: CallbackParts
  /** By the method that is run, `''` for the values themselves, so that asking for one resolves no calls of the others. */
  readonly #tables = new Map<string, ReadonlyMap<FunctionRef, readonly Callback[]>>()

  constructor(parts: CallbackParts) {
    this.#parts = parts
  }

  /** Library calls that may run a function. */
  of(target: FunctionRef): readonly Callback[] {
    const { facts, functionBase } = this.#parts.space.fileOfFunction(target)
    const name = facts.functions[target - functionBase]?.name ?? ''
    const own = this.#indexed('').get(target) ?? []
    const isMethod = name !== '' && this.#parts.library.callbackNames(name).length > 0
    return isMethod ? [...own, ...this.#indexed(name).get(target) ?? []] : own
  }

  #indexed(method: string): ReadonlyMap<FunctionRef, readonly Callback[]> {
    let table = this.#tables.get(method)
    if (!table) {
      table = this.#index(method)
      this.#tables.set(method, table)
    }
    return table
  }

  /** What a call binds to a function that its result then is, as `partial(f, 1)`. */
  bound(call: Ref): readonly Callback[] {
    return this.#parts.named(call).flatMap((name) => this.#parts.library.callbacksOf(name)).filter((each) => each.binds)
      .flatMap((model) => this.#callback(call, model, ''))
  }

  #index(method: string): ReadonlyMap<FunctionRef, readonly Callback[]> {
    const table = new Map<FunctionRef, Callback[]>()
    const sites = this.#parts.sites()
    const names = sites.alsoNamed(this.#parts.library.callbackNames(method))
    for (const call of names.flatMap((name) => sites.named(name))) {
      for (const name of this.#parts.targets(call).library) {
        for (const model of this.#parts.library.callbacksOf(name)) {
          if (method === '' ? model.methods.length > 0 : !model.methods.includes(method)) continue
          this.#add(table, this.#callback(call, model, method))
        }
      }
    }
    return table
  }

  #add(table: Map<FunctionRef, Callback[]>, callbacks: readonly Callback[]): void {
    for (const callback of callbacks.flatMap((each) => this.#unbound(each))) {
      const { value, method } = callback
      const targets = method === '' ? this.#parts.functionsOf(value) : this.#parts.methodsOf(value, method)
      for (const target of targets.slice(0, MAX_FUNCTIONS)) {
        const list = table.get(target)
        if (list) list.push(callback)
        else table.set(target, [callback])
      }
    }
  }

  /** Where what is called back has arguments bound to it: the function itself, with these first. */
  #unbound(callback: Callback): readonly Callback[] {
    const bound = callback.method === '' ? this.#parts.boundTo(callback.value) : []
    if (bound.length === 0) return [callback]
    return bound.map(({ value, given }) => ({ ...callback, value, given: together(given, callback.given) }))
  }

  #callback(call: Ref, model: CallbackModel, method: string): readonly Callback[] {
    const file = this.#parts.space.fileOf(call)
    const value = argumentAt(file, call - file.valueBase, model.argument)
    if (value === undefined) return []
    let given = NOTHING
    for (const each of model.receives) given = together(given, this.#received(file, call - file.valueBase, each))
    return [{ call, value, method, given }]
  }

  #received(file: ProgramFile, call: number, model: ReceivedModel): Given {
    if (model.rest && !model.element) return givenBy(file, call, model.from.position ?? 0)
    const value = argumentAt(file, call, model.from)
    if (value === undefined) return NOTHING
    if (model.rest) return this.#elements(value)
    return { ...NOTHING, positional: [{ value, how: model.element ? 'element' : 'value' }] }
  }

  /** The elements of a container that is written out, in order or by key; else any of them. */
  #elements(container: Ref): Given {
    const { facts, valueBase } = this.#parts.space.fileOf(container)
    const at = container - valueBase
    if (facts.op[at] !== Op.Container) return { ...NOTHING, spread: [container] }
    if (facts.b[at] !== ContainerKind.Dict) return givenBy(this.#parts.space.fileOf(container), at, 0)
    const keywords: { name: string, value: Ref }[] = []
    const spread: Ref[] = []
    for (let entry = facts.argStart[at] ?? 0; entry < (facts.argStart[at + 1] ?? 0); entry += 2) {
      const key = facts.args[entry] ?? ArgTag.Positional
      const value = valueBase + (facts.args[entry + 1] ?? 0)
      if (key >= 0 && facts.op[key] === Op.Const && facts.b[key] === ConstKind.String) {
        keywords.push({ name: facts.strings[facts.a[key] ?? 0] ?? '', value })
      } else {
        spread.push(key >= 0 ? container : value)
      }
    }
    return { positional: [], keywords, spread }
  }
}

/** The argument of a call that a model means. */
export function argumentAt(file: ProgramFile, call: number, model: ArgumentModel): Ref | undefined {
  const { facts, valueBase } = file
  const { positional, keywords } = givenBy(file, call, 0)
  if (model.receiver === true) {
    const callee = facts.a[call] ?? -1
    return facts.op[callee] === Op.Attr ? valueBase + (facts.a[callee] ?? 0) : undefined
  }
  const named = model.name === undefined ? undefined : keywords.find(({ name }) => name === model.name)
  return named?.value ?? (model.position === undefined ? undefined : positional[model.position]?.value)
}
