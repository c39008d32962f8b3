import { createHash } from 'node:crypto'
import type { Span } from '../core/text.ts'
import type { SourceText } from '../core/text.ts'

/**
 * What identifies a defect from one review to the next: no line, message, rule
 * or version is part of it, so it holds when code moves or rules are renamed.
 */
export interface Identity {
  readonly cwe: number
  readonly path: string
  /** Qualified name of the enclosing function or class. */
  readonly symbol: string
  /** Normalised text of the sink and of the source; the source is `''` for a place that is a weakness by itself. */
  readonly sink: string
  readonly source: string
  /** Counts equals in one file, in order of place, from 0. */
  readonly ordinal: number
}

/** 32 hexadecimal digits: half of a SHA-256, ample against collisions within a program. */
export function fingerprint(of: Identity): string {
  const parts = [`CWE-${of.cwe}`, of.path, of.symbol, of.sink, of.source, String(of.ordinal)]
  // Length prefixes keep parts apart whatever characters the code holds.
  const joined = parts.map((part) => `${part.length}:${part}`).join('|')
  return createHash('sha256').update(joined, 'utf8').digest('hex').slice(0, 32)
}

/** Whether a text can be a fingerprint of ours. */
export function isFingerprint(text: unknown): text is string {
  return typeof text === 'string' && /^[0-9a-f]{32}$/.test(text)
}

/**
 * Code without what formatters change: blanks, line continuations, comments,
 * kind of quotation marks, a comma before a closing bracket.
 */
export function normalisedCode(text: SourceText, span: Span, comments: readonly Span[]): string {
  let code = ''
  let at = span.start
  for (const comment of comments) {
    if (comment.end <= at || comment.start >= span.end) continue
    code += `${text.text.slice(at, comment.start)} `
    at = Math.max(at, comment.end)
  }
  code += text.text.slice(at, Math.max(at, span.end))
  return code
    .replace(/\\\r?\n/g, '')
    .replace(/\s+/g, '')
    .replaceAll("'", '"')
    .replace(/,(?=[)\]}])/g, '')
}
