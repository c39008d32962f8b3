import { CallFlag, Op } from '../flow/facts.ts'
import type { FunctionFacts } from '../flow/facts.ts'
import type { FunctionRef, ProgramFile, Ref } from './program.ts'
import type { Space } from './space.ts'

/** Names followed from one function's own through assignments and imports under other names. */
const MAX_NAMES = 24

/**
 * Finds the calls that might reach a function, by the name they are written
 * with, so that asking for one function's callers does not resolve the whole
 * program. Calls of what has no name of its own (a parameter, a result, an
 * element of a table) might reach anything.
 */
export class CallSites {
  readonly #space: Space
  readonly #byName = new Map<string, Ref[]>()
  /** Calls that might reach any function. */
  readonly unnamed: readonly Ref[]
  /** A name to the other names under which the same value is bound. */
  readonly #aliases = new Map<string, Set<string>>()
  /** Functions decorated, by the name of the decorator. */
  readonly #decorated = new Map<string, Set<string>>()

  constructor(space: Space) {
    this.#space = space
    const computed = new Set<string>()
    for (const file of space.files) this.#addAliases(file, computed)
    const unnamed: Ref[] = []
    for (const file of space.files) this.#addCalls(file, unnamed)
    for (const name of computed) unnamed.push(...this.#byName.get(name) ?? [])
    this.unnamed = [...new Set(unnamed)].sort((a, b) => a - b)
  }

  /** Calls written with a name. */
  named(name: string): readonly Ref[] {
    return this.#byName.get(name) ?? []
  }

  /** Names, and the other names bound to what they name, the nearest first; not all where these are very many. */
  alsoNamed(names: readonly string[]): readonly string[] {
    return this.#closure(names, MAX_NAMES)
  }

  /** Names, and every other name bound to what they name. */
  everyNameOf(names: readonly string[]): readonly string[] {
    return this.#closure(names, Infinity)
  }

  #closure(names: readonly string[], more: number): readonly string[] {
    const queue = [...new Set(names)]
    const seen = new Set(queue)
    const given = queue.length
    for (let at = 0; at < queue.length && at < given + more; at++) {
      for (const alias of this.#aliases.get(queue[at] ?? '') ?? []) {
        if (seen.has(alias)) continue
        seen.add(alias)
        queue.push(alias)
      }
    }
    return queue
  }

  /** Names of functions to which a decorator of this name, or one made by it, is applied. */
  decoratedBy(name: string): readonly string[] {
    return [...this.#decorated.get(name) ?? []]
  }

  /** Names by which calls of a function are written, apart from other names bound to it. */
  namesOf(of: FunctionRef): readonly string[] {
    const file = this.#space.fileOfFunction(of)
    const facts = file.facts.functions[of - file.functionBase]
    if (!facts) return []
    // A function inside another is handed out by it, and by those that hand on what it gives.
    const outer = outerNames(file.facts.functions, facts)
    for (let at = 0; at < outer.length && at < MAX_NAMES; at++) {
      for (const name of this.#handingOn(outer[at] ?? '')) if (!outer.includes(name)) outer.push(name)
    }
    return [facts.name, ...outer.flatMap((name) => this.decoratedBy(name))]
  }

  /** Names of functions that call one of this name. */
  #handingOn(name: string): readonly string[] {
    const found = new Set<string>()
    for (const call of (this.#byName.get(name) ?? []).slice(0, MAX_NAMES)) {
      const file = this.#space.fileOf(call)
      const caller = file.facts.functions[this.#space.functionOf(call) - file.functionBase]
      if (caller?.kind === 'function') found.add(caller.name)
    }
    return [...found]
  }

  #addCalls(file: ProgramFile, unnamed: Ref[]): void {
    const { facts, valueBase } = file
    for (let at = 0; at < facts.op.length; at++) {
      if (facts.op[at] !== Op.Call) continue
      const isDecorator = ((facts.b[at] ?? 0) & CallFlag.Decorator) !== 0
      const name = this.#calledName(file, facts.a[at] ?? 0, isDecorator)
      if (name === '') unnamed.push(valueBase + at)
      else add(this.#byName, name, valueBase + at)
      if (isDecorator && name !== '') this.#addDecorated(file, name, facts.args[(facts.argStart[at] ?? 0) + 1] ?? 0)
      // A decorator that a call makes is reached through that call's result.
      if (isDecorator && facts.op[facts.a[at] ?? 0] === Op.Call) unnamed.push(valueBase + at)
    }
  }

  #addDecorated(file: ProgramFile, decorator: string, value: number): void {
    const name = nameOf(file, value)
    if (name === '') return
    const names = this.#decorated.get(decorator) ?? new Set()
    this.#decorated.set(decorator, names.add(name))
  }

  #calledName(file: ProgramFile, callee: number, isDecorator: boolean): string {
    const inner = file.facts.op[callee] === Op.Call && isDecorator ? file.facts.a[callee] ?? 0 : callee
    return nameOf(file, inner)
  }

  /** Every binding of a value under another name than its own. */
  #addAliases(file: ProgramFile, computed: Set<string>): void {
    const { facts } = file
    for (const { bindings } of facts.functions) {
      for (const { name, value } of bindings) this.#addAlias(file, facts.strings[name] ?? '', value, computed)
    }
    for (let at = 0; at < facts.op.length; at++) {
      const op = facts.op[at]
      if (op !== Op.SetAttr && op !== Op.SetName) continue
      const name = facts.strings[(op === Op.SetAttr ? facts.b[at] : facts.a[at]) ?? 0] ?? ''
      this.#addAlias(file, name, facts.args[facts.argStart[at] ?? 0] ?? 0, computed)
    }
  }

  #addAlias(file: ProgramFile, bound: string, value: number, computed: Set<string>): void {
    if (DATA.has(file.facts.op[value] ?? -1)) return
    const own = nameOf(file, value)
    if (own === '') computed.add(bound)
    else if (own !== bound) this.#aliases.set(own, (this.#aliases.get(own) ?? new Set()).add(bound))
  }
}

/** What is never called. */
const DATA: ReadonlySet<number> = new Set([Op.Const, Op.Container, Op.Template, Op.Binary, Op.Unary, Op.Slice])

/** The name a value is written with; of a decorated function its own; `''` when it has none. */
function nameOf(file: ProgramFile, value: number): string {
  const { facts } = file
  let at = value
  // Decorators are applied one around the other.
  for (let hops = 0; hops < MAX_NAMES; hops++) {
    if (facts.op[at] !== Op.Call || ((facts.b[at] ?? 0) & CallFlag.Decorator) === 0) break
    at = facts.args[(facts.argStart[at] ?? 0) + 1] ?? 0
  }
  const a = facts.a[at] ?? 0
  switch (facts.op[at]) {
    case Op.Attr:
      return facts.strings[facts.b[at] ?? 0] ?? ''
    case Op.Name:
      return facts.strings[a] ?? ''
    case Op.Import: {
      const declared = facts.imports[a]
      return declared?.name === '' ? declared.bound : declared?.name ?? ''
    }
    case Op.Function: {
      const of = facts.functions[a]
      return of?.kind === 'function' ? of.name : ''
    }
    case Op.Class:
      return facts.classes[a]?.name ?? ''
    default:
      return ''
  }
}

/** Names of the functions around one: those that may hand it out. */
function outerNames(functions: readonly FunctionFacts[], of: FunctionFacts): string[] {
  const names: string[] = []
  for (let index = of.parent; index > 0; index = functions[index]?.parent ?? 0) {
    const outer = functions[index]
    if (outer?.kind === 'function') names.push(outer.name)
  }
  return names
}

function add(table: Map<string, Ref[]>, name: string, value: Ref): void {
  const list = table.get(name)
  if (list) list.push(value)
  else table.set(name, [value])
}
