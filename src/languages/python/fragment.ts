import type { Problem } from '../../core/problem.ts'
import type { Span } from '../../core/text.ts'
import type { ParsedFile } from '../../tree/language.ts'
import { Flag, type Node } from '../../tree/node.ts'

/** A fragment made a program: text put before it, and the fragment with what is no Python blanked. */
export interface Completed {
  readonly before: string
  readonly shown: string
}

/**
 * Finds how a piece of code is to be completed: a fenced block or interactive
 * session loses its marks, a first line that lost its indentation gets it back,
 * an `else` or `except` gets the statement it belongs to. `weigh` says how much of
 * a program is not understood; the first completion without errors wins, else the
 * best.
 */
export function completeFragment(text: string, weigh: (program: string) => number): Completed {
  const shown = withoutMarks(text)
  let best: Completed = { before: '', shown }
  let least = weigh(shown)
  for (const before of completions(shown)) {
    if (least === 0) break
    const weight = weigh(before + shown)
    if (weight < least) [best, least] = [{ before, shown }, weight]
  }
  return best
}

/** Marks of Markdown and of interactive sessions become blanks of the same length. */
function withoutMarks(text: string): string {
  const blank = (marks: string): string => ' '.repeat(marks.length)
  const unfenced = /^\s*(```|~~~)/.test(text) ? text.replaceAll(/^[ \t]*(?:```|~~~)[^\n]*/gm, blank) : text
  if (!/^\s*>>> /.test(unfenced)) return unfenced
  const outputs = unfenced.replaceAll(/^(?![ \t]*(?:>>>|\.\.\.)(?: |$))[^\n]+/gm, blank)
  // One mark is four characters; all lines lose the same, so blocks keep their shape.
  return outputs.replaceAll(/^([ \t]*)(?:>>>|\.\.\.)(?= |$)/gm, '$1   ')
}

function* completions(text: string): Generator<string> {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const [first = '', second = ''] = lines
  const indent = /^[ \t]*/.exec(first)?.[0] ?? ''
  const next = /^[ \t]*/.exec(second)?.[0] ?? ''
  if (next.length > indent.length) yield next.slice(indent.length)
  const word = /^[ \t]*(\w+)/.exec(first)?.[1] ?? ''
  if (word === 'elif' || word === 'else') yield `${indent}if 0:\n${indent} pass\n`
  if (word === 'except' || word === 'finally' || word === 'else') yield `${indent}try:\n${indent} pass\n`
  if (word === 'case') yield indent === '' ? 'match 0:\n ' : `${indent.slice(1)}match 0:\n`
  // Cut out of the middle: a clause further on belongs to a statement above.
  const clause = lines.map((line) => /^([ \t]*)(elif|else|except|finally)\b/.exec(line))
    .find((found) => found !== null && found[1]?.length !== indent.length)
  const outer = clause?.[1] ?? indent
  if (outer.length < indent.length) yield /^[ef][xi]/.test(clause?.[2] ?? '') ? `${outer}try:\n` : `${outer}if 0:\n`
}

/** A file's own part of the program it was completed to: offsets in the text, spans cut to it. */
export function ownPart(file: ParsedFile, before: number, length: number): ParsedFile {
  const place = (offset: number): number => Math.max(0, Math.min(offset - before, length))
  const move = (node: Node): Node => ({
    ...node, start: place(node.start), end: place(node.end), children: node.children.map(move),
    flags: node.start < before && node.kind !== 'module' ? node.flags | Flag.Synthetic : node.flags,
  })
  const own = (span: Span): boolean => span.end > before
  const moved = (span: Span): Span => ({ start: place(span.start), end: place(span.end) })
  const problems = file.problems.filter(({ span }) => span === undefined || own(span))
    .map((each): Problem => (each.span === undefined ? each : { ...each, span: moved(each.span) }))
  return { root: move(file.root), comments: file.comments.filter(own).map(moved), problems, dialect: file.dialect }
}
