import { Buffer } from 'node:buffer'
import type { ByteReader, ByteWriter } from './bytes.ts'

/**
 * Strings in two lots: those of Latin-1 characters take a byte each, others two,
 * so that any string survives, lone surrogates included.
 */
export function writeStrings(to: ByteWriter, strings: readonly string[]): void {
  const narrow: string[] = []
  const wide: string[] = []
  to.unsigned(strings.length)
  for (const each of strings) {
    const isWide = WIDE.test(each)
    to.unsigned(each.length * 2 + (isWide ? 1 : 0))
    if (isWide) wide.push(each)
    else narrow.push(each)
  }
  to.raw(Buffer.from(narrow.join(''), 'latin1'))
  to.raw(Buffer.from(wide.join(''), 'utf16le'))
}

const WIDE = /[\u0100-\uffff]/

/** Reads strings; an empty list when the bytes hold none. */
export function readStrings(from: ByteReader): string[] {
  const count = from.count(1)
  const lengths: number[] = []
  const total = [0, 0]
  for (let at = 0; at < count; at++) {
    const length = from.unsigned()
    lengths.push(length)
    total[length & 1] = (total[length & 1] ?? 0) + (length >>> 1)
  }
  const texts = [text(from, total[0] ?? 0, 'latin1'), text(from, (total[1] ?? 0) * 2, 'utf16le')]
  if (from.failed) return []
  const at = [0, 0]
  return lengths.map((length) => {
    const lot = length & 1
    const start = at[lot] ?? 0
    at[lot] = start + (length >>> 1)
    return texts[lot]?.slice(start, at[lot]) ?? ''
  })
}

function text(from: ByteReader, bytes: number, encoding: 'latin1' | 'utf16le'): string {
  const raw = from.raw(bytes)
  return Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString(encoding)
}
