import { Op } from '../flow/facts.ts'
import type { FileFacts } from '../flow/facts.ts'
import type { FlowFeatures, Protocol } from '../tree/language.ts'
import type { Classes } from './classes.ts'
import type { Heap } from './heap.ts'
import type { Members } from './members.ts'
import type { ClassRef, FunctionRef, ProgramFile, Ref } from './program.ts'
import { functionsIn } from './results.ts'
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

  /** Functions that an expression which is no call runs, and whose result is its value. */
  of(value: Ref): readonly FunctionRef[] {
    const file = this.#parts.space.fileOf(value)
    const { facts } = file
    const at = value - file.valueBase
    const types = this.#ownTypes(file, facts.a[at] ?? 0)
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
        return this.#methods(types, methodsFor(this.#features(file)?.operators, operatorOf(facts, at)))
      default:
        return []
    }
  }

  /** Functions that an operation runs besides, whose result is not its value: assignments, comparisons, leaving a context. */
  besides(value: Ref): readonly FunctionRef[] {
    const file = this.#parts.space.fileOf(value)
    const { facts } = file
    const at = value - file.valueBase
    const [a, b] = [facts.a[at] ?? 0, facts.b[at] ?? 0]
    switch (facts.op[at]) {
      case Op.SetAttr:
        return this.#assigned(file, this.#ownTypes(file, a), facts.strings[b] ?? '')
      case Op.SetIndex:
        return this.#protocol(file, this.#ownTypes(file, a), 'set-index')
      case Op.Delete:
        return b < 0 ? [] : this.#protocol(file, this.#ownTypes(file, a), 'delete-index')
      case Op.Enter:
        return this.#protocol(file, this.#ownTypes(file, a), 'exit', 'exit-async')
      case Op.Binary:
        return this.#compared(file, at)
      case Op.Unary: {
        const tried = methodsFor(this.#features(file)?.unaryOperators, operatorOf(facts, at))
        return this.#firstDeclared(this.#ownTypes(file, a), tried)
      }
      case Op.Template: {
        const parts = facts.args.subarray(facts.argStart[at] ?? 0, facts.argStart[at + 1] ?? 0)
        return distinct([...parts].flatMap((part) => this.#protocol(file, this.#ownTypes(file, part), 'text')))
      }
      case Op.Class:
        return this.#inherited(file, file.classBase + a)
      default:
        return []
    }
  }

  /** Methods that give the elements of an object that is its own iterator, for a value that is such an element. */
  next(element: Ref): readonly FunctionRef[] {
    const file = this.#parts.space.fileOf(element)
    return this.#protocol(file, this.#ownTypes(file, file.facts.a[element - file.valueBase] ?? 0), 'next', 'next-async')
  }

  /** Those types of a value that are classes of the program. */
  #ownTypes(file: ProgramFile, local: number): readonly string[] {
    if (local < 0) return []
    const types = this.#parts.types.of(file.valueBase + local)
    return types.length === 0 ? types : types.filter((type) => this.#parts.classes.named(type) !== undefined)
  }

  /** The property that an attribute is, or the method for attributes that an object does not have. */
  #read(file: ProgramFile, types: readonly string[], name: string): readonly FunctionRef[] {
    const { members, heap } = this.#parts
    const properties = types.flatMap((type) => members.properties(type, name))
    if (properties.length > 0) return distinct(properties)
    const descriptors = this.#descriptors(file, types, name, 'get')
    if (descriptors.length > 0) return descriptors
    const isKnown = types.some((type) => members.isDeclared(type, name)) || heap.stores(types, name).length > 0
    return isKnown ? [] : this.#protocol(file, types, 'missing-attribute')
  }

  /** What runs when an attribute is assigned. */
  #assigned(file: ProgramFile, types: readonly string[], name: string): readonly FunctionRef[] {
    if (types.length === 0) return []
    const setters = types.flatMap((type) => this.#parts.members.setters(type, name))
    if (setters.length > 0) return distinct(setters)
    const descriptors = this.#descriptors(file, types, name, 'set')
    return descriptors.length > 0 ? descriptors : this.#protocol(file, types, 'set-attribute')
  }

  /** Methods of the objects in class bodies that stand for an attribute. */
  #descriptors(file: ProgramFile, types: readonly string[], name: string, protocol: Protocol): readonly FunctionRef[] {
    const { members, classes } = this.#parts
    const objects = distinct(types.flatMap((type) => members.bound(type, name)))
    const own = objects.flatMap((each) => this.#parts.types.of(each)).filter((type) => classes.named(type) !== undefined)
    return this.#protocol(file, [...new Set(own)], protocol)
  }

  #compared(file: ProgramFile, at: number): readonly FunctionRef[] {
    const { facts } = file
    const operator = operatorOf(facts, at)
    const features = this.#features(file)
    return distinct([
      ...this.#methods(this.#ownTypes(file, facts.a[at] ?? 0), methodsFor(features?.comparisons, operator)),
      ...this.#methods(this.#ownTypes(file, facts.b[at] ?? 0), methodsFor(features?.reversedComparisons, operator)),
    ])
  }

  /** What the nearest ancestor runs for each class made from it. */
  #inherited(file: ProgramFile, of: ClassRef): readonly FunctionRef[] {
    const name = this.#features(file)?.protocols.inherited
    const { members, classes } = this.#parts
    const found = name === undefined ? [] : members.ofParent(of, name)
    return classes.lineage(of).own.length > 1 ? functionsIn(found) : []
  }

  #features(file: ProgramFile): FlowFeatures | undefined {
    return this.#parts.space.languageOf(file).flow
  }

  #protocol(file: ProgramFile, types: readonly string[], ...protocols: readonly Protocol[]): readonly FunctionRef[] {
    if (types.length === 0) return []
    const names = this.#features(file)?.protocols ?? {}
    return this.#methods(types, protocols.flatMap((each) => names[each] ?? []))
  }

  #methods(types: readonly string[], names: readonly string[]): readonly FunctionRef[] {
    return distinct(names.flatMap((name) => types.flatMap((type) => functionsIn(this.#parts.members.of(type, name).found))))
  }

  #firstDeclared(types: readonly string[], names: readonly string[]): readonly FunctionRef[] {
    for (const name of names) {
      const found = this.#methods(types, [name])
      if (found.length > 0) return found
    }
    return []
  }
}

function operatorOf(facts: FileFacts, at: number): string {
  return facts.strings[facts.args[facts.argStart[at] ?? 0] ?? 0] ?? ''
}

/** The methods that a table has for an operator. */
function methodsFor(table: Readonly<Record<string, string | readonly string[]>> | undefined, operator: string): readonly string[] {
  const found = table && Object.hasOwn(table, operator) ? table[operator] : undefined
  return typeof found === 'string' ? [found] : found ?? []
}

function distinct(numbers: readonly number[]): readonly number[] {
  return numbers.length <= 1 ? numbers : [...new Set(numbers)].sort((x, y) => x - y)
}
