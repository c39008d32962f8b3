import { instruction, literal, operand, tagged } from '../dataflow/reader.ts'
import { ConstKind, Op } from '../flow/facts.ts'
import type { ArgumentModel, EntryPointModel } from '../models/model.ts'
import type { Knowledge } from '../models/knowledge.ts'
import type { FunctionRef, Program, ProgramFile, Ref } from '../program/program.ts'
import { argumentValues } from './arguments.ts'

/** Functions that frameworks call, with the model that says so. */
export type EntryPoints = ReadonlyMap<FunctionRef, EntryPoint>

/** A model, with what the call tells that registers the function. */
export interface EntryPoint extends EntryPointModel {
  /** Parameters that hold one segment of the request's path. */
  readonly segmentParameters?: ReadonlySet<string>
}

/** Finds entry points by decorator, by base class and by registering call. The first in file order wins. */
export function findEntryPoints(program: Program, knowledge: Knowledge): EntryPoints {
  const found = new Map<FunctionRef, EntryPoint>()
  const add = (of: FunctionRef, model: EntryPoint | undefined): void => {
    if (!model || found.has(of)) return
    found.set(of, model)
    giveTypes(program, of, model)
  }
  const names = new Set(knowledge.registrationNames())
  const registering = program.callsReaching([...names])
  for (const file of program.files) {
    for (const [index, each] of file.facts.functions.entries()) {
      for (const decorator of each.decorators) add(file.functionBase + index, byDecorator(program, knowledge, file.valueBase + decorator))
    }
    for (let index = 0; index < file.facts.classes.length; index++) addMethods(program, knowledge, file, index, add)
    for (const [of, model] of registered(program, knowledge, file, registering, names)) add(of, model)
  }
  return found
}

/** `@app.route(...)` or `@task`: the decorator's own name, or what is called to make it. */
function byDecorator(program: Program, knowledge: Knowledge, decorator: Ref): EntryPoint | undefined {
  const of = instruction(program, decorator)
  const named = of.op === Op.Call ? operand(of, of.a) : decorator
  const names = [...program.names(named), ...(of.op === Op.Call ? program.targets(decorator).library : [])]
  for (const name of names) {
    const model = knowledge.entryPointByDecorator(name)[0]
    if (model) return of.op === Op.Call ? withConverted(program, decorator, model) : model
  }
  return undefined
}

function addMethods(
  program: Program, knowledge: Knowledge, file: ProgramFile, index: number,
  add: (of: FunctionRef, model: EntryPoint | undefined) => void,
): void {
  const declared = file.facts.classes[index]
  const models = program.libraryBases(file.classBase + index).flatMap((base) => knowledge.entryPointsByBase(base))
  if (!declared || models.length === 0) return
  for (const [at, method] of file.facts.functions.entries()) {
    if (method.parent !== declared.body || method.kind !== 'function') continue
    const model = models.find(({ methods = [] }) => {
      return methods.includes(method.name) || methods.includes('*') && !method.name.startsWith('_')
    })
    add(file.functionBase + at, model)
  }
}

/** Tells the program what the framework passes to the parameters. */
function giveTypes(program: Program, of: FunctionRef, model: EntryPointModel): void {
  const file = program.fileOfFunction(of)
  const receiver = program.receiver(of)
  let isFirst = true
  for (const parameter of program.function(of).parameters) {
    const value = program.ref(file, parameter.value)
    if (value === receiver) continue
    const type = model.parameterTypes.get(parameter.name) ?? (isFirst ? model.firstParameterType : undefined)
    if (type !== undefined) program.giveType(value, type)
    isFirst = false
  }
}

function* registered(
  program: Program, knowledge: Knowledge, file: ProgramFile, candidates: ReadonlySet<Ref>, names: ReadonlySet<string>,
): Generator<[FunctionRef, EntryPoint]> {
  const { facts } = file
  for (let local = 0; local < facts.op.length; local++) {
    const call = file.valueBase + local
    if (facts.op[local] !== Op.Call || !candidates.has(call)) continue
    const callee = facts.a[local] ?? 0
    // Types are not asked of objects whose method registers nothing: what frameworks pass is not known yet.
    if (facts.op[callee] === Op.Attr && !names.has(facts.strings[facts.b[callee] ?? 0] ?? '')) continue
    // Many methods have the name of one that registers; few are given a function.
    if (!tagged(instruction(program, call)).some(({ value }) => functionsOf(program, value).length > 0)) continue
    for (const name of program.names(file.valueBase + callee)) {
      for (const model of knowledge.registrations(name)) {
        if (!model.argument) continue
        for (const value of argumentValues(program, call, model.argument)) {
          for (const target of functionsOf(program, value)) yield [target, withConverted(program, call, model)]
        }
      }
    }
  }
}

/** The model, with what the registering call's text tells of parameters: which are converted, and which hold one segment of the path. */
function withConverted(program: Program, call: Ref, model: EntryPointModel): EntryPoint {
  const { converts, segments } = model
  if (!converts && !segments) return model
  const converted = new Map(model.parameterTypes)
  if (converts) for (const name of namesIn(program, call, converts)) converted.set(name, converts.type)
  return { ...model, parameterTypes: converted, ...(segments && { segmentParameters: new Set(namesIn(program, call, segments)) }) }
}

/** Names that stand in an argument's text where a pattern has its group 1. */
function namesIn(program: Program, call: Ref, { argument, pattern }: { readonly argument: ArgumentModel, readonly pattern: string }): readonly string[] {
  return argumentValues(program, call, argument).flatMap((value) => {
    const route = literal(instruction(program, value))
    if (route?.kind !== ConstKind.String) return []
    return [...route.text.matchAll(new RegExp(pattern, 'gu'))].flatMap((match) => match[1] ?? [])
  })
}

/** Functions a value stands for, through names and decorators. */
function functionsOf(program: Program, value: Ref, depth = 0): FunctionRef[] {
  const of = instruction(program, value)
  if (of.op === Op.Function) return [of.file.functionBase + of.a]
  if (depth > 4) return []
  if (of.op === Op.Call) return of.args.filter((_, at) => at % 2 === 1).flatMap((local) => functionsOf(program, operand(of, local), depth + 1))
  return program.definitions(value).flatMap((each) => functionsOf(program, each, depth + 1))
}
