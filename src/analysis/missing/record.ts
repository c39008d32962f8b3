import { spelled } from '../../dataflow/steps.ts'
import { CallFlag, Op } from '../../flow/facts.ts'
import type { Knowledge } from '../../models/knowledge.ts'
import type { ClassRef, FunctionRef, Program, Ref } from '../../program/program.ts'
import type { MissingRule, Rule } from '../../rules/rule.ts'
import { safeBy } from '../outcome.ts'
import type { Outcome, Place } from '../place.ts'
import { actsOfCall } from './acts.ts'
import { saysChange, writtenName } from './changes.ts'
import { onlyRefuses } from './exempt.ts'
import { callersIn } from './families.ts'
import { className } from './lineage.ts'
import type { MissingInput } from './places.ts'

/** Changes of a class that must be recorded, each in its own code, before recording is its rule. */
const MIN_RECORDED = 5

/** Share of them that must be where more than one is not: four for each; below it, not recording is as usual. */
const MIN_SHARE = 0.8

/** Calls looked through for a record: what the method calls, and what that calls. */
const MAX_DEPTH = 2

/** Calls looked at in one function. */
const MAX_CALLS = 400

/** Recorded changes that a finding shows. */
const SHOWN = 3

/** Parts of names, at the start of a word, by which programs call what keeps a record or tells others. */
const RECORDING = /(?:^|[._])_?(?:audit|notif|record|event|publish|emit|history|journal)/i

/**
 * Methods that change something, in classes whose methods of that sort as a rule leave a
 * record: a log line, an audit entry, a notification, an event. `needs`: kinds of acts of
 * the models that are records.
 */
export function recordPlaces(input: MissingInput, rule: Rule, { needs }: MissingRule): readonly Place[] {
  const { program } = input
  const records = new Records(program, input.knowledge, needs)
  const places = new Map<FunctionRef, Place>()
  for (const { name, members } of changesByClass(program)) {
    const recorded = members.filter((each) => records.entry(each) !== undefined)
    if (recorded.length < MIN_RECORDED) continue
    // What is recorded elsewhere, or only in the log, speaks neither for the rule nor against it.
    const others = members.filter((each) => records.call(each) === undefined && !onlyRefuses(program, each) && !isRecordedByCallers(program, records, each))
    if (others.length > 1 && recorded.length < MIN_SHARE * (recorded.length + others.length)) continue
    for (const each of members) {
      const file = program.fileOfFunction(each)
      if (!rule.languages.includes(file.facts.language)) continue
      const call = records.call(each)
      const outcome: Outcome = call === undefined
        ? others.includes(each) ? unrecorded(program, name, recorded, others, records) : safeBy(program, 'exclusion', 'it does nothing but refuse, or all that call it record it', program.ref(file, program.function(each).firstValue))
        : safeBy(program, 'record', 'it is recorded here', call)
      if (places.get(each)?.outcome.type === 'found') continue
      places.set(each, {
        rule, file, span: program.function(each).nameSpan, sink: undefined, callee: '', argument: '', advice: '',
        what: 'changes something', outcome, bindings: new Map(),
      })
    }
  }
  return [...places.values()]
}

/** Whether the program calls a method, and always from functions that leave a record. */
function isRecordedByCallers(program: Program, records: Records, of: FunctionRef): boolean {
  const callers = callersIn(program, of)
  return callers.length > 0 && callers.every((call) => records.call(program.functionOf(call)) !== undefined)
}

function unrecorded(program: Program, name: string, recorded: readonly FunctionRef[], others: readonly FunctionRef[], records: Records): Outcome {
  const all = recorded.length + others.length
  const why = `of ${all} ${name}, ${recorded.length} leave a record; `
    + 'this one does not, neither itself nor in what it calls'
  const steps = recorded.slice(0, SHOWN).flatMap((each) => {
    const at = records.entry(each)
    return at === undefined ? [] : [{ at, what: `${program.function(each).qualifiedName} records it` }]
  })
  return { type: 'found', routes: [], shown: { why, steps } }
}

/** Changes of one sort, of which nearly all or hardly any are recorded. */
interface Changes {
  readonly name: string
  readonly members: readonly FunctionRef[]
}

/** The verbs by which stored things come, change and go: in many classes only these are recorded. */
const STORING = /^(?:create|update|delete)(?:_|[A-Z]|$)/

/** Public methods whose names say that they change something: all of a class, and those by which stored things come and go; test code is left out. */
function changesByClass(program: Program): readonly Changes[] {
  const found: Changes[] = []
  for (const file of program.files) {
    if (file.isTest) continue
    const byClass = new Map<ClassRef, FunctionRef[]>()
    for (const [index, { kind, classIndex, name }] of file.facts.functions.entries()) {
      if (kind !== 'function' || classIndex < 0 || !saysChange(name)) continue
      const own = file.classBase + classIndex
      byClass.set(own, [...byClass.get(own) ?? [], file.functionBase + index])
    }
    for (const [of, members] of byClass) {
      const storing = members.filter((each) => STORING.test(program.function(each).name))
      found.push({ name: `methods of ${className(program, of)} whose names say that they change something`, members })
      found.push({ name: `methods of ${className(program, of)} that create, update or delete`, members: storing })
    }
  }
  return found.filter(({ members }) => members.length >= MIN_RECORDED)
}

/** The first record that a function leaves, looked for once for each function. */
class Records {
  readonly #program: Program
  readonly #knowledge: Knowledge
  readonly #kinds: readonly string[]
  readonly #names: ReadonlySet<string>
  readonly #known = new Map<string, Ref | null>()

  constructor(program: Program, knowledge: Knowledge, kinds: readonly string[]) {
    this.#program = program
    this.#knowledge = knowledge
    this.#kinds = kinds
    this.#names = new Set(knowledge.actNames(kinds))
  }

  /** The call in a function's own code that makes an entry: audit, notification or event, and no line of the log. */
  entry(of: FunctionRef): Ref | undefined {
    return this.#callsIn(of).find((call) => this.#isEntry(call))
  }

  /** The call in a function that leaves a record or leads to one. */
  call(of: FunctionRef, depth = 0): Ref | undefined {
    const key = `${of} ${depth}`
    let found = this.#known.get(key)
    if (found === undefined) {
      this.#known.set(key, null)
      found = this.#find(of, depth) ?? null
      this.#known.set(key, found)
    }
    return found ?? undefined
  }

  #find(of: FunctionRef, depth: number): Ref | undefined {
    const calls = this.#callsIn(of)
    const own = calls.find((call) => this.#isRecord(call))
    if (own !== undefined || depth >= MAX_DEPTH) return own
    return calls.find((call) => {
      const { functions, guess } = this.#program.targets(call)
      return !guess && functions.some((each) => each !== of && this.call(each, depth + 1) !== undefined)
    })
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
    if (this.#isEntry(call)) return true
    return this.#names.has(writtenName(this.#program, call)) && actsOfCall(this.#program, this.#knowledge, call, this.#kinds).length > 0
  }

  #isEntry(call: Ref): boolean {
    return RECORDING.test(spelled(this.#program, call).slice(0, -2))
  }
}
