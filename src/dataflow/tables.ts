import { ArgTag, ConstKind, ContainerKind, Op } from '../flow/facts.ts'
import type { FileFacts } from '../flow/facts.ts'
import type { Program, Ref } from '../program/program.ts'
import { instruction, literal, operand, tagged } from './reader.ts'

/**
 * The value under a constant key or index of a container that is written out once
 * and changed nowhere; `undefined` when that is not known.
 */
export function elementWritten(program: Program, container: Ref, key: string | number): Ref | undefined {
  const [only = container, ...others] = program.definitions(container)
  const of = instruction(program, only)
  if (others.length > 0 || of.op !== Op.Container || tablesOf(program).mayChange(container, only)) return undefined
  const given = tagged(of)
  if (of.b !== ContainerKind.Dict) {
    const isPlain = of.b === ContainerKind.List || of.b === ContainerKind.Tuple
    const isWritten = isPlain && given.length > 1 && given.every(({ tag }) => tag === ArgTag.Positional)
    return isWritten && typeof key === 'number' && key >= 0 ? given[key]?.value : undefined
  }
  let found: Ref | undefined
  for (const { tag, value } of given) {
    const known = tag < 0 ? undefined : literal(instruction(program, operand(of, tag)))
    if (known === undefined) return undefined
    const isNumber = known.kind === ConstKind.Number
    if (known.text === String(key) && isNumber === (typeof key === 'number')) found = value
  }
  return found
}

/** Names under which containers are changed: of which something is stored, deleted or a method called. */
class Tables {
  readonly #program: Program
  readonly #changed = new Set<string>()

  constructor(program: Program) {
    this.#program = program
    for (const { facts } of program.files) {
      for (let at = 0; at < facts.op.length; at++) {
        const object = changedBy(facts, at)
        if (object >= 0) this.#changed.add(nameOf(facts, object))
      }
    }
  }

  /** Whether a container may be another one where it is read than where it is written. */
  mayChange(read: Ref, container: Ref): boolean {
    const { facts, valueBase } = this.#program.fileOf(read)
    if (read !== container && this.#changed.has(nameOf(facts, read - valueBase))) return true
    // What is done with it otherwise than to read an element may keep or change it.
    return [...new Set([read, container])].some((each) => this.#program.uses(each).some((user) => {
      const of = instruction(this.#program, user)
      const isRead = of.op === Op.Index && operand(of, of.a) === each || of.op === Op.Binary || of.op === Op.Element
      return !isRead
    }))
  }
}

/** The object that an instruction changes or calls a method of; -1 for none. */
function changedBy(facts: FileFacts, at: number): number {
  const op = facts.op[at]
  if (op === Op.SetIndex || op === Op.SetAttr || op === Op.Delete) return facts.a[at] ?? -1
  const callee = op === Op.Call ? facts.a[at] ?? -1 : -1
  return facts.op[callee] === Op.Attr ? facts.a[callee] ?? -1 : -1
}

function nameOf(facts: FileFacts, at: number): string {
  if (facts.op[at] === Op.Import) return facts.imports[facts.a[at] ?? 0]?.name ?? ''
  const id = facts.op[at] === Op.Attr ? facts.b[at] : facts.op[at] === Op.Name ? facts.a[at] : undefined
  return id === undefined ? '' : facts.strings[id] ?? ''
}

const ofPrograms = new WeakMap<Program, Tables>()

function tablesOf(program: Program): Tables {
  let known = ofPrograms.get(program)
  if (!known) {
    known = new Tables(program)
    ofPrograms.set(program, known)
  }
  return known
}
