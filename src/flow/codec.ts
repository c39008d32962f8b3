import { ByteReader, ByteWriter } from './bytes.ts'
import { readRecords, writeRecords } from './codec-records.ts'
import { readStrings, writeStrings } from './codec-strings.ts'
import { readTables, writeTables } from './codec-tables.ts'
import type { FileFacts } from './facts.ts'
import { invariantsBroken } from './validate.ts'

/** Bumped with every change of the format or of what the lowering makes of the same tree. */
export const FACTS_VERSION = 2

const MAGIC = Uint8Array.of(0x41, 0x46, 0x43, 0x54)

/** Facts as bytes; the same facts always give the same bytes. */
export function encodeFacts(facts: FileFacts): Uint8Array {
  // A value takes about fifteen bytes, strings and records included.
  const to = new ByteWriter(1024 + facts.op.length * 16)
  to.raw(MAGIC)
  to.unsigned(FACTS_VERSION)
  writeStrings(to, [facts.language, facts.dialect])
  writeStrings(to, facts.strings)
  writeRecords(to, facts)
  writeTables(to, facts)
  return to.finish()
}

/**
 * Facts from bytes of any origin; `undefined` when they are not facts of this
 * version in every part. Never throws, and allocates no more than a small
 * multiple of what it is given.
 */
export function decodeFacts(bytes: Uint8Array): FileFacts | undefined {
  const from = new ByteReader(bytes)
  const magic = from.raw(MAGIC.length)
  if (MAGIC.some((byte, at) => magic[at] !== byte) || from.unsigned() !== FACTS_VERSION) return undefined
  const [language = '', dialect = ''] = readStrings(from)
  const strings = readStrings(from)
  const records = readRecords(from)
  if (from.failed) return undefined
  const tables = readTables(from)
  if (from.failed || from.remaining > 0) return undefined
  const facts = { language, dialect, strings, ...records, ...tables }
  return invariantsBroken(facts).length === 0 ? facts : undefined
}
