import { LIMITS } from '../core/limits.ts'
import { ArgTag, CallFlag, ConstKind, ContainerKind, Op } from '../flow/facts.ts'
import type { Classes } from './classes.ts'
import { Fixpoint } from './fixpoint.ts'
import type { Questions } from './fixpoint.ts'
import { handedOn } from './handed-on.ts'
import type { LibraryTypes } from './knowledge.ts'
import type { Modules } from './modules.ts'
import type { ClassRef, FunctionRef, ProgramFile, Ref } from './program.ts'
import type { Space } from './space.ts'

/** What a value is known to stand for, without running anything. Equal ones are the same object. */
export type Denotation =
  | { readonly kind: 'function', readonly of: FunctionRef }
  | { readonly kind: 'class', readonly of: ClassRef }
  | { readonly kind: 'module', readonly of: ProgramFile }
  /** Something outside the program, by canonical name. */
  | { readonly kind: 'library', readonly name: string }

/** Alternatives kept for one value. */
const MAX_DENOTATIONS = LIMITS.callTargets

/** Resolves values to functions, classes, modules and library names. */
export class Denotations {
  readonly #space: Space
  readonly #modules: Modules
  readonly #library: LibraryTypes
  readonly #answers: Fixpoint<Denotation>
  readonly #interned = new Map<string, Denotation>()
  #classes: Classes | undefined

  constructor(questions: Questions, space: Space, modules: Modules, library: LibraryTypes) {
    this.#answers = new Fixpoint(questions, (value) => distinct(this.#find(value)))
    this.#space = space
    this.#modules = modules
    this.#library = library
  }

  /** The class table needs denotations for base classes, and member look-up needs the table. */
  connect(classes: Classes): void {
    this.#classes = classes
  }

  of(value: Ref): readonly Denotation[] {
    return this.#answers.of(value)
  }

  /** Whether what is derived from denotations now may be incomplete, because a cycle of them is being resolved. */
  get isProvisional(): boolean {
    return this.#answers.isProvisional
  }

  /**
   * Values that a module-level or imported name, or a member of a module or class, is
   * bound to: where that is an import again, what is bound where it is imported from.
   */
  definitions(value: Ref): readonly Ref[] {
    let found = this.#bound(value)
    for (let hop = 0; hop < LIMITS.reexports && found.some((each) => this.#isReexport(each)); hop++) {
      found = [...new Set(found.flatMap((each) => (this.#isReexport(each) ? this.#bound(each) : [each])))]
    }
    return found
  }

  /** Whether a value is an import of something that the program binds. */
  #isReexport(value: Ref): boolean {
    const { facts, valueBase } = this.#space.fileOf(value)
    return facts.op[value - valueBase] === Op.Import && this.#bound(value).length > 0
  }

  #bound(value: Ref): readonly Ref[] {
    const file = this.#space.fileOf(value)
    const { facts } = file
    const at = value - file.valueBase
    switch (facts.op[at]) {
      case Op.Name:
        return this.#modules.member(file, facts.strings[facts.a[at] ?? 0] ?? '')
      case Op.Import: {
        const declared = facts.imports[facts.a[at] ?? 0]
        if (!declared || declared.name === '' || declared.name === '*') return []
        const from = this.#modules.resolve(declared.module, file)
        return from ? this.#modules.member(from, declared.name).filter((each) => each !== value) : []
      }
      case Op.Attr: {
        const name = facts.strings[facts.b[at] ?? 0] ?? ''
        return this.of(file.valueBase + (facts.a[at] ?? 0)).flatMap((object) => {
          if (object.kind === 'module') return this.#modules.member(object.of, name)
          return object.kind === 'class' ? this.#classes?.member(object.of, name) ?? [] : []
        })
      }
      default:
        return []
    }
  }

  /** Something outside the program, by any of its names. */
  library(name: string): Denotation {
    const known = this.#interned.get(`l${name}`)
    return known ?? this.#intern(`l${name}`, { kind: 'library', name: this.#library.canonical(name) })
  }

  #find(value: Ref): readonly Denotation[] {
    const file = this.#space.fileOf(value)
    const { facts } = file
    const at = value - file.valueBase
    const a = facts.a[at] ?? -1
    switch (facts.op[at]) {
      case Op.Function:
        return [this.#function(file.functionBase + a)]
      case Op.Class:
        return [this.#class(file.classBase + a)]
      case Op.Import:
        return this.#imported(file, a, value)
      case Op.Name:
        return this.#named(file, facts.strings[a] ?? '', value)
      case Op.Capture:
      case Op.Phi:
        return this.#space.list(value).flatMap((each) => this.of(each))
      case Op.Attr:
        return this.#attribute(file.valueBase + a, facts.strings[facts.b[at] ?? 0] ?? '', value)
      case Op.Annotated:
      case Op.Refine:
      case Op.Await:
        return a < 0 ? [] : this.of(file.valueBase + a)
      case Op.Call:
        return this.#called(file, at)
      case Op.Index:
        return [
          ...this.#held(file.valueBase + a, file.valueBase + (facts.b[at] ?? 0)), ...this.#generic(file.valueBase + a),
        ]
      case Op.Element:
        return this.#held(file.valueBase + a, undefined)
      case Op.Param:
        return this.#classReceiver(value)
      default:
        return []
    }
  }

  /**
   * What a function gives that gives a function, class or module; a decorator's
   * result is called like what it decorates.
   */
  #called(file: ProgramFile, at: number): readonly Denotation[] {
    const { facts } = file
    const callee = this.of(file.valueBase + (facts.a[at] ?? 0))
    if (((facts.b[at] ?? 0) & CallFlag.Decorator) !== 0) return this.#decorated(file, at, callee)
    const results = callee.flatMap((each) => (each.kind === 'function' ? this.#returned(each.of) : []))
    const features = this.#space.languageOf(file).flow
    const ofClass = features?.classFunctions ?? []
    const start = facts.argStart[at] ?? 0
    if ((facts.argStart[at + 1] ?? 0) - start === 2 && callee.some((each) => each.kind === 'library' && ofClass.includes(each.name))) {
      return this.#classOfReceiver(file.valueBase + (facts.args[start + 1] ?? 0))
    }
    if (callee.some((each) => each.kind === 'library' && features?.moduleFunctions?.includes(each.name))) {
      results.push(...this.#moduleNamed(file, at))
    }
    for (const each of callee) if (each.kind === 'library') results.push(...this.#partial(file, at, each.name), ...this.#same(file, at, each.name))
    return results
  }

  /** The module of the program that a call imports by a constant name, its only argument. */
  #moduleNamed(file: ProgramFile, at: number): readonly Denotation[] {
    const start = file.facts.argStart[at] ?? 0
    const isGiven = (file.facts.argStart[at + 1] ?? 0) - start === 2 && file.facts.args[start] === ArgTag.Positional
    const name = isGiven ? this.#text(file.valueBase + (file.facts.args[start + 1] ?? 0)) : undefined
    const module = name === undefined ? undefined : this.#modules.resolve(name, file)
    return module ? [this.#module(module)] : []
  }

  /**
   * What stands in a decorated function's or class's place: what a decorator of
   * the program gives that gives functions or classes of its own, else itself.
   */
  #decorated(file: ProgramFile, at: number, decorators: readonly Denotation[]): readonly Denotation[] {
    const value = file.facts.args[(file.facts.argStart[at] ?? 0) + 1]
    const itself = value === undefined ? [] : this.of(file.valueBase + value)
    const [first] = itself
    if (decorators.length === 0 || first?.kind !== 'function') return itself
    // An object of a class takes its place, and is called by the method of the class.
    const call = this.#space.languageOf(file).flow?.protocols.call ?? ''
    if (decorators.every((each) => each.kind === 'class' && this.#classes?.member(each.of, call).length)) return []
    const found = new Set<Denotation>()
    for (const decorator of decorators) {
      const replacements = decorator.kind === 'function' ? this.#replacements(decorator.of) : undefined
      for (const each of replacements ?? itself) found.add(each)
      if (replacements?.length === 0) for (const each of itself) found.add(each)
    }
    return [...found]
  }

  /** Functions that a decorator always gives instead; `undefined` when it may give what it was given. */
  #replacements(of: FunctionRef): readonly Denotation[] | undefined {
    const file = this.#space.fileOfFunction(of)
    const facts = file.facts.functions[of - file.functionBase]
    if (!facts || facts.isGenerator || facts.isAsync) return undefined
    const found: Denotation[] = []
    for (const local of facts.returns) {
      const value = file.facts.a[local] ?? -1
      const functions = value < 0 ? [] : this.of(file.valueBase + value).filter((each) => each.kind === 'function')
      if (functions.length === 0) return undefined
      found.push(...functions)
    }
    return found
  }

  /** A function with some of its arguments bound, as `partial(f, 1)`, stands for the function. */
  #partial(file: ProgramFile, at: number, library: string): readonly Denotation[] {
    const { facts, valueBase } = file
    return this.#library.callbacksOf(library).flatMap(({ binds, argument: { position = 0 } }) => {
      const entry = (facts.argStart[at] ?? 0) + 2 * position
      const isGiven = binds && entry < (facts.argStart[at + 1] ?? 0) && facts.args[entry] === ArgTag.Positional
      const bound = isGiven ? this.of(valueBase + (facts.args[entry + 1] ?? 0)) : []
      return bound.filter((each) => each.kind === 'function')
    })
  }

  /** What a library call gives back of what it is given. */
  #same(file: ProgramFile, at: number, library: string): readonly Denotation[] {
    return handedOn(file, at, library, 'whole', this.#library).flatMap(({ value, part }) => (
      part === 'whole' ? this.of(value).filter((each) => each.kind !== 'library') : []
    ))
  }

  #returned(of: FunctionRef): readonly Denotation[] {
    const file = this.#space.fileOfFunction(of)
    const facts = file.facts.functions[of - file.functionBase]
    if (!facts || facts.isGenerator || facts.isAsync) return []
    return facts.returns.flatMap((local) => {
      const value = file.facts.a[local] ?? -1
      return value < 0 ? [] : this.of(file.valueBase + value).filter((each) => each.kind !== 'library')
    })
  }

  /** What a container literal holds, under a key where that is a known text; `undefined` for any. */
  #held(container: Ref, key: Ref | undefined): readonly Denotation[] {
    const values = [container, ...this.definitions(container)]
    const wanted = key === undefined ? undefined : this.#text(key)
    return values.flatMap((value) => {
      const { facts, valueBase } = this.#space.fileOf(value)
      const at = value - valueBase
      if (facts.op[at] !== Op.Container) return []
      const isDict = facts.b[at] === ContainerKind.Dict
      const found: Denotation[] = []
      for (let entry = facts.argStart[at] ?? 0; entry < (facts.argStart[at + 1] ?? 0); entry += 2) {
        const tag = facts.args[entry] ?? ArgTag.Positional
        const label = isDict && tag >= 0 ? this.#text(valueBase + tag) : undefined
        if (wanted !== undefined && label !== undefined && wanted !== label) continue
        // Iterating a dictionary gives its keys.
        if (key === undefined && isDict) continue
        found.push(...this.of(valueBase + (facts.args[entry + 1] ?? 0)).filter((each) => each.kind !== 'library'))
      }
      return found
    })
  }

  /** A class with its type arguments, as `Page[Order]`, is the class. */
  #generic(value: Ref): readonly Denotation[] {
    return this.of(value).filter((each) => each.kind === 'class')
  }

  #text(value: Ref): string | undefined {
    const { facts, valueBase } = this.#space.fileOf(value)
    const at = value - valueBase
    const isText = facts.op[at] === Op.Const && facts.b[at] === ConstKind.String
    return isText ? facts.strings[facts.a[at] ?? 0] : undefined
  }

  #imported(file: ProgramFile, index: number, value: Ref): readonly Denotation[] {
    const declared = file.facts.imports[index]
    if (!declared) return []
    if (declared.name === '') {
      const top = declared.module.split('.')[0] ?? ''
      // `import a.b` binds `a`; `import a.b as c` binds the submodule.
      const module = declared.bound === top ? top : declared.module
      const found = this.#modules.resolve(module, file)
      return [found ? this.#module(found) : this.library(this.#modules.canonical(module, file))]
    }
    const from = this.#modules.resolve(declared.module, file)
    if (from) return this.#memberOf(from, declared.name, value)
    return [this.#partOf(this.#modules.canonical(declared.module, file), declared.name)]
  }

  /** A part of something outside the program, or a module in a folder that is no module itself. */
  #partOf(whole: string, name: string): Denotation {
    const module = this.#modules.named(`${whole}.${name}`)
    return module ? this.#module(module) : this.library(`${whole}.${name}`)
  }

  #memberOf(module: ProgramFile, name: string, asking: Ref): readonly Denotation[] {
    const values = this.#modules.member(module, name).filter((each) => each !== asking)
    if (values.length > 0) return values.flatMap((each) => this.of(each))
    const submodule = this.#modules.submodule(module, name)
    if (submodule) return [this.#module(submodule)]
    const registered = this.#modules.registered(module, name)
    if (registered) return [this.#class(registered.file.classBase + registered.index)]
    return this.#modules.starLibraries(module).map((library) => this.library(`${library}.${name}`))
  }

  #named(file: ProgramFile, name: string, asking: Ref): readonly Denotation[] {
    const values = this.#modules.member(file, name).filter((each) => each !== asking)
    if (values.length > 0) return values.flatMap((each) => this.of(each))
    const features = this.#space.languageOf(file).flow
    if (features && this.#space.isBuiltin(file, name)) return [this.library(`${features.builtinModule}.${name}`)]
    const assumed = file.assumed.get(name)
    if (assumed !== undefined) return [this.library(assumed)]
    return this.#modules.starLibraries(file).map((library) => this.library(`${library}.${name}`))
  }

  #attribute(object: Ref, name: string, asking: Ref): readonly Denotation[] {
    if (name === this.#space.languageOf(this.#space.fileOf(object)).flow?.classAttribute) return this.#classOfReceiver(object)
    return this.of(object).flatMap((each): readonly Denotation[] => {
      switch (each.kind) {
        case 'module':
          return this.#memberOf(each.of, name, asking)
        case 'class':
          return this.#classMember(each.of, name)
        case 'library':
          return [this.#partOf(each.name, name)]
        case 'function':
          return []
      }
    })
  }

  /** A member of a class or its ancestors; one that they do not declare belongs to a library ancestor. */
  #classMember(of: ClassRef, name: string): readonly Denotation[] {
    const members = this.#classes?.member(of, name) ?? []
    if (members.length > 0) return members.flatMap((member) => this.of(member))
    return (this.#classes?.lineage(of).library ?? []).map((base) => this.library(`${base}.${name}`))
  }

  /** The class whose method's receiver an object is. */
  #classOfReceiver(object: Ref): readonly Denotation[] {
    const { facts, valueBase } = this.#space.fileOf(object)
    if (facts.op[object - valueBase] !== Op.Param) return []
    const receiver = this.#classes?.receiver(this.#space.functionOf(object))
    return receiver?.value === object && !receiver.isClass ? [this.#class(receiver.of)] : []
  }

  /** The first parameter of a class method stands for the class. */
  #classReceiver(value: Ref): readonly Denotation[] {
    const receiver = this.#classes?.receiver(this.#space.functionOf(value))
    return receiver?.value === value && receiver.isClass ? [this.#class(receiver.of)] : []
  }

  #function(of: FunctionRef): Denotation {
    return this.#intern(`f${of}`, { kind: 'function', of })
  }

  #class(of: ClassRef): Denotation {
    return this.#intern(`c${of}`, { kind: 'class', of })
  }

  #module(of: ProgramFile): Denotation {
    return this.#intern(`m${of.path}`, { kind: 'module', of })
  }

  #intern(key: string, denotation: Denotation): Denotation {
    const known = this.#interned.get(key)
    if (known) return known
    // Two names of one thing give one denotation.
    const own = denotation.kind === 'library' ? this.#interned.get(`l${denotation.name}`) ?? denotation : denotation
    this.#interned.set(key, own)
    if (own.kind === 'library') this.#interned.set(`l${own.name}`, own)
    return own
  }
}

function distinct(list: readonly Denotation[]): readonly Denotation[] {
  return list.length <= 1 ? list : [...new Set(list)].slice(0, MAX_DENOTATIONS)
}
