import { childrenIn, type Node } from '../tree/node.ts'
import { descendants } from '../tree/visit.ts'
import type { PatternReading } from '../tree/language.ts'
import { isMetavariable } from './metavariables.ts'
import { spelledName } from './names.ts'

/**
 * Texts of which a file must contain some: at least one of every clause. What a
 * name stands for may be spelled in an import, so a dotted name asks only for
 * its last part; strings ask for nothing, since constants may come from elsewhere.
 */
export type Clauses = readonly (readonly string[])[]

/** Whether a text has one of every clause. */
export function satisfies(clauses: Clauses, text: string): boolean {
  return clauses.every((clause) => clause.some((word) => text.includes(word)))
}

/** What a pattern needs: the words that all its readings share. */
export function clausesOfPattern(readings: readonly PatternReading[]): Clauses {
  const [first, ...more] = readings.map((each) => wordsOf(each.root))
  const shared = [...first ?? []].filter((word) => more.every((words) => words.has(word)))
  return shared.sort().map((word) => [word])
}

/** What either of several formulas needs: for each the word that is most telling, one of them. */
export function clausesOfEither(all: readonly Clauses[]): Clauses {
  const clause: string[] = []
  for (const clauses of all) {
    const best = [...clauses].sort((one, other) => weight(other) - weight(one))[0]
    if (best === undefined) return []
    clause.push(...best)
  }
  return clause.length === 0 ? [] : [[...new Set(clause)].sort()]
}

/** A clause tells the more, the fewer and longer its words are. */
function weight(clause: readonly string[]): number {
  return Math.min(...clause.map((word) => word.length)) / clause.length
}

function wordsOf(root: Node): Set<string> {
  const words = new Set<string>()
  const rootsOfNames = new Set<Node>()
  for (const each of descendants(root)) {
    if (each.kind === 'member' && spelledName(each) !== undefined) {
      for (const object of childrenIn(each, 'object')) descendants(object).forEach((part) => rootsOfNames.add(part))
    }
    const word = wordOf(each)
    if (word !== '' && !rootsOfNames.has(each)) words.add(word)
  }
  return words
}

function wordOf(node: Node): string {
  switch (node.kind) {
    case 'identifier':
      return node.text
    case 'import-item':
    case 'import-from': {
      const last = node.text.slice(node.text.lastIndexOf('.') + 1)
      return isMetavariable(last) ? '' : last
    }
    default:
      return ''
  }
}
