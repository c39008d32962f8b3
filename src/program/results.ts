import { Op } from '../flow/facts.ts'
import type { Part } from './annotations.ts'
import type { Classes } from './classes.ts'
import type { Denotation, Denotations } from './denote.ts'
import { handedOn } from './handed-on.ts'
import type { ResultPart } from './handed-on.ts'
import type { FunctionRef, Ref } from './program.ts'
import type { Space } from './space.ts'
import type { TypeAnswers, TypeParts } from './typing.ts'

/** Calls in the name of an anonymous type; a longer chain, as a loop makes it, has no name of its own. */
const MAX_ANONYMOUS = 2
const ANONYMOUS = '()'

/** Types of what functions and calls give. */
export class Results {
  readonly #parts: TypeParts
  readonly #space: Space
  readonly #denotations: Denotations
  readonly #classes: Classes
  readonly #types: TypeAnswers

  constructor(parts: TypeParts, types: TypeAnswers) {
    this.#parts = parts
    this.#space = parts.space
    this.#denotations = parts.denotations
    this.#classes = parts.classes
    this.#types = types
  }

  /** Types of what a method gives of an object of this type, which may say what the type variables of its class stand for. */
  resultOf(of: FunctionRef, type: string): readonly string[] {
    const file = this.#space.fileOfFunction(of)
    const annotation = file.facts.functions[of - file.functionBase]?.returnAnnotation ?? -1
    const own = this.#classes.named(type)
    const variable = own === undefined || annotation < 0 ? undefined : this.#parts.generics.variable(file.valueBase + annotation)
    if (own === undefined || variable === undefined) return this.result(of)
    const given = this.#parts.generics.arguments(own, variable).flatMap((each) => this.#parts.annotations.types(each))
    return given.length > 0 ? given : this.result(of)
  }

  /** Types of what a function returns: as annotated, else of what its returns give. */
  result(of: FunctionRef): readonly string[] {
    const file = this.#space.fileOfFunction(of)
    const facts = file.facts.functions[of - file.functionBase]
    if (!facts) return []
    if (facts.returnAnnotation >= 0) {
      const annotation = file.valueBase + facts.returnAnnotation
      const named = this.#parts.generics.variable(annotation) === undefined ? this.#parts.annotations.types(annotation) : []
      if (named.length > 0) return named
    }
    if (facts.isGenerator) return []
    return this.returned(of).flatMap((value) => this.#types.of(value))
  }

  /** Types of the parts of the container that a function returns, or of what a generator yields. */
  resultElements(of: FunctionRef, part: Part): readonly string[] {
    const file = this.#space.fileOfFunction(of)
    const facts = file.facts.functions[of - file.functionBase]
    if (!facts) return []
    if (facts.returnAnnotation >= 0) {
      const declared = this.#parts.annotations.parts(file.valueBase + facts.returnAnnotation, part)
      if (declared.length > 0) return declared
    }
    if (facts.isGenerator) return this.yielded(of)
    return this.returned(of).flatMap((value) => this.#types.elements(value, part))
  }

  /** Values that a function returns. */
  returned(of: FunctionRef): readonly Ref[] {
    const file = this.#space.fileOfFunction(of)
    const returns = file.facts.functions[of - file.functionBase]?.returns ?? []
    return returns.flatMap((local) => {
      const value = file.facts.a[local] ?? -1
      return value < 0 ? [] : [file.valueBase + value]
    })
  }

  /** Types of what a generator yields. */
  yielded(of: FunctionRef): readonly string[] {
    const { facts, valueBase, functionBase } = this.#space.fileOfFunction(of)
    const body = facts.functions[of - functionBase]
    if (!body) return []
    const found: string[] = []
    for (let local = body.firstValue; local < body.firstValue + body.valueCount; local++) {
      if (facts.op[local] !== Op.Yield || (facts.a[local] ?? -1) < 0) continue
      const value = valueBase + (facts.a[local] ?? 0)
      found.push(...(facts.b[local] === 1 ? this.#types.elements(value, 'iterated') : this.#types.of(value)))
    }
    return found
  }

  /** Types of a call's result. */
  called(call: Ref): readonly string[] {
    const receivers = this.#receiversOf(call)
    return this.#calleeOf(call).flatMap((each): readonly string[] => {
      if (each.kind === 'class') return [this.#classes.name(each.of)]
      if (each.kind === 'function') return receivers.length === 0 ? this.result(each.of) : receivers.flatMap((type) => this.resultOf(each.of, type))
      return each.kind === 'library' ? this.#libraryTypes(call, each.name) : []
    })
  }

  /** Types of the object whose method a call calls. */
  #receiversOf(call: Ref): readonly string[] {
    const { facts, valueBase } = this.#space.fileOf(call)
    const callee = facts.a[call - valueBase] ?? 0
    if (facts.op[callee] !== Op.Attr || this.#denotations.of(valueBase + callee).length > 0) return []
    return this.#types.atUse(valueBase + (facts.a[callee] ?? 0), call)
  }

  /** Types of a library call's result: as the models say, or of what it gives back of what it is given. */
  #libraryTypes(call: Ref, name: string): readonly string[] {
    const known = this.#parts.library.returnType(name)
    if (known !== undefined) return [known]
    const none = this.#space.languageOf(this.#space.fileOf(call)).flow?.literalTypes.null
    const given = this.#handedOn(call, name, 'whole')
    const isKnown = given.length > 0 && given.every((types) => types.length > 0) && given.flat().some((type) => type !== none)
    return isKnown ? given.flat() : [...given.flat().filter((type) => type !== none), anonymous(name)]
  }

  /** Types of each thing that a library call gives of what it is given. */
  #handedOn(call: Ref, name: string, asked: ResultPart): readonly (readonly string[])[] {
    const file = this.#space.fileOf(call)
    return handedOn(file, call - file.valueBase, name, asked, this.#parts.library).map(({ value, part }) => (
      part === 'whole' ? this.#types.of(value) : this.#types.elements(value, part)
    ))
  }

  /** Types of what the results of the library functions hold that a call calls. */
  libraryElements(call: Ref): readonly string[] {
    return this.#calleeOf(call).flatMap((each) => {
      if (each.kind !== 'library') return []
      const type = this.#parts.library.elementType(each.name)
      return type === undefined ? this.#handedOn(call, each.name, 'element').flat() : [type]
    })
  }

  /** Types of one part of the elements that a library call gives, as the value of a pair. */
  libraryElementParts(call: Ref, index: number): readonly string[] {
    return this.#calleeOf(call).flatMap((each) => (each.kind === 'library' ? this.#handedOn(call, each.name, index).flat() : []))
  }

  /** Functions of the program that a call calls. */
  functionsCalled(call: Ref): readonly FunctionRef[] {
    return functionsIn(this.#calleeOf(call))
  }

  /** What a call calls, by name or by the type of the object whose method it is. */
  #calleeOf(call: Ref): readonly Denotation[] {
    const { facts, valueBase } = this.#space.fileOf(call)
    const callee = facts.a[call - valueBase] ?? 0
    const denoted = this.#denotations.of(valueBase + callee)
    if (denoted.length > 0 || facts.op[callee] !== Op.Attr) return denoted
    const name = facts.strings[facts.b[callee] ?? 0] ?? ''
    const types = this.#types.atUse(valueBase + (facts.a[callee] ?? 0), call)
    return types.flatMap((type) => this.#parts.members.of(type, name).found)
  }
}

/**
 * Type of a library call's result that no model names: told apart by the call that
 * makes it, as `pool.connect()`, its methods are then known to be none of the program's.
 */
function anonymous(name: string): string {
  const isLong = name.startsWith(ANONYMOUS) || name.split(ANONYMOUS).length > MAX_ANONYMOUS
  return isLong ? ANONYMOUS : `${name}()`
}

/** The functions among what is denoted. */
export function functionsIn(found: readonly Denotation[]): readonly FunctionRef[] {
  return found.flatMap((each) => (each.kind === 'function' ? [each.of] : []))
}
