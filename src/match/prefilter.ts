import { childrenIn, type Node } from '../tree/node.ts'
import { descendants } from '../tree/visit.ts'
import type { PatternReading } from '../tree/language.ts'
import { isMetavariable } from './metavariables.ts'
import { spelledName } from './names.ts'
import { WordTable } from './word-table.ts'

/**
 * Texts of which a file must contain some: at least one of every clause. What a
 * name stands for may be spelled in an import, so a dotted name asks only for
 * its last part; strings ask for nothing, since constants may come from elsewhere.
 */
export type Clauses = readonly (readonly string[])[]

/** Whether a text has one of every clause, also where it spells names by compatible characters (full width). */
export function satisfies(clauses: Clauses, text: string): boolean {
  if (clauses.length === 0) return true
  if (latest.text !== text) latest = lookThrough(text)
  for (const clause of clauses) if (!clause.some(hasWord)) return false
  return true
}

const NOT_ASCII = /[\u0080-\uffff]/

/** All words asked for so far. */
const WORDS = new WordTable()

interface Looked {
  readonly text: string
  /** Those of the words known before that stand in it, however it spells them, and the version of the table that had them. */
  readonly words: ReadonlySet<string>
  readonly version: number
  /** Answers about other words. */
  readonly asked: Map<string, boolean>
}

function lookThrough(text: string): Looked {
  const words = WORDS.wordsIn(text)
  if (NOT_ASCII.test(text)) for (const word of WORDS.wordsIn(text.normalize('NFKC'))) words.add(word)
  return { text, words, version: WORDS.version, asked: new Map() }
}

/** The text last asked about: all rules ask about the same one in turn, often for the same words. */
let latest: Looked = { text: '', words: new Set(), version: 0, asked: new Map() }

function hasWord(word: string): boolean {
  if (latest.words.has(word)) return true
  // Most questions end here: the table had the word when it looked through the text.
  if (latest.version === WORDS.version && WORDS.has(word)) return false
  let answer = latest.asked.get(word)
  if (answer === undefined) {
    answer = latest.text.includes(word) || latest.text.normalize('NFKC').includes(word)
    latest.asked.set(word, answer)
    WORDS.add(word)
  }
  return answer
}

/** What a pattern needs: the words that all its readings share. */
export function clausesOfPattern(readings: readonly PatternReading[]): Clauses {
  const [first, ...more] = readings.map((each) => wordsOf(each.root))
  const shared = [...first ?? []].filter((word) => more.every((words) => words.has(word)))
  for (const word of shared) WORDS.add(word)
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
  const spelledElsewhere = new Set<Node>()
  for (const each of descendants(root)) {
    // The program knows an expression's type, whether or not the file names it.
    if (each.kind === 'typed-metavariable') descendants(each).forEach((part) => spelledElsewhere.add(part))
    if (each.kind === 'member' && spelledName(each) !== undefined) {
      for (const object of childrenIn(each, 'object')) descendants(object).forEach((part) => spelledElsewhere.add(part))
    }
    const word = wordOf(each)
    if (word !== '' && !spelledElsewhere.has(each)) words.add(word)
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
