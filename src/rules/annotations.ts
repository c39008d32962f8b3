/**
 * Expectations written into rule tests, as comments on the line before:
 * `ruleid: a, b` must be reported on the next line, `ok: a` must not;
 * `todoruleid` and `todook` exempt the next line for that rule both ways.
 */
export interface Expectations {
  /** Lines (from 1) that must be reported. */
  readonly required: readonly number[]
  /** Lines where nothing is decided. */
  readonly exempt: readonly number[]
}

/** What a run got wrong against the annotations. */
export interface Mismatch {
  /** Expected and not reported. */
  readonly missing: readonly number[]
  /** Reported and not expected. */
  readonly extra: readonly number[]
}

const ANNOTATION = /^\s*(?:\/\/|#|\/\*|<!--|\(\*|\{\/\*)\s*(ruleid|ok|todoruleid|todook)\s*:\s*([\w.,\s-]+?)\s*(?:\*\/|-->|\*\)|\*\/\})?\s*$/

/** Reads the annotations for one rule. */
export function expectationsIn(text: string, ruleId: string): Expectations {
  const required: number[] = []
  const exempt: number[] = []
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    const parts = ANNOTATION.exec(line)
    if (!parts) continue
    const ids = (parts[2] ?? '').split(',').map((id) => id.trim())
    if (!ids.includes(ruleId)) continue
    if (parts[1] === 'ruleid') required.push(index + 2)
    else if (parts[1] !== 'ok') exempt.push(index + 2)
  }
  return { required, exempt }
}

/** Compares reported first lines with the annotations; an unannotated report is extra. */
export function compare(expected: Expectations, reported: readonly number[]): Mismatch {
  const lines = new Set(reported)
  return {
    missing: expected.required.filter((line) => !lines.has(line) && !expected.exempt.includes(line)),
    extra: [...lines].filter((line) => !expected.required.includes(line) && !expected.exempt.includes(line)).sort((a, b) => a - b),
  }
}
