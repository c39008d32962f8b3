import { CallFlag, ConstKind, ContainerKind, Op } from '../flow/facts.ts'
import type { LiteralType } from '../tree/language.ts'
import type { Annotations, Part } from './annotations.ts'
import type { Classes, Receiver } from './classes.ts'
import type { Denotation, Denotations } from './denote.ts'
import { Fixpoint } from './fixpoint.ts'
import type { Questions } from './fixpoint.ts'
import type { Heap } from './heap.ts'
import type { LibraryTypes } from './knowledge.ts'
import type { Members } from './members.ts'
import type { ArgumentValueRef, FunctionRef, ProgramFile, Ref } from './program.ts'
import type { Space } from './space.ts'
import type { TypeTests } from './type-tests.ts'

/** Types kept for one value. */
const MAX_TYPES = 8

/** Callers whose arguments say what an undeclared parameter is; the first ones, in the order of files. */
const MAX_CALLERS = 16

/** Calls in the name of an anonymous type; a longer chain, as a loop makes it, has no name of its own. */
const MAX_ANONYMOUS = 2
const ANONYMOUS = '()'

const CONST_TYPES: ReadonlyMap<number, LiteralType> = new Map<number, LiteralType>([
  [ConstKind.String, 'string'], [ConstKind.Number, 'number'], [ConstKind.Boolean, 'boolean'], [ConstKind.Null, 'null'],
  [ConstKind.Bytes, 'bytes'],
])
const CONTAINER_TYPES: ReadonlyMap<number, LiteralType> = new Map<number, LiteralType>([
  [ContainerKind.List, 'list'], [ContainerKind.Tuple, 'tuple'], [ContainerKind.Set, 'set'], [ContainerKind.Dict, 'dict'],
])

/** What types are derived from. */
export interface TypeParts {
  readonly questions: Questions
  readonly space: Space
  readonly denotations: Denotations
  readonly classes: Classes
  readonly members: Members
  readonly annotations: Annotations
  readonly tests: TypeTests
  readonly library: LibraryTypes
  readonly heap: Heap
  /** Types of parameters said from outside. */
  readonly given: ReadonlyMap<Ref, readonly string[]>
}

/** Types and calls known a round earlier, by which undeclared parameters are typed. */
export interface Round {
  readonly types: Types
  readonly calls: CallAnswers
}

/** What types ask of calls. */
export interface CallAnswers {
  callers(of: FunctionRef): readonly Ref[]
  argumentsFor(call: Ref, target: FunctionRef, index: number): readonly ArgumentValueRef[]
}

/**
 * Says which types values may be instances of. The first round knows nothing of
 * undeclared parameters; each further one looks for them at the calls that the
 * round before it resolved, and only for values that had no type there.
 */
export class Types {
  readonly #parts: TypeParts
  readonly #space: Space
  readonly #denotations: Denotations
  readonly #classes: Classes
  readonly #before: Round | undefined
  readonly #answers: Fixpoint<string>
  readonly #elements: Readonly<Record<Part, Fixpoint<string>>>

  constructor(parts: TypeParts, before: Round | undefined) {
    this.#parts = parts
    this.#space = parts.space
    this.#denotations = parts.denotations
    this.#classes = parts.classes
    this.#before = before
    const { questions } = parts
    this.#answers = new Fixpoint(questions, (value) => this.#distinct(value, this.#find(value)))
    this.#elements = {
      iterated: new Fixpoint(questions, (value) => this.#distinct(value, this.#findElements(value, 'iterated'))),
      indexed: new Fixpoint(questions, (value) => this.#distinct(value, this.#findElements(value, 'indexed'))),
    }
  }

  of(value: Ref): readonly string[] {
    const known = this.#before?.types.of(value) ?? []
    return known.length > 0 ? known : this.#answers.of(value)
  }

  /** Types of an object where its member is used: as tested around the use, else as made. */
  atUse(object: Ref, use: Ref): readonly string[] {
    const tested = this.#parts.tests.of(object, use)
    return tested.length > 0 ? tested : this.of(object)
  }

  /** Types of what a container's parts are. */
  elements(value: Ref, part: Part): readonly string[] {
    const known = this.#before?.types.elements(value, part) ?? []
    return known.length > 0 ? known : this.#elements[part].of(value)
  }

  /** Types of what a function returns: as annotated, else of what its returns give. */
  result(of: FunctionRef): readonly string[] {
    const file = this.#space.fileOfFunction(of)
    const facts = file.facts.functions[of - file.functionBase]
    if (!facts) return []
    if (facts.returnAnnotation >= 0) {
      const named = this.#parts.annotations.types(file.valueBase + facts.returnAnnotation)
      if (named.length > 0) return named
    }
    if (facts.isGenerator) return []
    return this.#returned(of).flatMap((value) => this.of(value))
  }

  /** The class around a function whose method it is or stands in, by which the parent class is reached. */
  enclosingReceiver(of: FunctionRef): Receiver | undefined {
    const file = this.#space.fileOfFunction(of)
    for (let index = of - file.functionBase; index > 0;) {
      const receiver = this.#classes.receiver(file.functionBase + index)
      if (receiver) return receiver
      index = file.facts.functions[index]?.parent ?? 0
    }
    return undefined
  }

  #find(value: Ref): readonly string[] {
    const given = this.#parts.given.get(value)
    if (given) return given
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
      case Op.Binary:
        return this.#joined(file, file.valueBase + a)
      case Op.Call:
        return this.#called(value)
      case Op.Param:
        return this.#parameter(value, b)
      case Op.Attr:
        return this.#attribute(value, file.valueBase + a, facts.strings[b] ?? '')
      case Op.Name:
      case Op.Import: {
        const values = this.#denotations.definitions(value)
        return values.length > 0 ? values.flatMap((each) => this.of(each)) : this.#libraryValue(value)
      }
      case Op.Capture:
      case Op.Phi:
        return this.#space.list(value).flatMap((each) => this.of(each))
      case Op.Await:
      case Op.Refine:
        return this.of(file.valueBase + a)
      case Op.Annotated: {
        const named = this.#parts.annotations.types(file.valueBase + b)
        return named.length > 0 || a < 0 ? named : this.of(file.valueBase + a)
      }
      case Op.Index:
        return this.elements(file.valueBase + a, 'indexed')
      case Op.Element:
        return this.elements(file.valueBase + a, 'iterated')
      case Op.Unpack:
        return this.#unpacked(file.valueBase + a, b)
      case Op.Caught:
        return a < 0 ? [] : this.#parts.annotations.types(file.valueBase + a)
      case Op.Enter:
        return this.#entered(file, file.valueBase + a)
      default:
        return []
    }
  }

  #findElements(value: Ref, part: Part): readonly string[] {
    const file = this.#space.fileOf(value)
    const { facts } = file
    const at = value - file.valueBase
    const a = file.valueBase + (facts.a[at] ?? 0)
    const inner = (values: readonly Ref[]): readonly string[] => values.flatMap((each) => this.elements(each, part))
    switch (facts.op[at]) {
      case Op.Container:
        if (facts.b[at] === ContainerKind.Dict && part === 'iterated') return []
        return this.#space.list(value).filter((_, index) => index % 2 === 1).flatMap((each) => this.of(each))
      case Op.Annotated: {
        const declared = this.#parts.annotations.parts(file.valueBase + (facts.b[at] ?? 0), part)
        return declared.length > 0 || (facts.a[at] ?? -1) < 0 ? declared : this.elements(a, part)
      }
      case Op.Param:
        return this.#parameterElements(value, facts.b[at] ?? -1, part)
      case Op.Call: {
        const known = this.#functionsCalled(value).flatMap((each) => this.#resultElements(each, part))
        return known.length > 0 ? known : this.#elementsByType(value, part)
      }
      case Op.Name:
      case Op.Import:
      case Op.Attr: {
        const known = inner(this.#storedIn(value))
        return known.length > 0 ? known : this.#elementsByType(value, part)
      }
      case Op.Capture:
      case Op.Phi:
        return inner(this.#space.list(value))
      case Op.Slice:
      case Op.Await:
      case Op.Refine:
        return this.elements(a, part)
      default:
        return this.#elementsByType(value, part)
    }
  }

  #elementsByType(value: Ref, part: Part): readonly string[] {
    const { protocols } = this.#space.languageOf(this.#space.fileOf(value)).flow ?? {}
    const method = part === 'indexed' ? protocols?.index : protocols?.iterate
    return this.of(value).flatMap((type) => {
      if (this.#classes.named(type) === undefined) return listed(this.#parts.library.attributeType(type, '[]'))
      const functions = method === undefined ? [] : this.#functions(this.#parts.members.of(type, method).found)
      return functions.flatMap((each) => (part === 'indexed' ? this.result(each) : this.#resultElements(each, part)))
    })
  }

  #resultElements(of: FunctionRef, part: Part): readonly string[] {
    const file = this.#space.fileOfFunction(of)
    const facts = file.facts.functions[of - file.functionBase]
    if (!facts) return []
    const declared = facts.returnAnnotation < 0 ? [] : this.#parts.annotations.parts(file.valueBase + facts.returnAnnotation, part)
    if (declared.length > 0) return declared
    if (facts.isGenerator) return this.#yielded(of)
    return this.#returned(of).flatMap((value) => this.elements(value, part))
  }

  #returned(of: FunctionRef): readonly Ref[] {
    const file = this.#space.fileOfFunction(of)
    const returns = file.facts.functions[of - file.functionBase]?.returns ?? []
    return returns.flatMap((local) => {
      const value = file.facts.a[local] ?? -1
      return value < 0 ? [] : [file.valueBase + value]
    })
  }

  #yielded(of: FunctionRef): readonly string[] {
    const { facts, valueBase, functionBase } = this.#space.fileOfFunction(of)
    const body = facts.functions[of - functionBase]
    if (!body) return []
    const found: string[] = []
    for (let local = body.firstValue; local < body.firstValue + body.valueCount; local++) {
      const value = facts.op[local] === Op.Yield ? facts.a[local] ?? -1 : -1
      if (value < 0) continue
      found.push(...(facts.b[local] === 1 ? this.elements(valueBase + value, 'iterated') : this.of(valueBase + value)))
    }
    return found
  }

  /** Values that a name or attribute is bound to. */
  #storedIn(value: Ref): readonly Ref[] {
    const defined = this.#denotations.definitions(value)
    const { facts, valueBase } = this.#space.fileOf(value)
    const at = value - valueBase
    if (defined.length > 0 || facts.op[at] !== Op.Attr) return defined
    return this.#parts.heap.stores(this.of(valueBase + (facts.a[at] ?? 0)), facts.strings[facts.b[at] ?? 0] ?? '')
  }

  /** A value of a library module whose type the models know, as `flask.request`. */
  #libraryValue(value: Ref): readonly string[] {
    return this.#denotations.of(value).flatMap((each) => {
      if (each.kind !== 'library') return []
      const dot = each.name.lastIndexOf('.')
      return dot > 0 ? listed(this.#parts.library.attributeType(each.name.slice(0, dot), each.name.slice(dot + 1))) : []
    })
  }

  #literal(file: ProgramFile, type: LiteralType | undefined): readonly string[] {
    return type === undefined ? [] : listed(this.#space.languageOf(file).flow?.literalTypes[type])
  }

  /** Text joined to or formatted with anything is text. */
  #joined(file: ProgramFile, left: Ref): readonly string[] {
    const [text] = this.#literal(file, 'string')
    return text !== undefined && this.of(left).includes(text) ? [text] : []
  }

  #called(call: Ref): readonly string[] {
    const { facts, valueBase } = this.#space.fileOf(call)
    const flags = facts.b[call - valueBase] ?? 0
    if ((flags & CallFlag.Parent) !== 0) return this.#parents(call)
    if ((flags & CallFlag.Decorator) !== 0) return []
    return this.#calleeOf(call).flatMap((each): readonly string[] => {
      if (each.kind === 'class') return [this.#classes.name(each.of)]
      if (each.kind === 'function') return this.result(each.of)
      return each.kind === 'library' ? [this.#libraryResult(each.name)] : []
    })
  }

  /** What a call calls, by name or by the type of the object whose method it is. */
  #calleeOf(call: Ref): readonly Denotation[] {
    const { facts, valueBase } = this.#space.fileOf(call)
    const callee = facts.a[call - valueBase] ?? 0
    const denoted = this.#denotations.of(valueBase + callee)
    if (denoted.length > 0 || facts.op[callee] !== Op.Attr) return denoted
    const name = facts.strings[facts.b[callee] ?? 0] ?? ''
    return this.atUse(valueBase + (facts.a[callee] ?? 0), call).flatMap((type) => this.#parts.members.of(type, name).found)
  }

  #functionsCalled(call: Ref): readonly FunctionRef[] {
    return this.#functions(this.#calleeOf(call))
  }

  #functions(found: readonly Denotation[]): readonly FunctionRef[] {
    return found.flatMap((each) => (each.kind === 'function' ? [each.of] : []))
  }

  /**
   * Type of a library call's result. One that no model names is told apart by
   * the call that makes it, as `pool.connect()`: its methods are then known to be
   * none of the program's.
   */
  #libraryResult(name: string): string {
    const known = this.#parts.library.returnType(name)
    if (known !== undefined) return known
    const isLong = name.startsWith(ANONYMOUS) || name.split(ANONYMOUS).length > MAX_ANONYMOUS
    return isLong ? ANONYMOUS : `${name}()`
  }

  #parameter(value: Ref, index: number): readonly string[] {
    const owner = this.#space.functionOf(value)
    const receiver = this.#classes.receiver(owner)
    if (receiver?.value === value) return receiver.isClass ? [] : [this.#classes.name(receiver.of)]
    const file = this.#space.fileOfFunction(owner)
    const parameter = file.facts.functions[owner - file.functionBase]?.parameters[index]
    if (!parameter || parameter.kind === 'rest' || parameter.kind === 'keyword-rest') return []
    const named = parameter.annotation < 0 ? [] : this.#parts.annotations.types(file.valueBase + parameter.annotation)
    if (named.length > 0) return named
    const none = this.#literal(file, 'null')
    const byDefault = parameter.default < 0 ? [] : this.of(file.valueBase + parameter.default).filter((type) => !none.includes(type))
    if (byDefault.length > 0) return byDefault
    const before = this.#before
    return before ? this.#passed(owner, index).flatMap((each) => before.types.of(each)) : []
  }

  #parameterElements(value: Ref, index: number, part: Part): readonly string[] {
    const owner = this.#space.functionOf(value)
    const file = this.#space.fileOfFunction(owner)
    const parameter = file.facts.functions[owner - file.functionBase]?.parameters[index]
    if (!parameter) return []
    if (parameter.annotation >= 0) {
      const annotation = file.valueBase + parameter.annotation
      const isRest = parameter.kind === 'rest' || parameter.kind === 'keyword-rest'
      const declared = isRest ? this.#parts.annotations.types(annotation) : this.#parts.annotations.parts(annotation, part)
      if (declared.length > 0) return declared
    }
    const byType = this.#elementsByType(value, part)
    const before = this.#before
    if (byType.length > 0 || !before) return byType
    return this.#passed(owner, index).flatMap((each) => before.types.elements(each, part))
  }

  /** Values passed for a parameter at the calls known; calls in tests count only for what tests declare. */
  #passed(owner: FunctionRef, index: number): readonly Ref[] {
    const before = this.#before
    if (!before) return []
    const { isTest } = this.#space.fileOfFunction(owner)
    const callers = before.calls.callers(owner).filter((call) => isTest || !this.#space.fileOf(call).isTest)
    return callers.slice(0, MAX_CALLERS)
      .flatMap((call) => before.calls.argumentsFor(call, owner, index))
      .filter((each: ArgumentValueRef) => each.how === 'value')
      .map((each) => each.value)
  }

  #attribute(value: Ref, object: Ref, name: string): readonly string[] {
    const defined = this.#denotations.definitions(value)
    if (defined.length > 0) return defined.flatMap((each) => this.of(each))
    const direct = this.#libraryValue(value)
    if (direct.length > 0) return direct
    return this.atUse(object, value).flatMap((type) => {
      const own = this.#classes.named(type)
      if (own === undefined) return listed(this.#parts.library.attributeType(type, name))
      const properties = this.#parts.members.properties(type, name)
      if (properties.length > 0) return properties.flatMap((each) => this.result(each))
      const stored = this.#parts.heap.stores([type], name).flatMap((each) => this.of(each))
      if (stored.length > 0) return stored
      return this.#classes.lineage(own).library.flatMap((base) => listed(this.#parts.library.attributeType(base, name)))
    })
  }

  /** One part of a tuple that is written out, also where a function returns it. */
  #unpacked(whole: Ref, index: number): readonly string[] {
    if (index < 0) return []
    const { facts, valueBase } = this.#space.fileOf(whole)
    const isCall = facts.op[whole - valueBase] === Op.Call
    const wholes = isCall ? this.#functionsCalled(whole).flatMap((each) => this.#returned(each)) : [whole]
    return wholes.flatMap((each) => {
      const file = this.#space.fileOf(each)
      const at = each - file.valueBase
      const isTuple = file.facts.op[at] === Op.Container && file.facts.b[at] === ContainerKind.Tuple
      const part = isTuple ? this.#space.list(each)[index * 2 + 1] : undefined
      return part === undefined ? [] : this.of(part)
    })
  }

  /** What a context manager gives: by its class, or by the `yield` of a generator made into one. */
  #entered(file: ProgramFile, manager: Ref): readonly string[] {
    if (file.facts.op[manager - file.valueBase] === Op.Call) {
      const yielded = this.#functionsCalled(manager).flatMap((each) => this.#yielded(each))
      if (yielded.length > 0) return yielded
    }
    const method = this.#space.languageOf(file).flow?.protocols.enter
    if (method === undefined) return []
    return this.of(manager).flatMap((type) => {
      const isOwn = this.#classes.named(type) !== undefined
      if (!isOwn) return [this.#parts.library.returnType(`${type}.${method}`) ?? type]
      return this.#functions(this.#parts.members.of(type, method).found).flatMap((each) => this.result(each))
    })
  }

  /** What the call that reaches the parent class gives: the parents of the class around it. */
  #parents(call: Ref): readonly string[] {
    const receiver = this.enclosingReceiver(this.#space.functionOf(call))
    if (!receiver) return []
    const { own, library } = this.#classes.lineage(receiver.of)
    return own.length > 1 ? own.slice(1, 2).map((each) => this.#classes.name(each)) : library
  }

  /** Sorted, each once, without the type of nothing where there is another. */
  #distinct(value: Ref, types: readonly string[]): readonly string[] {
    if (types.length <= 1) return types
    const none = this.#space.languageOf(this.#space.fileOf(value)).flow?.literalTypes.null
    const kept = [...new Set(types)].sort()
    return (kept.length > 1 ? kept.filter((type) => type !== none) : kept).slice(0, MAX_TYPES)
  }
}

function listed(type: string | undefined): readonly string[] {
  return type === undefined ? [] : [type]
}
