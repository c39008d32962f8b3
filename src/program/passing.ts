import { Op } from '../flow/facts.ts'
import type { FunctionFacts } from '../flow/facts.ts'
import { accepts, passedTo } from './arguments.ts'
import type { Callback, Callbacks } from './callbacks.ts'
import type { Classes } from './classes.ts'
import type { Denotations } from './denote.ts'
import { givenBy, receivedBy, together } from './given.ts'
import type { Members } from './members.ts'
import type { ArgumentValueRef, CallTargets, FunctionRef, Ref } from './program.ts'
import type { Space } from './space.ts'
import type { Types } from './types.ts'

/** What is asked to know what calls pass. */
export interface PassingParts {
  readonly space: Space
  readonly denotations: Denotations
  readonly classes: Classes
  readonly members: Members
  readonly types: Types
  readonly callbacks: Callbacks
  targets(call: Ref): CallTargets
  /** Functions that are run when a value is called. */
  functionsOf(value: Ref): readonly FunctionRef[]
  /** Calls that made the value by binding arguments to a function. */
  boundTo(value: Ref): readonly Callback[]
}

/** What the parameters of functions receive at calls. */
export class Passing {
  readonly #parts: PassingParts
  readonly #space: Space
  readonly #denotations: Denotations
  readonly #classes: Classes

  constructor(parts: PassingParts) {
    this.#parts = parts
    this.#space = parts.space
    this.#denotations = parts.denotations
    this.#classes = parts.classes
  }

  /** Values that a parameter of a target gets at a call. */
  argumentsFor(call: Ref, target: FunctionRef, index: number): readonly ArgumentValueRef[] {
    const file = this.#space.fileOf(call)
    const callee = this.#space.fileOfFunction(target)
    const facts = callee.facts.functions[target - callee.functionBase]
    const parameter = facts?.parameters[index]
    if (!facts || !parameter) return []
    const apart = this.#givenApart(call, target)
    if (apart) return apart.flatMap((each) => this.#receivedFrom(each, target, index))
    const receiver = this.#receiverAt(call, target)
    if (receiver && index === 0 && parameter.kind !== 'rest') {
      return receiver.value === undefined ? [] : [{ value: receiver.value, how: 'value' }]
    }
    if (this.#space.isImplicit(call)) return this.#operand(call, facts, index)
    const passed = passedTo(file, call - file.valueBase, facts, index, receiver ? 1 : 0)
    const found: ArgumentValueRef[] = passed.map(({ local, ...more }) => ({ value: file.valueBase + local, ...more }))
    // A spread may or may not hold it.
    const isSure = found.some(({ how }) => how === 'value')
    if (!isSure && parameter.default >= 0) found.push({ value: callee.valueBase + parameter.default, how: 'default' })
    return found
  }

  /** What an operation hands to its method besides the object: the other operand, the key, the value that is assigned. */
  #operand(value: Ref, target: FunctionFacts, index: number): readonly ArgumentValueRef[] {
    const file = this.#space.fileOf(value)
    const { facts, valueBase } = file
    const at = value - valueBase
    const [a, b, assigned] = [facts.a[at] ?? -1, facts.b[at] ?? -1, facts.args[facts.argStart[at] ?? 0] ?? -1]
    const { protocols } = this.#space.languageOf(file).flow ?? {}
    let handed: readonly number[] = []
    if (facts.op[at] === Op.Index || facts.op[at] === Op.Delete) handed = [b]
    else if (facts.op[at] === Op.Binary) handed = [this.#isReversed(value, target.name) ? a : b]
    else if (facts.op[at] === Op.SetIndex) handed = [b, assigned]
    else if (facts.op[at] === Op.SetAttr && target.name === protocols?.set) handed = [a, assigned]
    else if (facts.op[at] === Op.SetAttr) handed = target.name === protocols?.['set-attribute'] ? [-1, assigned] : [assigned]
    const local = handed[index - 1] ?? -1
    return local < 0 ? [] : [{ value: valueBase + local, how: 'value' }]
  }

  /** The object whose method an operation runs; not known for one that stands in a class body for an attribute. */
  #operated(value: Ref, target: FunctionRef): Ref | undefined {
    const file = this.#space.fileOf(value)
    const at = value - file.valueBase
    const owner = this.#space.fileOfFunction(target)
    const name = owner.facts.functions[target - owner.functionBase]?.name ?? ''
    const { protocols } = this.#space.languageOf(owner).flow ?? {}
    if (name === protocols?.get || name === protocols?.set) return undefined
    return file.valueBase + ((this.#isReversed(value, name) ? file.facts.b[at] : file.facts.a[at]) ?? 0)
  }

  /** Whether an operator's method is one of its right operand. */
  #isReversed(value: Ref, method: string): boolean {
    const file = this.#space.fileOf(value)
    const at = value - file.valueBase
    if (file.facts.op[at] !== Op.Binary) return false
    const operator = file.facts.strings[file.facts.args[file.facts.argStart[at] ?? 0] ?? 0] ?? ''
    const table = this.#space.languageOf(file).flow?.reversedComparisons ?? {}
    return Object.hasOwn(table, operator) && table[operator] === method
  }

  /**
   * What a call gives a function other than by its arguments alone: a library call
   * that calls it back, or a call of what an earlier call bound to it.
   */
  #givenApart(call: Ref, target: FunctionRef): readonly Callback[] | undefined {
    if (this.#space.isImplicit(call)) return undefined
    if (!this.#parts.targets(call).functions.includes(target)) {
      return this.#parts.callbacks.of(target).filter((each) => each.call === call)
    }
    const file = this.#space.fileOf(call)
    const bound = this.#parts.boundTo(file.valueBase + (file.facts.a[call - file.valueBase] ?? 0))
      .filter(({ value }) => this.#parts.functionsOf(value).includes(target))
    if (bound.length === 0) return undefined
    const later = givenBy(file, call - file.valueBase, 0)
    return bound.map((each) => ({ ...each, given: together(each.given, later) }))
  }

  #receivedFrom({ value, method, given }: Callback, target: FunctionRef, index: number): readonly ArgumentValueRef[] {
    const callee = this.#space.fileOfFunction(target)
    const facts = callee.facts.functions[target - callee.functionBase]
    if (!facts) return []
    const object = method === '' ? this.#boundObject(value, target) : value
    const isFilled = object !== undefined || this.#isConstructor(value, target)
    if (isFilled && index === 0) return object === undefined ? [] : [{ value: object, how: 'value' }]
    const found = receivedBy(facts, index, isFilled ? 1 : 0, given)
    const byDefault = facts.parameters[index]?.default ?? -1
    return found.length > 0 || byDefault < 0 ? found : [{ value: callee.valueBase + byDefault, how: 'default' }]
  }

  /** Whether a class is called, and by that its constructor. */
  #isConstructor(value: Ref, target: FunctionRef): boolean {
    const isMethod = this.#classes.receiver(target) !== undefined
    return isMethod && this.#denotations.of(value).some((each) => each.kind === 'class')
  }

  /** The object to which a method is bound where it is read. */
  #boundObject(value: Ref, target: FunctionRef): Ref | undefined {
    const receiver = this.#classes.receiver(target)
    const { facts, valueBase } = this.#space.fileOf(value)
    const at = value - valueBase
    if (!receiver || facts.op[at] !== Op.Attr) return undefined
    const object = valueBase + (facts.a[at] ?? 0)
    return receiver.isClass || !this.#denotations.of(object).some((each) => each.kind === 'class') ? object : undefined
  }

  /** Whether and with what value a call fills the first parameter without an argument. */
  #receiverAt(call: Ref, target: FunctionRef): { readonly value: Ref | undefined } | undefined {
    const { facts, valueBase } = this.#space.fileOf(call)
    const callee = facts.a[call - valueBase] ?? -1
    if (this.#space.isImplicit(call)) return { value: this.#operated(call, target) }
    const object = facts.op[callee] === Op.Attr ? valueBase + (facts.a[callee] ?? 0) : undefined
    const receiver = this.#classes.receiver(target)
    if (receiver && this.#parts.targets(call).constructs.length > 0) return { value: call }
    if (receiver?.isClass) return { value: object }
    if (object === undefined) return receiver && this.#boundVariable(call, callee, target)
    if (receiver) {
      // `Class.method(instance, ...)` gives the receiver as an argument.
      const isUnbound = this.#denotations.of(object).some((each) => each.kind === 'class')
      return isUnbound ? undefined : { value: this.#throughParent(call, object) }
    }
    return this.#isBoundWrapper(callee, object, target) ? { value: object } : undefined
  }

  /**
   * The receiver where a method is called that is no attribute there: an instance
   * that is called itself, or a variable that holds a method bound to its object.
   */
  #boundVariable(call: Ref, callee: number, target: FunctionRef): { readonly value: Ref | undefined } | undefined {
    const file = this.#space.fileOf(call)
    const owner = this.#space.fileOfFunction(target)
    const facts = owner.facts.functions[target - owner.functionBase]
    if (facts?.name === this.#space.languageOf(owner).flow?.protocols.call) return { value: file.valueBase + callee }
    const at = call - file.valueBase
    return facts && !accepts(file, at, facts, 0) && accepts(file, at, facts, 1) ? { value: undefined } : undefined
  }

  /** What a method calls on its parent class gets the method's own receiver. */
  #throughParent(call: Ref, object: Ref): Ref {
    if (!this.#space.isParentCall(object)) return object
    return this.#parts.types.enclosingReceiver(this.#space.functionOf(call))?.value ?? object
  }

  /** A function that a decorator put in a method's place is bound like the method. */
  #isBoundWrapper(callee: number, object: Ref, target: FunctionRef): boolean {
    const owner = this.#space.fileOfFunction(target)
    const parent = owner.facts.functions[owner.facts.functions[target - owner.functionBase]?.parent ?? 0]
    if (parent?.kind === 'class-body') return false
    const { facts } = this.#space.fileOf(object)
    const name = facts.strings[facts.b[callee] ?? 0] ?? ''
    if (this.#denotations.of(object).length > 0) return false
    return this.#parts.types.of(object).some((type) => this.#parts.members.isDeclared(type, name))
  }
}
