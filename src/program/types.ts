import { CallFlag, ConstKind, ContainerKind, Op } from '../flow/facts.ts'
import type { LiteralType } from '../tree/language.ts'
import type { Classes } from './classes.ts'
import type { Denotations } from './denote.ts'
import type { Heap } from './heap.ts'
import type { LibraryTypes } from './knowledge.ts'
import type { Modules } from './modules.ts'
import type { FunctionRef, ProgramFile, Ref } from './program.ts'
import type { Space } from './space.ts'

/** Values on the way of one answer before it is cut. */
const MAX_OPEN = 96
/** Types kept for one value. */
const MAX_TYPES = 8

/** Calls in the name of an anonymous type; a longer chain has no name of its own. */
const MAX_ANONYMOUS = 4
const ANONYMOUS = '()'

const CONST_TYPES: ReadonlyMap<number, LiteralType> = new Map<number, LiteralType>([
  [ConstKind.String, 'string'], [ConstKind.Number, 'number'], [ConstKind.Boolean, 'boolean'], [ConstKind.Null, 'null'], [ConstKind.Bytes, 'bytes'],
])
const CONTAINER_TYPES: ReadonlyMap<number, LiteralType> = new Map<number, LiteralType>([
  [ContainerKind.List, 'list'], [ContainerKind.Tuple, 'tuple'], [ContainerKind.Set, 'set'], [ContainerKind.Dict, 'dict'],
])
/** Generic types that stand for their arguments, and those whose first argument is the type. */
const TRANSPARENT = new Set(['Optional', 'Union', 'Annotated', 'Final', 'ClassVar', 'Required', 'NotRequired'])

/** Says which types values may be instances of. */
export class Types {
  readonly #space: Space
  readonly #modules: Modules
  readonly #denotations: Denotations
  readonly #classes: Classes
  readonly #library: LibraryTypes
  readonly #heap: Heap
  readonly #known = new Map<Ref, readonly string[]>()
  readonly #open = new Set<Ref>()
  readonly #given = new Map<Ref, readonly string[]>()
  #cut = false

  constructor(space: Space, modules: Modules, denotations: Denotations, classes: Classes, library: LibraryTypes, heap: Heap) {
    this.#space = space
    this.#modules = modules
    this.#denotations = denotations
    this.#classes = classes
    this.#library = library
    this.#heap = heap
  }

  /** Says a parameter's type from outside: what a framework passes. Before the first question. */
  give(parameter: Ref, type: string): void {
    this.#given.set(parameter, [type])
  }

  of(value: Ref): readonly string[] {
    const known = this.#known.get(value)
    if (known) return known
    if (this.#open.has(value) || this.#open.size >= MAX_OPEN) {
      this.#cut = true
      return []
    }
    const isOutermost = this.#open.size === 0
    if (isOutermost) this.#cut = false
    this.#open.add(value)
    const found = [...new Set(this.#find(value))].sort().slice(0, MAX_TYPES)
    this.#open.delete(value)
    if (isOutermost || !this.#cut) this.#known.set(value, found)
    return found
  }

  /** Types an annotation names, `Optional[X]`, `X | None` and strings understood. */
  named(annotation: Ref, depth = 0): string[] {
    if (depth > 4) return []
    const file = this.#space.fileOf(annotation)
    const { facts } = file
    const at = annotation - file.valueBase
    const a = facts.a[at] ?? -1
    switch (facts.op[at]) {
      case Op.Binary:
        return [...this.named(file.valueBase + a, depth + 1), ...this.named(file.valueBase + (facts.b[at] ?? 0), depth + 1)]
      case Op.Index: {
        const generic = this.named(file.valueBase + a, depth + 1)
        const isTransparent = generic.some((name) => TRANSPARENT.has(name.slice(name.lastIndexOf('.') + 1)))
        return isTransparent ? this.#arguments(file, file.valueBase + (facts.b[at] ?? 0), depth) : generic
      }
      case Op.Const:
        return facts.b[at] === ConstKind.String ? this.#spelled(file, facts.strings[a] ?? '') : []
      default:
        return this.#denotedTypes(annotation)
    }
  }

  /** `except A` and `except (A, B)`. */
  #caught(type: Ref): string[] {
    const file = this.#space.fileOf(type)
    return file.facts.op[type - file.valueBase] === Op.Container ? this.#arguments(file, type, 0) : this.named(type)
  }

  #arguments(file: ProgramFile, key: Ref, depth: number): string[] {
    const { facts } = file
    const at = key - file.valueBase
    if (facts.op[at] !== Op.Container) return this.named(key, depth + 1)
    const args = facts.args.subarray(facts.argStart[at] ?? 0, facts.argStart[at + 1] ?? 0)
    return [...args].filter((_, index) => index % 2 === 1).flatMap((local) => this.named(file.valueBase + local, depth + 1))
  }

  /** A type written as a string, looked up in the module. */
  #spelled(file: ProgramFile, text: string): string[] {
    const parts = /^[A-Za-z_][\w.]*$/.test(text.trim()) ? text.trim().split('.') : []
    const first = parts[0]
    if (first === undefined) return []
    const values = this.#modules.member(file, first)
    return values.flatMap((value) => this.#denotations.of(value)).flatMap((each) => {
      if (each.kind === 'class' && parts.length === 1) return [this.#classes.name(each.of)]
      if (each.kind === 'library') return [this.#library.canonical([each.name, ...parts.slice(1)].join('.'))]
      if (each.kind === 'module') return [[each.of.module, ...parts.slice(1)].join('.')]
      return []
    })
  }

  #denotedTypes(value: Ref): string[] {
    return this.#denotations.of(value).flatMap((each) => {
      if (each.kind === 'class') return [this.#classes.name(each.of)]
      return each.kind === 'library' ? [each.name] : []
    })
  }

  #find(value: Ref): string[] {
    const given = this.#given.get(value)
    if (given) return [...given]
    const file = this.#space.fileOf(value)
    const { facts } = file
    const at = value - file.valueBase
    const a = facts.a[at] ?? -1
    const b = facts.b[at] ?? -1
    switch (facts.op[at]) {
      case Op.Const:
        return this.#literal(file, CONST_TYPES.get(b))
      case Op.Template:
        return b === 1 ? [] : this.#literal(file, 'string')
      case Op.Container:
        return this.#literal(file, CONTAINER_TYPES.get(b))
      case Op.Binary: {
        const text = this.#literal(file, 'string')[0]
        return text !== undefined && this.of(file.valueBase + a).includes(text) ? [text] : []
      }
      case Op.Call:
        return this.#called(file, at)
      case Op.Param:
        return this.#parameter(value, file, b)
      case Op.Attr:
        return this.#attribute(value, file.valueBase + a, facts.strings[b] ?? '')
      case Op.Name:
      case Op.Import: {
        const values = this.#denotations.definitions(value)
        return values.length > 0 ? values.flatMap((each) => this.of(each)) : this.#libraryValue(value)
      }
      case Op.Capture:
      case Op.Phi:
        return Array.from(facts.args.subarray(facts.argStart[at] ?? 0, facts.argStart[at + 1] ?? 0), (each) => file.valueBase + each)
          .flatMap((each) => this.of(each))
      case Op.Await:
      case Op.Refine:
        return [...this.of(file.valueBase + a)]
      case Op.Annotated: {
        const named = this.named(file.valueBase + b)
        return named.length > 0 || a < 0 ? named : [...this.of(file.valueBase + a)]
      }
      case Op.Index:
      case Op.Element:
        return this.of(file.valueBase + a).flatMap((type) => listed(this.#library.attributeType(type, '[]')))
      case Op.Caught:
        return a < 0 ? [] : this.#caught(file.valueBase + a)
      case Op.Enter:
        return this.#entered(file, file.valueBase + a)
      default:
        return []
    }
  }

  /** A value of a library module whose type the models know, as `flask.request`. */
  #libraryValue(value: Ref): string[] {
    return this.#denotations.of(value).flatMap((each) => {
      if (each.kind !== 'library') return []
      const dot = each.name.lastIndexOf('.')
      const type = dot > 0 ? this.#library.attributeType(each.name.slice(0, dot), each.name.slice(dot + 1)) : undefined
      return type === undefined ? [] : [type]
    })
  }

  #literal(file: ProgramFile, type: LiteralType | undefined): string[] {
    const name = type && this.#space.languageOf(file).flow?.literalTypes[type]
    return name === undefined ? [] : [name]
  }

  #called(file: ProgramFile, at: number): string[] {
    const { facts } = file
    const callee = file.valueBase + (facts.a[at] ?? 0)
    if ((facts.b[at] ?? 0) & CallFlag.Parent) return this.#parents(file.valueBase + at)
    if ((facts.b[at] ?? 0) & CallFlag.Decorator) return []
    const denoted = this.#denotations.of(callee)
    const direct = denoted.flatMap((each): string[] => {
      if (each.kind === 'class') return [this.#classes.name(each.of)]
      if (each.kind === 'function') return this.result(each.of)
      if (each.kind === 'library') return [this.#libraryResult(each.name)]
      return []
    })
    if (denoted.length > 0 || facts.op[callee - file.valueBase] !== Op.Attr) return direct
    const name = facts.strings[facts.b[callee - file.valueBase] ?? 0] ?? ''
    const object = file.valueBase + (facts.a[callee - file.valueBase] ?? 0)
    return this.of(object).flatMap((type) => this.#methodResult(type, name))
  }

  /**
   * Type of a library call's result. One that no model names is told apart by
   * the call that makes it, as `pool.connect()`: its methods are then known to be
   * none of the program's.
   */
  #libraryResult(name: string): string {
    const known = this.#library.returnType(name)
    if (known !== undefined) return known
    return name.split('()').length > MAX_ANONYMOUS ? ANONYMOUS : `${name}()`
  }

  #methodResult(type: string, name: string): string[] {
    const own = this.#classes.named(type)
    if (own === undefined) return [this.#libraryResult(`${type}.${name}`)]
    const functions = this.#classes.member(own, name).flatMap((value) => this.#denotations.of(value))
    const known = functions.flatMap((each) => (each.kind === 'function' ? this.result(each.of) : []))
    if (functions.length > 0) return known
    return this.#classes.lineage(own).library.flatMap((base) => listed(this.#library.returnType(`${base}.${name}`)))
  }

  /** Types of what a function returns: as annotated, else of what its returns give. */
  result(of: FunctionRef): string[] {
    const file = this.#space.fileOfFunction(of)
    const facts = file.facts.functions[of - file.functionBase]
    if (!facts) return []
    if (facts.returnAnnotation >= 0) {
      const named = this.named(file.valueBase + facts.returnAnnotation)
      if (named.length > 0) return named
    }
    return facts.returns.flatMap((local) => {
      const value = file.facts.a[local] ?? -1
      return value < 0 ? [] : this.of(file.valueBase + value)
    })
  }

  #parameter(value: Ref, file: ProgramFile, index: number): string[] {
    const owner = this.#space.functionOf(value)
    const receiver = this.#classes.receiver(owner)
    if (receiver?.value === value) return receiver.isClass ? [] : [this.#classes.name(receiver.of)]
    const parameter = file.facts.functions[owner - file.functionBase]?.parameters[index]
    if (!parameter || parameter.kind === 'rest' || parameter.kind === 'keyword-rest') return []
    const named = parameter.annotation < 0 ? [] : this.named(file.valueBase + parameter.annotation)
    return named.length > 0 || parameter.default < 0 ? named : this.of(file.valueBase + parameter.default).filter((type) => !type.endsWith('.NoneType'))
  }

  #attribute(value: Ref, object: Ref, name: string): string[] {
    const defined = this.#denotations.definitions(value)
    if (defined.length > 0) return defined.flatMap((each) => this.of(each))
    const direct = this.#libraryValue(value)
    if (direct.length > 0) return direct
    return this.of(object).flatMap((type) => {
      const own = this.#classes.named(type)
      if (own === undefined) return listed(this.#library.attributeType(type, name))
      const stored = this.#heap.stores([type], name).flatMap((each) => this.of(each))
      if (stored.length > 0) return stored
      return this.#classes.lineage(own).library.flatMap((base) => listed(this.#library.attributeType(base, name)))
    })
  }

  #entered(file: ProgramFile, manager: Ref): string[] {
    const method = this.#space.languageOf(file).flow?.protocols.enter
    if (method === undefined) return []
    return this.of(manager).flatMap((type) => {
      const found = this.#methodResult(type, method)
      return found.length > 0 || this.#classes.named(type) !== undefined ? found : [type]
    })
  }

  /** What the call that reaches the parent class gives: the parents of the class around it. */
  #parents(call: Ref): string[] {
    const receiver = this.#enclosingReceiver(this.#space.functionOf(call))
    if (!receiver) return []
    const { own, library } = this.#classes.lineage(receiver.of)
    return [...own.slice(1, 2).map((each) => this.#classes.name(each)), ...(own.length > 1 ? [] : library)]
  }

  #enclosingReceiver(of: FunctionRef): ReturnType<Classes['receiver']> {
    const file = this.#space.fileOfFunction(of)
    for (let index = of - file.functionBase; index > 0;) {
      const receiver = this.#classes.receiver(file.functionBase + index)
      if (receiver) return receiver
      index = file.facts.functions[index]?.parent ?? 0
    }
    return undefined
  }
}

function listed(type: string | undefined): string[] {
  return type === undefined ? [] : [type]
}
