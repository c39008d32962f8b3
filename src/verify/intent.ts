import type { SourceText } from '../core/text.ts'
import { enclosingBlock } from './definitions.ts'
import { titleWords } from './titles/words.ts'

/** A line in which the code says what it is for. */
export interface StatedIntent {
  readonly line: number
  readonly endLine: number
  readonly text: string
  /** Words that it shares with the advice, in their common form. */
  readonly shared: readonly string[]
}

/** Phrases by which comments and docstrings state a purpose. */
const PURPOSES: readonly string[] = [
  'to trigger', 'to simulate', 'to force', 'to test', 'to reproduce', 'to make sure', 'to ensure', 'to exercise',
  'to cause', 'to verify', 'to check', 'so that',
  'because', 'in order to', 'tests that', 'test that', 'this tests', 'deliberately', 'intentionally', 'intentional',
  'on purpose', 'by design', 'must ', 'need to',
  'needs to', 'on this occasion', 'expected', 'make sure', 'regression', 'verifies', 'ensures that',
]

/** Words of advice that any other advice has too. */
const COMMON: ReadonlySet<string> = new Set([
  'should', 'be', 'is', 'are', 'it', 'this', 'that', 'code', 'ensure', 'make', 'sure', 'consider', 'implement', 'add',
  'more', 'secure', 'security', 'before', 'after',
  'order', 'revers', 'remov', 'avoid', 'instead', 'not', 'do', 'any', 'all', 'as', 'when', 'if', 'function', 'method',
  'test', 'line', 'file', 'so', 'only', 'will', 'can',
  'must', 'need', 'have', 'has', 'been', 'we', 'you', 'they', 'them', 'there', 'which', 'also', 'into', 'out', 'up',
  'down', 'at', 'chang', 'default',
])

/** Lines upwards in which a comment belongs to a place, and downwards. */
const ABOVE = 8
const BELOW = 4

/** Lines of a docstring. */
const DOCSTRING = 20

/** Purposes stated around a place that speak of the same things as the advice, the nearest first. */
export function statedIntents(
  source: SourceText,
  line: number,
  openers: readonly string[],
  advice: string,
): readonly StatedIntent[] {
  const wanted = new Set(titleWords(advice).filter((word) => word.length > 2 && !COMMON.has(word)))
  const texts = [...commentsAround(source, line, openers), ...docstringAbove(source, line)]
  return texts.flatMap(({ from, to }) => {
    const text = linesOf(source, from, to)
    const lower = text.toLowerCase()
    const shared = [...new Set(titleWords(text))].filter((word) => wanted.has(word))
    return shared.length > 0 && PURPOSES.some((each) => lower.includes(each))
      ? [{ line: from, endLine: to, text, shared }]
      : []
  })
}

interface Lines {
  readonly from: number
  readonly to: number
}

/** Runs of comment lines around a place. */
function commentsAround(source: SourceText, line: number, openers: readonly string[]): readonly Lines[] {
  const isComment = (at: number): boolean => openers.some((opener) => source.line(at).trimStart().startsWith(opener))
  const runs: Lines[] = []
  for (let at = Math.max(1, line - ABOVE); at <= Math.min(source.lineCount, line + BELOW); at++) {
    if (!isComment(at)) continue
    const from = at
    while (at < source.lineCount && isComment(at + 1)) at += 1
    runs.push({ from, to: at })
  }
  return runs.sort((one, other) => Math.abs(line - one.to) - Math.abs(line - other.to))
}

/** A string or block comment that begins right below the head of the function around a place. */
function docstringAbove(source: SourceText, line: number): readonly Lines[] {
  const block = enclosingBlock(source, line)
  if (block === undefined) return []
  for (let at = block.line; at < Math.min(block.line + 4, line); at++) {
    const text = source.line(at + 1).trim()
    const mark = ['"""', "'''", '/**', '/*'].find((each) => text.replace(/^[a-zA-Z]{1,2}(?=["'])/, '').startsWith(each))
    if (mark === undefined) continue
    const closing = mark.startsWith('/') ? '*/' : mark
    const from = at + 1
    if (text.indexOf(closing, text.indexOf(mark) + mark.length) >= 0) return [{ from, to: from }]
    let to = from + 1
    while (to < Math.min(from + DOCSTRING, source.lineCount) && !source.line(to).includes(closing)) to += 1
    return [{ from, to }]
  }
  return []
}

function linesOf(source: SourceText, from: number, to: number): string {
  const lines: string[] = []
  for (let at = from; at <= to; at++) lines.push(source.line(at).trim())
  return lines.join(' ')
}
