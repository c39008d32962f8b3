import type { Catalogue } from '../cwe/catalogue.ts'
import type { Review } from '../review/review.ts'
import type { Rule } from '../rules/rule.ts'

/**
 * A report format: a review in, text out, nothing else. One file in this
 * folder's `formats/` exports one as `format`; `--format` and its help come from
 * the folder.
 */
export interface ReportFormat {
  /** As in `--format NAME`. */
  readonly name: string
  /** One line for the help. */
  readonly summary: string
  render(review: Review, options: RenderOptions): string
}

export interface RenderOptions {
  /** Terminal colours, decided by the command line. */
  readonly colour: boolean
  /** Whether every considered place is listed, however many there are. */
  readonly considered?: boolean
  /** Terminal width in columns. */
  readonly width: number
  readonly catalogue: Catalogue
  /** Rules that were run, for formats that describe them. */
  readonly rules: readonly Rule[]
}
