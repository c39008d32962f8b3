import { Flag, node, type Node } from '../../../tree/node.ts'
import type { Lowering } from './context.ts'
import { namedOrMetavariable } from './metavariables.ts'
import { expressionAt } from './reparse.ts'
import { splitTopLevel, type Piece } from './split.ts'

/** The type parameters of a definition, `[T: int = str, *Ts, **P]`. */
export function typeParameters(from: Lowering, at: number): Node[] {
  const list = from.child(at, from.field.type_parameters)
  return list < 0 ? [] : typeParameterList(from, list)
}

/**
 * The parameters of one bracketed list. They are read from the text: the grammar
 * knows no defaults (Python 3.13) and would read those as errors.
 */
export function typeParameterList(from: Lowering, list: number): Node[] {
  const made: Node[] = []
  for (const piece of splitTopLevel(from.text, from.start(list) + 1, from.end(list) - 1, ',')) {
    const one = typeParameter(from, piece)
    if (one !== undefined) made.push(one)
  }
  return made
}

const HEAD = /^(\*{0,2})\s*([\p{XID_Start}_][\p{XID_Continue}]*)\s*/u

function typeParameter(from: Lowering, piece: Piece): Node | undefined {
  const head = HEAD.exec(from.text.slice(piece.start, piece.end))
  const name = head?.[2]
  if (head === null || name === undefined) return undefined
  const stars = head[1]?.length ?? 0
  const nameStart = piece.start + head[0].indexOf(name, stars)
  const nameEnd = nameStart + name.length
  const bound = from.unit.pattern
    ? namedOrMetavariable(name, 'name', nameStart, nameEnd)
    : node('identifier', 'name', nameStart, nameEnd, [], name.normalize('NFKC'))
  if (bound.kind === 'ellipsis') return { ...bound, role: 'type-parameter' }
  const children = [bound]
  for (const each of splitTopLevel(from.text, piece.start + head[0].length, piece.end, '=')) {
    const isBound = from.text[each.start] === ':'
    const expression = expressionAt(from, isBound ? each.start + 1 : each.start, each.end)
    if (expression !== undefined) children.push({ ...expression, role: isBound ? 'annotation' : 'default' })
  }
  const flags = stars === 1 ? Flag.Rest : stars === 2 ? Flag.Double : 0
  return node('type-parameter', 'type-parameter', piece.start, piece.end, children, '', flags)
}
