import type { Confidence, Severity } from '../rules/rule.ts'

/** What a review is asked to do. Only `paths` (or `input`) is needed. */
export interface ReviewOptions {
  /** Files and folders to report on; the program around them is read too. */
  readonly paths?: readonly string[]
  /** Code that is in no file, instead of `paths`. */
  readonly input?: StandardInput
  /** The folder that holds the whole program; found when left out. */
  readonly root?: string
  /** Rule files or folders of one's own, beside Assay's. */
  readonly config?: readonly string[]
  /** Only rules for these weaknesses, or for more specific ones. */
  readonly cwe?: readonly number[]
  /** Findings below are counted, not listed; default `low`. */
  readonly severity?: Severity
  readonly confidence?: Confidence
  /** For the command line's exit code; reviews nothing less or more. */
  readonly failOn?: Severity
  /** Path patterns; see `pathFilter`. They narrow what is reported, not what is read. */
  readonly include?: readonly string[]
  readonly exclude?: readonly string[]
  /** A baseline file, an earlier review in json or sarif, or a revision: its findings are kept apart. */
  readonly baseline?: string
  /** A revision: as `baseline`, and never a file. */
  readonly diff?: string
  /** Whether comments may silence findings; default true. */
  readonly suppressions?: boolean
  /** Whether `assay.yaml` at the root is obeyed; default true. */
  readonly projectConfig?: boolean
  /** Parallel workers; 1 works in this process; by default one per processor, at most 8. */
  readonly jobs?: number
  /** Whether facts are kept in the user's cache folder; default true. */
  readonly cache?: boolean
  /** Where, instead of the user's cache folder. */
  readonly cacheFolder?: string
  /** A folder of models instead of Assay's own. */
  readonly modelFolder?: string
  readonly onProgress?: (progress: Progress) => void
}

/** Code handed over without a file. */
export interface StandardInput {
  readonly bytes: Uint8Array
  /** Says the language and where in the program the code belongs; it need not exist. */
  readonly fileName: string
}

/** How far the review is. */
export interface Progress {
  readonly stage: 'discovering' | 'reading' | 'linking' | 'judging' | 'writing'
  /** Files done and to do; 0 of 0 for stages without files. */
  readonly done: number
  readonly total: number
}
