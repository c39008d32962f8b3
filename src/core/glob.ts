import picomatch from 'picomatch'
import { UsageError } from './problem.ts'

/** Longest pattern accepted; far longer than any a person writes. */
const MAX_PATTERN = 500

/**
 * Wildcards in one pattern. A pattern can come from the reviewed project, and
 * the time to compare a path grows with the path's length to this power.
 */
const MAX_WILDCARDS = 6

/** A project-relative path with `/`, from one as the system writes it. */
export function toSlashes(path: string): string {
  return path.replaceAll('\\', '/')
}

/**
 * A test for project-relative paths (with `/`) against patterns of the sort that
 * `--include` takes: `*.py` and `tests` match at any depth, `src/*.py` from the
 * root, and a pattern that names a folder covers all below it. Always false for
 * no patterns. Throws a `UsageError` naming `place` for a pattern that is none.
 */
export function pathFilter(patterns: readonly string[], place: string): (path: string) => boolean {
  if (patterns.length === 0) return () => false
  const tests = patterns.map((pattern) => picomatch(expand(pattern, place), { dot: true, nonegate: true, noextglob: true }))
  return (path) => tests.some((test) => test(path))
}

function expand(pattern: string, place: string): string[] {
  if (pattern.trim() === '' || !isBounded(pattern)) {
    const reason = pattern.trim() === '' ? 'is no path pattern' : 'is too long, or has too many wildcards'
    throw new UsageError(`${JSON.stringify(pattern.slice(0, 60))} ${reason}`, place, 'Write it as `*.c`, `tests/` or `src/**/*.c`.')
  }
  // On Windows people write patterns as they write paths; a backslash escapes nothing here.
  const clean = toSlashes(pattern).replace(/^\.\//, '').replace(/\/+$/, '').replaceAll(/[()+|]/g, '\\$&')
  const anchored = clean.startsWith('/') ? clean.slice(1) : clean.includes('/') ? clean : `**/${clean}`
  return [anchored, `${anchored}/**`]
}

/** Whether a pattern of any origin is short and simple enough to be compared with any path. */
export function isBounded(pattern: string): boolean {
  return pattern.length <= MAX_PATTERN && (pattern.match(/[*?[{]+/g)?.length ?? 0) <= MAX_WILDCARDS
}
