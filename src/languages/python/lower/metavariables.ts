import { Flag, node, type Node, type Role } from '../../../tree/node.ts'
import type { Lowering } from './context.ts'

/**
 * How a rule's own signs are spelled for the grammar: by letters of the same
 * length that no program uses, so that every offset stays as it is.
 */
export const SPELLING = {
  /** Stands for the `$` of a metavariable, and for each character of `$...`. */
  metavariable: 'ǂ',
  /** Stands for each character of an ellipsis. */
  ellipsis: 'ǃ',
  /** Callee whose single argument is the inside of `<... P ...>`. */
  deep: 'ǁ',
  /** Stands for the `$` of a typed metavariable, whose `:` is spelled `<`. */
  typed: 'ǀ',
} as const

/** A name in a rule: a metavariable, an ellipsis or an ordinary identifier. */
export function namedOrMetavariable(name: string, role: Role, start: number, end: number): Node {
  if (name.startsWith(SPELLING.ellipsis)) return node('ellipsis', role, start, end)
  if (!name.startsWith(SPELLING.metavariable)) return node('identifier', role, start, end, [], name)
  const bare = name.replaceAll(SPELLING.metavariable, '')
  const isSequence = name.length - bare.length > 1
  return node('metavariable', role, start, end, [], `$${bare}`, isSequence ? Flag.Sequence : 0)
}

/** `<... P ...>` */
export function deepOrUndefined(from: Lowering, at: number, role: Role): Node | undefined {
  const callee = from.child(at, from.field.function)
  if (callee < 0 || !from.slice(callee).startsWith(SPELLING.deep)) return undefined
  const list = from.child(at, from.field.arguments)
  const value = list < 0 ? -1 : from.kind(list) === 'generator_expression' ? list : from.firstNamed(list)
  return node('deep', role, from.start(at), from.end(at), [from.lower(value, 'value', from.end(at))])
}

/** `($X : T)` */
export function typedOrUndefined(
  from: Lowering, left: number, right: number, role: Role, start: number, end: number,
): Node | undefined {
  const name = from.slice(left)
  if (!name.startsWith(SPELLING.typed)) return undefined
  return node('typed-metavariable', role, start, end, [from.lower(right, 'type')], `$${name.slice(1)}`)
}

/** A text of the rule as it was written: spelled signs back to their own. */
export function unspelled(text: string): string {
  return text.replaceAll(/ǂ{4}/g, '$...').replaceAll(/[ǂǀ]/g, '$').replaceAll(/ǃ{3}/g, '...')
}

/**
 * Whether the value of a `**` is an ellipsis or sequence of the rule that was only
 * spelled with `**`, because a dictionary takes nothing else in that place: then
 * two of its characters are missing.
 */
export function isSpelledSpread(from: Lowering, value: Node): boolean {
  const text = from.text.slice(value.start, value.end)
  return text === SPELLING.ellipsis || /^ǂ{2}(?!ǂ)/.test(text)
}
