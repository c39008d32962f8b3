import type { SourceText } from '../core/text.ts'
import type { Catalogue } from '../cwe/catalogue.ts'
import type { Finding, ConsideredPlace } from '../review/review.ts'
import type { Language } from '../tree/language.ts'
import type { ForeignFinding, ForeignReview, QuoteClaim } from './claim.ts'

/** What checks and premises judge by. It is the same for every finding of a review. */
export interface Evidence {
  readonly review: ForeignReview
  readonly catalogue: Catalogue
  readonly sources: Sources
  readonly history: History
  readonly engine: Engine
  /** Whether the revision was stated, by the user or the review; if not, what is absent may stand elsewhere. */
  readonly isRevisionAsserted: boolean
}

/** The files of the tree at the revision that is judged. Paths are relative to the root, with `/`. */
export interface Sources {
  /** The commit, `''` for the files on disk. */
  readonly revision: string
  /** Every regular file, sorted. */
  readonly paths: readonly string[]
  has(path: string): boolean
  /** Text of a file; `undefined` when there is none, or why it could not be read stands in `skipped`. */
  text(path: string): SourceText | undefined
  /** Why a file that exists has no text: too large, binary; `undefined` when it has. */
  skipped(path: string): string | undefined
  languageOf(path: string): Language | undefined
  /** Whether the path holds test code by the conventions of its language. */
  isTest(path: string): boolean
  /** Files that hold a literal text, in sorted order; at most `limit`, with how many were searched. */
  filesWith(text: string, limit: number): FilesFound
}

export interface FilesFound {
  readonly paths: readonly string[]
  /** Files searched. */
  readonly searched: number
  /** Whether there may be more than `paths`. */
  readonly isCut: boolean
  /** Files that could not be searched. */
  readonly skipped: number
}

/** Earlier and later versions of files. Empty answers when there is no repository or it was not asked for. */
export interface History {
  readonly isAvailable: boolean
  /** Looks up several files at once; one walk over the commits serves all. */
  prepare(paths: readonly string[]): Promise<void>
  /**
   * Versions of a file reachable from any ref, newest first, renames followed, bounded; none of one that was not
   * prepared.
   */
  versions(path: string): readonly FileVersion[]
  /** Text of a version; `undefined` when it cannot be read. */
  text(version: FileVersion): SourceText | undefined
  /** Later paths of files that were renamed, by their earlier ones. */
  renamed(paths: readonly string[]): Promise<ReadonlyMap<string, string>>
}

export interface FileVersion {
  /** Full id of the commit that made it. */
  readonly commit: string
  /** Day of the commit, `YYYY-MM-DD`. */
  readonly date: string
  /** Path in that commit. */
  readonly path: string
  /** Id of the content's object. */
  readonly blob: string
}

/** Assay's own review of the cited files. */
export interface Engine {
  /** Makes the review when there are rules for one of the weaknesses that are claimed. */
  prepare(): Promise<void>
  /**
   * Findings and considered places of one file for these weaknesses and their kin; not available without rules for
   * them.
   */
  about(path: string, ids: readonly number[]): Promise<EngineAnswer>
}

export interface EngineAnswer {
  readonly isAvailable: boolean
  /** Why not, one sentence; `''` otherwise. */
  readonly reason: string
  readonly findings: readonly Finding[]
  readonly places: readonly ConsideredPlace[]
}

/** A finding with the places it was found to belong to: file first, then quote, then line. */
export interface LocatedFinding {
  readonly finding: ForeignFinding
  readonly file: LocatedFile
  /** One per quote of the finding, in its order. */
  readonly quotes: readonly LocatedQuote[]
  /**
   * Lines that the other checks look at: where the quote stands, else where the review points; `undefined` without
   * either.
   */
  readonly anchor: Anchor | undefined
}

export interface LocatedFile {
  /** Path in the tree; `''` when none was found. */
  readonly path: string
  readonly how:
    | 'exact'
    | 'given'
    | 'case'
    | 'suffix'
    | 'basename'
    | 'renamed'
    | 'inferred'
    | 'ambiguous'
    | 'missing'
    | 'outside'
    | 'not-stated'
  /** Candidates when it is ambiguous, or what was voted for. */
  readonly votes: readonly { readonly path: string; readonly weight: number; readonly by: readonly string[] }[]
}

export interface Anchor {
  readonly path: string
  /** Counted from 1, inclusive. */
  readonly line: number
  readonly endLine: number
  readonly from: 'quote' | 'near-quote' | 'lines'
}

/** Where a quote stands. */
export interface LocatedQuote {
  readonly claim: QuoteClaim
  /** `none`: nowhere. `history`: in another version of the file. `too-short`: it would be found anywhere. */
  readonly step: 'cited' | 'joined' | 'file' | 'tree' | 'history' | 'near' | 'none' | 'too-short' | 'unsearchable'
  readonly path: string
  /** Counted from 1; 0 when it was not found. */
  readonly line: number
  readonly endLine: number
  /** Text that stands there. */
  readonly text: string
  /** For `near`: 0 to 1. */
  readonly similarity: number
  /** For `near`: whether an identifier, literal or operator differs; spacing, comments and quote marks do not count. */
  readonly isLoadBearing: boolean
  /** For `near`: the tokens that differ. */
  readonly difference: { readonly said: string, readonly found: string }
  /** For `history`: the version it stands in. */
  readonly version: FileVersion | undefined
  /** Versions of the file that were searched. */
  readonly versionsSearched: number
}
