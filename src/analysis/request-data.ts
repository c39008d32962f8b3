import { instruction, literal, operand, tagged, text } from '../dataflow/reader.ts'
import type { FunctionFacts } from '../flow/facts.ts'
import { Op } from '../flow/facts.ts'
import type { Knowledge } from '../models/knowledge.ts'
import type { EntryPointModel } from '../models/model.ts'
import type { FunctionRef, Program, ProgramFile, Ref } from '../program/program.ts'
import { argumentValues } from './arguments.ts'
import { actsOfCall } from './missing/acts.ts'

/** The kind of act that runs a function and passes its result to the parameter beside which it stands. */
const DEPENDENCY = 'dependency'

/** The kind of act that makes a method the check of fields. */
const FIELD_CHECK = 'field-check'

/** Depth to which defaults and annotations are looked at: aliases of types, lists of what stands beside a type. */
const MAX_DEPTH = 6

type ParameterFacts = FunctionFacts['parameters'][number]

/**
 * Whether a framework that reads the declarations of parameters fills this one with
 * text from the request: it is no dependency, none of the framework's own objects,
 * and not converted to a number, a date or a member of an enumeration.
 */
export function isRequestData(
  program: Program, knowledge: Knowledge, owner: FunctionRef, entry: EntryPointModel, parameter: ParameterFacts,
): boolean {
  const file = program.fileOfFunction(owner)
  const declared = [parameter.default, parameter.annotation].filter((local) => local >= 0).map((local) => program.ref(file, local))
  if (declared.some((value) => isDependency(program, knowledge, value, 0))) return false
  const types = parameter.annotation < 0 ? [] : program.types(program.ref(file, parameter.value))
  if (types.some((type) => entry.injects.some((own) => program.isSubtype(type, own)))) return false
  return types.length === 0 || !types.every((type) => isConverted(program, knowledge, type))
}

/** Whether a value is read from a field of an object that was checked, and whose declared type lets no text of the sender's choosing in. */
export function isCheckedField(program: Program, knowledge: Knowledge, value: Ref): boolean {
  const of = instruction(program, value)
  if (of.op !== Op.Attr) return false
  const types = program.types(operand(of, of.a))
  if (types.length === 0 || !types.every((type) => isChecked(program, knowledge, type))) return false
  if (types.every((type) => hasFieldCheck(program, knowledge, type, text(of, of.b)))) return true
  const declared = program.types(value)
  return declared.length > 0 && declared.every((type) => isConverted(program, knowledge, type))
}

/** Whether a class has a method that the library runs on a field and that can refuse its value. */
function hasFieldCheck(program: Program, knowledge: Knowledge, type: string, field: string): boolean {
  const own = program.classNamed(type)
  if (own === undefined) return false
  const file = program.fileOfClass(own)
  const { body } = program.class(own)
  return file.facts.functions.some((method, index) => method.parent === body && method.decorators.some((local) => {
    const decorator = file.valueBase + local
    const checks = actsOfCall(program, knowledge, decorator, [FIELD_CHECK])
    const names = checks.flatMap(({ model }) => (model.argument === undefined ? [] : argumentValues(program, decorator, model.argument)))
    return names.some((name) => literal(instruction(program, name))?.text === field) && raises(file, index)
  }))
}

function raises(file: ProgramFile, index: number): boolean {
  const { firstValue, valueCount } = file.facts.functions[index] ?? { firstValue: 0, valueCount: 0 }
  return file.facts.op.subarray(firstValue, firstValue + valueCount).includes(Op.Raise)
}

function isChecked(program: Program, knowledge: Knowledge, type: string): boolean {
  const own = program.classNamed(type)
  return own !== undefined && program.libraryBases(own).some((base) => knowledge.validates(base))
}

/** Whether values of a type hold no text of the sender's choosing. */
function isConverted(program: Program, knowledge: Knowledge, type: string): boolean {
  if (knowledge.isPlain(type)) return true
  const own = program.classNamed(type)
  return own !== undefined && program.libraryBases(own).some((base) => knowledge.isEnumeration(base))
}

function isDependency(program: Program, knowledge: Knowledge, value: Ref, depth: number): boolean {
  if (depth > MAX_DEPTH) return false
  const of = instruction(program, value)
  const within = (each: Ref): boolean => isDependency(program, knowledge, each, depth + 1)
  switch (of.op) {
    case Op.Call: return actsOfCall(program, knowledge, value, [DEPENDENCY]).length > 0
    case Op.Container: return tagged(of).some((each) => within(each.value))
    case Op.Index: return within(operand(of, of.b))
    case Op.Name: case Op.Import: case Op.Attr: return program.definitions(value).some(within)
    case Op.Annotated: return of.a >= 0 && within(operand(of, of.a))
    default: return false
  }
}
