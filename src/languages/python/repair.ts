import type { Span } from '../../core/text.ts'
import { ConcreteFlag, type ConcreteTree } from '../../syntax/concrete.ts'
import type { Grammar } from '../../syntax/grammar.ts'
import { skipString } from './lower/split.ts'
import { logicalLines, type LogicalLine } from './logical-lines.ts'

/** A tree for a text, and what had to be taken out of the text to get it. */
export interface Repaired {
  readonly tree: ConcreteTree
  /** Logical lines the grammar was not shown, by their first offset. */
  readonly blanked: ReadonlyMap<number, Span>
  /** How much is still not understood, and how much was blanked: 0 for a text without errors. */
  readonly weight: number
  /** `exec` was read as a statement of Python 2. */
  readonly hasExec: boolean
}

/** Most rounds of blanking lines; together with `WORK` this bounds the time for hostile files. */
const ROUNDS = 8
/** Characters parsed again in all rounds together, beyond two rounds of any file. */
const WORK = 2_000_000
/** Stands for each character of a blanked line: no program uses this letter. */
const BLANK = 'ǃ'

/**
 * Parses a text, and when it has errors, tries to confine them. Names that only
 * newer Pythons reserve are respelled at the same length; lines that cannot be
 * read are blanked so that the code after them is read as what it is, not as a
 * part of the error. Offsets stay those of the text.
 */
export function parseRepaired(grammar: Grammar, written: string): Repaired {
  const text = respellSubjects(written)
  let tree = grammar.parse(text)
  let weight = errorWeight(tree, grammar)
  if (weight === 0) return { tree, blanked: new Map(), weight, hasExec: false }
  let shown = text
  const respelled = respellNames(text)
  if (respelled !== text) {
    const other = grammar.parse(respelled)
    const otherWeight = errorWeight(other, grammar)
    if (otherWeight < weight) [tree, weight, shown] = [other, otherWeight, respelled]
  }
  return { ...confine(grammar, shown, tree, weight), hasExec: shown.includes('exec=') && !text.includes('exec=') }
}

function confine(grammar: Grammar, text: string, first: ConcreteTree, firstWeight: number): Omit<Repaired, 'hasExec'> {
  const lines = logicalLines(text)
  let blanked = new Map<number, Span>()
  let [tree, weight] = [first, firstWeight]
  const tried = new Set<LogicalLine>()
  let work = 0
  for (let round = 0; round < ROUNDS && weight > 1 && (round < 2 || work < WORK); round++) {
    const culprits = (round === 0 ? lines.filter((each) => each.broken) : linesOfErrors(tree, grammar, lines))
      .filter((each) => !tried.has(each))
    if (culprits.length === 0 && round > 0) break
    for (const each of culprits) tried.add(each)
    const more = new Map([...blanked, ...culprits.map((each) => [each.start, each] as const)])
    const other = grammar.parse(blank(text, lines, more))
    work += text.length
    const otherWeight = errorWeight(other, grammar)
    if (otherWeight < weight) [tree, weight, blanked] = [other, otherWeight, more]
  }
  let hidden = 0
  for (const { start, end } of blanked.values()) hidden += 1 + end - start
  return { tree, blanked, weight: weight + hidden }
}

/**
 * How much of a tree is not understood: 0 for a tree without errors, else one, and
 * one for each error region, and its characters. A missing token does not count
 * beyond the one: what the parser assumed is kept.
 */
function errorWeight(tree: ConcreteTree, grammar: Grammar): number {
  if (!tree.broken) return 0
  const error = grammar.kinds.length - 1
  let weight = 1
  for (let at = 0; at < tree.count; at++) {
    if (tree.kind[at] === error) {
      weight += 1 + (tree.end[at] ?? 0) - (tree.start[at] ?? 0)
      at = Math.max(at, (tree.next[at] ?? 0) - 1)
    }
  }
  return weight
}

/** The logical lines in which outermost errors begin. */
function linesOfErrors(tree: ConcreteTree, grammar: Grammar, lines: readonly LogicalLine[]): LogicalLine[] {
  const error = grammar.kinds.length - 1
  const found = new Set<LogicalLine>()
  for (let at = 0; at < tree.count; at++) {
    const isError = tree.kind[at] === error
    if (!isError && ((tree.flags[at] ?? 0) & ConcreteFlag.Missing) === 0) continue
    const line = lineAt(lines, tree.start[at] ?? 0)
    if (line !== undefined) found.add(line)
    at = Math.max(at, (tree.next[at] ?? 0) - 1)
  }
  return [...found]
}

/** The last logical line that starts at or before an offset. */
function lineAt(lines: readonly LogicalLine[], offset: number): LogicalLine | undefined {
  let low = 0
  let high = lines.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((lines[middle]?.start ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return lines[low]
}

/** The text with lines replaced at the same length; one that heads a block still does. */
function blank(text: string, lines: readonly LogicalLine[], which: ReadonlyMap<number, Span>): string {
  const parts: string[] = []
  let position = 0
  lines.forEach((line, index) => {
    if (!which.has(line.start)) return
    const content = text.slice(line.start, line.end)
    const [head = '', ...rest] = content.split('\n')
    const bare = head.trimEnd()
    const isHeader = (lines[index + 1]?.indent ?? 0) > line.indent && rest.length === 0 && bare.length >= 4
    const stand = isHeader ? `try${' '.repeat(bare.length - 4)}:` : BLANK.repeat(bare.length)
    const tail = head.slice(bare.length) + rest.map((each) => `\n${each.replaceAll(/[^\r]/g, ' ')}`).join('')
    parts.push(text.slice(position, line.start), stand + tail)
    position = line.end
  })
  parts.push(text.slice(position))
  return parts.join('')
}

/** The head of a definition with type parameters. */
const TYPE_PARAMETERS = /\b(?:def|class|type)[ \t]+[\p{XID_Start}_][\p{XID_Continue}]*[ \t]*\[/gu

/**
 * Type parameters with defaults (Python 3.13) as one name: the lowering reads
 * them from the text itself.
 */
function respellTypeParameters(text: string): string {
  const parts: string[] = []
  let position = 0
  for (const head of text.matchAll(TYPE_PARAMETERS)) {
    const start = head.index + head[0].length
    if (start < position) continue
    const end = closingBracket(text, start)
    const inner = text.slice(start, end)
    if (end < 0 || !inner.includes('=')) continue
    const [first = '', ...rest] = inner.split('\n')
    const blanks = rest.map((each) => `\n${' '.repeat(each.length)}`)
    parts.push(text.slice(position, start), BLANK.repeat(first.length), ...blanks)
    // A list that begins on a later line needs its name there.
    if (first.length === 0) parts[parts.length - 1] = (parts.at(-1) ?? '').replace(/ $/, BLANK)
    position = end
  }
  parts.push(text.slice(position))
  return parts.join('')
}

/** Longest list of type parameters looked at. */
const LONGEST_LIST = 500

/** Offset of the bracket that closes a list; -1 when there is none near. */
function closingBracket(text: string, start: number): number {
  let depth = 1
  const limit = Math.min(text.length, start + LONGEST_LIST)
  for (let at = start; at < limit; at++) {
    const char = text[at] ?? ''
    if (char === '"' || char === "'") at = skipString(text, at, limit)
    else if ('([{'.includes(char)) depth++
    else if (')]}'.includes(char) && --depth === 0) return at
  }
  return -1
}

/**
 * Names that were free in older Pythons: `async` and `await` before 3.7, `True`
 * and `False` as targets and `exec` before any expression in Python 2. Each is
 * spelled so that the grammar takes it as a name; `exec x in y` becomes an
 * assignment to `exec`, which the lowering knows from a real one by the text.
 */
/** Longest line that is taken for the beginning of a `match`. */
const MAX_SUBJECT = 1_000

/**
 * The grammar reads `match [a, b]:` with one short case below as an annotation of an element of `match`.
 * The list that stands there is taken for the tuple that matches the same.
 */
function respellSubjects(text: string): string {
  if (!text.includes('match [') && !text.includes('match[')) return text
  return text.replaceAll(/^[ \t]*match[ \t]*\[[^\n]*/gm, (line) => {
    const end = line.lastIndexOf(']')
    const isSubject = line.length <= MAX_SUBJECT && line.includes(',') && /^[ \t]*:[ \t\r]*(?:#|$)/.test(line.slice(end + 1))
    return isSubject ? `${line.slice(0, end).replace('[', '(')})${line.slice(end + 1)}` : line
  })
}

function respellNames(text: string): string {
  return respellTypeParameters(text)
    .replaceAll(/\basync\b(?!\s+(?:def|with|for)\b)/g, `asyn${BLANK}`)
    .replaceAll(/\bawait\b(?=\s*[=.,)\]:(])/g, `awai${BLANK}`)
    .replaceAll(/^([ \t]*)(True|False)(?=[ \t]*(?:=[^=]|,[ \t]*(?:True|False)[ \t]*=))/gm, asName)
    .replaceAll(/(,[ \t]*)(False|True)(?=[ \t]*=[^=])/g, asName)
    .replaceAll(/^([ \t]*|.*[;:][ \t]*)exec[ \t](?=[ \t]*[\w"'(])/gm, '$1exec=')
}

function asName(_all: string, blanks: string, name: string): string {
  return blanks + name.slice(0, -1) + BLANK
}
