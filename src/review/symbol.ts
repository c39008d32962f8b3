import type { ProgramFile } from '../program/program.ts'
import type { ReviewedProgram } from './input.ts'

/**
 * Qualified name of the named function or class around an offset, `''` at the
 * top level. Lambdas and comprehensions have no name to recognise them by after
 * an edit, so what holds them counts.
 */
export function symbolAt(program: ReviewedProgram, file: ProgramFile, offset: number): string {
  let facts = program.function(program.enclosing(file, offset))
  // Each step goes to an enclosing function, so the number of functions bounds it.
  for (let left = file.facts.functions.length; left > 0; left--) {
    if (facts.kind === 'function' || facts.kind === 'class-body') return facts.qualifiedName
    const parent = file.facts.functions[facts.parent]
    if (facts.kind === 'module' || parent === undefined) return ''
    facts = parent
  }
  return ''
}

/** How prose names the enclosing function or class: `` in `Shop.find` ``, `at the top level of shop/db.py`. */
export function symbolInSentence(symbol: string, path: string): string {
  return symbol === '' ? `at the top level of ${path}` : `in \`${symbol.replaceAll('`', "'")}\` (${path})`
}
