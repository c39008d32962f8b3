import { LIMITS } from '../core/limits.ts'
import { Op } from '../flow/facts.ts'
import type { Program, Ref } from '../program/program.ts'
import { instruction, operand, tagged, text } from './reader.ts'
import type { Instruction } from './reader.ts'

/** Values that are looked at for one object, through branches and functions that it is handed to. */
const MAX_VALUES = 60

/**
 * Says which new objects stay in sight: nobody has them but the functions that the
 * search goes through and those that they are handed to, so whoever changes one is found.
 */
export class Escapes {
  readonly #program: Program
  readonly #known = new Map<Ref, boolean>()
  /** Values that other functions can name: captured, or bound in a module or class. */
  #named: ReadonlySet<Ref> | undefined

  constructor(program: Program) {
    this.#program = program
  }

  /** Whether an object may be kept or changed where it is not looked for. */
  of(object: Ref): boolean {
    let known = this.#known.get(object)
    if (known === undefined) {
      known = this.#find(object)
      this.#known.set(object, known)
    }
    return known
  }

  #find(object: Ref): boolean {
    this.#named ??= namedIn(this.#program)
    const values = new Set([object])
    for (const target of this.#program.targets(object).functions) {
      const receiver = this.#program.receiver(target)
      if (receiver !== undefined) values.add(receiver)
    }
    for (const value of values) {
      if (values.size > MAX_VALUES || this.#named.has(value)) return true
      for (const user of this.#program.uses(value)) {
        const further = this.#through(instruction(this.#program, user), value)
        if (further === undefined) return true
        for (const each of further) values.add(each)
      }
    }
    return false
  }

  /** The values that are the object too by a use of it; `undefined` when the use may keep it. */
  #through(of: Instruction, value: Ref): readonly Ref[] | undefined {
    switch (of.op) {
      case Op.Phi:
      case Op.Refine:
      case Op.Annotated:
      case Op.Enter:
      case Op.Await:
        return [of.ref]
      case Op.Attr:
        return this.#member(of, value)
      case Op.SetAttr:
      case Op.SetIndex:
        return operand(of, of.firstArg) === value ? undefined : this.#receivers(of.ref, value)
      case Op.Call:
        return this.#arguments(of, value)
      // The function that it is returned to is one that the search goes through.
      case Op.Return:
      case Op.Template:
      case Op.Delete:
        return []
      case Op.Binary:
      case Op.Unary:
      case Op.Index:
      case Op.Element:
        return this.#receivers(of.ref, value)
      default:
        return undefined
    }
  }

  /** An attribute that is read, or a method that is called on the object. */
  #member(of: Instruction, object: Ref): readonly Ref[] | undefined {
    const found: Ref[] = []
    let isCalled = false
    for (const user of this.#program.uses(of.ref)) {
      const call = instruction(this.#program, user)
      if (call.op !== Op.Call || operand(call, call.a) !== of.ref) continue
      isCalled = true
      const given = this.#parameters(user, object)
      if (given === undefined) return undefined
      found.push(...given)
    }
    const isMethod = !isCalled && this.#program.methodsOf(object, text(of, of.b)).length > 0
    return isMethod && this.#program.implicitTargets(of.ref).length === 0 ? undefined : [...found, ...this.#receivers(of.ref, object) ?? []]
  }

  #arguments(of: Instruction, value: Ref): readonly Ref[] | undefined {
    if (operand(of, of.a) === value || !tagged(of).some((each) => each.value === value)) return undefined
    return this.#parameters(of.ref, value)
  }

  /** What methods of the program have the object as that an expression runs without calling them. */
  #receivers(at: Ref, value: Ref): readonly Ref[] | undefined {
    const run = [...this.#program.implicitTargets(at), ...this.#program.besides(at)]
    const found: Ref[] = []
    for (const target of run) {
      const receiver = this.#program.receiver(target)
      if (receiver === undefined || !this.#program.argumentFor(at, target, 0).some((each) => each.value === value)) return undefined
      found.push(receiver)
    }
    return found
  }

  /** The parameters that have the object at a call; `undefined` when not all that it runs is known. */
  #parameters(call: Ref, value: Ref): readonly Ref[] | undefined {
    const { functions, library, constructs, unresolved, guess } = this.#program.targets(call)
    if (guess || unresolved !== '' || functions.length === 0 || functions.length > LIMITS.callTargets) return undefined
    if (constructs.length === 0 && library.length > 0) return undefined
    return functions.flatMap((target) => {
      const { valueBase } = this.#program.fileOfFunction(target)
      return this.#program.function(target).parameters.flatMap((declared, index) => (
        this.#program.argumentFor(call, target, index).some((each) => each.value === value) ? [valueBase + declared.value] : []
      ))
    })
  }
}

function namedIn(program: Program): ReadonlySet<Ref> {
  const named = new Set<Ref>()
  for (const { facts, valueBase } of program.files) {
    for (const { bindings } of facts.functions) for (const { value } of bindings) named.add(valueBase + value)
    for (let at = 0; at < facts.op.length; at++) {
      if (facts.op[at] !== Op.Capture) continue
      for (let entry = facts.argStart[at] ?? 0; entry < (facts.argStart[at + 1] ?? 0); entry++) named.add(valueBase + (facts.args[entry] ?? 0))
    }
  }
  return named
}

const ofPrograms = new WeakMap<Program, Escapes>()

/** The objects of a program that stay in sight, found when first asked for. */
export function escapesOf(program: Program): Escapes {
  let known = ofPrograms.get(program)
  if (!known) {
    known = new Escapes(program)
    ofPrograms.set(program, known)
  }
  return known
}
