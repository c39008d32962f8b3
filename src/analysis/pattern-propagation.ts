import { instruction, operand, tagged, text } from '../dataflow/reader.ts'
import type { Passage, PassageInto, Propagation } from '../dataflow/search.ts'
import { Op } from '../flow/facts.ts'
import { valueAt, valuesIn } from '../flow/lookup.ts'
import type { PropagatorMatch } from '../match/match.ts'
import type { Program, ProgramFile, Ref } from '../program/program.ts'

/** What reaches the receiver or an argument of a call by a rule's propagators. */
interface Passed {
  readonly from: Ref
  readonly into: Ref
}

/** A rule's own propagators: what they pass at which calls. */
export class PatternPropagation {
  readonly #program: Program
  readonly #byCall = new Map<Ref, Passed[]>()
  readonly #methods = new Set<string>()

  constructor(program: Program) {
    this.#program = program
  }

  /** Adds one match: at the innermost call that is given what is passed to, whatever is passed. */
  add(file: ProgramFile, match: PropagatorMatch): void {
    const [from, into] = [valueAt(file.facts, match.from), valueAt(file.facts, match.to)]
    if (from === undefined || into === undefined) return
    const calls = valuesIn(file.facts, match).filter((each) => {
      return file.facts.op[each.value] === Op.Call && !each.isRead && each.start <= match.to.start && match.to.end <= each.end
    })
    const call = calls.map((each) => file.valueBase + each.value).reverse().find((each) => {
      return operandsOf(this.#program, each).includes(file.valueBase + into)
    })
    if (call === undefined) return
    const passed = this.#byCall.get(call) ?? []
    passed.push({ from: file.valueBase + from, into: file.valueBase + into })
    this.#byCall.set(call, passed)
    const method = methodOf(this.#program, call)
    if (method !== '') this.#methods.add(method)
  }

  /** Whether a method of this name is called where something reaches its object. */
  fills(method: string): boolean {
    return this.#methods.has(method)
  }

  /** Whether something reaches an operand of the call. */
  has(call: Ref): boolean {
    return this.#byCall.has(call)
  }

  /** What passes at a call: what is known of it, and what the rule says. */
  at(call: Ref, known: Propagation | undefined): Propagation | undefined {
    const passed = this.#byCall.get(call)
    if (passed === undefined) return known
    const receiver = receiverOf(this.#program, call)
    const base = known ?? unknownCall(this.#program, call)
    const toReceiver: Passage[] = passed.filter(({ into }) => into === receiver).map(({ from }) => passage(from))
    const toArguments: PassageInto[] = passed.filter(({ into }) => into !== receiver).map(({ from, into }) => ({ ...passage(from), into }))
    return { ...base, toReceiver: [...base.toReceiver, ...toReceiver], toArguments: [...base.toArguments, ...toArguments] }
  }
}

function passage(value: Ref): Passage {
  return { value, isCalled: false, isOtherwise: false }
}

/** A call nobody describes hands on what it is given. */
function unknownCall(program: Program, call: Ref): Propagation {
  const toResult = operandsOf(program, call).map(passage)
  return { toResult, toReceiver: [], toArguments: [], clears: false, removes: false, sequence: undefined }
}

function operandsOf(program: Program, call: Ref): readonly Ref[] {
  const receiver = receiverOf(program, call)
  const given = tagged(instruction(program, call)).map((each) => each.value)
  return receiver === undefined ? given : [receiver, ...given]
}

function receiverOf(program: Program, call: Ref): Ref | undefined {
  const of = instruction(program, call)
  const callee = instruction(program, operand(of, of.a))
  return callee.op === Op.Attr ? operand(callee, callee.a) : undefined
}

function methodOf(program: Program, call: Ref): string {
  const of = instruction(program, call)
  const callee = instruction(program, operand(of, of.a))
  return callee.op === Op.Attr ? text(callee, callee.b) : ''
}
