import type { ClaimOf, ForeignFinding, ForeignReview } from './claim.ts'
import type { History, LocatedFile, Sources } from './evidence.ts'
import { elect, hasWholeQuote, voteForFiles } from './infer-file.ts'
import { PathResolver } from './resolve-path.ts'

/** Missing files whose renaming is looked for in the history. */
const MAX_RENAMED = 500

/** Of a review: the first claim of a kind in a finding. */
export function claimOf<Kind extends 'file' | 'lines'>(finding: ForeignFinding, kind: Kind): ClaimOf<Kind> | undefined {
  return finding.claims.find((claim): claim is ClaimOf<Kind> => claim.kind === kind)
}

/** Which file each finding of a review is about: the cited one, the one given for all, or what its quotes speak for. */
export class FileFinder {
  readonly #review: ForeignReview
  readonly #sources: Sources
  readonly #given: string
  readonly #resolver: PathResolver
  #renamed: ReadonlyMap<string, string> = new Map()
  #common: LocatedFile | undefined

  /** `given` is the file that the user gives for findings that name none; '' without. */
  constructor(review: ForeignReview, sources: Sources, given: string) {
    this.#review = review
    this.#sources = sources
    this.#given = given
    this.#resolver = new PathResolver(sources)
  }

  /** Looks up cited files that are missing, all in one walk over the history. */
  async followRenamings(history: History): Promise<void> {
    const missing = new Set<string>()
    for (const finding of this.#review.findings) {
      const cited = claimOf(finding, 'file')
      const path = cited === undefined ? undefined : this.#resolver.missing(cited.path)
      if (path !== undefined && missing.size < MAX_RENAMED) missing.add(path)
    }
    this.#renamed = missing.size === 0 ? new Map() : await history.renamed([...missing])
  }

  find(finding: ForeignFinding): LocatedFile {
    const cited = claimOf(finding, 'file')
    if (cited !== undefined) return this.#cited(cited.path)
    if (this.#given !== '') return { path: this.#given, how: 'given', votes: [] }
    const own = this.#inferred([finding])
    return own.path === '' ? this.#ofAll() : own
  }

  #cited(path: string): LocatedFile {
    const now = this.#renamed.get(this.#resolver.missing(path) ?? '')
    return now !== undefined && this.#sources.has(now)
      ? { path: now, how: 'renamed', votes: [] }
      : this.#resolver.resolve(path)
  }

  #inferred(findings: readonly ForeignFinding[]): LocatedFile {
    const elected = elect(voteForFiles(findings, this.#sources))
    return elected.path === '' || hasWholeQuote(elected.path, findings, this.#sources)
      ? elected
      : { ...elected, path: '', how: 'not-stated' }
  }

  /** A review that names no file anywhere is about one, and its findings vote together. */
  #ofAll(): LocatedFile {
    if (this.#common === undefined) {
      const named = this.#review.findings.filter((each) => claimOf(each, 'file') === undefined)
      this.#common =
        named.length < this.#review.findings.length ? { path: '', how: 'not-stated', votes: [] } : this.#inferred(named)
    }
    return this.#common
  }
}
