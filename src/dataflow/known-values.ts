import { ContainerKind, Op } from '../flow/facts.ts'
import type { Program, Ref } from '../program/program.ts'
import { certainTargets } from './certain-targets.ts'
import { ANY, VALUE } from './demand.ts'
import { evaluator } from './evaluate.ts'
import type { Known } from './evaluate.ts'
import { instruction, literal, operand, tagged, text as textAt, values } from './reader.ts'
import type { FlowSemantics } from './search.ts'
import type { Frame } from './subject.ts'

/** Names and calls followed to the container that they stand for. */
const MAX_DEPTH = 4

/** The value that an expression always has, if it is one that is written in the program. */
export function knownValue(program: Program, value: Ref): Known | undefined {
  return evaluator(program).valueOf(value) ?? literal(instruction(program, value))?.text
}

/**
 * What a container written in the program holds, of a mapping its keys; a text
 * holds its characters and the texts in it. `undefined` when it may hold anything else.
 */
export function knownElements(
  program: Program, semantics: FlowSemantics, container: Ref, frame?: Frame,
): readonly Known[] | undefined {
  return elements({ program, semantics, frame }, container, 0)
}

/** What a call gives for the parameter that a value is, as far as the frames tell; otherwise the value. */
export function settled(program: Program, value: Ref, frame: Frame | undefined): { value: Ref, frame: Frame | undefined } {
  let at = value
  let around = frame
  for (let each = frame; each; each = each.outer) {
    const of = instruction(program, at)
    if (of.op !== Op.Param || program.functionOf(at) !== each.target) break
    const [given, ...others] = program.argumentFor(each.call, each.target, of.b)
    if (!given || others.length > 0 || given.how === 'element' || given.into !== undefined) break
    at = given.value
    around = given.how === 'default' ? undefined : each.outer
    if (given.how === 'default') break
  }
  return { value: at, frame: around }
}

interface KnownElements {
  readonly program: Program
  readonly semantics: FlowSemantics
  readonly frame: Frame | undefined
}

function elements(known: KnownElements, container: Ref, depth: number): readonly Known[] | undefined {
  const { program } = known
  const of = instruction(program, container)
  if (depth > MAX_DEPTH) return undefined
  const next = depth + 1
  const text = knownValue(program, container)
  if (text !== undefined) return typeof text === 'string' ? [text] : undefined
  switch (of.op) {
    case Op.Refine:
      return elements(known, operand(of, of.a), next)
    case Op.Phi:
      return union(known, values(of), next)
    case Op.Param: {
      const given = settled(program, container, known.frame)
      return given.value === container ? undefined : elements({ ...known, frame: given.frame }, given.value, next)
    }
    case Op.Container:
      return of.b === ContainerKind.Generator ? undefined : written(known, of.ref, next)
    case Op.Call:
      return remade(known, container, next)
    case Op.Binary: {
      const operator = textAt(of, of.firstArg)
      return operator === '+' || operator === '|' ? union(known, [operand(of, of.a), operand(of, of.b)], next) : undefined
    }
    default:
      return union(known, meanings(program, container), next)
  }
}

/** Elements of a container literal, those of what is spread into it included. */
function written(known: KnownElements, container: Ref, depth: number): readonly Known[] | undefined {
  const { program } = known
  const of = instruction(program, container)
  const found: Known[] = []
  for (const { tag, value } of tagged(of)) {
    const isKey = of.b === ContainerKind.Dict && tag >= 0
    const isSpread = tag < -1
    if (isSpread) {
      const spread = elements(known, value, depth)
      if (spread === undefined) return undefined
      found.push(...spread)
      continue
    }
    const element = knownValue(program, isKey ? operand(of, tag) : value)
    if (element === undefined) return undefined
    found.push(element)
  }
  return found
}

/** `frozenset({...})`, `set([...])`, `table.keys()`: one container in, one out. */
function remade(known: KnownElements, call: Ref, depth: number): readonly Known[] | undefined {
  const { functions, constructs } = known.program.targets(call)
  if (constructs.length > 0) return undefined
  if (functions.length > 0) return union(known, returnsOf(known.program, call), depth)
  const passages = known.semantics.propagation(call)?.toResult ?? []
  const [only] = passages
  if (passages.length !== 1 || !only || only.isCalled) return undefined
  const isOfValues = only.parts?.from[0] === VALUE || only.parts?.from[0] === ANY
  const of = instruction(known.program, only.value)
  return isOfValues && of.op === Op.Container && of.b === ContainerKind.Dict ? undefined : elements(known, only.value, depth)
}

/** All that the functions may return which a call runs; none when that is not known. */
function returnsOf(program: Program, call: Ref): readonly Ref[] {
  const returned: Ref[] = []
  for (const target of certainTargets(program, call)) {
    const { valueBase } = program.fileOfFunction(target)
    for (const local of program.function(target).returns) {
      const of = instruction(program, valueBase + local)
      if (of.a < 0) return []
      returned.push(operand(of, of.a))
    }
  }
  return returned
}

/** What a name or attribute stands for: its definitions, or all that is ever stored in the attribute. */
function meanings(program: Program, value: Ref): readonly Ref[] {
  const definitions = program.definitions(value)
  const of = instruction(program, value)
  if (definitions.length > 0 || of.op !== Op.Attr) return definitions
  const types = program.types(operand(of, of.a))
  return types.length === 0 ? [] : program.attributeStores(types, textAt(of, of.b))
}

function union(known: KnownElements, containers: readonly Ref[], depth: number): readonly Known[] | undefined {
  if (containers.length === 0) return undefined
  const found: Known[] = []
  for (const each of containers) {
    const inside = elements(known, each, depth)
    if (inside === undefined) return undefined
    found.push(...inside)
  }
  return found
}
