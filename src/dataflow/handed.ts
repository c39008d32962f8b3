import { LIMITS } from '../core/limits.ts'
import { Op } from '../flow/facts.ts'
import type { FunctionRef, Program, Ref } from '../program/program.ts'
import { instruction, operand, tagged, text } from './reader.ts'
import type { Instruction } from './reader.ts'

/** Functions that hand an object on to one another, each of which may change it. */
const MAX_HANDED_ON = 4

/** Ops by which methods of the object that is their first operand may be run. */
const RUNS: ReadonlySet<number> = new Set([Op.Attr, Op.SetAttr, Op.SetIndex])

/** A parameter that has an object at a call, and may change it. */
export interface Handed {
  readonly call: Ref
  /** The parameter's value in the called function. */
  readonly parameter: Ref
}

/** Says to which functions objects are given that put something into them. */
export class HandedOn {
  readonly #program: Program
  /** Whether a method of this name may put something into its object. */
  readonly #fills: (method: string) => boolean
  readonly #given = new Map<Ref, readonly Handed[]>()
  readonly #changes = new Map<Ref, boolean>()

  constructor(program: Program, fills: (method: string) => boolean) {
    this.#program = program
    this.#fills = fills
  }

  /** Where a value is given to a function of the program that may change it. */
  of(value: Ref): readonly Handed[] {
    return this.#of(value, 0)
  }

  #of(value: Ref, depth: number): readonly Handed[] {
    const known = this.#given.get(value)
    if (known) return known
    const found: Handed[] = []
    for (const call of this.#program.uses(value)) {
      const of = instruction(this.#program, call)
      if (RUNS.has(of.op) && operand(of, of.a) === value) found.push(...this.#receivers(of, value, depth))
      if (of.op !== Op.Call || !tagged(of).some((each) => each.value === value)) continue
      const { functions, guess } = this.#program.targets(call)
      if (guess || functions.length > LIMITS.callTargets) continue
      for (const target of functions) found.push(...this.#parameters(call, target, value, depth))
    }
    // Deep inside a chain not all was looked at.
    if (depth === 0) this.#given.set(value, found)
    return found
  }

  /** Methods that are called on the object, or that an assignment or an index runs. */
  #receivers(of: Instruction, value: Ref, depth: number): readonly Handed[] {
    if (of.op !== Op.Attr) return this.#running(of.ref, this.#program.besides(of.ref), value, depth)
    return this.#program.uses(of.ref).flatMap((call) => {
      const user = instruction(this.#program, call)
      if (user.op !== Op.Call || operand(user, user.a) !== of.ref) return []
      const { functions, guess } = this.#program.targets(call)
      return guess || functions.length > LIMITS.callTargets ? [] : this.#running(call, functions, value, depth)
    })
  }

  #running(at: Ref, methods: readonly FunctionRef[], value: Ref, depth: number): readonly Handed[] {
    return methods.flatMap((target) => {
      const parameter = this.#program.receiver(target)
      if (parameter === undefined || !this.#isChanged(parameter, depth)) return []
      const isOn = this.#program.argumentFor(at, target, 0).some((argument) => argument.value === value && argument.how === 'value')
      return isOn ? [{ call: at, parameter }] : []
    })
  }

  #parameters(call: Ref, target: FunctionRef, value: Ref, depth: number): readonly Handed[] {
    const { valueBase } = this.#program.fileOfFunction(target)
    return this.#program.function(target).parameters.flatMap((declared, index) => {
      const parameter = valueBase + declared.value
      if (!this.#isChanged(parameter, depth)) return []
      const isGiven = this.#program.argumentFor(call, target, index)
        .some((argument) => argument.value === value && argument.how === 'value' && argument.into === undefined)
      return isGiven ? [{ call, parameter }] : []
    })
  }

  /** Whether a function puts something into what a parameter is, itself or through those it hands it on to. */
  #isChanged(parameter: Ref, depth: number): boolean {
    let known = this.#changes.get(parameter)
    if (known === undefined) {
      // A function that hands its parameter on to itself changes nothing by that.
      this.#changes.set(parameter, false)
      known = this.#changesDirectly(parameter) || depth < MAX_HANDED_ON && this.#of(parameter, depth + 1).length > 0
      this.#changes.set(parameter, known)
    }
    return known
  }

  #changesDirectly(object: Ref): boolean {
    return this.#program.uses(object).some((user) => {
      const of = instruction(this.#program, user)
      if (of.op === Op.SetIndex || of.op === Op.SetAttr) return operand(of, of.a) === object
      return of.op === Op.Attr && this.#fills(text(of, of.b))
    })
  }
}
