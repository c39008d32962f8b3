import type { Catalogue } from '../cwe/catalogue.ts'
import type { Verification } from './result.ts'

/**
 * A form of the verifier's report: a verification in, text out. One file in
 * `formats/` per form, which exports one as `format`. Everything in a
 * verification that is the review's or the code's is hostile: a form escapes it
 * for where it will be shown.
 */
export interface VerificationFormat {
  /** As in `--format NAME`. */
  readonly name: string
  /** One line for the help. */
  readonly summary: string
  render(verification: Verification, options: VerificationRenderOptions): string
}

export interface VerificationRenderOptions {
  readonly colour: boolean
  /** Columns. */
  readonly width: number
  readonly catalogue: Catalogue
}
