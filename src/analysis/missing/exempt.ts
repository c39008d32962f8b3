import { instruction, operand } from '../../dataflow/reader.ts'
import { spelled } from '../../dataflow/steps.ts'
import { CallFlag, Op } from '../../flow/facts.ts'
import type { FunctionRef, Program, Ref } from '../../program/program.ts'
import { saysChange, writtenName } from './changes.ts'

/** How far a value is followed into the calls that make what is raised. */
const MAX_DEPTH = 4

/** Names of handlers that callers come to before they are known, and of those that tell only how the program is. */
const OPEN = /log_?(?:in|out|on|off)(?!e|g)|sign_?(?:in(?!g)|up|out)|authenticat|oauth|saml|callback|forgot|recover|reset_?password|password_?reset|health|heartbeat|(?:^|_)ping$|robots|favicon|versions?(?:_?controller|_?handler|_?resource|$)/i

/** Whether the name of a handler or its class says that it must be open. */
export function isOpenByName(program: Program, of: FunctionRef): boolean {
  const { qualifiedName } = program.function(of)
  return OPEN.test(qualifiedName)
}

/** Whether a function does nothing but refuse: all that it calls makes what is raised, or always raises. */
export function onlyRefuses(program: Program, of: FunctionRef): boolean {
  const file = program.fileOfFunction(of)
  const { firstValue, valueCount } = program.function(of)
  for (let local = firstValue; local < firstValue + valueCount; local++) {
    if (file.facts.op[local] !== Op.Call || ((file.facts.b[local] ?? 0) & CallFlag.Decorator) !== 0) continue
    const call = file.valueBase + local
    if (isRaised(program, call, 0)) continue
    const { functions, library, guess } = program.targets(call)
    // Of several, as methods of an abstract class are, another may be meant.
    if (functions.length !== 1 || guess || saysChange(writtenName(program, call)) || library.length > 0 || !functions.every((each) => alwaysRaises(program, each))) return false
  }
  return true
}

function isRaised(program: Program, value: Ref, depth: number): boolean {
  return depth < MAX_DEPTH && program.uses(value).some((use) => {
    const by = instruction(program, use)
    if (by.op === Op.Raise) return true
    const isPart = by.op === Op.Call && operand(by, by.a) !== value || by.op === Op.Binary || by.op === Op.Template || by.op === Op.Container
    return isPart && isRaised(program, use, depth + 1)
  })
}

/** Whether every way out of a function is an exception. */
export function alwaysRaises(program: Program, of: FunctionRef): boolean {
  const file = program.fileOfFunction(of)
  const { facts } = file
  const { firstBlock, blockCount, firstValue, valueCount, returns } = program.function(of)
  if (returns.length > 0) return false
  const raising = new Set<number>()
  for (let local = firstValue; local < firstValue + valueCount; local++) {
    if (facts.op[local] !== Op.Raise) continue
    // An abstract method: what runs is another.
    if (/NotImplemented/.test(raisedName(program, file.valueBase + local))) return false
    raising.add(facts.block[local] ?? -1)
  }
  for (let block = firstBlock; block < firstBlock + blockCount; block++) {
    const isEnd = facts.successorStart[block] === facts.successorStart[block + 1]
    const isReached = block === firstBlock || (facts.dominator[block] ?? -1) >= 0
    if (isEnd && isReached && !raising.has(block) && !follows(facts, block, raising)) return false
  }
  return raising.size > 0
}

/** How the exception of a raise is written; `''` for one that is raised again. */
function raisedName(program: Program, raise: Ref): string {
  const of = instruction(program, raise)
  return of.a < 0 ? '' : spelled(program, operand(of, of.a))
}

/** Whether a block stands after a raise, where control never comes. */
function follows(facts: { readonly dominator: Int32Array }, block: number, raising: ReadonlySet<number>): boolean {
  for (let each = facts.dominator[block] ?? -1; each >= 0; each = facts.dominator[each] ?? -1) if (raising.has(each)) return true
  return false
}

/** Functions that a decorator must mark before it counts as the program's way to say something of them. */
const MIN_MARKED = 2

/**
 * Decorators that only functions without a check bear: so a program says that a
 * function is open on purpose. By the names they denote.
 */
export function openMarks(program: Program, checked: readonly FunctionRef[], open: readonly FunctionRef[]): ReadonlySet<string> {
  const onChecked = new Set(checked.flatMap((of) => decoratorNames(program, of)))
  const counts = new Map<string, number>()
  for (const of of open) for (const name of new Set(decoratorNames(program, of))) counts.set(name, (counts.get(name) ?? 0) + 1)
  return new Set([...counts].filter(([name, count]) => count >= MIN_MARKED && !onChecked.has(name)).map(([name]) => name))
}

/** Names that the decorators of a function denote, or the calls that make them. */
export function decoratorNames(program: Program, of: FunctionRef): readonly string[] {
  const file = program.fileOfFunction(of)
  return program.function(of).decorators.flatMap((local) => {
    const decorator = instruction(program, program.ref(file, local))
    return program.names(decorator.op === Op.Call ? operand(decorator, decorator.a) : decorator.ref)
  })
}

/**
 * A method of the same name in another class beside it that is checked: what a framework runs before, to read the
 * request, may have checked already.
 */
export function partnerOf(program: Program, of: FunctionRef, isChecked: (each: FunctionRef) => boolean): FunctionRef | undefined {
  const { facts, functionBase } = program.fileOfFunction(of)
  const { name, classIndex } = program.function(of)
  const index = facts.functions.findIndex((each, at) => (
    each.name === name && each.kind === 'function' && each.classIndex >= 0 && each.classIndex !== classIndex && isChecked(functionBase + at)
  ))
  return index < 0 ? undefined : functionBase + index
}
