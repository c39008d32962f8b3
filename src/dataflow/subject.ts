import { Op } from '../flow/facts.ts'
import type { FunctionRef, Program, Ref } from '../program/program.ts'
import { ANY, AS_TEXT, attributeStep } from './demand.ts'
import { instruction, operand, text } from './reader.ts'
import { constantKey } from './stores.ts'

/**
 * What is checked: a value, or a part of it that is read again where it is used, as
 * `self.name` or `options['name']`. Two reads of the same part are the same subject.
 */
export interface Subject {
  /** Equal for the same subject: the value it begins with, and the parts from there. */
  readonly key: string
  /** The value it begins with. */
  readonly root: Ref
  /** One element of what is checked, or one character of it: that it is one of several is not enough for the whole. */
  readonly isPart?: boolean
  /** The calls through which a function of the subject was entered: they tell what its other parameters are. */
  readonly frame?: Frame
}

/** A call that a function was entered by. */
export interface Frame {
  readonly call: Ref
  readonly target: FunctionRef
  readonly outer: Frame | undefined
}

/** Names a subject in its function, entered as it was. */
export function subjectKey({ key, isPart, frame }: Subject): string {
  let calls = ''
  for (let each = frame; each; each = each.outer) calls += `${each.call},`
  return `${isPart === true ? '*' : ''}${calls}|${key}`
}

/** Parts of parts that are looked through. */
const MAX_STEPS = 6

const STEP = '\u0001'

export function subjectOf(program: Program, value: Ref): Subject {
  let steps = ''
  let root = value
  for (let left = MAX_STEPS; left > 0; left--) {
    const of = instruction(program, root)
    if (of.op === Op.Refine || of.op === Op.Annotated && of.a >= 0) root = operand(of, of.a)
    else if (of.op === Op.Attr) {
      steps = `${STEP}${attributeStep(text(of, of.b))}${steps}`
      root = operand(of, of.a)
    } else if (of.op === Op.Index) {
      const key = constantKey(program, operand(of, of.b))
      steps = `${STEP}${key === ANY ? `[$${bare(program, operand(of, of.b))}` : key}${steps}`
      root = operand(of, of.a)
    } else if (of.op === Op.Element) {
      steps = `${STEP}*${of.ref}${steps}`
      root = operand(of, of.a)
    } else break
  }
  return { key: beginning(program, root) + steps, root }
}

/** A subject that begins with a value and continues with parts, as `within` gives them. */
export function extended(program: Program, value: Ref, parts: string): Subject {
  const begun = subjectOf(program, value)
  return { key: begun.key + parts, root: begun.root }
}

/** One part further in, by a step of an access path; `undefined` when it may be any of several. */
export function partOf(subject: Subject, step: string | undefined): Subject | undefined {
  const isOne = step !== undefined && step.length > 1 && (step.startsWith('.') || step.startsWith('['))
  return isOne && step !== AS_TEXT[0] ? { ...subject, key: subject.key + STEP + step } : undefined
}

/** The parts of a value that a subject is; `''` for the value itself, `undefined` when it is no part of it. */
export function partsWithin(program: Program, subject: Subject, value: Ref): string | undefined {
  if (value !== subject.root && isOwnBeginning(program, value)) return undefined
  const { key } = subjectOf(program, value)
  if (subject.key === key) return ''
  return subject.key.startsWith(key + STEP) ? subject.key.slice(key.length) : undefined
}

/** Whether what is stored under a step of an object becomes the subject, or something that it is a part of. */
export function changes(program: Program, subject: Subject, object: Ref, step: string): boolean {
  const parts = partsWithin(program, subject, object)
  if (parts === undefined || parts === '') return false
  const first = parts.slice(STEP.length).split(STEP)[0] ?? ''
  return step === ANY ? !first.startsWith('.') : first === step
}

/** Whether a subject is read from an object where it is used, and is no value of its own. */
export function isPartOfObject(subject: Subject): boolean {
  return subject.key.includes(STEP)
}

/** Whether a value is the subject. */
export function isSubject(program: Program, subject: Subject, value: Ref): boolean {
  if (value === subject.root && !subject.key.includes(STEP)) return true
  return !isOwnBeginning(program, value) && subjectOf(program, value).key === subject.key
}

/** Whether a value is read from nothing and written once, so that only it begins the subjects that it is in. */
function isOwnBeginning(program: Program, value: Ref): boolean {
  const { facts, valueBase } = program.fileOf(value)
  return !READ_FROM_ELSEWHERE.has(facts.op[value - valueBase] ?? Op.Unknown)
}

const READ_FROM_ELSEWHERE: ReadonlySet<number> = new Set([
  Op.Refine, Op.Annotated, Op.Attr, Op.Index, Op.Element, Op.Name, Op.Const,
])

/** The value that something is at first, without what is only known of it. */
function bare(program: Program, value: Ref): string {
  let root = value
  for (let left = MAX_STEPS; left > 0; left--) {
    const of = instruction(program, root)
    if (of.op !== Op.Refine && (of.op !== Op.Annotated || of.a < 0)) break
    root = operand(of, of.a)
  }
  return beginning(program, root)
}

/** Reads of one name, and one literal written twice, are the same value. */
function beginning(program: Program, root: Ref): string {
  const of = instruction(program, root)
  if (of.op === Op.Name) return `n${of.file.valueBase}:${of.a}`
  if (of.op === Op.Const) return `c${of.file.valueBase}:${of.a}:${of.b}`
  return String(root)
}
