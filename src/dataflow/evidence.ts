import { ContainerKind, Op, PhiKind } from '../flow/facts.ts'
import type { FunctionRef, ProgramFile, Ref } from '../program/program.ts'
import { knownElements, knownValue } from './known-values.ts'
import type { Prover } from './prover.ts'
import { instruction, operand, tagged, text, values } from './reader.ts'
import type { Evidence } from './search.ts'
import { isSubject } from './subject.ts'
import type { Subject } from './subject.ts'

/** Conditions one inside the other that are looked into. */
const MAX_DEPTH = 8

/** Blocks above a place that are looked at for conditions. */
const MAX_BLOCKS = 200

/** A condition and its truth. */
interface Held {
  readonly condition: Ref
  readonly truth: boolean
}

/** The nearest condition over a block, where all that hold there are enough together. */
export function byEvidence(prover: Prover, subject: Subject, of: FunctionRef, from: number): Ref | undefined {
  if (!prover.semantics.isEnough) return undefined
  const held = heldOver(prover, prover.program.fileOfFunction(of), of, from)
  return isShown(prover, held, subject) ? held[0]?.condition : undefined
}

/** The conditions that hold in a block, the nearest first. */
export function heldOver(prover: Prover, { facts, valueBase }: ProgramFile, of: FunctionRef, from: number): readonly Held[] {
  const held: Held[] = []
  let block = from
  for (let left = MAX_BLOCKS; block >= 0 && left > 0; left--) {
    const condition = facts.condition[block] ?? -1
    if (condition >= 0) held.push({ condition: valueBase + condition, truth: facts.sense[block] === 1 })
    block = (condition < 0 ? prover.onlyWay(of, block) : undefined) ?? facts.dominator[block] ?? -1
  }
  return held
}

/** Whether conditions tell enough of a subject together. */
export function isShown(prover: Prover, held: readonly Held[], subject: Subject): boolean {
  const { isEnough } = prover.semantics
  if (!isEnough || held.length === 0 || subject.isPart === true) return false
  const found: Collected = { begins: [], beginsNot: [], lacks: [] }
  for (const { condition, truth } of held) collect(prover, condition, truth, subject, found, 0)
  return isEnough(found)
}

type Collected = { -readonly [K in keyof Evidence]: string[] }

/** Adds what the truth of a condition tells of a subject. */
function collect(prover: Prover, condition: Ref, truth: boolean, subject: Subject, into: Collected, depth: number): void {
  if (depth > MAX_DEPTH) return
  const of = instruction(prover.program, condition)
  const operator = text(of, of.firstArg)
  if (of.op === Op.Refine) collect(prover, operand(of, of.a), truth, subject, into, depth + 1)
  else if (of.op === Op.Unary && operator === 'not') collect(prover, operand(of, of.a), !truth, subject, into, depth + 1)
  else if (of.op === Op.Phi && of.b !== PhiKind.Ways && (of.b === PhiKind.And) === truth) {
    for (const each of values(of)) collect(prover, each, truth, subject, into, depth + 1)
  } else if (of.op === Op.Binary && (operator === 'in' || operator === 'not in')) {
    if ((operator === 'not in') === truth && isSubject(prover.program, subject, operand(of, of.b))) {
      into.lacks.push(...textsOf(prover, operand(of, of.a)))
    }
  } else if (of.op === Op.Call) {
    for (const { checked, texts } of prover.semantics.beginnings(condition)) {
      if (!isSubject(prover.program, subject, checked)) continue
      if (!truth) into.beginsNot.push(...texts)
      else if (texts.length === 1) into.begins.push(...texts)
    }
    if (!truth) for (const each of outcomesIn(prover, condition)) collect(prover, each, truth, subject, into, depth + 1)
  }
}

/** The outcomes of which a call tells that none is true. */
function outcomesIn({ program, semantics }: Prover, call: Ref): readonly Ref[] {
  return semantics.guards(call).flatMap((hit) => {
    if (hit.elements !== 'some' || hit.when !== 'false') return []
    return hit.checked.flatMap((each) => {
      const of = instruction(program, each)
      const outcomes = of.op === Op.Container && of.b !== ContainerKind.Dict ? tagged(of).map(({ value }) => value) : []
      // In a block of its own when there is a filter.
      const { facts, valueBase } = of.file
      return outcomes.filter((outcome) => facts.block[outcome - valueBase] === facts.block[each - valueBase])
    })
  })
}

/** A known text, or all that an element of a known container may be. */
function textsOf({ program, semantics }: Prover, value: Ref): readonly string[] {
  const known = knownValue(program, value)
  const of = instruction(program, value)
  const all = known !== undefined ? [known] : of.op === Op.Element ? knownElements(program, semantics, operand(of, of.a)) ?? [] : []
  return all.flatMap((each) => (typeof each === 'string' ? [each] : []))
}
