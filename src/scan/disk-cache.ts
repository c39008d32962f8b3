import { join } from 'node:path'
import { errorCode, fileStatus, isMissing, listFolder, readRegular, removeFile, writeAtomic, type FileStatus } from '../core/files.ts'
import { hashOf, hashOfValue } from '../core/hash.ts'
import type { Problem } from '../core/problem.ts'
import type { RuleMatches } from '../match/match.ts'
import type { Rule } from '../rules/rule.ts'
import type { Review } from '../review/review.ts'
import type { Language } from '../tree/language.ts'
import type { FileProduct } from './analyse-file.ts'
import type { Cache, ContentNames } from './cache.ts'
import { engineStamp } from './engine-stamp.ts'
import { FactsStore } from './facts-store.ts'
import { MatchesStore } from './matches-store.ts'
import { ReviewStore } from './review-store.ts'

/** Largest store read, in bytes. */
const MAX_BYTES = 2_000_000_000

/** Programs whose stores are kept; those written longest ago go first. */
const MAX_PROGRAMS = 32

/** Keeps facts, matches and reviews of one program in the user's cache folder, in files named for the program's root. */
export class DiskCache implements Cache {
  readonly #folder: string
  readonly #name: string
  readonly #facts: FactsStore
  readonly #matches: MatchesStore
  readonly #rules: ReadonlyMap<string, string>
  #reviews: ReviewStore | undefined
  readonly #problems: Problem[] = []
  #damaged = 0

  constructor(folder: string, root: string, rules: readonly Rule[]) {
    this.#folder = folder
    this.#name = hashOf(root).slice(0, 32)
    const engine = engineStamp()
    const hashes = rules.map(({ id, formula, languages, options }) => hashOfValue({ id, formula, languages, options }))
    this.#rules = new Map(rules.map((rule, at) => [rule.id, hashes[at] ?? '']))
    this.#facts = new FactsStore(engine)
    this.#matches = new MatchesStore(engine, hashes)
    this.#open(this.#path('facts'), (bytes) => this.#facts.open(bytes))
    this.#open(this.#path('matches'), (bytes) => this.#matches.open(bytes))
  }

  get isEmpty(): boolean {
    return this.#facts.isEmpty
  }

  get problems(): readonly Problem[] {
    if (this.#damaged === 0) return this.#problems
    const message = `${this.#damaged} damaged ${this.#damaged === 1 ? 'entry' : 'entries'} of the cache in ${this.#folder} were not used; the files were analysed anew`
    return [...this.#problems, { kind: 'cache', path: '', message }]
  }

  unchanged(path: string, status: FileStatus | undefined): ContentNames | undefined {
    return this.#facts.unchanged(path, status)
  }

  keepStatus(path: string, status: FileStatus | undefined, names: ContentNames): void {
    this.#facts.keepStatus(path, status, names)
  }

  facts(hash: string, language: Language): ReturnType<Cache['facts']> {
    const key = keyOf(hash, language)
    const known = this.#facts.facts(key)
    if (known === undefined && this.#facts.has(key)) this.#damaged += 1
    return known
  }

  keepFacts(hash: string, language: Language, product: FileProduct): void {
    this.#facts.keepFacts(keyOf(hash, language), product)
  }

  matches(hash: string, language: Language): ReturnType<Cache['matches']> {
    return this.#matches.matches(keyOf(hash, language))
  }

  keepMatches(hash: string, language: Language, rules: readonly number[], matches: readonly RuleMatches[]): void {
    this.#matches.keep(keyOf(hash, language), rules, matches, (id) => this.#rules.get(id) ?? '')
  }

  review(question: string): Review | undefined {
    return this.#reviewStore().review(question)
  }

  keepReview(question: string, review: Review): void {
    const store = this.#reviewStore()
    store.keep(question, review)
    this.#writing(() => writeAtomic(this.#path('reviews'), store.write(), false))
  }

  /** Read when first asked for. A damaged one goes: what is reviewed now is not kept while something is amiss. */
  #reviewStore(): ReviewStore {
    if (this.#reviews === undefined) {
      const store = new ReviewStore()
      const path = this.#path('reviews')
      this.#open(path, (bytes) => {
        const isSound = store.open(bytes)
        if (!isSound) removeFile(path)
        return isSound
      })
      this.#reviews = store
    }
    return this.#reviews
  }

  save(): void {
    this.#writing(() => {
      const { isChanged } = this.#facts
      // The store's own file may be damaged or lost at any moment: nothing waits for the disk.
      if (isChanged) writeAtomic(this.#path('facts'), this.#facts.write(Date.now()), false)
      if (this.#matches.isChanged) writeAtomic(this.#path('matches'), this.#matches.write(), false)
      if (isChanged) this.#prune()
    })
  }

  #writing(write: () => void): void {
    try {
      write()
    } catch (error) {
      this.#problem(`the cache in ${this.#folder} cannot be written (${errorCode(error)}); the next review starts anew`)
    }
  }

  #path(kind: 'facts' | 'matches' | 'reviews'): string {
    return join(this.#folder, `${this.#name}.${kind}`)
  }

  #open(path: string, open: (bytes: Uint8Array) => boolean): void {
    try {
      const bytes = readRegular(path, MAX_BYTES)
      if (typeof bytes === 'string' || !open(bytes)) this.#problem(`the cache file ${path} is damaged and was not used`)
    } catch (error) {
      if (!isMissing(error)) this.#problem(`the cache file ${path} cannot be read (${errorCode(error)}) and was not used`)
    }
  }

  #problem(message: string): void {
    this.#problems.push({ kind: 'cache', path: '', message })
  }

  /** Removes the stores of programs not reviewed for long, and what killed runs left. */
  #prune(): void {
    const stores = listFolder(this.#folder).filter((name) => /^[0-9a-f]{32}\.(facts|matches|reviews)(\.\d+\.tmp)?$/.test(name))
    const written = stores.map((name) => ({ name, at: fileStatus(join(this.#folder, name))?.modified ?? 0 }))
    const isLeftOver = ({ name, at }: { readonly name: string, readonly at: number }): boolean => {
      return name.endsWith('.tmp') && at < Date.now() - HOUR
    }
    const old = written.filter((each) => !each.name.endsWith('.tmp')).sort((a, b) => b.at - a.at).slice(3 * MAX_PROGRAMS)
    for (const { name } of [...old, ...written.filter(isLeftOver)]) removeFile(join(this.#folder, name))
  }
}

/** In milliseconds; a run that still writes its neighbour file is younger. */
const HOUR = 3_600_000

function keyOf(hash: string, language: Language): string {
  return `${language.id}:${language.version}:${hash}`
}
