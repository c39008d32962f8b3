import type { SourceText, Span } from '../core/text.ts'
import { weaknessesOfForeignId } from './foreign-ids.ts'

/** A comment that silences findings. */
export interface Suppression {
  /** The whole comment. */
  readonly comment: Span
  readonly firstLine: number
  readonly lastLine: number
  /** Nothing but blanks stands before and after it on its lines. */
  readonly alone: boolean
  /** Ids as written; empty: every finding. */
  readonly ids: readonly string[]
  /** The comment's own words after `--`; `''` when it gives none. */
  readonly reason: string
  /** The comment as written, on one line. */
  readonly text: string
}

/** What a suppression is asked about. */
export interface Suppressible {
  readonly cwe: number
  /** Every rule that reported it. */
  readonly rules: readonly string[]
  /** First line, and the lines of the whole statement. */
  readonly line: number
  readonly firstLine: number
  readonly lastLine: number
  /** For every route to the place, the lines of its steps in the same file. */
  readonly routes: readonly (readonly Lines[])[]
}

/** Both included. */
interface Lines {
  readonly line: number
  readonly endLine: number
}

/** Longest comment read for a directive: a directive further on is prose. */
const COMMENT_CHARACTERS = 1_000

/** Directives in the comments of one file, in order. A string that looks like a comment is none. */
export function suppressionsIn(text: SourceText, comments: readonly Span[]): readonly Suppression[] {
  const found: Suppression[] = []
  for (const comment of comments) {
    const written = text.text.slice(comment.start, Math.min(comment.end, comment.start + COMMENT_CHARACTERS))
    const directive = readDirective(written)
    if (directive === undefined) continue
    const first = text.position(comment.start)
    const last = text.position(Math.max(comment.start, comment.end - 1))
    found.push({
      ...directive,
      comment,
      firstLine: first.line,
      lastLine: last.line,
      alone: isAlone(text, comment),
      text: written.replace(/\s+/g, ' ').trim(),
    })
  }
  return found
}

/**
 * What silences a finding: on its first line, on a line of its statement, or alone
 * on the line before. A comment for a linter that reports where the text is built,
 * not where it is used, silences the finding when every route passes its line.
 */
export function suppressionFor(
  finding: Suppressible,
  suppressions: readonly Suppression[],
  isSame: (one: number, other: number) => boolean,
): Suppression | undefined {
  return suppressions.find((each) => {
    return names(each, finding, isSame) && (reaches(each, finding) || (each.ids.some(isLinters) && isOnEveryRoute(each, finding)))
  })
}

function isLinters(id: string): boolean {
  return weaknessesOfForeignId(id) !== undefined
}

function isOnEveryRoute({ firstLine, lastLine }: Suppression, { routes }: Suppressible): boolean {
  return routes.length > 0 && routes.every((steps) => {
    return steps.some(({ line, endLine }) => firstLine <= endLine && lastLine >= line)
  })
}

function reaches(suppression: Suppression, finding: Suppressible): boolean {
  const { firstLine, lastLine, alone } = suppression
  const first = Math.min(finding.firstLine, finding.line)
  const last = Math.max(finding.lastLine, finding.line)
  if (firstLine <= last && lastLine >= first) return true
  return alone && (lastLine === finding.line - 1 || lastLine === first - 1)
}

function names(
  suppression: Suppression,
  finding: Suppressible,
  isSame: (one: number, other: number) => boolean,
): boolean {
  return suppression.ids.length === 0 || suppression.ids.some((id) => isNamed(id, finding, isSame))
}

function isNamed(id: string, finding: Suppressible, isSame: (one: number, other: number) => boolean): boolean {
  const cwe = /^CWE-?(\d{1,5})$/i.exec(id)?.[1]
  if (cwe !== undefined) return isSame(Number(cwe), finding.cwe)
  const foreign = weaknessesOfForeignId(id)
  if (foreign !== undefined) return foreign.some((each) => isSame(each, finding.cwe))
  return finding.rules.some((rule) => isSuffix(rule, id) || isSuffix(id, rule))
}

/** Whether an id is another, or its end after a separator: `sql-injection` of `python.flask.sql-injection`. */
function isSuffix(full: string, end: string): boolean {
  return full === end || (full.endsWith(end) && /[./:]/.test(full.charAt(full.length - end.length - 1)))
}

interface Directive {
  readonly ids: readonly string[]
  readonly reason: string
}

/** Words may stand before the directive (`# type: ignore  # nosec` is one comment), but it is no part of a word. */
const DIRECTIVE = /(?:^|[^\w-])(assay-ignore|nosemgrep|nosem|nosec|noqa)(?![\w-])/i

function readDirective(comment: string): Directive | undefined {
  const found = DIRECTIVE.exec(comment)
  if (found === null) return undefined
  const rest = comment.slice(found.index + found[0].length)
  switch ((found[1] ?? '').toLowerCase()) {
    case 'assay-ignore':
      return listed(rest, /^\s*:/)
    case 'nosemgrep':
    case 'nosem':
      return listed(rest, /^\s*[:=]/) ?? listed(rest, /^ (?=[\w.-]+\s*(?:,|$))/)
    case 'nosec':
      return nosec(rest)
    default:
      return noqa(rest) ?? readDirective(rest)
  }
}

/** `: id, id -- reason`. Without the mark, everything is meant and the words are the reason. */
function listed(rest: string, mark: RegExp): Directive {
  const [before, reason] = splitReason(rest)
  if (!mark.test(before)) return { ids: [], reason: reason || wordsOf(before) }
  return { ids: idsIn(before.replace(mark, '')), reason }
}

/** `nosec`, `nosec: B602, B608`. Other words are a reason; names of tests (`hardcoded_sql_expressions`) are ids. */
function nosec(rest: string): Directive {
  const [before, reason] = splitReason(rest.split('#')[0] ?? '')
  const words = idsIn(before.replace(/^\s*:/, ''))
  const ids = words.filter((word) => /^B\d{3}$/i.test(word) || /^[a-z]+(?:_[a-z0-9]+)+$/.test(word))
  return { ids, reason: reason || words.filter((word) => !ids.includes(word)).join(' ') }
}

/** Only `noqa` with security codes: a bare one is meant for style checks. */
function noqa(rest: string): Directive | undefined {
  const [before, reason] = splitReason(rest)
  const codes = /^\s*:\s*([A-Z]+\d+(?:[\s,]+[A-Z]+\d+)*)/i.exec(before)?.[1]
  const ids = codes === undefined ? [] : idsIn(codes).filter((code) => /^S\d{3}$/i.test(code))
  return ids.length === 0 ? undefined : { ids, reason }
}

function splitReason(rest: string): readonly [string, string] {
  const at = rest.indexOf('--')
  if (at < 0) return [withoutCloser(rest), '']
  return [rest.slice(0, at), wordsOf(withoutCloser(rest.slice(at + 2)))]
}

/** Ends of block comments: they belong to the language, not to the directive. */
function withoutCloser(text: string): string {
  return text.replace(/\s*(?:\*\/|-->|\*\)|%>|#\})\s*$/, '')
}

function wordsOf(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/^[\s:,-]+/, '')
    .trim()
}

function idsIn(text: string): string[] {
  return text
    .split(/[\s,]+/)
    .filter((word) => /\w/.test(word))
    .slice(0, 50)
}

function isAlone(text: SourceText, comment: Span): boolean {
  const first = text.position(comment.start)
  const last = text.position(comment.end)
  const before = text.line(first.line).slice(0, first.column - 1)
  const after = text.line(last.line).slice(last.column - 1)
  return before.trim() === '' && after.trim() === ''
}
