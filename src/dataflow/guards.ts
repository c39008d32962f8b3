import { ConstKind, ContainerKind, Op } from '../flow/facts.ts'
import type { Program, Ref } from '../program/program.ts'
import { instruction, literal, operand, tagged, text } from './reader.ts'
import type { FlowSemantics } from './search.ts'

/**
 * Why a value is known to be harmless where an instruction uses it: a condition
 * that holds there, or a checking call that must have returned normally before.
 * `undefined` when nothing says so. The returned text names the check.
 */
export function guardedAt(program: Program, semantics: FlowSemantics, value: Ref, user: Ref): Guard | undefined {
  const file = program.fileOf(user)
  if (program.fileOf(value) !== file || program.functionOf(value) !== program.functionOf(user)) return undefined
  const facts = file.facts
  let block = facts.block[user - file.valueBase] ?? -1
  // Dominator chains are acyclic by the facts' invariants; the bound is the number of blocks.
  for (let left = facts.dominator.length; block >= 0 && left > 0; left--) {
    const condition = facts.condition[block] ?? -1
    if (condition >= 0) {
      const at = file.valueBase + condition
      if (proves(program, semantics, at, facts.sense[block] === 1, value)) return { at }
    }
    block = facts.dominator[block] ?? -1
  }
  return returnedCheck(program, semantics, value, user)
}

export interface Guard {
  /** The condition or the checking call. */
  readonly at: Ref
}

/** Whether knowing that `condition` is `truth` proves the value harmless. */
function proves(program: Program, semantics: FlowSemantics, condition: Ref, truth: boolean, value: Ref): boolean {
  const of = instruction(program, condition)
  if (of.op === Op.Call) {
    const hit = semantics.guard(condition)
    return hit !== undefined && hit.when === String(truth) && hit.checked.some((each) => same(program, each, value))
  }
  if (of.op === Op.Unary && text(of, of.args[0] ?? 0) === 'not') return proves(program, semantics, operand(of, of.a), !truth, value)
  if (of.op !== Op.Binary) return false
  const operator = text(of, of.args[0] ?? 0)
  const left = operand(of, of.a)
  const right = operand(of, of.b)
  switch (operator) {
    case 'in':
      return truth && same(program, left, value) && isConstantContainer(program, right)
    case 'not in':
      return !truth && same(program, left, value) && isConstantContainer(program, right)
    case '==':
    case '!=':
      return truth === (operator === '==') && equalsConstant(program, left, right, value)
    case 'is':
    case 'is not':
      // `match is not None` is the truth of `match`.
      return isNull(program, right) && proves(program, semantics, left, truth === (operator === 'is not'), value)
    default:
      return false
  }
}

function equalsConstant(program: Program, left: Ref, right: Ref, value: Ref): boolean {
  return same(program, left, value) && isLiteral(program, right) || same(program, right, value) && isLiteral(program, left)
}

function isLiteral(program: Program, value: Ref): boolean {
  return literal(instruction(program, value)) !== undefined
}

function isNull(program: Program, value: Ref): boolean {
  return literal(instruction(program, value))?.kind === ConstKind.Null
}

/** A container literal of constants, or a name bound only to such. */
function isConstantContainer(program: Program, value: Ref, depth = 0): boolean {
  const of = instruction(program, value)
  if (of.op === Op.Container) {
    const isDict = of.b === ContainerKind.Dict
    return tagged(of).every(({ tag, value: element }) => isDict ? tag >= 0 && isLiteral(program, operand(of, tag)) : isLiteral(program, element))
  }
  if (depth >= 3) return false
  if (of.op === Op.Call) {
    // `frozenset({...})`, `set([...])`, `tuple(...)`: one constant container in, one out.
    const given = tagged(of)
    return program.targets(value).functions.length === 0 && given.length === 1
      && given.every((argument) => isConstantContainer(program, argument.value, depth + 1))
  }
  const definitions = program.definitions(value)
  return definitions.length > 0 && definitions.every((each) => isConstantContainer(program, each, depth + 1))
}

/** The same value, or a second read of the same attribute or constant element. */
function same(program: Program, one: Ref, other: Ref, depth = 0): boolean {
  if (one === other) return true
  if (depth > 4) return false
  const a = instruction(program, one)
  const b = instruction(program, other)
  if (a.op !== b.op || a.file !== b.file) return false
  if (a.op === Op.Attr) return a.b === b.b && same(program, operand(a, a.a), operand(b, b.a), depth + 1)
  if (a.op === Op.Index) {
    return same(program, operand(a, a.a), operand(b, b.a), depth + 1) && same(program, operand(a, a.b), operand(b, b.b), depth + 1)
  }
  if (a.op === Op.Name) return a.a === b.a
  if (a.op === Op.Const) return a.a === b.a && a.b === b.b
  return false
}

/** A checking call that raises otherwise, on every path before the use. */
function returnedCheck(program: Program, semantics: FlowSemantics, value: Ref, user: Ref): Guard | undefined {
  for (const call of program.uses(value)) {
    if (instruction(program, call).op !== Op.Call || call === user) continue
    const hit = semantics.guard(call)
    if (hit?.when !== 'returns' || !hit.checked.some((each) => same(program, each, value))) continue
    if (dominates(program, call, user)) return { at: call }
  }
  return undefined
}

/** Whether one instruction is executed before another on every path to it. */
export function dominates(program: Program, first: Ref, second: Ref): boolean {
  const { facts, valueBase } = program.fileOf(second)
  const wanted = facts.block[first - valueBase] ?? -1
  let block = facts.block[second - valueBase] ?? -1
  if (block === wanted) return first < second
  for (let left = facts.dominator.length; block >= 0 && left > 0; left--) {
    if (block === wanted) return true
    block = facts.dominator[block] ?? -1
  }
  return false
}
