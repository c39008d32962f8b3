import type { Evidence, LocatedFinding } from './evidence.ts'
import type { Subject, Verdict } from './verdict.ts'

/**
 * Judges one kind of claim. One file in `checks/` per check, which exports one
 * as `check`; the folder is the list, and `SUBJECTS` is the order of a report.
 *
 * A check sees neither other checks nor their verdicts: a wrong weakness never
 * stops the checks of the code, nor the reverse. What the checks share (file,
 * quote, line) is found before them and stands in the `LocatedFinding`.
 */
export interface Check {
  readonly subject: Subject
  /** What it judges, one line. */
  readonly summary: string
  /** Verdicts on the claims of its kind; one `not-stated` or none when the finding makes no such claim. */
  judge(located: LocatedFinding, evidence: Evidence): readonly Verdict[] | Promise<readonly Verdict[]>
}
