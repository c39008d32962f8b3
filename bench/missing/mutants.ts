import { MODES, REFUSALS, type ProgramNames } from './names.ts'

export type MutantKind = 'check' | 'record' | 'order' | 'mode' | 'guard'

/** One change of one file that makes it weak. */
export interface Mutant {
  readonly kind: MutantKind
  readonly path: string
  /** Line of the change, from 1. */
  readonly line: number
  readonly text: string
}

/** Every mutant of a file, in order of line. */
export function mutantsOf(path: string, text: string, names: ProgramNames): readonly Mutant[] {
  const lines = text.split('\n')
  const found: Mutant[] = []
  const add = (kind: MutantKind, at: number, changed: readonly string[]): void => {
    found.push({ kind, path, line: at + 1, text: changed.join('\n') })
  }
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    const code = line.trimStart()
    if (names.checks.some((each) => code.startsWith(each))) {
      const end = endOf(lines, at)
      add('check', at, without(lines, at, end))
      const moved = code.startsWith('@') ? undefined : later(lines, at, end, names.changes)
      if (moved !== undefined) add('order', at, moved)
    }
    if (names.records.some((each) => code.startsWith(each))) add('record', at, without(lines, at, endOf(lines, at)))
    for (const mode of MODES) {
      if (!mode.test(line)) continue
      const wide = line.includes('umask') ? '0' : '0o777'
      add('mode', at, replaced(lines, at, line.replace(mode, `$1${wide}`)))
    }
    const guard = /^(\s*if )not ([\w.]+(?:\([\w., ]*\))?):$/.exec(line)
    if (guard !== null && REFUSALS.test(lines[at + 1] ?? '')) add('guard', at, replaced(lines, at, `${guard[1] ?? ''}${guard[2] ?? ''}:`))
  }
  return found
}

/** Last line of the statement that begins in a line: where its brackets are closed. */
function endOf(lines: readonly string[], start: number): number {
  let depth = 0
  for (let at = start; at < lines.length && at < start + 40; at++) {
    for (const character of lines[at] ?? '') depth += '([{'.includes(character) ? 1 : ')]}'.includes(character) ? -1 : 0
    if (depth <= 0) return at
  }
  return start
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length
}

/** The lines without a statement, which leaves no block empty; a decorator is left out whole. */
function without(lines: readonly string[], start: number, end: number): readonly string[] {
  const first = lines[start] ?? ''
  const stays = first.trimStart().startsWith('@') ? [] : [`${' '.repeat(indentOf(first))}pass`]
  return [...lines.slice(0, start), ...stays, ...lines.slice(end + 1)]
}

/** The lines with a statement moved to the end of its block, before a return there; `undefined` when nothing that changes something lies between. */
function later(lines: readonly string[], start: number, end: number, changes: RegExp): readonly string[] | undefined {
  const indent = indentOf(lines[start] ?? '')
  let last = end
  let isChanged = false
  for (let at = end + 1; at < lines.length; at++) {
    const line = lines[at] ?? ''
    if (line.trim() === '') continue
    if (indentOf(line) < indent) break
    if (indentOf(line) === indent && /^(?:return|raise)\b/.test(line.trimStart())) break
    last = at
    if (changes.test(line)) isChanged = true
  }
  if (!isChanged) return undefined
  return [...lines.slice(0, start), ...lines.slice(end + 1, last + 1), ...lines.slice(start, end + 1), ...lines.slice(last + 1)]
}

function replaced(lines: readonly string[], at: number, line: string): readonly string[] {
  return [...lines.slice(0, at), line, ...lines.slice(at + 1)]
}
