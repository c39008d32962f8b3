import type { ClaimOf, ForeignFinding, ForeignReview, LineRange, QuoteClaim } from './claim.ts'
import type { SourceText } from '../core/text.ts'
import { CodeText, codeOf } from './code-text.ts'
import type { Anchor, FileVersion, History, LocatedFile, LocatedFinding, LocatedQuote, Sources } from './evidence.ts'
import { elect, voteForFiles } from './infer-file.ts'
import { distance, findVerbatim } from './match-quote.ts'
import { findNear } from './near-quote.ts'
import { cleanQuote, type CleanQuote } from './quoted-code.ts'
import { PathResolver } from './resolve-path.ts'

/** Bounds on the work for one review. What exceeds them is `unsearchable`, never "not found". */
const LOCATE_LIMITS = {
  /** Quotes that are searched for in the whole tree. */
  treeSearches: 2_000,
  /** Files of the tree that may hold one quote. */
  treeFiles: 20,
  /** Similarity searches. */
  nearSearches: 4_000,
  /** Files whose history is walked. */
  histories: 200,
}

/** Shorter quotes, in characters without white space, stand anywhere. */
const SHORTEST_QUOTE = 6

/** Of a review: the first claim of a kind in a finding. */
export function claimOf<Kind extends 'file' | 'lines'>(finding: ForeignFinding, kind: Kind): ClaimOf<Kind> | undefined {
  return finding.claims.find((claim): claim is ClaimOf<Kind> => claim.kind === kind)
}

/**
 * Finds where the findings belong: file first, then quote, then line. A line
 * number drifts more easily than a quote, so the quote decides.
 */
export function locateFindings(
  review: ForeignReview, sources: Sources, history: History, given: string,
): readonly LocatedFinding[] {
  const files = new FileFinder(review, sources, history, given)
  const placed = review.findings.map((finding) => ({ finding, file: files.find(finding) }))
  const locator = new Locator(sources, history)
  const first = placed.map(({ finding, file }) => locator.atRevision(finding, file))
  history.prepare(locator.withOpenQuotes(first))
  return first.map((located) => locator.elsewhere(located))
}

/** Which file a finding is about. */
class FileFinder {
  readonly #review: ForeignReview
  readonly #sources: Sources
  readonly #given: string
  readonly #resolver: PathResolver
  #common: LocatedFile | undefined

  constructor(review: ForeignReview, sources: Sources, history: History, given: string) {
    this.#review = review
    this.#sources = sources
    this.#given = given
    this.#resolver = new PathResolver(sources, history)
  }

  find(finding: ForeignFinding): LocatedFile {
    const cited = claimOf(finding, 'file')
    if (cited !== undefined) return this.#resolver.resolve(cited.path)
    if (this.#given !== '') return { path: this.#given, how: 'given', votes: [] }
    const own = elect(voteForFiles([finding], this.#sources))
    return own.path === '' ? this.#ofAll() : own
  }

  /** A review that names no file anywhere is about one, and its findings vote together. */
  #ofAll(): LocatedFile {
    if (this.#common === undefined) {
      const named = this.#review.findings.filter((each) => claimOf(each, 'file') === undefined)
      this.#common = named.length < this.#review.findings.length
        ? { path: '', how: 'not-stated', votes: [] }
        : elect(voteForFiles(named, this.#sources))
    }
    return this.#common
  }
}

/** Where quotes stand, by the ladder: cited lines, file, tree, earlier versions, something similar. */
class Locator {
  readonly #sources: Sources
  readonly #history: History
  readonly #versions = new Map<string, CodeText>()
  #treeSearches = 0
  #nearSearches = 0

  constructor(sources: Sources, history: History) {
    this.#sources = sources
    this.#history = history
  }

  /** The steps that need nothing but the file. */
  atRevision(finding: ForeignFinding, file: LocatedFile): LocatedFinding {
    const cited = claimOf(finding, 'lines')?.ranges[0]
    const quotes = finding.claims.filter((claim): claim is QuoteClaim => claim.kind === 'quote')
      .map((claim) => this.#inFile(claim, file.path, cited))
    return { finding, file, quotes, anchor: anchorOf(file.path, quotes, cited) }
  }

  /** Files whose earlier versions may hold a quote that they do not hold now. */
  withOpenQuotes(all: readonly LocatedFinding[]): readonly string[] {
    const open = all.filter(({ file, quotes }) => file.path !== '' && quotes.some((each) => each.step === 'none'))
    return [...new Set(open.map(({ file }) => file.path))].slice(0, LOCATE_LIMITS.histories)
  }

  /** The steps for quotes that were not found in the file. */
  elsewhere(located: LocatedFinding): LocatedFinding {
    const { finding, file } = located
    const cited = claimOf(finding, 'lines')?.ranges[0]
    const quotes = located.quotes.map((each) => (each.step === 'none' ? this.#elsewhere(each.claim, file.path) : each))
    return { finding, file, quotes, anchor: anchorOf(file.path, quotes, cited) }
  }

  #inFile(claim: QuoteClaim, path: string, cited: LineRange | undefined): LocatedQuote {
    const quote = cleanQuote(claim.text)
    if (quote === undefined) return without(claim, 'unsearchable')
    if (quote.squashed.length < SHORTEST_QUOTE) return without(claim, 'too-short')
    if (this.#sources.skipped(path) !== undefined) return without(claim, 'unsearchable')
    const code = this.#code(path)
    const found = code === undefined ? undefined : findVerbatim(code, quote, cited?.start)
    if (found === undefined || code === undefined) return without(claim, 'none')
    const isCited = cited === undefined || distanceToRange(found, cited) === 0
    const isJoined = !quote.text.split('\n').every((line) => linesOf(code, found).some((each) => each.includes(line.trim())))
    return { ...without(claim, isCited ? (isJoined ? 'joined' : 'cited') : 'file'), path, ...found, text: linesOf(code, found).join('\n') }
  }

  #elsewhere(claim: QuoteClaim, path: string): LocatedQuote {
    const quote = cleanQuote(claim.text)
    if (quote === undefined) return without(claim, 'unsearchable')
    return this.#inTree(claim, quote, path) ?? this.#inHistory(claim, quote, path) ?? this.#near(claim, quote, path)
  }

  #inTree(claim: QuoteClaim, quote: CleanQuote, path: string): LocatedQuote | undefined {
    const longest = quote.text.split('\n').map((line) => line.trim()).reduce((one, other) => (other.length > one.length ? other : one), '')
    if (longest.length < LONG_ENOUGH || this.#treeSearches === LOCATE_LIMITS.treeSearches) return undefined
    this.#treeSearches += 1
    const places = this.#sources.filesWith(longest, LOCATE_LIMITS.treeFiles).paths.filter((each) => each !== path)
      .map((each) => ({ path: each, code: this.#code(each) }))
      .flatMap(({ path: at, code }) => {
        const found = code === undefined ? undefined : findVerbatim(code, quote, undefined)
        return found === undefined || code === undefined ? [] : [{ path: at, ...found, text: linesOf(code, found).join('\n') }]
      })
    const [only] = places
    return places.length === 1 && only !== undefined ? { ...without(claim, 'tree'), ...only } : undefined
  }

  #inHistory(claim: QuoteClaim, quote: CleanQuote, path: string): LocatedQuote | undefined {
    if (path === '' || !this.#history.isAvailable) return undefined
    const versions = this.#history.versions(path)
    for (const version of versions) {
      const source = this.#history.text(version)
      if (source === undefined) continue
      const code = this.#version(version.blob, source, path)
      const found = findVerbatim(code, quote, undefined)
      if (found === undefined) continue
      const text = linesOf(code, found).join('\n')
      return { ...without(claim, 'history'), path: version.path, ...found, text, version, versionsSearched: versions.length }
    }
    return undefined
  }

  #near(claim: QuoteClaim, quote: CleanQuote, path: string): LocatedQuote {
    const versionsSearched = path === '' ? 0 : this.#history.versions(path).length
    const none: LocatedQuote = { ...without(claim, path === '' ? 'unsearchable' : 'none'), versionsSearched }
    const code = this.#code(path)
    if (code === undefined) return none
    if (this.#nearSearches === LOCATE_LIMITS.nearSearches) return none
    this.#nearSearches += 1
    const near = findNear(code, quote)
    return near === undefined ? none : { ...none, step: 'near', path, ...near, text: linesOf(code, near).join('\n') }
  }

  #code(path: string): CodeText | undefined {
    return path === '' ? undefined : codeOf(this.#sources, path)
  }

  /** The prepared text of an earlier version. */
  #version(blob: string, source: SourceText, path: string): CodeText {
    const known = this.#versions.get(blob) ?? new CodeText(source, this.#openers(path))
    this.#versions.set(blob, known)
    return known
  }

  #openers(path: string): readonly string[] {
    return this.#sources.languageOf(path)?.lineComments ?? []
  }
}

/** Shorter lines stand in many files. */
const LONG_ENOUGH = 12

function distanceToRange(found: { readonly line: number, readonly endLine: number }, cited: LineRange): number {
  if (found.line <= cited.end && cited.start <= found.endLine) return 0
  return Math.min(distance(found, cited.start), distance(found, cited.end))
}

/** Lines of a place, at most ten. */
function linesOf(code: CodeText, { line, endLine }: { readonly line: number, readonly endLine: number }): readonly string[] {
  const lines: string[] = []
  for (let at = line; at <= endLine && lines.length < 10; at++) lines.push(code.source.line(at))
  return lines
}

function without(claim: QuoteClaim, step: LocatedQuote['step']): LocatedQuote {
  return {
    claim, step, path: '', line: 0, endLine: 0, text: '', similarity: 0, isLoadBearing: false,
    difference: { said: '', found: '' }, version: undefined, versionsSearched: 0,
  }
}

function anchorOf(path: string, quotes: readonly LocatedQuote[], cited: LineRange | undefined): Anchor | undefined {
  const steps: readonly LocatedQuote['step'][] = ['cited', 'joined', 'file', 'tree']
  const found = quotes.find((each) => steps.includes(each.step))
  if (found !== undefined) return { path: found.path, line: found.line, endLine: found.endLine, from: 'quote' }
  const near = quotes.find((each) => each.step === 'near')
  if (near !== undefined) return { path: near.path, line: near.line, endLine: near.endLine, from: 'near-quote' }
  if (cited === undefined || path === '') return undefined
  return { path, line: cited.start, endLine: cited.end, from: 'lines' }
}

/** A version's commit as people write it. */
export function shortCommit(version: Pick<FileVersion, 'commit'>): string {
  return version.commit.slice(0, 10)
}
