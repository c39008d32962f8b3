import { ContainerKind, Op } from '../flow/facts.ts'
import type { Part } from './annotations.ts'
import type { Classes } from './classes.ts'
import type { Denotations } from './denote.ts'
import { valuesPassed } from './passed.ts'
import type { Ref } from './program.ts'
import { functionsIn } from './results.ts'
import type { Results } from './results.ts'
import type { Space } from './space.ts'
import type { Round, TypeAnswers, TypeParts } from './typing.ts'

/** Types of the parts of containers. */
export class Elements {
  readonly #parts: TypeParts
  readonly #space: Space
  readonly #denotations: Denotations
  readonly #classes: Classes
  readonly #types: TypeAnswers
  readonly #results: Results
  readonly #before: Round | undefined

  constructor(parts: TypeParts, types: TypeAnswers, results: Results, before: Round | undefined) {
    this.#parts = parts
    this.#space = parts.space
    this.#denotations = parts.denotations
    this.#classes = parts.classes
    this.#types = types
    this.#results = results
    this.#before = before
  }

  /** What iterating a value, or indexing it, gives. */
  find(value: Ref, part: Part): readonly string[] {
    const file = this.#space.fileOf(value)
    const { facts } = file
    const at = value - file.valueBase
    const a = file.valueBase + (facts.a[at] ?? 0)
    const inner = (values: readonly Ref[]): readonly string[] => (
      values.flatMap((each) => this.#types.elements(each, part))
    )
    switch (facts.op[at]) {
      case Op.Container:
        if (facts.b[at] === ContainerKind.Dict && part === 'iterated') return []
        return this.#space.list(value).filter((_, index) => index % 2 === 1).flatMap((each) => this.#types.of(each))
      case Op.Annotated: {
        const declared = this.#parts.annotations.parts(file.valueBase + (facts.b[at] ?? 0), part)
        return declared.length > 0 || (facts.a[at] ?? -1) < 0 ? declared : this.#types.elements(a, part)
      }
      case Op.Param:
        return this.#parameterElements(value, facts.b[at] ?? -1, part)
      case Op.Call: {
        const functions = this.#results.functionsCalled(value)
        const own = functions.flatMap((each) => this.#results.resultElements(each, part))
        const known = [...own, ...this.#results.libraryElements(value)]
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
        return this.#types.elements(a, part)
      default:
        return this.#elementsByType(value, part)
    }
  }

  #elementsByType(value: Ref, part: Part): readonly string[] {
    const { protocols } = this.#space.languageOf(this.#space.fileOf(value)).flow ?? {}
    const method = part === 'indexed' ? protocols?.index : protocols?.iterate
    return this.#types.of(value).flatMap((type) => {
      if (this.#classes.named(type) === undefined) return listed(this.#parts.library.attributeType(type, '[]'))
      const functions = method === undefined ? [] : functionsIn(this.#parts.members.of(type, method).found)
      return functions.flatMap((each) => (
        part === 'indexed' ? this.#results.result(each) : this.#results.resultElements(each, part)
      ))
    })
  }

  #parameterElements(value: Ref, index: number, part: Part): readonly string[] {
    const owner = this.#space.functionOf(value)
    const file = this.#space.fileOfFunction(owner)
    const parameter = file.facts.functions[owner - file.functionBase]?.parameters[index]
    if (!parameter) return []
    if (parameter.annotation >= 0) {
      const annotation = file.valueBase + parameter.annotation
      const isRest = parameter.kind === 'rest' || parameter.kind === 'keyword-rest'
      const { annotations } = this.#parts
      const declared = isRest ? annotations.types(annotation) : annotations.parts(annotation, part)
      if (declared.length > 0) return declared
    }
    const byType = this.#elementsByType(value, part)
    const before = this.#before
    if (byType.length > 0 || !before) return byType
    return valuesPassed(this.#space, before, owner, index).flatMap((each) => before.types.elements(each, part))
  }

  /** Values that a name or attribute is bound to. */
  #storedIn(value: Ref): readonly Ref[] {
    const defined = this.#denotations.definitions(value)
    const { facts, valueBase } = this.#space.fileOf(value)
    const at = value - valueBase
    if (defined.length > 0 || facts.op[at] !== Op.Attr) return defined
    const types = this.#types.of(valueBase + (facts.a[at] ?? 0))
    return this.#parts.heap.stores(types, facts.strings[facts.b[at] ?? 0] ?? '')
  }
}

function listed(type: string | undefined): readonly string[] {
  return type === undefined ? [] : [type]
}
