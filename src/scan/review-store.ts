import { join } from 'node:path'
import { readText } from '../core/files.ts'
import { jsonSchemaCheck } from '../core/json-schema.ts'
import type { Review } from '../review/review.ts'
import { installation } from './installation.ts'
import { checksum, readPack, writePack } from './pack.ts'

/** Reviews kept of one program: of the whole, of a folder or two, with and without a rule file. */
const MAX_REVIEWS = 6

interface Row {
  readonly question: string
  readonly length: number
  readonly checksum: number
}

interface Kept {
  readonly question: string
  readonly bytes: Uint8Array
}

/** Whole reviews of one program by what was asked, newest first. */
export class ReviewStore {
  #kept: readonly Kept[] = []

  /** Takes what a store holds. False for bytes that are not a store, whole and sound. */
  open(bytes: Uint8Array): boolean {
    const pack = readPack(bytes)
    const rows = pack === undefined ? undefined : rowsOf(pack.header)
    if (pack === undefined || rows === undefined) return false
    const kept: Kept[] = []
    let at = 0
    for (const row of rows.slice(0, MAX_REVIEWS)) {
      const part = pack.body.subarray(at, at + row.length)
      if (checksum(part) !== row.checksum) return false
      kept.push({ question: row.question, bytes: part })
      at += row.length
    }
    this.#kept = kept
    return true
  }

  /** The review that answers a question. One that is not of the documented shape is as good as missing. */
  review(question: string): Review | undefined {
    const known = this.#kept.find((each) => each.question === question)
    if (known === undefined) return undefined
    try {
      const value: unknown = JSON.parse(new TextDecoder().decode(known.bytes))
      return isReview(value) ? value : undefined
    } catch {
      return undefined
    }
  }

  keep(question: string, review: Review): void {
    const others = this.#kept.filter((each) => each.question !== question)
    this.#kept = [{ question, bytes: new TextEncoder().encode(JSON.stringify(review)) }, ...others].slice(0, MAX_REVIEWS)
  }

  /** The stored form. */
  write(): Uint8Array {
    const rows: Row[] = this.#kept.map(({ question, bytes }) => ({ question, length: bytes.length, checksum: checksum(bytes) }))
    return writePack(rows, this.#kept.map(({ bytes }) => bytes))
  }
}

function rowsOf(header: unknown): readonly Row[] | undefined {
  const isRow = (row: Partial<Record<keyof Row, unknown>> | null): boolean => {
    return typeof row?.question === 'string' && Number.isSafeInteger(row.length) && Number.isSafeInteger(row.checksum)
  }
  return Array.isArray(header) && header.every(isRow) ? (header as Row[]) : undefined
}

const check = jsonSchemaCheck(() => JSON.parse(readText(join(installation().folder, 'schemas', 'review.schema.json'))) as object)

function isReview(value: unknown): value is Review {
  return check(value).length === 0
}
