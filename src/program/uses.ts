import { ArgTag, ContainerKind, Op } from '../flow/facts.ts'
import type { FileFacts } from '../flow/facts.ts'
import { operandShape } from '../flow/operands.ts'
import type { ProgramFile, Ref } from './program.ts'
import type { Space } from './space.ts'

/** Which instructions have a value as operand. */
export class Uses {
  readonly #space: Space
  /** Made per file when first asked for. */
  readonly #known = new Map<ProgramFile, FileUses>()

  constructor(space: Space) {
    this.#space = space
  }

  /** Users of a value, in order. */
  of(value: Ref): readonly Ref[] {
    const file = this.#space.fileOf(value)
    let index = this.#known.get(file)
    if (!index) {
      index = usesOf(file.facts)
      this.#known.set(file, index)
    }
    const end = index.start[value - file.valueBase + 1] ?? 0
    const found: Ref[] = []
    for (let at = index.start[value - file.valueBase] ?? 0; at < end; at++) found.push(file.valueBase + (index.users[at] ?? 0))
    return found
  }
}

/** Users of one file's values, in typed arrays. */
interface FileUses {
  /** Per value, one more than there are: where its users start. */
  readonly start: Int32Array
  readonly users: Int32Array
}

/** Builds the index of a file; users are in order. */
function usesOf(facts: FileFacts): FileUses {
  const count = facts.op.length
  const start = new Int32Array(count + 1)
  const each = (visit: (operand: number, user: number) => void): void => {
    for (let user = 0; user < count; user++) operandsIn(facts, user, visit)
  }
  each((operand) => {
    start[operand + 1] = (start[operand + 1] ?? 0) + 1
  })
  for (let at = 0; at < count; at++) start[at + 1] = (start[at + 1] ?? 0) + (start[at] ?? 0)
  const next = start.slice()
  const users = new Int32Array(start[count] ?? 0)
  each((operand, user) => {
    const place = next[operand] ?? 0
    users[place] = user
    next[operand] = place + 1
  })
  return { start, users }
}

function operandsIn(facts: FileFacts, user: number, visit: (operand: number, user: number) => void): void {
  const shape = operandShape(facts.op[user] ?? -1)
  if (!shape) return
  const a = facts.a[user] ?? -1
  const b = facts.b[user] ?? -1
  if ((shape.a === 'value' || shape.a === 'value?') && a >= 0) visit(a, user)
  if ((shape.b === 'value' || shape.b === 'value?') && b >= 0) visit(b, user)
  const from = facts.argStart[user] ?? 0
  const to = facts.argStart[user + 1] ?? 0
  if (shape.args === 'values') for (let at = from; at < to; at++) visit(facts.args[at] ?? 0, user)
  if (shape.args !== 'tagged' && shape.args !== 'keyed') return
  const isDict = facts.op[user] === Op.Container && b === ContainerKind.Dict
  for (let at = from; at + 1 < to; at += 2) {
    const tag = facts.args[at] ?? ArgTag.Positional
    if (isDict && tag >= 0) visit(tag, user)
    visit(facts.args[at + 1] ?? 0, user)
  }
}
