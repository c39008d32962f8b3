import { instruction, operand, text } from '../../dataflow/reader.ts'
import { Op } from '../../flow/facts.ts'
import type { Knowledge } from '../../models/knowledge.ts'
import type { Program, Ref } from '../../program/program.ts'
import type { MissingRule, Rule } from '../../rules/rule.ts'
import { safeBy } from '../outcome.ts'
import type { Outcome, Place } from '../place.ts'
import { actsIn } from './acts.ts'
import { usedThoughEmpty } from './contradiction.ts'
import { comesBefore } from './order.ts'
import type { MissingInput } from './places.ts'
import { lastName, raised, returned } from './refusals.ts'

/** The kind of what refuses a caller. */
const REFUSAL = 'refusal'

/** The kinds of acts that check the caller for good. */
const POLICY = ['policy-check']

/** Refusals that a finding shows. */
const SHOWN = 3

/** Names of tests that say in words that the caller may do something. */
const PERMITTING = /^(?:can|may)_(?!not?_)[a-z]|^is_(?:admin|owner)_or_|^(?:is_)?(?:allowed|authori[sz]ed|authenticated|permitted|writ(?:e?able))$|^has_(?:access|permission|privilege|right|scope)s?(?:_|$)|(?<!not)_(?:allowed|permitted)$/i

/**
 * Refusals that one test must decide the same way round before the program is known to mean
 * it so; where four agree, one that does not is a slip more likely than a design.
 */
const MIN_AGREEING = 4

/** The same where it is one value that is tested: it means the same each time. */
const MIN_OF_VARIABLE = 2

/** A refusal with the test directly over it. */
interface Refusal {
  readonly call: Ref
  readonly test: Test
}

/**
 * Refusals that a right decides: the caller must be refused where the test of it fails.
 * `needs`: kinds of such tests; of other tests it is learnt which way round the program means them.
 */
export function invertedPlaces(input: MissingInput, rule: Rule, { needs }: MissingRule): readonly Place[] {
  const { program, knowledge } = input
  const calls = new Set([...actsIn(program, knowledge, [REFUSAL]).map(({ call }) => call), ...raised(program), ...returned(program)])
  const refusals = [...calls].sort((one, other) => one - other).flatMap((call): Refusal[] => {
    const test = testOver(program, knowledge, call, needs)
    return test === undefined ? [] : [{ call, test }]
  })
  return refusals.flatMap((refusal) => {
    const { call, test } = refusal
    const file = program.fileOf(call)
    const meant = test.isRight ? { sense: false, agreeing: [] } : learnt(refusals, refusal) ?? contradicted(program, test)
    if (!rule.languages.includes(file.facts.language) || meant === undefined) return []
    return [{
      rule, file, span: program.span(call), sink: undefined, callee: '', argument: '', advice: '', what: 'refuses the caller',
      outcome: outcomeOf(input, refusal, meant), bindings: new Map(),
    }]
  })
}

/** Calls and methods of any object: two tests with one of these have nothing in common. */
const GENERIC: ReadonlySet<string> = new Set([
  'get', 'pop', 'len', 'isinstance', 'issubclass', 'hasattr', 'getattr', 'callable', 'startswith', 'endswith', 'match', 'fullmatch', 'search', 'exists', 'first', 'all', 'any',
  'count', 'bool', 'int', 'str', 'items', 'keys', 'values', 'filter', 'find',
])

/** Which way round a test is meant, and what shows it: other refusals, or the use of the tested value. */
interface Meant {
  readonly sense: boolean
  readonly agreeing: readonly Refusal[]
  readonly used?: Ref
}

/** A value that is used as if there were one only where the test found none, was meant to be refused when there is none. */
function contradicted(program: Program, test: Test): Meant | undefined {
  const used = test.sense ? usedThoughEmpty(program, test.at) : undefined
  return used === undefined ? undefined : { sense: false, agreeing: [], used }
}

function learnt(refusals: readonly Refusal[], { test }: Refusal): Meant | undefined {
  const isVariable = test.name === ''
  if (GENERIC.has(test.name)) return undefined
  const same = refusals.filter((each) => (
    isVariable ? each.test.at === test.at : each.test.name === test.name && each.test.form === test.form
  ))
  const least = isVariable ? MIN_OF_VARIABLE : MIN_AGREEING
  const where = same.filter((each) => each.test.sense)
  const other = same.filter((each) => !each.test.sense)
  for (const [agreeing, against] of [[where, other], [other, where]] as const) {
    if (agreeing.length >= least && against.length <= 1) return { sense: agreeing === where, agreeing }
  }
  return undefined
}

function outcomeOf({ program, protections }: MissingInput, { call, test }: Refusal, meant: Meant): Outcome {
  const holds = test.sense ? 'holds' : 'does not hold'
  const name = test.name === '' ? 'the value tested' : `\`${test.name}\``
  if (test.sense === meant.sense) return safeBy(program, 'check', `the caller is refused when ${name} ${holds}`, test.at)
  const earlier = protections.of(POLICY).calls(program.functionOf(call)).find((check) => comesBefore(program, check, test.at))
  if (earlier !== undefined) return safeBy(program, 'check', 'the caller is checked before', earlier)
  if (meant.used !== undefined) {
    const why = `the caller is refused here when ${name} is something, and where it is empty or nothing its parts are used`
    return { type: 'found', routes: [], shown: { why, steps: [{ at: test.at, what: 'what decides' }, { at: meant.used, what: 'used here, where it is empty or nothing' }] } }
  }
  const why = meant.agreeing.length === 0
    ? `the caller is refused here when ${name} holds, and let through when it does not`
    : `the caller is refused here when ${name} ${holds}, the other way round than at the ${meant.agreeing.length} other refusals that it decides`
  const shown = meant.agreeing.slice(0, SHOWN).map((each) => ({ at: each.test.at, what: 'here it is the other way round' }))
  return { type: 'found', routes: [], shown: { why, steps: [...shown, { at: test.at, what: 'what decides' }] } }
}

interface Test {
  readonly name: string
  /** How it is written: a call and an attribute of one name are two things. */
  readonly form: number
  readonly at: Ref
  /** Whether the refusal is where it holds. */
  readonly sense: boolean
  /** The models know it for the test of a right. */
  readonly isRight: boolean
}

/** The test directly over a place. */
function testOver(program: Program, knowledge: Knowledge, place: Ref, kinds: readonly string[]): Test | undefined {
  const { facts, valueBase } = program.fileOf(place)
  const caught = caughtBlocks(program, place)
  for (let block = facts.block[place - valueBase] ?? -1; block >= 0 && !caught.has(block); block = facts.dominator[block] ?? -1) {
    const condition = facts.condition[block] ?? -1
    if (condition < 0) continue
    const at = valueBase + condition
    const of = instruction(program, at)
    const name = testName(program, at)
    return { name, form: of.op, at, sense: facts.sense[block] === 1, isRight: name !== '' && isRight(program, knowledge, at, name, kinds) }
  }
  return undefined
}

/** Blocks of the function of a place that begin with an exception: what was tested before it says nothing of them. */
function caughtBlocks(program: Program, place: Ref): ReadonlySet<number> {
  const { facts } = program.fileOf(place)
  const { firstValue, valueCount } = program.function(program.functionOf(place))
  const found = new Set<number>()
  for (let local = firstValue; local < firstValue + valueCount; local++) if (facts.op[local] === Op.Caught) found.add(facts.block[local] ?? -1)
  return found
}

/** The name of the attribute or function that a condition asks; `''` when it is another test. */
function testName(program: Program, condition: Ref): string {
  const of = instruction(program, condition)
  const named = of.op === Op.Call ? instruction(program, operand(of, of.a)) : of
  if (named.op === Op.Attr) return text(named, named.b)
  return of.op === Op.Call && (named.op === Op.Name || named.op === Op.Import) ? lastName(program, named.ref) : ''
}

function isRight(program: Program, knowledge: Knowledge, condition: Ref, name: string, kinds: readonly string[]): boolean {
  const isMeant = ({ kind }: { readonly kind: string }): boolean => kinds.includes(kind)
  if (PERMITTING.test(name)) return true
  if (instruction(program, condition).op !== Op.Call) return knowledge.actsReadNamed(name).some(isMeant)
  return knowledge.actsNamed(name).some(isMeant) || program.targets(condition).library.some((each) => knowledge.actsOf(each).some(isMeant))
}
