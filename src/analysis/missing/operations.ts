import { instruction, operand, tagged } from '../../dataflow/reader.ts'
import { spelled } from '../../dataflow/steps.ts'
import { Op } from '../../flow/facts.ts'
import type { FunctionRef, Program, ProgramFile, Ref } from '../../program/program.ts'
import type { MissingRule, Rule } from '../../rules/rule.ts'
import type { Outcome, Place } from '../place.ts'
import { endsInChange, saysChange, writtenName } from './changes.ts'
import { comesBefore } from './order.ts'
import type { MissingInput } from './places.ts'

/** Test files under review of which operations are told one by one; of more, a reader would not read them. */
const MAX_FILES = 20

/** Operations told of one file. */
const MAX_OPERATIONS = 200

/** Verbs of the protocol of the web before the name of a thing: clients in tests call their requests so. */
const SENDING = /^(?:put|post|patch)(?:_|[A-Z])/

/** Names of calls that make something, with permissions perhaps. */
const CREATING = /(?:^|_)(?:create|post|mkdir|makedirs|mkdtemp|mkstemp|touch|symlink)(?:_|[A-Z]|$)/

/** Names of what stands in for a part of the program. */
const STANDING_IN = /stub|mock|fake|fixture|monkey/i

/** Operations of a kind in a test, and why they are no weakness there. */
interface Kind {
  readonly what: string
  isMeant(name: string): boolean
  /** Why it is none where nothing but the tests leads there. */
  readonly why: string
}

const CHANGING: Omit<Kind, 'why'> = { what: 'changes something', isMeant: (name) => saysChange(name) || endsInChange(name) || SENDING.test(name) }

const KINDS: Readonly<Partial<Record<MissingRule['analysis'], Kind>>> = {
  guard: { ...CHANGING, why: 'nobody but who runs the tests makes this call, so there is no caller to check' },
  record: { ...CHANGING, why: 'what it changes is the test\'s own, and nobody asks later who did it' },
  order: { ...CHANGING, why: 'the steps run in the order in which the test gives them' },
  creation: { what: 'creates something', isMeant: (name) => CREATING.test(name), why: 'what it makes is the test\'s own and goes with it; no mode is given' },
  'stand-in': { what: 'stands in for a part of the program', isMeant: (name) => STANDING_IN.test(name), why: 'it is set up by the test alone' },
}

/**
 * Operations in test code under review that a rule would ask about in the program, each with the
 * reason why it is no finding: nothing outside the tests leads there.
 */
export function testOperations(input: MissingInput, rule: Rule, { analysis }: MissingRule): readonly Place[] {
  const { program, entryPoints } = input
  const kind = KINDS[analysis]
  const files = kind === undefined ? [] : program.files.filter(({ path, isTest }) => isTest && input.isReviewed(path))
  if (kind === undefined || files.length > MAX_FILES) return []
  return files.filter(({ facts }) => rule.languages.includes(facts.language)).flatMap((file) => {
    const earlier = new Map<FunctionRef, Ref[]>()
    return operationsIn(program, file, kind).map((call): Place => {
      const of = program.functionOf(call)
      const before = earlier.get(of) ?? []
      earlier.set(of, [...before, call])
      return {
        rule, file, span: program.span(call), sink: undefined, callee: calleeOf(program, call), argument: '', advice: '', what: kind.what,
        outcome: outcomeOf(program, of, entryPoints.has(of), reasonOf(program, kind, call, analysis === 'order' ? before : [])), bindings: new Map(),
      }
    })
  })
}

function operationsIn(program: Program, { facts, valueBase }: ProgramFile, kind: Kind): readonly Ref[] {
  const found: Ref[] = []
  for (let local = 0; local < facts.op.length && found.length < MAX_OPERATIONS; local++) {
    if (facts.op[local] === Op.Call && kind.isMeant(writtenName(program, valueBase + local))) found.push(valueBase + local)
  }
  return found
}

/** The name of what is called; of a call that only takes in what stands in, that of what it takes. */
function calleeOf(program: Program, call: Ref): string {
  const of = instruction(program, call)
  const [first] = tagged(of)
  const given = first === undefined ? undefined : instruction(program, first.value)
  const named = given?.op === Op.Call && writtenName(program, call).startsWith('use') ? given : of
  return spelled(program, operand(named, named.a))
}

function reasonOf(program: Program, { why }: Kind, call: Ref, before: readonly Ref[]): string {
  const previous = before.filter((each) => comesBefore(program, each, call)).at(-1)
  return previous === undefined ? why : `${why}: this one after \`${writtenName(program, previous)}\``
}

function outcomeOf(program: Program, of: FunctionRef, isEntry: boolean, why: string): Outcome {
  const file = program.fileOfFunction(of)
  const { qualifiedName, nameSpan, kind } = program.function(of)
  const name = kind === 'module' ? file.path : `\`${qualifiedName}\``
  const [outside] = program.callers(of, false)
  if (outside !== undefined) {
    return { type: 'undecided', reason: 'unresolved-call', why: `${name} is test code that the program calls here`, file: program.fileOf(outside), at: program.span(outside) }
  }
  const reached = isEntry ? 'that only a server which the tests start leads to' : 'that no entry point leads to and nothing outside the tests calls'
  return { type: 'safe', by: 'exclusion', why: `${name} is test code ${reached}: ${why}`, file, at: nameSpan }
}
