import { ContainerKind, Op } from '../flow/facts.ts'
import type { Ref } from '../program/program.ts'
import { ANY, EACH } from './demand.ts'
import { suffice } from './fixed.ts'
import { knownElements } from './known-values.ts'
import type { Outcome, Prover } from './prover.ts'
import { instruction, operand, tagged } from './reader.ts'
import { isSubject, subjectOf } from './subject.ts'
import type { Subject } from './subject.ts'

type Proves = (prover: Prover, condition: Ref, outcome: Outcome, subject: Subject, nesting: number) => boolean

/**
 * Whether it shows a subject to be harmless that every outcome in a container holds,
 * or that some does: `all(each in ALLOWED for each in subject)`,
 * `any(subject == each for each in ALLOWED)`.
 */
export function byElements(
  prover: Prover, proves: Proves, outcomes: Ref, truth: 'true' | 'false', which: 'every' | 'some', subject: Subject, nesting: number,
): boolean {
  const { program } = prover
  const of = instruction(program, outcomes)
  const [only, ...others] = of.op === Op.Container && of.b !== ContainerKind.Dict ? tagged(of) : []
  if (!only || others.length > 0) return false
  if (which === 'some' && truth === 'true') return proves(prover, only.value, 'true', subject, nesting)
  if ((which === 'every') !== (truth === 'true')) return false
  const { facts, valueBase } = of.file
  const start = facts.start[of.ref - valueBase] ?? 0
  for (let at = of.ref - 1; at >= valueBase && (facts.start[at - valueBase] ?? 0) >= start; at--) {
    const element = instruction(program, at)
    if (element.op !== Op.Element || !isSubject(program, subject, operand(element, element.a))) continue
    return isUnconditional(prover, at, only.value) && proves(prover, only.value, truth, { ...subject, ...subjectOf(program, at), isPart: true }, nesting)
  }
  return false
}

/** Whether an outcome is computed for every element, without a filter. */
function isUnconditional({ program }: Prover, element: Ref, outcome: Ref): boolean {
  const { facts, valueBase } = program.fileOf(element)
  const top = facts.block[element - valueBase] ?? -1
  for (let block = facts.block[outcome - valueBase] ?? -1; block > top; block = facts.dominator[block] ?? -1) {
    if ((facts.condition[block] ?? -1) >= 0) return false
  }
  return true
}

/** Whether a relation of two collections shows it: `set(subject) <= ALLOWED`, or that nothing is left in `set(subject) - ALLOWED`. */
export function byCollection(prover: Prover, operator: string, left: Ref, right: Ref, truth: boolean, subject: Subject): boolean {
  switch (operator) {
    case '-':
      return !truth && isCovered(prover, left, right, subject)
    case '<=':
    case '<':
      return truth && isCovered(prover, left, right, subject)
    case '>=':
    case '>':
      return truth && isCovered(prover, right, left, subject)
    default:
      return false
  }
}

function isCovered(prover: Prover, collected: Ref, known: Ref, subject: Subject): boolean {
  const { program, semantics } = prover
  if (instruction(program, collected).op !== Op.Call) return false
  const passages = semantics.propagation(collected)?.toResult ?? []
  const [only] = passages
  const isCollected = passages.length === 1 && only !== undefined && !only.isCalled
    && (only.parts?.from[0] === EACH || only.parts?.from[0] === ANY) && isSubject(program, subject, only.value)
  const elements = isCollected ? knownElements(program, semantics, known, subject.frame) : undefined
  return elements !== undefined && suffice(prover, characters(elements), { ...subject, isPart: true })
}

/** A text among elements stands for its characters, when it is the only one. */
function characters(elements: readonly (string | number | boolean | null)[]): readonly (string | number | boolean | null)[] {
  const [only] = elements
  return elements.length === 1 && typeof only === 'string' ? [...only] : elements
}
