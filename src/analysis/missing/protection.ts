import { instruction, operand, tagged } from '../../dataflow/reader.ts'
import { CallFlag, Op } from '../../flow/facts.ts'
import type { Knowledge } from '../../models/knowledge.ts'
import type { ClassRef, FunctionRef, Program, Ref } from '../../program/program.ts'
import { argumentValues, receiverOf } from '../arguments.ts'
import { actsIn, actsNamedBy, actsOfCall, withNested } from './acts.ts'
import { writtenName } from './changes.ts'
import { classOf, lineageOf, membersOf } from './lineage.ts'
import { Reaching } from './reach.ts'
import { isTranslation, raised, returned } from './refusals.ts'

/** Kinds by which models say where something else is run. */
const DEPENDENCY = 'dependency'
const HOOK = 'hook'
const DECORATORS = 'decorators'

/** What protects a function. */
export interface Check {
  /** The call, decorator, parameter, class or router that brings it. */
  readonly at: Ref
  /** Completes "it is checked by ...". */
  readonly how: string
}

/** Calls between a function and a check that is its own: what is further away checks for others too. */
const MOST_NEAR = 3

/** Calls named on the way to a check. */
const MAX_NAMED = 6

/** Depth to which values are looked at for dependencies: lists in arguments, types with a dependency beside them. */
const MAX_DEPTH = 4

/**
 * Which functions are only run after a check of some kinds: one in their own
 * code or in what they call, in their decorators, in the dependencies of their
 * parameters, their class and their router, in a hook of the framework.
 */
export class Protection {
  readonly #program: Program
  readonly #knowledge: Knowledge
  readonly #kinds: readonly string[]
  readonly #reaching: Reaching
  readonly #checks = new Map<FunctionRef, Check | null>()
  readonly #decorators = new Map<FunctionRef, boolean>()
  readonly #asked = new Map<string, boolean>()
  #hook: Check | null | undefined

  /** `also`: further places that are checks. `most`: calls between a function and the check, at most. */
  constructor(program: Program, knowledge: Knowledge, kinds: readonly string[], also: readonly Ref[] = [], most: number = Infinity) {
    this.#program = program
    this.#knowledge = knowledge
    this.#kinds = kinds
    const checks = [...actsIn(program, knowledge, kinds).map(({ call }) => call), ...also].filter((call) => !isTranslation(program, call))
    this.#reaching = new Reaching(program, checks, most)
  }

  /** Functions whose own code leads to a check. */
  get checking(): Iterable<FunctionRef> {
    return this.#reaching.functions
  }

  /** Calls in a function's own code that lead to a check, in order; `most`: over so many calls more at most. */
  calls(of: FunctionRef, most: number = Number.MAX_SAFE_INTEGER): readonly Ref[] {
    const first = this.#reaching.call(of)
    if (first === undefined) return []
    const { facts, valueBase } = this.#program.fileOfFunction(of)
    const { firstValue, valueCount } = this.#program.function(of)
    const found: Ref[] = []
    for (let local = firstValue; local < firstValue + valueCount; local++) {
      const call = valueBase + local
      if (facts.op[local] !== Op.Call) continue
      const leads = this.#program.targets(call).functions.some((each) => (this.#reaching.depth(each) ?? Infinity) <= most)
        || actsOfCall(this.#program, this.#knowledge, call, this.#kinds).length > 0 && !isTranslation(this.#program, call)
      if (leads) found.push(call)
    }
    return found
  }

  /**
   * What checks before or while a function runs; `undefined` when nothing is known to.
   * `most`: a check that its code leads to counts only within so many calls.
   */
  check(of: FunctionRef, most: number = Infinity): Check | undefined {
    return (this.depth(of) ?? Infinity) <= most ? this.#ofCode(of) ?? this.#besideCode(of) : this.#besideCode(of)
  }

  /** Calls between a function and the check that its code leads to; `undefined` when it leads to none. */
  depth(of: FunctionRef): number | undefined {
    return this.#reaching.depth(of)
  }

  #besideCode(of: FunctionRef): Check | undefined {
    let found = this.#checks.get(of)
    if (found === undefined) {
      found = this.#ofDecorators(of) ?? this.#ofParameters(of) ?? this.#ofClass(of) ?? this.#ofRouter(of) ?? this.#ofHooks() ?? null
      this.#checks.set(of, found)
    }
    return found ?? undefined
  }

  /** What checks in a function's own code and decorators, apart from what checks for its class, its router and all handlers. */
  ownCheck(of: FunctionRef): Check | undefined {
    return this.#ofCode(of) ?? this.#ofDecorators(of)
  }

  #ofCode(of: FunctionRef): Check | undefined {
    const call = this.#reaching.call(of)
    return call === undefined ? undefined : { at: call, how: this.#wordsFor(call) }
  }

  /** The call that leads to a check, what that calls for it, and the check itself, as they are named there. */
  #wordsFor(call: Ref): string {
    const names = [this.#named(call)]
    let at = call
    while (names.length < MAX_NAMED) {
      const depth = this.#reaching.depth(this.#program.functionOf(at)) ?? 0
      const next = depth === 0 ? undefined : this.#program.targets(at).functions.find((each) => (this.#reaching.depth(each) ?? Infinity) < depth)
      const further = next === undefined ? undefined : this.#reaching.call(next)
      if (further === undefined) break
      at = further
      names.push(this.#named(at))
    }
    return [...new Set(names)].join(' → ')
  }

  #named(at: Ref): string {
    const name = writtenName(this.#program, at)
    return name === '' ? 'a refusal' : `\`${name}\``
  }

  #ofDecorators(of: FunctionRef): Check | undefined {
    const file = this.#program.fileOfFunction(of)
    for (const decorator of this.#program.function(of).decorators) {
      const at = this.#program.ref(file, decorator)
      if (this.#decoratorChecks(at)) return { at, how: 'its decorator' }
    }
    return undefined
  }

  /** Whether a decorator checks: a library's, or the program's own that does it before calling what it decorates. */
  #decoratorChecks(decorator: Ref): boolean {
    const of = instruction(this.#program, decorator)
    const isMade = of.op === Op.Call
    const named = isMade ? operand(of, of.a) : decorator
    if (actsNamedBy(this.#program, this.#knowledge, named, this.#kinds).length > 0) return true
    if (isMade && actsOfCall(this.#program, this.#knowledge, decorator, this.#kinds).length > 0) return true
    const functions = isMade ? this.#program.targets(decorator).functions : this.#program.functionsCalled(named)
    return functions.some((each) => this.#wraps(each)) || isMade && this.#applied(decorator).some((each) => this.#wraps(each))
  }

  /** What is run when a decorator that a call made is applied: a method of the object, for one. */
  #applied(decorator: Ref): readonly FunctionRef[] {
    return this.#program.uses(decorator).flatMap((use) => {
      const by = instruction(this.#program, use)
      return by.op === Op.Call && (by.b & CallFlag.Decorator) !== 0 ? this.#program.targets(use).functions : []
    })
  }

  /** Whether a decorator checks. `written`: its file and spelling; what is written alike in one file is asked about once. */
  decoratorChecks(decorator: Ref, written: string): boolean {
    let known = this.#asked.get(written)
    if (known === undefined) {
      known = this.#decoratorChecks(decorator)
      this.#asked.set(written, known)
    }
    return known
  }

  #wraps(of: FunctionRef, depth = 0): boolean {
    let known = this.#decorators.get(of)
    if (known === undefined) {
      known = withNested(this.#program, of).some((each) => this.#reaching.call(each) !== undefined)
        || depth < MAX_DEPTH && this.#handsOn(of).some((each) => this.#wraps(each, depth + 1))
      this.#decorators.set(of, known)
    }
    return known
  }

  /** What a decorator calls for its result: it wraps as those do. */
  #handsOn(of: FunctionRef): readonly FunctionRef[] {
    const { valueBase } = this.#program.fileOfFunction(of)
    return this.#program.function(of).returns.flatMap((local) => {
      const { a } = instruction(this.#program, valueBase + local)
      return a >= 0 && instruction(this.#program, valueBase + a).op === Op.Call ? this.#program.targets(valueBase + a).functions : []
    })
  }

  /** A dependency that the framework runs for a parameter. */
  #ofParameters(of: FunctionRef): Check | undefined {
    const file = this.#program.fileOfFunction(of)
    for (const parameter of this.#program.function(of).parameters) {
      for (const local of [parameter.default, parameter.annotation]) {
        if (local >= 0 && this.#dependsOnCheck(this.#program.ref(file, local), 0)) {
          return { at: this.#program.ref(file, parameter.value), how: `the dependency of its parameter ${parameter.name}` }
        }
      }
    }
    return undefined
  }

  /** Whether a value is a dependency on something that checks, or holds one. */
  #dependsOnCheck(value: Ref, depth: number): boolean {
    if (depth > MAX_DEPTH) return false
    const of = instruction(this.#program, value)
    const within = (each: Ref): boolean => this.#dependsOnCheck(each, depth + 1)
    if (of.op === Op.Call) {
      const dependencies = actsOfCall(this.#program, this.#knowledge, value, [DEPENDENCY])
      return dependencies.some(({ model }) => model.argument !== undefined
        && argumentValues(this.#program, value, model.argument).some((each) => this.#isChecker(each, depth + 1)))
    }
    if (of.op === Op.Container) return tagged(of).some((each) => within(each.value))
    if (of.op === Op.Index) return within(operand(of, of.b))
    if (of.op === Op.Name || of.op === Op.Import || of.op === Op.Attr) return this.#program.definitions(value).some(within)
    if (of.op === Op.Annotated && of.a >= 0) return within(operand(of, of.a))
    return false
  }

  /** Whether calling a value leads to a check, in its code or in its own dependencies. */
  #isChecker(value: Ref, depth: number): boolean {
    if (depth > MAX_DEPTH) return false
    return this.#program.functionsCalled(value).some((each) => {
      if (this.#reaching.call(each) !== undefined) return true
      const file = this.#program.fileOfFunction(each)
      return this.#program.function(each).parameters
        .some((parameter) => parameter.default >= 0 && this.#dependsOnCheck(this.#program.ref(file, parameter.default), depth + 1))
    })
  }

  /** A base class that checks, a member or a dependency of the class or its ancestors. */
  #ofClass(of: FunctionRef): Check | undefined {
    const own = classOf(this.#program, of)
    if (own === undefined) return undefined
    const brought = this.#program.libraryBases(own).flatMap((base) => this.#knowledge.actsByBase(base))
    const library = brought.filter(({ kind }) => this.#kinds.includes(kind))
    const decorating = brought.flatMap(({ kind, member }) => (kind === DECORATORS && member !== undefined ? [member] : []))
    for (const each of lineageOf(this.#program, own)) {
      const member = library.flatMap((model) => (model.member === undefined ? [] : membersOf(this.#program, each, model.member)))[0]
      if (member !== undefined) return { at: member, how: `the members of its class ${this.#program.class(each).name}` }
      const found = this.#classDependency(each) ?? this.#memberDecorator(each, decorating)
      if (found !== undefined) return { at: found, how: `a dependency or decorator of its class ${this.#program.class(each).name}` }
    }
    const base = library.find((model) => model.member === undefined)
    const declared = this.#program.class(own).bases[0]
    if (base === undefined || declared === undefined) return this.#classDecorators(own)
    return { at: this.#program.ref(this.#program.fileOfClass(own), declared), how: `the base class ${base.base ?? ''}` }
  }

  #classDecorators(of: ClassRef): Check | undefined {
    const file = this.#program.fileOfClass(of)
    const at = this.#program.class(of).decorators.map((each) => this.#program.ref(file, each)).find((each) => this.#decoratorChecks(each))
    return at === undefined ? undefined : { at, how: 'the decorator of its class' }
  }

  /** A decorator that checks, among those that a member of a class lists for all its methods. */
  #memberDecorator(of: ClassRef, members: readonly string[]): Ref | undefined {
    return members.flatMap((name) => membersOf(this.#program, of, name)).find((value) => {
      const listed = instruction(this.#program, value)
      return listed.op === Op.Container && tagged(listed).some((each) => this.#decoratorChecks(each.value))
    })
  }

  #classDependency(of: ClassRef): Ref | undefined {
    const file = this.#program.fileOfClass(of)
    const body = file.facts.functions[this.#program.class(of).body]
    return body?.bindings.map((each) => this.#program.ref(file, each.value)).find((value) => this.#dependsOnCheck(value, 0))
  }

  /** A dependency of the object by whose method the function is registered. */
  #ofRouter(of: FunctionRef): Check | undefined {
    const file = this.#program.fileOfFunction(of)
    for (const decorator of this.#program.function(of).decorators) {
      const at = this.#program.ref(file, decorator)
      if (instruction(this.#program, at).op !== Op.Call) continue
      const made = [at, ...receiverOf(this.#program, at).flatMap((router) => [router, ...this.#program.definitions(router)])]
      const found = made.find((each) => this.#makesDependent(each))
      if (found !== undefined) return { at: found, how: 'a dependency of its router' }
    }
    return undefined
  }

  /** Whether a call is given dependencies that check, or makes an object whose constructor is. */
  #makesDependent(call: Ref): boolean {
    const of = instruction(this.#program, call)
    if (of.op !== Op.Call) return false
    if (tagged(of).some(({ value }) => this.#dependsOnCheck(value, 0))) return true
    const { constructs } = this.#program.targets(call)
    return constructs.length > 0 && this.#program.targets(call).functions.some((each) => {
      const { firstValue, valueCount } = this.#program.function(each)
      const file = this.#program.fileOfFunction(each)
      for (let local = firstValue; local < firstValue + valueCount; local++) {
        if (file.facts.op[local] === Op.Call && this.#dependsOnCheck(this.#program.ref(file, local), 0)) return true
      }
      return false
    })
  }

  /** A function that a framework runs before every handler. */
  #ofHooks(): Check | undefined {
    if (this.#hook === undefined) this.#hook = this.#findHook() ?? null
    return this.#hook ?? undefined
  }

  #findHook(): Check | undefined {
    for (const { call, model } of actsIn(this.#program, this.#knowledge, [HOOK])) {
      if (model.argument === undefined) continue
      const checks = argumentValues(this.#program, call, model.argument).some((value) => this.#isChecker(value, 0))
      if (checks) return { at: call, how: 'a function that runs before every handler' }
    }
    return undefined
  }
}

/** What is known of checks, once for each set of kinds that rules ask for. */
export class Protections {
  readonly #program: Program
  readonly #knowledge: Knowledge
  readonly #known = new Map<string, Protection>()
  #refusals: readonly Ref[] | undefined

  constructor(program: Program, knowledge: Knowledge) {
    this.#program = program
    this.#knowledge = knowledge
  }

  of(kinds: readonly string[]): Protection {
    const key = kinds.join(' ')
    let found = this.#known.get(key)
    if (found === undefined) {
      found = new Protection(this.#program, this.#knowledge, kinds)
      this.#known.set(key, found)
    }
    return found
  }

  /** The checks near by: no more than a few calls away, and every refusal that is written out among them. */
  near(kinds: readonly string[]): Protection {
    const key = `near ${kinds.join(' ')}`
    let found = this.#known.get(key)
    if (found === undefined) {
      this.#refusals ??= [...raised(this.#program), ...returned(this.#program)]
      found = new Protection(this.#program, this.#knowledge, kinds, this.#refusals, MOST_NEAR)
      this.#known.set(key, found)
    }
    return found
  }
}
