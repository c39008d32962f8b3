import { Op } from '../flow/facts.ts'
import type { Protocol } from '../tree/language.ts'
import type { Classes } from './classes.ts'
import type { Heap } from './heap.ts'
import type { Members } from './members.ts'
import type { FunctionRef, ProgramFile, Ref } from './program.ts'
import type { Space } from './space.ts'
import type { Types } from './types.ts'

/** What is asked to know what operations run. */
export interface ImplicitParts {
  readonly space: Space
  readonly classes: Classes
  readonly members: Members
  readonly heap: Heap
  readonly types: Types
}

/** Methods of the program that run without being called by name: properties, and what operations on objects mean. */
export class Implicit {
  readonly #parts: ImplicitParts

  constructor(parts: ImplicitParts) {
    this.#parts = parts
  }

  /** Functions that an expression which is no call runs. */
  of(value: Ref): readonly FunctionRef[] {
    const file = this.#parts.space.fileOf(value)
    const { facts } = file
    const at = value - file.valueBase
    const types = this.#ownTypes(file, at)
    if (types.length === 0) return []
    switch (facts.op[at]) {
      case Op.Attr:
        return this.#read(file, types, facts.strings[facts.b[at] ?? 0] ?? '')
      case Op.Index:
        return this.#protocol(file, types, 'index')
      case Op.Enter:
        return this.#protocol(file, types, 'enter', 'enter-async')
      case Op.Element:
        return this.#protocol(file, types, 'iterate', 'iterate-async')
      case Op.Binary:
        return this.#operator(file, types, facts.strings[facts.args[facts.argStart[at] ?? 0] ?? 0] ?? '')
      default:
        return []
    }
  }

  /** Methods that give the elements of an object that is its own iterator, for a value that is such an element. */
  next(element: Ref): readonly FunctionRef[] {
    const file = this.#parts.space.fileOf(element)
    return this.#protocol(file, this.#ownTypes(file, element - file.valueBase), 'next', 'next-async')
  }

  /** Types of an operation's first operand that are classes of the program. */
  #ownTypes({ facts, valueBase }: ProgramFile, at: number): readonly string[] {
    return this.#parts.types.of(valueBase + (facts.a[at] ?? 0)).filter((type) => this.#parts.classes.named(type) !== undefined)
  }

  /** The property that an attribute is, or the method for attributes that an object does not have. */
  #read(file: ProgramFile, types: readonly string[], name: string): readonly FunctionRef[] {
    const { members, heap } = this.#parts
    const properties = types.flatMap((type) => members.properties(type, name))
    if (properties.length > 0) return distinct(properties)
    const isKnown = types.some((type) => members.isDeclared(type, name)) || heap.stores(types, name).length > 0
    return isKnown ? [] : this.#protocol(file, types, 'missing-attribute')
  }

  #operator(file: ProgramFile, types: readonly string[], operator: string): readonly FunctionRef[] {
    const operators = this.#parts.space.languageOf(file).flow?.operators ?? {}
    const method = Object.hasOwn(operators, operator) ? operators[operator] : undefined
    return method === undefined ? [] : distinct(types.flatMap((type) => this.#declared(type, method)))
  }

  #protocol(file: ProgramFile, types: readonly string[], ...protocols: readonly Protocol[]): readonly FunctionRef[] {
    const names = this.#parts.space.languageOf(file).flow?.protocols ?? {}
    return distinct(protocols.flatMap((each) => {
      const name = names[each]
      return name === undefined ? [] : types.flatMap((type) => this.#declared(type, name))
    }))
  }

  #declared(type: string, name: string): readonly FunctionRef[] {
    return this.#parts.members.of(type, name).found.flatMap((each) => (each.kind === 'function' ? [each.of] : []))
  }
}

function distinct(functions: readonly FunctionRef[]): readonly FunctionRef[] {
  return [...new Set(functions)].sort((one, other) => one - other)
}
