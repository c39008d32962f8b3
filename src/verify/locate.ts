import type { ForeignFinding, ForeignReview, LineRange, QuoteClaim } from './claim.ts'
import type { SourceText } from '../core/text.ts'
import { CodeText, codeOf } from './code-text.ts'
import type { Anchor, FileVersion, History, LocatedFile, LocatedFinding, LocatedQuote, Sources } from './evidence.ts'
import { claimOf, FileFinder } from './find-file.ts'
import { distance, findVerbatim } from './match-quote.ts'
import { findNear } from './near-quote.ts'
import { cleanQuote, type CleanQuote } from './quoted-code.ts'

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

/**
 * Finds where the findings belong at the revision that is judged: file first,
 * then quote, then line. A line number drifts more easily than a quote, so the
 * quote decides.
 */
export async function locateAtRevision(
  review: ForeignReview, sources: Sources, history: History, given: string,
): Promise<readonly LocatedFinding[]> {
  const files = new FileFinder(review, sources, given)
  await files.followRenamings(history)
  const locator = new Locator(sources)
  return review.findings.map((finding) => locator.locate(finding, files.find(finding)))
}

/** Looks for the quotes that were not found in earlier versions of their files, and for what is similar to them. */
export async function locateElsewhere(
  all: readonly LocatedFinding[],
  sources: Sources,
  history: History,
): Promise<readonly LocatedFinding[]> {
  const open = all.filter(({ file, quotes }) => file.path !== '' && quotes.some((each) => each.step === 'none'))
  await history.prepare([...new Set(open.map(({ file }) => file.path))].slice(0, LOCATE_LIMITS.histories))
  const searcher = new Searcher(sources, history)
  return all.map((located) => searcher.locate(located))
}

/** The first steps of the ladder: cited lines, file, tree. */
class Locator {
  readonly #sources: Sources
  #treeSearches = 0

  constructor(sources: Sources) {
    this.#sources = sources
  }

  locate(finding: ForeignFinding, file: LocatedFile): LocatedFinding {
    const cited = claimOf(finding, 'lines')?.ranges[0]
    const quotes = finding.claims
      .filter((claim): claim is QuoteClaim => claim.kind === 'quote')
      .map((claim) => this.#find(claim, file.path, cited))
    return { finding, file, quotes, anchor: anchorOf(file.path, quotes, cited) }
  }

  #find(claim: QuoteClaim, path: string, cited: LineRange | undefined): LocatedQuote {
    const quote = cleanQuote(claim.text)
    if (quote === undefined) return without(claim, 'unsearchable')
    if (quote.squashed.length < SHORTEST_QUOTE) return without(claim, 'too-short')
    if (this.#sources.skipped(path) !== undefined) return without(claim, 'unsearchable')
    return this.#inFile(claim, quote, path, cited) ?? this.#inTree(claim, quote, path) ?? without(claim, 'none')
  }

  #inFile(claim: QuoteClaim, quote: CleanQuote, path: string, cited: LineRange | undefined): LocatedQuote | undefined {
    const code = codeAt(this.#sources, path)
    const found = code === undefined ? undefined : findVerbatim(code, quote, cited?.start)
    if (found === undefined || code === undefined) return undefined
    const isCited = cited === undefined || distanceToRange(found, cited) === 0
    const isJoined = !quote.text
      .split('\n')
      .every((line) => linesOf(code, found).some((each) => each.includes(line.trim())))
    return {
      ...without(claim, isCited ? (isJoined ? 'joined' : 'cited') : 'file'),
      path,
      ...found,
      text: linesOf(code, found).join('\n'),
    }
  }

  #inTree(claim: QuoteClaim, quote: CleanQuote, path: string): LocatedQuote | undefined {
    const longest = quote.text
      .split('\n')
      .map((line) => line.trim())
      .reduce((one, other) => (other.length > one.length ? other : one), '')
    if (longest.length < LONG_ENOUGH || this.#treeSearches === LOCATE_LIMITS.treeSearches) return undefined
    this.#treeSearches += 1
    const places = this.#sources
      .filesWith(longest, LOCATE_LIMITS.treeFiles)
      .paths.filter((each) => each !== path)
      .map((each) => ({ path: each, code: codeAt(this.#sources, each) }))
      .flatMap(({ path: at, code }) => {
        const found = code === undefined ? undefined : findVerbatim(code, quote, undefined)
        return found === undefined || code === undefined
          ? []
          : [{ path: at, ...found, text: linesOf(code, found).join('\n') }]
      })
    const [only] = places
    return places.length === 1 && only !== undefined ? { ...without(claim, 'tree'), ...only } : undefined
  }
}

/** The last steps: earlier versions, something similar. */
class Searcher {
  readonly #sources: Sources
  readonly #history: History
  readonly #versions = new Map<string, CodeText>()
  #nearSearches = 0

  constructor(sources: Sources, history: History) {
    this.#sources = sources
    this.#history = history
  }

  locate(located: LocatedFinding): LocatedFinding {
    const { finding, file } = located
    if (!located.quotes.some((each) => each.step === 'none')) return located
    const cited = claimOf(finding, 'lines')?.ranges[0]
    const quotes = located.quotes.map((each) => (each.step === 'none' ? this.#find(each.claim, file.path) : each))
    return { finding, file, quotes, anchor: anchorOf(file.path, quotes, cited) }
  }

  #find(claim: QuoteClaim, path: string): LocatedQuote {
    const quote = cleanQuote(claim.text)
    if (quote === undefined || path === '') return without(claim, 'unsearchable')
    return this.#inHistory(claim, quote, path) ?? this.#near(claim, quote, path)
  }

  #inHistory(claim: QuoteClaim, quote: CleanQuote, path: string): LocatedQuote | undefined {
    const versions = this.#history.versions(path)
    for (const version of versions) {
      const source = this.#history.text(version)
      if (source === undefined) continue
      const code = this.#version(version.blob, source, path)
      const found = findVerbatim(code, quote, undefined)
      if (found === undefined) continue
      const text = linesOf(code, found).join('\n')
      return {
        ...without(claim, 'history'),
        path: version.path,
        ...found,
        text,
        version,
        versionsSearched: versions.length,
      }
    }
    return undefined
  }

  #near(claim: QuoteClaim, quote: CleanQuote, path: string): LocatedQuote {
    const none: LocatedQuote = { ...without(claim, 'none'), versionsSearched: this.#history.versions(path).length }
    const code = codeAt(this.#sources, path)
    if (code === undefined || this.#nearSearches === LOCATE_LIMITS.nearSearches) return none
    this.#nearSearches += 1
    const near = findNear(code, quote)
    return near === undefined ? none : { ...none, step: 'near', path, ...near, text: linesOf(code, near).join('\n') }
  }

  /** The prepared text of an earlier version. */
  #version(blob: string, source: SourceText, path: string): CodeText {
    const known = this.#versions.get(blob) ?? new CodeText(source, this.#sources.languageOf(path)?.lineComments ?? [])
    this.#versions.set(blob, known)
    return known
  }
}

function codeAt(sources: Sources, path: string): CodeText | undefined {
  return path === '' ? undefined : codeOf(sources, path)
}

/** Shorter lines stand in many files. */
const LONG_ENOUGH = 12

function distanceToRange(found: { readonly line: number, readonly endLine: number }, cited: LineRange): number {
  if (found.line <= cited.end && cited.start <= found.endLine) return 0
  return Math.min(distance(found, cited.start), distance(found, cited.end))
}

/** Lines of a place, at most ten. */
function linesOf(
  code: CodeText,
  { line, endLine }: { readonly line: number; readonly endLine: number },
): readonly string[] {
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
