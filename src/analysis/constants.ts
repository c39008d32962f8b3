import { searchBackward } from '../dataflow/backward.ts'
import { instruction, literal } from '../dataflow/reader.ts'
import type { FlowSemantics, Origin } from '../dataflow/search.ts'
import { ConstKind } from '../flow/facts.ts'
import type { ArgumentValue } from '../models/model.ts'
import type { Program, Ref } from '../program/program.ts'
import type { ConstantTest } from '../rules/rule.ts'
import { argumentValues } from './arguments.ts'

/** Where a value itself comes from, computations not followed. */
export function exactOrigins(program: Program, semantics: FlowSemantics, value: Ref, at: Ref): readonly Origin[] {
  return searchBackward(program, { value, at, semantics, exact: true }).origins
}

/** Whether a literal is one the rule calls dangerous. */
export function isDangerous(program: Program, value: Ref, test: ConstantTest): boolean {
  const known = literal(instruction(program, value))
  if (!known) return false
  if (test.not !== '' && whole(test.not).test(known.text)) return false
  if (test.equals.includes(known.text)) return true
  if (test.mask !== 0 && known.kind === ConstKind.Number && (Number(known.text) & test.mask) !== 0) return true
  const isText = known.kind === ConstKind.String || known.kind === ConstKind.Bytes
  return test.matches !== '' && isText && whole(test.matches).test(known.text)
}

function whole(expression: string): RegExp {
  return new RegExp(`^(?:${expression})$`, 'su')
}

/**
 * Whether an argument of a call has a value that a model names. Where several
 * values may arrive, one suffices.
 */
export function argumentHolds(program: Program, semantics: FlowSemantics, call: Ref, wanted: ArgumentValue): boolean {
  const given = argumentValues(program, call, wanted.argument)
  if (given.length === 0) return wanted.absent
  if (wanted.equals.length === 0 && wanted.denotes.length === 0) return !wanted.absent
  return given.some((value) => {
    if (program.names(value).some((name) => wanted.denotes.includes(name))) return true
    return exactOrigins(program, semantics, value, call).some((origin) => {
      if (program.names(origin.at).some((name) => wanted.denotes.includes(name))) return true
      const known = origin.type === 'constant' ? literal(instruction(program, origin.at)) : undefined
      return known !== undefined && wanted.equals.includes(known.text)
    })
  })
}
