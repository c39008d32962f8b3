import type { FileStatus } from '../core/files.ts'
import { decodeFacts } from '../flow/codec.ts'
import type { FileFacts } from '../flow/facts.ts'
import type { AboutFile, FileProduct } from './analyse-file.ts'
import type { ContentNames } from './cache.ts'
import { checksum, readPack, writePack } from './pack.ts'
import { readAbout } from './stored-about.ts'

/*
 * Facts of one program's files, by content, and which content each path had.
 *
 * A file is taken as unchanged when size, both times and inode are as before and
 * both times lie well before the moment in which the store was written: a file
 * changed within a clock tick of that moment could look the same. Whoever can set
 * a file's change time (`changed`, which no program can set) can do worse.
 */

/** How far back a change must lie to be seen by its time: the coarsest clock of a file system (FAT), in milliseconds. */
const CLOCK_TICK = 2_000

/** Facts in one store, and paths. */
const MAX_ENTRIES = 400_000

interface Entry {
  readonly start: number
  readonly end: number
  readonly checksum: number
  readonly about: unknown
}

interface Kept extends Omit<Entry, 'start' | 'end'> {
  readonly bytes: Uint8Array
}

interface SeenFile extends ContentNames {
  readonly status: readonly number[]
}

/** The stored form: short arrays instead of objects, for a header of some thousand files. */
interface Header {
  readonly engine: string
  readonly writtenAt: number
  readonly facts: readonly (readonly [key: string, length: number, checksum: number, about: unknown])[]
  readonly files: readonly (readonly [path: string, status: readonly number[], hash: string, objectId: string])[]
}

/** Facts kept from earlier runs, and those added in this one. */
export class FactsStore {
  readonly #engine: string
  #body: Uint8Array = new Uint8Array(0)
  readonly #stored = new Map<string, Entry>()
  readonly #seen = new Map<string, SeenFile>()
  readonly #kept = new Map<string, Kept>()
  readonly #keptFiles = new Map<string, SeenFile>()
  #writtenAt = 0
  /** Whether it holds something that was not in the stored form. */
  isChanged = false

  constructor(engine: string) {
    this.#engine = engine
  }

  get isEmpty(): boolean {
    return this.#stored.size + this.#kept.size === 0
  }

  /** Takes what a store of the same engine holds. False for bytes that are not a store; another engine's store is empty. */
  open(bytes: Uint8Array): boolean {
    const pack = readPack(bytes)
    const header = pack === undefined ? undefined : readHeader(pack.header)
    if (pack === undefined || header === undefined) return false
    if (header.engine !== this.#engine) return true
    let at = 0
    for (const [key, length, sum, about] of header.facts) {
      this.#stored.set(key, { start: at, end: at + length, checksum: sum, about })
      at += length
    }
    if (at !== pack.body.length) {
      this.#stored.clear()
      return false
    }
    this.#body = pack.body
    this.#writtenAt = header.writtenAt
    for (const [path, status, hash, objectId] of header.files) this.#seen.set(path, { status, hash, objectId })
    return true
  }

  unchanged(path: string, status: FileStatus | undefined): ContentNames | undefined {
    const seen = this.#seen.get(path)
    if (seen === undefined || status === undefined) return undefined
    const isOld = Math.max(status.modified, status.changed) + CLOCK_TICK < this.#writtenAt
    const same = statusList(status).every((each, at) => each === seen.status[at])
    if (!isOld || !same) return undefined
    this.#keptFiles.set(path, seen)
    return seen
  }

  keepStatus(path: string, status: FileStatus | undefined, { hash, objectId }: ContentNames): void {
    if (status === undefined) return
    this.#keptFiles.set(path, { status: statusList(status), hash, objectId })
    this.isChanged = true
  }

  /** Facts by key. Damaged ones are as good as missing. */
  facts(key: string): { readonly facts: FileFacts, readonly about: AboutFile } | undefined {
    const entry = this.#stored.get(key)
    if (entry === undefined) return undefined
    const bytes = this.#body.subarray(entry.start, entry.end)
    const about = readAbout(entry.about)
    const facts = about !== undefined && checksum(bytes) === entry.checksum ? decodeFacts(bytes) : undefined
    if (facts === undefined || about === undefined) return undefined
    this.#kept.set(key, { bytes, checksum: entry.checksum, about })
    return { facts, about }
  }

  /** Whether the store has something under this key, sound or not. */
  has(key: string): boolean {
    return this.#stored.has(key)
  }

  keepFacts(key: string, { facts, about }: FileProduct): void {
    this.#kept.set(key, { bytes: facts, checksum: checksum(facts), about })
    this.isChanged = true
  }

  /** The stored form of everything used or added in this run; what was not used is forgotten. */
  write(now: number): Uint8Array {
    const kept = [...this.#kept].sort(([one], [other]) => (one < other ? -1 : 1))
    const header: Header = {
      engine: this.#engine,
      writtenAt: now,
      facts: kept.map(([key, each]) => [key, each.bytes.length, each.checksum, each.about]),
      files: [...this.#keptFiles].map(([path, seen]) => [path, seen.status, seen.hash, seen.objectId]),
    }
    return writePack(header, kept.map(([, each]) => each.bytes))
  }
}

function statusList(status: FileStatus): readonly number[] {
  return [status.size, status.modified, status.changed, status.inode]
}

function readHeader(value: unknown): Header | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { engine, writtenAt, facts, files } = value as Readonly<Record<string, unknown>>
  const isWhole = typeof engine === 'string' && typeof writtenAt === 'number' && isListOf(facts, isFactsRow) && isListOf(files, isFileRow)
  return isWhole ? value as Header : undefined
}

function isListOf(value: unknown, isRow: (row: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length <= MAX_ENTRIES && value.every(isRow)
}

function isFactsRow(row: unknown): boolean {
  if (!Array.isArray(row)) return false
  const [key, length, sum] = row as readonly unknown[]
  return typeof key === 'string' && typeof length === 'number' && Number.isInteger(length) && length >= 0 && typeof sum === 'number'
}

function isFileRow(row: unknown): boolean {
  if (!Array.isArray(row)) return false
  const [path, status, hash, objectId] = row as readonly unknown[]
  return typeof path === 'string' && Array.isArray(status) && typeof hash === 'string' && typeof objectId === 'string'
}
