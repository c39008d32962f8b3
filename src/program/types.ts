import { CallFlag, ConstKind, ContainerKind, Op } from '../flow/facts.ts'
import type { LiteralType } from '../tree/language.ts'
import type { Part } from './annotations.ts'
import type { Classes, Receiver } from './classes.ts'
import type { Denotations } from './denote.ts'
import { Elements } from './elements.ts'
import { Fixpoint } from './fixpoint.ts'
import { valuesPassed } from './passed.ts'
import type { FunctionRef, ProgramFile, Ref } from './program.ts'
import { functionsIn, Results } from './results.ts'
import type { Space } from './space.ts'
import type { Round, TypeAnswers, TypeParts } from './typing.ts'

/** Types kept for one value. */
const MAX_TYPES = 8

const CONST_TYPES: ReadonlyMap<number, LiteralType> = new Map<number, LiteralType>([
  [ConstKind.String, 'string'], [ConstKind.Number, 'number'], [ConstKind.Boolean, 'boolean'], [ConstKind.Null, 'null'],
  [ConstKind.Bytes, 'bytes'],
])
const CONTAINER_TYPES: ReadonlyMap<number, LiteralType> = new Map<number, LiteralType>([
  [ContainerKind.List, 'list'], [ContainerKind.Tuple, 'tuple'], [ContainerKind.Set, 'set'],
  [ContainerKind.Dict, 'dict'],
])

/**
 * Says which types values may be instances of. The first round knows nothing of
 * undeclared parameters; each further one looks for them at the calls that the
 * round before it resolved, and only for values that had no type there.
 */
export class Types implements TypeAnswers {
  readonly #parts: TypeParts
  readonly #space: Space
  readonly #denotations: Denotations
  readonly #classes: Classes
  readonly #before: Round | undefined
  readonly #results: Results
  readonly #answers: Fixpoint<string>
  readonly #elements: Readonly<Record<Part, Fixpoint<string>>>

  constructor(parts: TypeParts, before: Round | undefined) {
    this.#parts = parts
    this.#space = parts.space
    this.#denotations = parts.denotations
    this.#classes = parts.classes
    this.#before = before
    const { questions } = parts
    this.#results = new Results(parts, this)
    const elements = new Elements(parts, this, this.#results, before)
    this.#answers = new Fixpoint(questions, (value) => this.#distinct(value, this.#find(value)))
    this.#elements = {
      iterated: new Fixpoint(questions, (value) => this.#distinct(value, elements.find(value, 'iterated'))),
      indexed: new Fixpoint(questions, (value) => this.#distinct(value, elements.find(value, 'indexed'))),
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
        return this.#operated(file, at)
      case Op.Call:
        return this.#called(value, b)
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

  /** Text joined to or formatted with anything is text; else what the operator's method gives. */
  #operated(file: ProgramFile, at: number): readonly string[] {
    const { facts, valueBase } = file
    const left = this.of(valueBase + (facts.a[at] ?? 0))
    const [text] = this.#literal(file, 'string')
    if (text !== undefined && left.includes(text)) return [text]
    const operators = this.#space.languageOf(file).flow?.operators ?? {}
    const operator = facts.strings[facts.args[facts.argStart[at] ?? 0] ?? 0] ?? ''
    const method = Object.hasOwn(operators, operator) ? operators[operator] : undefined
    return method === undefined ? [] : left.flatMap((type) => this.#resultOf(type, method))
  }

  /** What a method of a type gives. */
  #resultOf(type: string, method: string): readonly string[] {
    if (this.#classes.named(type) === undefined) return listed(this.#parts.library.returnType(`${type}.${method}`))
    return functionsIn(this.#parts.members.of(type, method).found).flatMap((each) => this.#results.resultOf(each, type))
  }

  #called(call: Ref, flags: number): readonly string[] {
    if ((flags & CallFlag.Parent) !== 0) return this.#parents(call)
    if ((flags & CallFlag.Decorator) === 0) return this.#results.called(call)
    const { facts, valueBase } = this.#space.fileOf(call)
    const decorator = valueBase + (facts.a[call - valueBase] ?? 0)
    return this.#denotations.of(decorator).flatMap((each) => (each.kind === 'class' ? [this.#classes.name(each.of)] : []))
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
    const byDefault = parameter.default < 0 ? [] : this.of(file.valueBase + parameter.default)
      .filter((type) => !none.includes(type))
    if (byDefault.length > 0) return byDefault
    const before = this.#before
    return before ? valuesPassed(this.#space, before, owner, index).flatMap((each) => before.types.of(each)) : []
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
      if (properties.length > 0) return properties.flatMap((each) => this.#results.result(each))
      const described = this.#described(value, type, name)
      if (described.length > 0) return described
      const stored = this.#parts.heap.stores([type], name).flatMap((each) => this.of(each))
      if (stored.length > 0) return stored
      return this.#classes.lineage(own).library.flatMap((base) => listed(this.#parts.library.attributeType(base, name)))
    })
  }

  /** What the object in a class's body gives that stands for an attribute. */
  #described(read: Ref, type: string, name: string): readonly string[] {
    const method = this.#space.languageOf(this.#space.fileOf(read)).flow?.protocols.get
    if (method === undefined) return []
    const objects = this.#parts.members.bound(type, name).flatMap((each) => this.of(each))
    return objects.flatMap((each) => (this.#classes.named(each) === undefined ? [] : this.#resultOf(each, method)))
  }

  /** One part of a tuple that is written out, also where a function returns it. */
  #unpacked(whole: Ref, index: number): readonly string[] {
    if (index < 0) return []
    const { facts, valueBase } = this.#space.fileOf(whole)
    if (facts.op[whole - valueBase] === Op.Element) {
      const paired = this.#pairs(valueBase + (facts.a[whole - valueBase] ?? 0), index)
      if (paired.length > 0) return paired
    }
    const declared = this.#declared(whole).flatMap((each) => this.#parts.annotations.pairs(each, index, true))
    if (declared.length > 0) return declared
    const isCall = facts.op[whole - valueBase] === Op.Call
    const results = this.#results
    const wholes = isCall ? results.functionsCalled(whole).flatMap((each) => results.returned(each)) : [whole]
    const parts = wholes.flatMap((each) => {
      const file = this.#space.fileOf(each)
      const at = each - file.valueBase
      const isTuple = file.facts.op[at] === Op.Container && file.facts.b[at] === ContainerKind.Tuple
      const part = isTuple ? this.#space.list(each)[index * 2 + 1] : undefined
      return part === undefined ? [] : this.of(part)
    })
    return parts.length > 0 || !isCall ? parts : this.#results.libraryElements(whole)
  }

  /** One part of each element of a value, as what the values of a mapping are. */
  #pairs(iterated: Ref, index: number): readonly string[] {
    const { facts, valueBase } = this.#space.fileOf(iterated)
    const declared = this.#declared(iterated).flatMap((each) => this.#parts.annotations.pairs(each, index, false))
    const isCall = declared.length === 0 && facts.op[iterated - valueBase] === Op.Call
    return isCall ? this.#results.libraryElementParts(iterated, index) : declared
  }

  /** Annotations that declare the type of a value: its own, of the parameter, of what is stored, of the function called. */
  #declared(value: Ref): readonly Ref[] {
    const file = this.#space.fileOf(value)
    const { facts, valueBase } = file
    const at = value - valueBase
    switch (facts.op[at]) {
      case Op.Annotated:
        return [valueBase + (facts.b[at] ?? 0)]
      case Op.Refine:
        return this.#declared(valueBase + (facts.a[at] ?? 0))
      case Op.Param: {
        const of = facts.functions[this.#space.functionOf(value) - file.functionBase]
        const parameter = of?.parameters[facts.b[at] ?? -1]
        const isPlain = parameter?.kind !== 'rest' && parameter?.kind !== 'keyword-rest'
        return parameter && isPlain && parameter.annotation >= 0 ? [valueBase + parameter.annotation] : []
      }
      case Op.Attr: {
        const types = this.of(valueBase + (facts.a[at] ?? 0))
        const stored = this.#parts.heap.stores(types, facts.strings[facts.b[at] ?? 0] ?? '')
        return stored.flatMap((each) => {
          const { facts: there, valueBase: base } = this.#space.fileOf(each)
          return there.op[each - base] === Op.Annotated ? [base + (there.b[each - base] ?? 0)] : []
        })
      }
      case Op.Call:
        return this.#results.functionsCalled(value).flatMap((each) => {
          const { facts: there, valueBase: base, functionBase } = this.#space.fileOfFunction(each)
          const annotation = there.functions[each - functionBase]?.returnAnnotation ?? -1
          return annotation < 0 ? [] : [base + annotation]
        })
      default:
        return []
    }
  }

  /** What a context manager gives: by its class, or by the `yield` of a generator made into one. */
  #entered(file: ProgramFile, manager: Ref): readonly string[] {
    if (file.facts.op[manager - file.valueBase] === Op.Call) {
      const yielded = this.#results.functionsCalled(manager).flatMap((each) => this.#results.yielded(each))
      if (yielded.length > 0) return yielded
    }
    const method = this.#space.languageOf(file).flow?.protocols.enter
    if (method === undefined) return []
    return this.of(manager).flatMap((type) => {
      const isOwn = this.#classes.named(type) !== undefined
      if (!isOwn) return [this.#parts.library.returnType(`${type}.${method}`) ?? type]
      return functionsIn(this.#parts.members.of(type, method).found).flatMap((each) => this.#results.result(each))
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
