import { instruction, literal, operand, tagged, text } from '../../dataflow/reader.ts'
import type { Instruction } from '../../dataflow/reader.ts'
import { ContainerKind, Op } from '../../flow/facts.ts'
import type { Program, Ref } from '../../program/program.ts'

/** Names that programs give the exceptions by which they refuse. */
const REFUSING = /forbidden|unauthori[sz]ed|notauthori[sz]ed|permissiondenied|accessdenied/i

/** Exceptions of the program's own that it raises to refuse. */
export function raised(program: Program): readonly Ref[] {
  const found: Ref[] = []
  for (const { facts, valueBase, isTest } of program.files) {
    if (isTest) continue
    for (let local = 0; local < facts.op.length; local++) {
      if (facts.op[local] !== Op.Raise || (facts.a[local] ?? -1) < 0) continue
      const value = instruction(program, valueBase + (facts.a[local] ?? 0))
      const named = value.op === Op.Call ? instruction(program, operand(value, value.a)) : value
      if (REFUSING.test(writtenLast(named))) found.push(value.op === Op.Call ? value.ref : valueBase + local)
    }
  }
  return found
}

/** Whether a place only says in other words that somebody else has refused: it is run for an exception of such a name. */
export function isTranslation(program: Program, place: Ref): boolean {
  const { facts, valueBase } = program.fileOf(place)
  const { firstValue } = program.function(program.functionOf(place))
  const dominating = new Set<number>()
  for (let block = facts.block[place - valueBase] ?? -1; block >= 0; block = facts.dominator[block] ?? -1) dominating.add(block)
  for (let local = place - valueBase; local >= firstValue; local--) {
    if (facts.op[local] !== Op.Caught || !dominating.has(facts.block[local] ?? -1)) continue
    const type = facts.a[local] ?? -1
    return type >= 0 && REFUSING.test(writtenLast(instruction(program, valueBase + type)))
  }
  return false
}

/** The last part of the name that something is written with; of what is imported its own name. */
function writtenLast(named: Instruction): string {
  if (named.op === Op.Attr) return text(named, named.b)
  if (named.op === Op.Name) return text(named, named.a)
  return named.op === Op.Import ? named.file.facts.imports[named.a]?.name ?? '' : ''
}

/** Codes by which the protocol of the web refuses a caller. */
const REFUSING_CODES: ReadonlySet<string> = new Set(['401', '403'])

/** Returns of a body together with a code that refuses: how Flask and its like answer. */
export function returned(program: Program): readonly Ref[] {
  const found: Ref[] = []
  for (const { facts, valueBase, isTest } of program.files) {
    if (isTest) continue
    for (const { returns } of facts.functions) {
      for (const local of returns) {
        const value = facts.a[local] ?? -1
        if (value < 0 || facts.op[value] !== Op.Container || facts.b[value] !== ContainerKind.Tuple) continue
        const [, code] = tagged(instruction(program, valueBase + value))
        if (code !== undefined && REFUSING_CODES.has(literal(instruction(program, code.value))?.text ?? '')) found.push(valueBase + local)
      }
    }
  }
  return found
}

/** The last part of a name that a value denotes; `''` when none is known. */
export function lastName(program: Program, value: Ref): string {
  const [name = ''] = program.names(value)
  return name.slice(name.lastIndexOf('.') + 1)
}
