import { Op } from '../flow/facts.ts'
import { isAnonymous } from '../program/program.ts'
import type { Program, Ref } from '../program/program.ts'
import type { Known } from './evaluate.ts'
import { knownElements, knownValue, settled } from './known-values.ts'
import type { Prover } from './prover.ts'
import { instruction, operand, text } from './reader.ts'
import type { GuardHit } from './search.ts'
import { isSubject } from './subject.ts'
import type { Subject } from './subject.ts'

/** Whether it shows a subject to be harmless that `value` equals `other`. */
export function isFixed(prover: Prover, value: Ref, other: Ref, subject: Subject): boolean {
  const { program } = prover
  if (!isSubject(program, subject, value)) {
    const part = decided(prover, value, subject)
    return part !== undefined && (part.givesType ? prover.semantics.isPlain(other) : isMeaningful(prover, other, subject))
  }
  const known = valuesOf(prover, other, subject)
  return known !== undefined && suffice(prover, known, subject)
}

/** Whether what a call tells of values, by an outcome that it had, shows a subject to be harmless. */
export function isTold(prover: Prover, { checked, among }: GuardHit, subject: Subject): boolean {
  return checked.some((each) => (
    among === undefined ? isSubject(prover.program, subject, each) : isAmong(prover, each, among, subject)
  ))
}

/** Whether it shows a subject to be harmless that `value` is in `container`. */
export function isAmong(prover: Prover, value: Ref, container: Ref, subject: Subject): boolean {
  const { program, semantics } = prover
  const isWhole = isSubject(program, subject, value)
  const part = isWhole ? undefined : decided(prover, value, subject)
  if (part?.givesType) return semantics.isPlain(container)
  if (!isWhole && !part) return false
  const known = knownElements(program, semantics, container, subject.frame)
  if (!isWhole) return known === undefined ? program.names(container).length > 0 : known.every((each) => each !== '' && each !== null)
  if (known === undefined) return subject.isPart !== true && (isSetting(prover, container) || prover.isTrusted(container))
  // Any part of a text is in it.
  const isText = typeof knownValue(program, container) === 'string'
  return isText ? semantics.isHarmlessText(known.join('')) : suffice(prover, known, subject)
}

/** Whether a container is a library's own, or one in which it keeps the settings of a program. */
function isSetting({ program, semantics }: Prover, container: Ref): boolean {
  const { op } = instruction(program, container)
  const isRead = op === Op.Attr || op === Op.Name || op === Op.Import
  const names = isRead ? program.names(container) : []
  return names.length > 0 && names.every((name) => !isAnonymous(name) && !isOwn(program, name)) && semantics.source(container) === undefined
}

/** Whether a name is of something in the program. */
function isOwn(program: Program, name: string): boolean {
  return program.files.some(({ module }) => module !== '' && (name === module || name.startsWith(`${module}.`)))
}

/** Whether values known to the program are harmless; those that only a part of the subject has must be so in any order. */
export function suffice({ semantics }: Prover, known: readonly Known[], subject: Subject): boolean {
  if (subject.isPart !== true || known.some((each) => typeof each === 'string' && each.length > 1)) return true
  return semantics.isHarmlessText(known.join(''))
}

/** What a value always is, or any element of a container is that is known. */
function valuesOf({ program, semantics }: Pick<Prover, 'program' | 'semantics'>, value: Ref, subject: Subject): readonly Known[] | undefined {
  const known = knownValue(program, settled(program, value, subject.frame).value)
  if (known !== undefined) return [known]
  const of = instruction(program, value)
  // Of a value that is known its attributes are, too, as of the members of an enumeration.
  if (of.op === Op.Attr) return valuesOf({ program, semantics }, operand(of, of.a), subject)
  return of.op === Op.Element ? knownElements(program, semantics, operand(of, of.a), subject.frame) : undefined
}

/** The check whose part a value is, where the subject's harm depends on that part alone, as on a URL's host. */
function decided({ program, semantics }: Prover, value: Ref, subject: Subject): GuardHit | undefined {
  const of = instruction(program, value)
  const call = of.op === Op.Attr ? operand(of, of.a) : value
  if (instruction(program, call).op !== Op.Call) return undefined
  const part = of.op === Op.Attr ? text(of, of.b) : ''
  return semantics.guards(call).find((hit) => hit.when === 'equal' && hit.parts.includes(part) && hit.checked.some((each) => isSubject(program, subject, each)))
}

/** Whether being equal to a value says something: it is not empty, and not the subject's own. */
function isMeaningful({ program }: Prover, other: Ref, subject: Subject): boolean {
  const known = knownValue(program, other)
  return known !== '' && known !== null && !isSubject(program, subject, other)
}
