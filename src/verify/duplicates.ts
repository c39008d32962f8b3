import type { LocatedFinding } from './evidence.ts'
import type { Verdict } from './verdict.ts'

/** Findings with the same file, overlapping lines and a common id say the same thing; the later ones are told so. */
export function duplicateVerdicts(located: readonly LocatedFinding[]): ReadonlyMap<number, readonly Verdict[]> {
  const verdicts = new Map<number, readonly Verdict[]>()
  const earlier = new Map<string, { readonly line: number, readonly endLine: number, readonly at: number }[]>()
  for (const [at, { finding, anchor }] of located.entries()) {
    if (anchor === undefined) continue
    const ids = [...new Set(finding.claims.filter((claim) => claim.kind === 'weakness').map((claim) => claim.id))]
    for (const id of ids) {
      const key = `${id} ${anchor.path}`
      const same = earlier.get(key) ?? []
      const first = same.find((each) => each.line <= anchor.endLine && anchor.line <= each.endLine)
      if (first === undefined) {
        if (same.length < MAX_PER_FILE) earlier.set(key, [...same, { line: anchor.line, endLine: anchor.endLine, at }])
      } else verdicts.set(at, [verdictOf(first.at, id)])
    }
  }
  return verdicts
}

/** Places of one id in one file that are compared. */
const MAX_PER_FILE = 500

function verdictOf(first: number, id: number): Verdict {
  return {
    subject: 'duplicate', verdict: 'confirmed', code: 'duplicate', evidence: [],
    reason: `Finding ${first + 1} is at the same lines with the same weakness (CWE-${id}).`,
  }
}
