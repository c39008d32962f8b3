import type { Evidence, LocatedFinding } from './evidence.ts'
import type { Subject, Verdict } from './verdict.ts'

/**
 * Judges what a finding must presuppose to be a weakness at all: an ingredient,
 * a flow, the absence of a defence, that somebody can get there, that the advice
 * fits. One file in `premises/` per premise, which exports one as `premise`.
 *
 * A better analysis replaces the file of its premise; nothing else changes. A
 * confirmed premise makes a finding `grounded`; a contradicted one carries the
 * defect that refutes it, with the counter-line as evidence.
 */
export interface Premise {
  readonly subject: Extract<Subject, 'ingredient' | 'flow' | 'absence' | 'reach' | 'recommendation'>
  /** What it judges, one line. */
  readonly summary: string
  judge(located: LocatedFinding, evidence: Evidence): readonly Verdict[] | Promise<readonly Verdict[]>
}
