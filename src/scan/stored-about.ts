import type { Problem, ProblemKind } from '../core/problem.ts'
import type { AboutFile } from './analyse-file.ts'

/** Kinds of problem that a file can have by itself. */
const KINDS: ReadonlySet<unknown> = new Set<ProblemKind>(['unparsed', 'encoding', 'limit', 'skipped', 'unreadable'])

/** What stands beside a file's facts, from JSON of any origin; `undefined` when it is not that in every part. */
export function readAbout(value: unknown): AboutFile | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { lines, comments, problems } = value as Readonly<Record<string, unknown>>
  const isWhole = isOffset(lines) && isAscending(comments) && Array.isArray(problems) && problems.every(isProblem)
  return isWhole ? value as AboutFile : undefined
}

function isAscending(value: unknown): boolean {
  return Array.isArray(value) && value.length % 2 === 0
    && value.every((each, at) => isOffset(each) && (at === 0 || Number(value[at - 1]) <= Number(each)))
}

function isProblem(value: unknown): value is Problem {
  if (typeof value !== 'object' || value === null) return false
  const { kind, path, message, span } = value as Readonly<Record<string, unknown>>
  return KINDS.has(kind) && path === '' && typeof message === 'string' && (span === undefined || isSpan(span))
}

function isSpan(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { start, end } = value as Readonly<Record<string, unknown>>
  return isOffset(start) && isOffset(end) && Number(start) <= Number(end)
}

function isOffset(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 2 ** 31
}
