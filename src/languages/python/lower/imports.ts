import { Flag, node, type Node, type Role } from '../../../tree/node.ts'
import type { LowerTable, Lowering } from './context.ts'
import { canonicalName } from './expressions.ts'
import { SPELLING, unspelled } from './metavariables.ts'

/** Import statements. */
export const IMPORTS: LowerTable = {
  import_statement: (from, at, role) => node('import', role, from.start(at), from.end(at), items(from, at)),
  import_from_statement: importFrom,
  future_import_statement: (from, at, role) =>
    node('import-from', role, from.start(at), from.end(at), items(from, at), '__future__'),
}

function importFrom(from: Lowering, at: number, role: Role): Node {
  const module = from.child(at, from.field.module_name)
  const isStar = from.childOfKind(at, 'wildcard_import') >= 0
  const specifier = module < 0 ? '' : dotted(from, module)
  return node('import-from', role, from.start(at), from.end(at), isStar ? [] : items(from, at), specifier,
    isStar ? Flag.Star : 0)
}

function items(from: Lowering, at: number): Node[] {
  return from.childrenWith(at, from.field.name).map((each) => item(from, each))
}

function item(from: Lowering, at: number): Node {
  const start = from.start(at)
  const end = from.end(at)
  if (from.kind(at) !== 'aliased_import') {
    if (from.unit.pattern && from.text.charAt(start) === SPELLING.ellipsis) return node('ellipsis', 'item', start, end)
    return node('import-item', 'item', start, end, [], dotted(from, at))
  }
  const name = from.child(at, from.field.name)
  const alias = from.must(at, from.field.alias, 'alias')
  return node('import-item', 'item', start, end, [alias], name < 0 ? '' : dotted(from, name))
}

/** A dotted name without the blanks, comments and continuations that may stand between its parts. */
function dotted(from: Lowering, at: number): string {
  const text = from.slice(at)
  const bare = /\s|\\|#/.test(text) ? text.replaceAll(/#[^\n]*|\\|\s+/g, '') : text
  return from.unit.pattern ? unspelled(bare) : canonicalName(bare)
}
