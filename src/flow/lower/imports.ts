import { child, Flag, has } from '../../tree/node.ts'
import type { Node } from '../../tree/node.ts'
import { Op } from '../facts.ts'
import { statementTable } from './context.ts'
import type { Lowering, LowerStatement } from './context.ts'
import { importedName } from './scopes.ts'

/** Imports; each imported name is a value. */
export const IMPORTS: [string, LowerStatement][] = statementTable({
  import: (into, of) => {
    for (const item of of.children) bind(into, item, item.text, '', importedName(of, item))
  },
  'import-from': (into, of) => {
    if (has(of, Flag.Star)) bind(into, of, of.text, '*', '')
    for (const item of of.children) bind(into, item, of.text, item.text, importedName(of, item))
  },
})

function bind(into: Lowering, of: Node, module: string, name: string, bound: string): void {
  if (module === '') return
  const index = into.file.imports.length
  into.file.imports.push({
    start: of.start, end: of.end, module, name, bound, function: into.unit.index, conditional: into.nesting > 0,
  })
  const value = into.emit(Op.Import, of, index)
  if (bound !== '') into.assign(child(of, 'alias') ?? of, bound, value)
}
