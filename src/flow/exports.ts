import { ArgTag, ConstKind, Op } from './facts.ts'
import type { FileFacts, ValueId } from './facts.ts'

/**
 * Names a module declares public in a list of strings; `undefined` when it has
 * none, or builds it in a way that cannot be read, as then nothing is known to
 * be private.
 */
export function exportsOf(facts: Omit<FileFacts, 'exports'>, listName: string | undefined): string[] | undefined {
  if (listName === undefined) return undefined
  const bound = facts.functions[0]?.bindings.filter(({ name }) => facts.strings[name] === listName) ?? []
  if (bound.length === 0) return undefined
  const names = new Set<string>()
  for (const { value } of bound) if (!collect(facts, value, names, 0)) return undefined
  return [...names].sort()
}

/** Adds the names a value lists; false when it is no list of strings. */
function collect(facts: Omit<FileFacts, 'exports'>, value: ValueId, names: Set<string>, depth: number): boolean {
  const op = facts.op[value]
  if (depth > 100) return false
  if (op === Op.Binary) {
    const sides = [facts.a[value] ?? -1, facts.b[value] ?? -1]
    return sides.every((side) => collect(facts, side, names, depth + 1))
  }
  if (op !== Op.Container) return false
  for (let at = facts.argStart[value] ?? 0; at + 1 < (facts.argStart[value + 1] ?? 0); at += 2) {
    const element = facts.args[at + 1] ?? -1
    const isString = facts.op[element] === Op.Const && facts.b[element] === ConstKind.String
    if (facts.args[at] !== ArgTag.Positional || !isString) return false
    names.add(facts.strings[facts.a[element] ?? -1] ?? '')
  }
  return true
}
