import { errorCode, type FileStatus } from '../core/files.ts'
import { hashOf } from '../core/hash.ts'
import { LIMITS } from '../core/limits.ts'
import type { Problem } from '../core/problem.ts'
import { decodeFacts } from '../flow/codec.ts'
import type { FileFacts } from '../flow/facts.ts'
import type { RuleMatches } from '../match/match.ts'
import type { Rule } from '../rules/rule.ts'
import type { Language } from '../tree/language.ts'
import type { AboutFile, FileAnswer } from './analyse-file.ts'
import { noCache, type Cache, type ContentNames } from './cache.ts'
import type { SourceFile } from './discover.ts'
import { objectId } from './git.ts'
import { createPool, type Pool, type PoolTask } from './pool.ts'
import { RelevantTests, type Importer } from './relevant-tests.ts'
import type { RuleScopes } from './rule-scope.ts'
import type { FileTree } from './tree.ts'

/** A file of the program that could be read, by its content. */
export interface FileContent extends ContentNames {
  readonly source: SourceFile
}

/** A file of the program with all that its bytes say. */
export interface AnalysedFile extends FileContent {
  readonly facts: FileFacts
  readonly about: AboutFile
  /** Matches of pattern rules that matched or reached a limit. */
  readonly matches: readonly RuleMatches[]
}

export interface AnalysedFiles {
  /** In the order of the sources; a file that could not be analysed is missing and in the problems. */
  readonly files: readonly AnalysedFile[]
  /** All files, those too that need not be analysed. */
  readonly contents: readonly FileContent[]
  readonly problems: readonly Problem[]
  readonly work: Work
}

/** What was done, for tests and for the curious. */
export interface Work {
  /** Files read, files parsed, and files whose facts were made. */
  readonly read: number
  readonly parsed: number
  readonly lowered: number
}

export interface AnalyseOptions {
  readonly tree: FileTree
  readonly languages: readonly Language[]
  /** Rules that search by patterns. */
  readonly rules: readonly Rule[]
  readonly scopes: RuleScopes
  readonly cache: Cache
  readonly jobs: number
  /** Code that stands alone without being a file. */
  readonly mayBeFragment: (path: string) => boolean
  readonly onProgress: (done: number, total: number) => void
}

/**
 * Takes facts and matches from the cache, makes those that are missing, and keeps
 * them: of every file but the tests that have nothing to do with what is reviewed.
 */
export async function analyseFiles(sources: readonly SourceFile[], options: AnalyseOptions): Promise<AnalysedFiles> {
  const gathering = new Gathering(sources, options)
  const tests = new RelevantTests(sources)
  try {
    gathering.identify()
    let next = tests.first((source) => gathering.textOf(source))
    while (next.length > 0) next = tests.importedBy(await gathering.analyse(next))
  } finally {
    await gathering.close()
  }
  return gathering.result()
}

interface Entry {
  readonly source: SourceFile
  hash: string
  objectId: string
  bytes: Uint8Array | undefined
  facts: FileFacts | undefined
  about: AboutFile | undefined
  matches: readonly RuleMatches[]
  /** Rules whose matches are not known yet. */
  missing: readonly number[]
}

class Gathering {
  readonly #options: AnalyseOptions
  readonly #cacheless: Cache
  /** By path, in the order of the sources. */
  readonly #entries = new Map<string, Entry>()
  readonly #analysed = new Set<Entry>()
  readonly #problems: Problem[] = []
  /** Workers that got ready before it was known how much there is to do. */
  #ready: Pool | undefined
  #read = 0
  #parsed = 0
  #lowered = 0

  constructor(sources: readonly SourceFile[], options: AnalyseOptions) {
    this.#options = options
    // What stands alone is read in another way than a file of the same content.
    this.#cacheless = noCache(options.rules.length)
    for (const source of sources) {
      this.#entries.set(source.path, { source, hash: '', objectId: '', bytes: undefined, facts: undefined, about: undefined, matches: [], missing: [] })
    }
  }

  /** Finds what content each file has. Where nothing is known of any, the workers get ready while the files are read. */
  identify(): void {
    if (this.#options.cache.isEmpty) this.#ready = this.#createPool([...this.#entries.values()])
    for (const entry of this.#entries.values()) {
      const { path, status } = entry.source
      const unchanged = this.#cacheFor(entry.source).unchanged(path, status)
      entry.hash = unchanged?.hash ?? ''
      entry.objectId = unchanged?.objectId ?? ''
      if (entry.hash === '') this.#readBytes(entry)
    }
  }

  /** A file's bytes as characters; `''` for one that cannot be read. */
  textOf({ path }: SourceFile): string {
    const entry = this.#entries.get(path)
    if (entry === undefined || entry.bytes === undefined && !this.#readBytes(entry) || entry.bytes === undefined) return ''
    return Buffer.from(entry.bytes.buffer, entry.bytes.byteOffset, entry.bytes.length).toString('latin1')
  }

  /** Takes what the cache knows of files, and makes what is missing. Gives those that could be analysed. */
  async analyse(sources: readonly SourceFile[]): Promise<readonly Importer[]> {
    const entries = sources.flatMap(({ path }) => this.#entries.get(path) ?? []).filter(({ hash }) => hash !== '')
    const open = entries.filter((entry) => !this.#take(entry) && (entry.bytes !== undefined || this.#readBytes(entry)))
    const { onProgress } = this.#options
    for (const entry of entries) this.#analysed.add(entry)
    const total = this.#analysed.size
    let done = total - open.length
    onProgress(done, total)
    const pool = this.#ready ?? this.#createPool(open)
    try {
      await pool.run(open.map((entry) => this.#task(entry)), (at, answer) => {
        const entry = open[at]
        if (entry !== undefined) this.#accept(entry, answer)
        onProgress(++done, total)
      })
    } finally {
      if (pool !== this.#ready) await pool.close()
    }
    return entries.flatMap(({ source, facts }) => (facts === undefined ? [] : [{ source, facts }]))
  }

  /** Whether the cache knows everything that is wanted of a file. */
  #take(entry: Entry): boolean {
    const { source, hash } = entry
    const cache = this.#cacheFor(source)
    const known = cache.facts(hash, source.language)
    entry.facts = known?.facts
    entry.about = known?.about
    const matches = cache.matches(hash, source.language)
    entry.matches = matches.known
    entry.missing = matches.missing.filter((rule) => this.#isWanted(rule, source))
    return entry.facts !== undefined && entry.missing.length === 0
  }

  /** A search tells of its own file alone; what a taint rule finds in one file may matter to another. */
  #isWanted(number: number, { path, isReviewed }: SourceFile): boolean {
    const { rules, scopes } = this.#options
    const rule = rules[number]
    return rule !== undefined && (rule.formula.mode === 'taint' || (isReviewed && scopes.has(rule, path)))
  }

  async close(): Promise<void> {
    await this.#ready?.close()
  }

  #createPool(entries: readonly Entry[]): Pool {
    const { jobs, languages, rules } = this.#options
    return createPool(entries.length, jobs, languages, rules, [...new Set(entries.map(({ source }) => source.language.id))])
  }

  result(): AnalysedFiles {
    const files: AnalysedFile[] = []
    const contents: FileContent[] = []
    // Some matches are known and some new: in one order, whichever they are.
    const order = new Map(this.#options.rules.map((rule, at) => [rule.id, at]))
    for (const entry of this.#entries.values()) {
      const { source, hash, objectId, facts, about, matches: unordered } = entry
      if (hash !== '') contents.push({ source, hash, objectId })
      if (!this.#analysed.has(entry) || facts === undefined || about === undefined) continue
      const matches = [...unordered].sort((one, other) => (order.get(one.rule) ?? 0) - (order.get(other.rule) ?? 0))
      files.push({ source, hash, objectId, facts, about, matches })
    }
    return { files, contents, problems: this.#problems, work: { read: this.#read, parsed: this.#parsed, lowered: this.#lowered } }
  }

  #task(entry: Entry): PoolTask {
    const { source } = entry
    return {
      bytes: entry.bytes ?? new Uint8Array(0),
      languageId: source.language.id,
      wantsFacts: entry.facts === undefined,
      rules: entry.missing,
      mayBeFragment: this.#options.mayBeFragment(source.path),
    }
  }

  #accept(entry: Entry, answer: FileAnswer): void {
    const { source } = entry
    const cache = this.#cacheFor(source)
    entry.bytes = undefined
    if (answer.parsed) this.#parsed += 1
    // What is in no language may be anything: that a picture holds no text is no news.
    if (answer.refusal !== '' && source.language.ofAnyFile === true) return
    if (answer.refusal !== '') return this.#refuse(source, 'skipped', answer.refusal)
    if (answer.product !== undefined) {
      this.#lowered += 1
      entry.facts = decodeFacts(answer.product.facts)
      if (entry.facts === undefined) throw new Error(`the facts of ${source.path} do not read back`)
      entry.about = answer.product.about
      cache.keepFacts(entry.hash, source.language, answer.product)
    }
    entry.matches = [...entry.matches, ...answer.matches]
    cache.keepMatches(entry.hash, source.language, entry.missing, answer.matches)
  }

  #readBytes(entry: Entry): boolean {
    const { source } = entry
    try {
      const bytes = this.#options.tree.read(source.path, LIMITS.fileBytes)
      this.#read += 1
      if (typeof bytes === 'string') {
        this.#refuse(source, 'skipped', bytes === 'too large' ? tooLarge(source.status) : `${bytes}; not read`)
        return false
      }
      entry.bytes = bytes
      entry.hash = hashOf(bytes)
      entry.objectId = objectId(bytes)
      this.#cacheFor(source).keepStatus(source.path, source.status, entry)
      return true
    } catch (error) {
      this.#refuse(source, 'unreadable', `cannot be read (${errorCode(error)}); not reviewed`)
      return false
    }
  }

  #cacheFor(source: SourceFile): Cache {
    return this.#options.mayBeFragment(source.path) ? this.#cacheless : this.#options.cache
  }

  /** Trouble with files around the reviewed ones is none of the report's. */
  #refuse(source: SourceFile, kind: Problem['kind'], message: string): void {
    if (source.isReviewed) this.#problems.push({ kind, path: source.path, message })
  }
}

function tooLarge(status: FileStatus | undefined): string {
  const size = status === undefined ? '' : `, ${(status.size / 1_000_000).toFixed(1)} MB`
  return `larger than ${LIMITS.fileBytes / 1_000_000} MB (limit fileBytes${size}); not reviewed`
}
