import { instruction } from '../../dataflow/reader.ts'
import { spelled } from '../../dataflow/steps.ts'
import { CallFlag, Op } from '../../flow/facts.ts'
import type { Knowledge } from '../../models/knowledge.ts'
import type { FunctionRef, Program, Ref } from '../../program/program.ts'
import { actsOfCall } from './acts.ts'
import { writtenName } from './changes.ts'

/** Calls looked through for a record: what the method calls, and what that calls. */
const MAX_DEPTH = 2

/** Calls looked at in one function. */
const MAX_CALLS = 400

/** Parts of names, at the start of a word, by which programs call what keeps a record or tells others. */
const RECORDING = /(?:^|[._])_?(?:audit|notif|record|event|publish|emit|history|journal|activity|log_?(?:service|entry|event|action))/i

/** The first record that a function leaves, looked for once for each function. */
export class Records {
  readonly #program: Program
  readonly #knowledge: Knowledge
  readonly #kinds: readonly string[]
  readonly #names: ReadonlySet<string>
  readonly #known = new Map<string, Ref | null>()
  readonly #entries = new Map<FunctionRef, Ref | null>()

  constructor(program: Program, knowledge: Knowledge, kinds: readonly string[]) {
    this.#program = program
    this.#knowledge = knowledge
    this.#kinds = kinds
    this.#names = new Set(knowledge.actNames(kinds))
  }

  /** The call in a function's own code that makes an entry: audit, notification or event, and no line of the log. */
  entry(of: FunctionRef): Ref | undefined {
    let found = this.#entries.get(of)
    if (found === undefined) {
      found = this.#callsIn(of).find((call) => this.isEntry(call)) ?? null
      this.#entries.set(of, found)
    }
    return found ?? undefined
  }

  /** The call in a function that leaves a record, or leads to an entry. */
  call(of: FunctionRef): Ref | undefined {
    return this.#callsIn(of).find((call) => this.#isRecord(call)) ?? this.#leading(of, 0, (call) => this.isEntry(call), 'entry')
  }

  /** The same where what it calls leaves no more than a line of the log. */
  trace(of: FunctionRef): Ref | undefined {
    return this.#leading(of, 0, (call) => this.#isRecord(call), 'record')
  }

  /** The first call that is meant or leads to one. `what` keeps the answers to different questions apart. */
  #leading(of: FunctionRef, depth: number, isMeant: (call: Ref) => boolean, what: string): Ref | undefined {
    const key = `${what} ${of} ${depth}`
    let found = this.#known.get(key)
    if (found === undefined) {
      this.#known.set(key, null)
      const calls = this.#callsIn(of)
      found = calls.find(isMeant) ?? (depth >= MAX_DEPTH ? null : calls.find((call) => {
        const { functions, guess } = this.#program.targets(call)
        return !guess && functions.some((each) => each !== of && this.#leading(each, depth + 1, isMeant, what) !== undefined)
      }) ?? null)
      this.#known.set(key, found)
    }
    return found ?? undefined
  }

  #callsIn(of: FunctionRef): readonly Ref[] {
    const { facts, valueBase } = this.#program.fileOfFunction(of)
    const { firstValue, valueCount, decorators } = this.#program.function(of)
    const found = decorators.filter((local) => facts.op[local] === Op.Call).map((local) => valueBase + local)
    for (let local = firstValue; local < firstValue + valueCount && found.length < MAX_CALLS; local++) {
      if (facts.op[local] === Op.Call && ((facts.b[local] ?? 0) & CallFlag.Decorator) === 0) found.push(valueBase + local)
    }
    return found
  }

  #isRecord(call: Ref): boolean {
    if (this.isEntry(call)) return true
    return this.#names.has(writtenName(this.#program, call)) && actsOfCall(this.#program, this.#knowledge, call, this.#kinds).length > 0
  }

  /** Whether a call makes an entry, by the name that it is written with. */
  isEntry(call: Ref): boolean {
    return instruction(this.#program, call).op === Op.Call && RECORDING.test(spelled(this.#program, call).slice(0, -2)) && !this.#isAnswer(call)
  }

  /** Whether what a call gives is handed to the caller: it is what the function is for, and no record of that. */
  #isAnswer(call: Ref): boolean {
    return this.#program.uses(call).some((use) => {
      const { op } = instruction(this.#program, use)
      return op === Op.Return || op === Op.Container
    })
  }
}
