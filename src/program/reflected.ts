import { ConstKind, Op } from '../flow/facts.ts'
import type { FileFacts } from '../flow/facts.ts'
import type { Classes } from './classes.ts'
import { attributeGiven } from './handed-on.ts'
import type { LibraryTypes } from './knowledge.ts'
import type { Members } from './members.ts'
import type { FunctionRef, Ref } from './program.ts'
import { functionsIn } from './results.ts'
import type { Space } from './space.ts'

/** Methods that one computed name may be; a table of handlers has as many. */
const MAX_REFLECTED = 100

/** A prefix shorter than this tells nothing. */
const MIN_PREFIX = 2

/** What is asked to know what a computed name may be. */
export interface ReflectedParts {
  readonly space: Space
  readonly classes: Classes
  readonly members: Members
  readonly library: LibraryTypes
  typesOf(value: Ref): readonly string[]
}

/**
 * Methods that a library call gives by a name that is computed, where the object's
 * class is one of the program and the beginning of the name is known, as in
 * `getattr(self, 'visit_' + kind)`.
 */
export function reflected(parts: ReflectedParts, call: Ref, libraries: readonly string[]): readonly FunctionRef[] {
  const file = parts.space.fileOf(call)
  return libraries.flatMap((library) => {
    const given = attributeGiven(file, call - file.valueBase, library, parts.library)
    const named = given && beginningOf(file.facts, given.name - file.valueBase)
    if (!given || named === undefined) return []
    const types = parts.typesOf(given.object).filter((type) => parts.classes.named(type) !== undefined)
    if (types.length === 0) return []
    const names = named.isWhole ? [named.text] : parts.classes.memberNames(named.text)
    const found = names.flatMap((name) => types.flatMap((type) => functionsIn(parts.members.of(type, name).found)))
    return [...new Set(found)].slice(0, MAX_REFLECTED)
  })
}

interface Beginning {
  readonly text: string
  /** Whether it is all of the name. */
  readonly isWhole: boolean
}

/** The constant beginning of a text that is computed. */
function beginningOf(facts: FileFacts, value: number): Beginning | undefined {
  const whole = textOf(facts, value)
  if (whole !== undefined) return { text: whole, isWhole: true }
  const first = facts.op[value] === Op.Template ? facts.args[facts.argStart[value] ?? 0] : facts.op[value] === Op.Binary ? facts.a[value] : undefined
  const text = first === undefined ? undefined : textOf(facts, first)?.split('%', 1)[0]
  return text === undefined || text.length < MIN_PREFIX ? undefined : { text, isWhole: false }
}

function textOf(facts: FileFacts, value: number): string | undefined {
  const isText = facts.op[value] === Op.Const && facts.b[value] === ConstKind.String
  return isText ? facts.strings[facts.a[value] ?? 0] : undefined
}
