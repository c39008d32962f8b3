import { instruction, operand, text } from '../../dataflow/reader.ts'
import { Op } from '../../flow/facts.ts'
import type { Knowledge } from '../../models/knowledge.ts'
import type { Program, Ref } from '../../program/program.ts'
import type { MissingRule, Rule } from '../../rules/rule.ts'
import { safeBy } from '../outcome.ts'
import type { Outcome, Place } from '../place.ts'
import { actsIn } from './acts.ts'
import { comesBefore } from './order.ts'
import type { MissingInput } from './places.ts'

/** The kind of what refuses a caller. */
const REFUSAL = 'refusal'

/** The kinds of acts that check the caller for good. */
const POLICY = ['policy-check']

/** Refusals that a finding shows. */
const SHOWN = 3

/** Names that programs give the exceptions by which they refuse. */
const REFUSING = /forbidden|unauthori[sz]ed|notauthori[sz]ed|permissiondenied|accessdenied/i

/**
 * Refusals that one test must decide the same way round before the program is known to mean
 * it so; where four agree, one that does not is a slip more likely than a design.
 */
const MIN_AGREEING = 4

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
  const calls = new Set([...actsIn(program, knowledge, [REFUSAL]).map(({ call }) => call), ...raised(program)])
  const refusals = [...calls].sort((one, other) => one - other).flatMap((call): Refusal[] => {
    const test = testOver(program, knowledge, call, needs)
    return test === undefined ? [] : [{ call, test }]
  })
  return refusals.flatMap((refusal) => {
    const { call, test } = refusal
    const file = program.fileOf(call)
    const meant = test.isRight ? { sense: false, agreeing: [] } : learnt(refusals, refusal)
    if (!rule.languages.includes(file.facts.language) || meant === undefined) return []
    return [{
      rule, file, span: program.span(call), sink: undefined, callee: '', argument: '', advice: '', what: 'refuses the caller',
      outcome: outcomeOf(input, refusal, meant), bindings: new Map(),
    }]
  })
}

/** Which way round a test is meant, and the refusals that show it. */
interface Meant {
  readonly sense: boolean
  readonly agreeing: readonly Refusal[]
}

function learnt(refusals: readonly Refusal[], { test }: Refusal): Meant | undefined {
  const same = refusals.filter((each) => each.test.name === test.name && each.test.form === test.form)
  const where = same.filter((each) => each.test.sense)
  const other = same.filter((each) => !each.test.sense)
  for (const [agreeing, against] of [[where, other], [other, where]] as const) {
    if (agreeing.length >= MIN_AGREEING && against.length <= 1) return { sense: agreeing === where, agreeing }
  }
  return undefined
}

function outcomeOf({ program, protections }: MissingInput, { call, test }: Refusal, meant: Meant): Outcome {
  const holds = test.sense ? 'holds' : 'does not hold'
  if (test.sense === meant.sense) return safeBy(program, 'check', `the caller is refused when \`${test.name}\` ${holds}`, test.at)
  const earlier = protections.of(POLICY).calls(program.functionOf(call)).find((check) => comesBefore(program, check, test.at))
  if (earlier !== undefined) return safeBy(program, 'check', 'the caller is checked before', earlier)
  const why = meant.agreeing.length === 0
    ? `the caller is refused here when \`${test.name}\` holds, and let through when it does not`
    : `the caller is refused here when \`${test.name}\` ${holds}, the other way round than at the ${meant.agreeing.length} other refusals that it decides`
  const shown = meant.agreeing.slice(0, SHOWN).map((each) => ({ at: each.test.at, what: 'here it is the other way round' }))
  return { type: 'found', routes: [], shown: { why, steps: [...shown, { at: test.at, what: 'what decides' }] } }
}

/** Exceptions of the program's own that it raises to refuse. */
function raised(program: Program): readonly Ref[] {
  const found: Ref[] = []
  for (const { facts, valueBase, isTest } of program.files) {
    if (isTest) continue
    for (let local = 0; local < facts.op.length; local++) {
      if (facts.op[local] !== Op.Raise || (facts.a[local] ?? -1) < 0) continue
      const value = instruction(program, valueBase + (facts.a[local] ?? 0))
      const named = value.op === Op.Call ? instruction(program, operand(value, value.a)) : value
      const name = named.op === Op.Attr ? text(named, named.b) : named.op === Op.Name || named.op === Op.Import ? lastName(program, named.ref) : ''
      if (REFUSING.test(name)) found.push(value.op === Op.Call ? value.ref : valueBase + local)
    }
  }
  return found
}

function lastName(program: Program, value: Ref): string {
  const [name = ''] = program.names(value)
  return name.slice(name.lastIndexOf('.') + 1)
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
  for (let block = facts.block[place - valueBase] ?? -1; block >= 0; block = facts.dominator[block] ?? -1) {
    const condition = facts.condition[block] ?? -1
    if (condition < 0) continue
    const at = valueBase + condition
    const of = instruction(program, at)
    const name = testName(program, at)
    return name === '' ? undefined : { name, form: of.op, at, sense: facts.sense[block] === 1, isRight: isRight(program, knowledge, at, name, kinds) }
  }
  return undefined
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
  if (instruction(program, condition).op !== Op.Call) return knowledge.actsReadNamed(name).some(isMeant)
  return knowledge.actsNamed(name).some(isMeant) || program.targets(condition).library.some((each) => knowledge.actsOf(each).some(isMeant))
}
