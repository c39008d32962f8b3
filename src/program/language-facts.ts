import { ArgTag, Op } from '../flow/facts.ts'
import type { Classes } from './classes.ts'
import type { Denotations } from './denote.ts'
import type { ClassRef, Ref } from './program.ts'
import type { Space } from './space.ts'

/*
 * Facts of a language that the program answers, so that what asks for them names no language.
 */

/** Library classes that a class descends from, save the one from which every class does. */
export function libraryBases(of: ClassRef, space: Space, classes: Classes): readonly string[] {
  const root = space.languageOf(space.fileOfClass(of)).flow?.rootClass
  return classes.lineage(of).library.filter((each) => each !== root)
}

/** The only argument of a call of a function that gives the length of it. */
export function lengthOperand(call: Ref, space: Space, denotations: Denotations): Ref | undefined {
  const file = space.fileOf(call)
  const { facts, valueBase } = file
  const at = call - valueBase
  const functions = space.languageOf(file).flow?.lengthFunctions
  const start = facts.argStart[at] ?? 0
  if (functions === undefined || facts.op[at] !== Op.Call || (facts.argStart[at + 1] ?? 0) - start !== 2 || facts.args[start] !== ArgTag.Positional) return undefined
  const isLength = denotations.of(valueBase + (facts.a[at] ?? 0)).some((each) => each.kind === 'library' && functions.includes(each.name))
  return isLength ? valueBase + (facts.args[start + 1] ?? 0) : undefined
}

/** Whether a value is read as the mapping in which its language keeps an object's attributes. */
export function isAttributeTable(value: Ref, space: Space): boolean {
  const file = space.fileOf(value)
  const at = value - file.valueBase
  const name = space.languageOf(file).flow?.attributeTable
  return name !== undefined && file.facts.op[at] === Op.Attr && file.facts.strings[file.facts.b[at] ?? 0] === name
}
