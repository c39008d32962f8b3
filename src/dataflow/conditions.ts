import { ConstKind, Op, PhiKind } from '../flow/facts.ts'
import type { Ref } from '../program/program.ts'
import { byCollection, byElements } from './collections.ts'
import { evaluator } from './evaluate.ts'
import { isShown } from './evidence.ts'
import { isAmong, isFixed, isTold } from './fixed.ts'
import { MAX_NESTING } from './prover.ts'
import type { Outcome, Prover } from './prover.ts'
import { instruction, literal, operand, text, values } from './reader.ts'
import type { Instruction } from './reader.ts'
import { isPartOfObject, isSubject } from './subject.ts'
import type { Subject } from './subject.ts'
import { arrivesBy } from './arrivals.ts'

/** Whether it shows a subject to be harmless that a condition has an outcome. */
export function proves(prover: Prover, condition: Ref, outcome: Outcome, subject: Subject, nesting: number): boolean {
  if (nesting > MAX_NESTING) return false
  const { program } = prover
  // What is nothing, or empty, holds nothing harmful; but a part of an object is often filled just then.
  if (isSubject(program, subject, condition)) return !isPartOfObject(subject) && (outcome === 'false' || outcome === 'null')
  const of = instruction(program, condition)
  switch (of.op) {
    case Op.Refine:
    case Op.Await:
      return proves(prover, operand(of, of.a), outcome, subject, nesting)
    case Op.Call:
      return ofCall(prover, of, outcome, subject, nesting)
    case Op.Unary:
      return text(of, of.firstArg) === 'not' && isTruth(outcome)
        && proves(prover, operand(of, of.a), opposite(outcome), subject, nesting)
    case Op.Binary:
      return isTruth(outcome) && ofBinary(prover, of, outcome === 'true', subject, nesting)
    case Op.Phi:
      return of.b === PhiKind.Ways
        ? everyWay(prover, of, outcome, subject, nesting + 1)
        : isTruth(outcome) && ofOperands(prover, of, outcome, subject, nesting + 1)
    default:
      return false
  }
}

function isTruth(outcome: Outcome): outcome is 'true' | 'false' {
  return outcome === 'true' || outcome === 'false'
}

function opposite(outcome: 'true' | 'false'): Outcome {
  return outcome === 'true' ? 'false' : 'true'
}

function ofCall(prover: Prover, of: Instruction, outcome: Outcome, subject: Subject, nesting: number): boolean {
  const { semantics } = prover
  // What a library tells by giving something or nothing, it tells by the truth of it.
  const truth = outcome === 'true' || outcome === 'some' ? 'true' : 'false'
  for (const hit of semantics.guards(of.ref)) {
    const which = hit.elements
    if (which) {
      if (isTruth(outcome) && hit.checked.some((each) => (
        which === 'itself'
          ? proves(prover, each, outcome, subject, nesting + 1)
          : byElements(prover, proves, each, outcome, which, subject, nesting + 1)
      ))) return true
    } else if (hit.when === truth && isTold(prover, hit, subject)) return true
  }
  return prover.byCall(of.ref, outcome, subject, nesting + 1)
}

function ofBinary(prover: Prover, of: Instruction, truth: boolean, subject: Subject, nesting: number): boolean {
  const left = operand(of, of.a)
  const right = operand(of, of.b)
  const operator = text(of, of.firstArg)
  switch (operator) {
    case 'in':
    case 'not in':
      return truth === (operator === 'in') && isAmong(prover, left, right, subject)
    case '==':
    case '!=':
    case 'is':
    case 'is not':
      return ofComparison(prover, left, right, truth === (operator === '==' || operator === 'is'), subject, nesting)
    case 'instanceof':
      return truth && isSubject(prover.program, subject, left) && prover.semantics.isPlain(right)
    default:
      return byCollection(prover, operator, left, right, truth, subject)
  }
}

/** What it shows that two values are the same, or are not. */
function ofComparison(prover: Prover, left: Ref, right: Ref, isEqual: boolean, subject: Subject, nesting: number): boolean {
  const known = literal(instruction(prover.program, right))
  const isFilled = known?.kind === ConstKind.Null && isPartOfObject(subject)
  if (isEqual && !isFilled && (isFixed(prover, left, right, subject) || isFixed(prover, right, left, subject))) return true
  if (known?.kind === ConstKind.Null) return proves(prover, left, isEqual ? 'null' : 'some', subject, nesting)
  // What is not `true` need not be `false`.
  return isEqual && known?.kind === ConstKind.Boolean && proves(prover, left, known.text === 'true' ? 'true' : 'false', subject, nesting)
}

/** `a and b` is true only if both are; it is false if one is, and then those before it are true. */
function ofOperands(prover: Prover, of: Instruction, outcome: 'true' | 'false', subject: Subject, nesting: number): boolean {
  const operands = values(of)
  const isAll = of.b === PhiKind.And === (outcome === 'true')
  if (isAll) {
    return operands.some((each) => proves(prover, each, outcome, subject, nesting))
      || isShown(prover, [{ condition: of.ref, truth: outcome === 'true' }], subject)
  }
  for (const each of operands) {
    if (!proves(prover, each, outcome, subject, nesting)) return false
    // Those after it are only evaluated when it has the other outcome.
    if (proves(prover, each, opposite(outcome), subject, nesting)) return true
  }
  return true
}

/** A value that was set on several ways: on each it cannot have the outcome, or shows it, or a check stands on the way. */
function everyWay(prover: Prover, of: Instruction, outcome: Outcome, subject: Subject, nesting: number): boolean {
  const { program } = prover
  const ways = arrivesBy(program, of, subject)
  return ways !== undefined && ways.every(({ value, from }) => {
    const known = evaluator(program).valueOf(value)
    if (known !== undefined && !isPossible(outcome, known)) return true
    return proves(prover, value, outcome, subject, nesting) || prover.inBlock(subject, from, nesting) !== undefined
  })
}

/** Whether a known value has an outcome. */
export function isPossible(outcome: Outcome, known: string | number | boolean | null): boolean {
  switch (outcome) {
    case 'true':
      return Boolean(known)
    case 'false':
      return !known
    case 'null':
      return known === null
    case 'some':
      return known !== null
  }
}
