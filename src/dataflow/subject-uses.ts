import { Op } from '../flow/facts.ts'
import type { FunctionRef, Program, ProgramFile, Ref } from '../program/program.ts'
import { ANY, attributeStep } from './demand.ts'
import { instruction, operand, text } from './reader.ts'
import type { Instruction } from './reader.ts'
import { changes, isSubject, partsWithin } from './subject.ts'
import type { Subject } from './subject.ts'
import { constantKey } from './stores.ts'

/** Values that are parts of a subject's beginning and are followed to their uses. */
const MAX_VALUES = 200

/** What a subject's function does with it and with what it is a part of. */
export interface SubjectUses {
  /** Calls that are given it, or a method of it, by block, each in order. */
  readonly calls: ReadonlyMap<number, readonly Ref[]>
  /** What iterating it gives. */
  readonly elements: readonly Ref[]
  /** Where it may be replaced, being a part of something. */
  readonly stores: readonly Ref[]
}

const NONE: SubjectUses = { calls: new Map(), elements: [], stores: [] }

export function subjectUses(program: Program, subject: Subject, of: FunctionRef): SubjectUses {
  if (program.functionOf(subject.root) !== of) return NONE
  const calls = new Set<Ref>()
  const elements: Ref[] = []
  const stores: Ref[] = []
  const values = new Set<Ref>([subject.root])
  for (const value of values) {
    if (values.size > MAX_VALUES) break
    for (const user of program.uses(value)) {
      const each = instruction(program, user)
      if (each.op === Op.Call) calls.add(user)
      else if (each.op === Op.Element && isSubject(program, subject, value)) elements.push(user)
      else if (operand(each, each.a) !== value) continue
      else if (each.op === Op.SetAttr || each.op === Op.SetIndex) {
        if (changes(program, subject, value, stepOf(program, each))) stores.push(user)
      } else if (isPart(each) && partsWithin(program, subject, user) !== undefined) values.add(user)
      else if (each.op === Op.Attr) for (const call of callsOf(program, user)) calls.add(call)
    }
  }
  return { calls: byBlock(program.fileOf(subject.root), [...calls].sort((one, other) => one - other)), elements, stores }
}

function isPart({ op, a }: Instruction): boolean {
  return a >= 0 && (op === Op.Attr || op === Op.Index || op === Op.Refine || op === Op.Annotated)
}

function stepOf(program: Program, store: Instruction): string {
  return store.op === Op.SetAttr ? attributeStep(text(store, store.b)) : store.b < 0 ? ANY : constantKey(program, operand(store, store.b))
}

function callsOf(program: Program, callee: Ref): readonly Ref[] {
  return program.uses(callee).filter((call) => {
    const of = instruction(program, call)
    return of.op === Op.Call && operand(of, of.a) === callee
  })
}

function byBlock({ facts, valueBase }: ProgramFile, calls: readonly Ref[]): ReadonlyMap<number, readonly Ref[]> {
  const blocks = new Map<number, Ref[]>()
  for (const call of calls) {
    const block = facts.block[call - valueBase] ?? -1
    const listed = blocks.get(block)
    if (listed) listed.push(call)
    else blocks.set(block, [call])
  }
  return blocks
}
