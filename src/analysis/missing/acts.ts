import { instruction, literal, tagged } from '../../dataflow/reader.ts'
import { ArgTag, Op } from '../../flow/facts.ts'
import type { Knowledge } from '../../models/knowledge.ts'
import type { ActModel, ArgumentValue } from '../../models/model.ts'
import { isAnonymous } from '../../program/program.ts'
import type { FunctionRef, Program, Ref } from '../../program/program.ts'
import { argumentValues, receiverOf } from '../arguments.ts'

/** A call that does something rules about missing behaviour speak of. */
export interface Act {
  readonly call: Ref
  readonly model: ActModel
}

/** Acts of some kinds outside of test code, in order of place. */
export function actsIn(program: Program, knowledge: Knowledge, kinds: readonly string[]): readonly Act[] {
  const names = knowledge.actNames(kinds)
  if (names.length === 0) return []
  return [...program.callsReaching(names)].sort((one, other) => one - other).flatMap((call) => (
    program.fileOf(call).isTest || !mayBe(program, call, names) ? [] : actsOfCall(program, knowledge, call, kinds)
  ))
}

/** Whether a call is worth resolving: calls of what has no name are too many to be asked for their targets here. */
function mayBe(program: Program, call: Ref, names: readonly string[]): boolean {
  const of = instruction(program, call)
  const callee = instruction(program, of.file.valueBase + of.a)
  if (callee.op === Op.Attr) return names.includes(of.file.facts.strings[callee.b] ?? '')
  if (callee.op !== Op.Call) return callee.op === Op.Name || callee.op === Op.Import
  const made = instruction(program, of.file.valueBase + callee.a)
  return made.op === Op.Attr && names.includes(of.file.facts.strings[made.b] ?? '') || made.op === Op.Name || made.op === Op.Import
}

/** What one call does, of some kinds. */
export function actsOfCall(program: Program, knowledge: Knowledge, call: Ref, kinds: readonly string[]): readonly Act[] {
  const { library, method, functions, guess } = program.targets(call)
  const isMeant = (model: ActModel): boolean => (
    kinds.includes(model.kind) && model.when.every((wanted) => holds(program, call, wanted))
  )
  const named = library.flatMap((name) => knowledge.actsOf(name)).filter(isMeant)
  const isOpen = method !== '' && library.every(isAnonymous) && (functions.length === 0 || guess)
  const models = named.length > 0 || !isOpen || receiverOf(program, call).length === 0
    ? named
    : knowledge.actsNamed(method).filter(isMeant)
  return models.map((model) => ({ call, model }))
}

/** What a value does when it is called or applied as a decorator. */
export function actsNamedBy(program: Program, knowledge: Knowledge, value: Ref, kinds: readonly string[]): readonly ActModel[] {
  return program.names(value).flatMap((name) => knowledge.actsOf(name)).filter(({ kind }) => kinds.includes(kind))
}

/** Whether an argument is written as one of the constants or names that a model gives. */
function holds(program: Program, call: Ref, wanted: ArgumentValue): boolean {
  const given = argumentValues(program, call, wanted.argument)
  if (wanted.equals.length === 0 && wanted.denotes.length === 0) return wanted.absent ? given.length === 0 : given.length > 0 || spreads(program, call)
  if (given.length === 0) return wanted.absent
  return given.some((value) => {
    const known = literal(instruction(program, value))
    if (known !== undefined && wanted.equals.includes(known.text)) return true
    return program.names(value).some((name) => wanted.denotes.includes(name))
  })
}

/** Whether a call hands on arguments by names that are not written. */
function spreads(program: Program, call: Ref): boolean {
  return tagged(instruction(program, call)).some(({ tag }) => tag === ArgTag.DoubleSpread)
}

/** Functions nested in a function, itself first. */
export function withNested(program: Program, of: FunctionRef): readonly FunctionRef[] {
  const { facts, functionBase } = program.fileOfFunction(of)
  const found = new Set([of - functionBase])
  // A function comes after the one that holds it.
  for (let index = of - functionBase + 1; index < facts.functions.length; index++) {
    const parent = facts.functions[index]?.parent ?? -1
    if (found.has(parent)) found.add(index)
  }
  return [...found].map((index) => functionBase + index)
}
