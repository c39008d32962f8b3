import { ANY, attributeStep, EACH, KEYS, keyStep, SAME_NAME, SAME_NAME_ATTRIBUTE, VALUE } from '../dataflow/demand.ts'
import type { AccessPath } from '../dataflow/demand.ts'
import { constantText } from '../dataflow/evaluate.ts'
import { instruction } from '../dataflow/reader.ts'
import type { Passage, PassageParts, Propagation } from '../dataflow/search.ts'
import { Op } from '../flow/facts.ts'
import type { ArgumentModel, FieldsModel, PropagatorModel } from '../models/model.ts'
import type { PartStep } from '../models/parts.ts'
import type { Program, Ref } from '../program/program.ts'
import { argumentsGiven, argumentValues } from './arguments.ts'
import type { GivenArgument } from './arguments.ts'

/** Stands for the element under a field's name until the names are known. */
const FIELD = '[$field'

/** What the models of a library call say of its operands here. */
export function propagationOf(program: Program, call: Ref, models: readonly PropagatorModel[]): Propagation {
  const undone = models.flatMap((model) => (model.undoes.length === 0 ? [] : undoneBy(program, call, model)))
  if (undone.length > 0) return { toResult: undone, toReceiver: [], toArguments: [], clears: false, removes: false, sequence: undefined }
  const toResult: Passage[] = []
  const toReceiver: Passage[] = []
  const toArguments: (Passage & { readonly into: Ref })[] = []
  for (const model of models) {
    if (model.none) continue
    const passages = passagesOf(program, call, model)
    if (model.to === 'result') toResult.push(...passages)
    else if (model.to.receiver) toReceiver.push(...passages)
    else for (const into of argumentValues(program, call, model.to)) toArguments.push(...passages.map((each) => ({ ...each, into })))
  }
  const prefix = models.flatMap(({ fields }) => (fields === undefined ? [] : fixedBefore(program, call, fields) ?? []))[0]
  return { toResult, toReceiver, toArguments, ...(prefix !== undefined && { prefix }), clears: models.some((model) => model.clears), removes: models.some((model) => model.removes), sequence: models.find((model) => model.sequence)?.sequence }
}

/** What a call gives back as it was, where another call made of it what this one is given. */
function undoneBy(program: Program, call: Ref, model: PropagatorModel): Passage[] {
  return model.from.flatMap((from) => argumentValues(program, call, from)).flatMap((value) => {
    if (instruction(program, value).op !== Op.Call) return []
    const { library, functions } = program.targets(value)
    if (functions.length > 0 || !library.some((name) => model.undoes.includes(name))) return []
    return argumentValues(program, value, { position: 0 }).map((each): Passage => (
      { value: each, isCalled: false, isOtherwise: false, parts: { from: [], to: [] } }
    ))
  })
}

function passagesOf(program: Program, call: Ref, model: PropagatorModel): Passage[] {
  const given = model.from.flatMap((from) => argumentsGiven(program, call, from))
  const names = model.fields && fieldsOf(program, call, model.fields)
  const meant = names === undefined ? given : given.filter((each) => hasFields(model, each) || isNamed(each, names))
  return meant.flatMap((each) => {
    const passage = { value: each.value, isCalled: model.isCalled, isOtherwise: model.isOtherwise }
    if (names === undefined || !hasFields(model, each)) return [{ ...passage, ...partsOf(program, call, model, each, ANY) }]
    return [...names].map((name) => ({ ...passage, ...partsOf(program, call, model, each, keyStep(name)) }))
  })
}

/** Whether an argument holds the values of fields, one under each name. */
function hasFields({ parts }: PropagatorModel, { spread }: GivenArgument): boolean {
  return spread === 'named' || parts?.from.some(({ kind }) => kind === 'field') === true
}

function partsOf(
  program: Program, call: Ref, { parts, fields }: PropagatorModel, given: GivenArgument, field: string,
): Pick<Passage, 'parts'> {
  if (fields !== undefined && given.spread === 'named') return { parts: { from: [field], to: 'anywhere' } }
  if (!parts) return {}
  const from = resolved(program, call, parts.from, given)?.map((step) => (step === FIELD ? field : step))
  const to: PassageParts['to'] | undefined = parts.to === 'anywhere' ? parts.to : resolved(program, call, parts.to, given)
  // An attribute by a name that is not known is any of them.
  if (!from || !to) return {}
  if (given.spread === 'elements') return { parts: { from: [EACH, ...from], to } }
  // Keys of what is spread are names of arguments: with the name as a key on the other side, they stay what they are.
  if (given.spread === 'named' && to !== 'anywhere') {
    return parts.to[0] !== undefined && parts.to !== 'anywhere' && parts.to[0].kind === 'keyword' ? { parts: { from, to: to.slice(1) } } : { parts: { from: [ANY, ...from], to } }
  }
  return { parts: { from, to } }
}

/** Steps with what this call gives for them; `undefined` where an attribute's name is not known. */
function resolved(program: Program, call: Ref, steps: readonly PartStep[], given: GivenArgument): AccessPath | undefined {
  const path: string[] = []
  for (const step of steps) {
    const known = stepOf(program, call, step, given)
    if (known === undefined) return undefined
    path.push(known)
  }
  return path
}

function stepOf(program: Program, call: Ref, step: PartStep, given: GivenArgument): string | undefined {
  switch (step.kind) {
    case 'any':
      return ANY
    case 'each':
      return EACH
    case 'value':
      return VALUE
    case 'field':
      return FIELD
    case 'keys':
      return KEYS
    case 'key':
      return keyStep(step.name)
    case 'attribute':
      return attributeStep(step.name)
    case 'keyword':
      return given.keyword === '' ? ANY : keyStep(given.keyword)
    case 'position':
      return given.position < 0 ? ANY : keyStep(String(given.position))
    case 'keyword-attribute':
      return given.keyword === '' ? undefined : attributeStep(given.keyword)
    case 'same-name':
      return SAME_NAME
    case 'same-name-attribute':
      return SAME_NAME_ATTRIBUTE
    case 'given-key': {
      const key = textOf(program, call, { position: step.position })
      return key === undefined ? ANY : keyStep(key)
    }
    case 'given-attribute': {
      const name = textOf(program, call, { position: step.position })
      return name === undefined ? undefined : attributeStep(name)
    }
  }
}

function textOf(program: Program, call: Ref, argument: ArgumentModel): string | undefined {
  const values = argumentsGiven(program, call, argument)
  const [only] = values
  return values.length === 1 && only?.spread === '' ? constantText(program, only.value) : undefined
}

/** The text of a constant template in front of its first field. */
function fixedBefore(program: Program, call: Ref, fields: FieldsModel): string | undefined {
  const template = textOf(program, call, fields.template)
  const first = template?.search(new RegExp(fields.pattern)) ?? -1
  return first > 0 ? template?.slice(0, first) : undefined
}

/** Names and numbers that a constant template has; `undefined` when it is not known. */
function fieldsOf(program: Program, call: Ref, fields: FieldsModel): ReadonlySet<string> | undefined {
  const template = textOf(program, call, fields.template)
  if (template === undefined) return undefined
  const names = new Set<string>()
  let next = 0
  for (const [, name] of template.matchAll(new RegExp(fields.pattern, 'g'))) {
    if (name !== undefined) names.add(name === '' ? String(next++) : name)
  }
  return names
}

/** Whether an argument may be one of those that a template names. */
function isNamed({ keyword, position, spread }: GivenArgument, names: ReadonlySet<string>): boolean {
  if (spread !== '') return names.size > 0
  return keyword === '' ? position < 0 || names.has(String(position)) : names.has(keyword)
}
