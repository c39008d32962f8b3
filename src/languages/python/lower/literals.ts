import { node } from '../../../tree/node.ts'
import type { LowerTable } from './context.ts'

/** Numbers and named constants. */
export const LITERALS: LowerTable = {
  integer: (from, at, role) => node('number', role, from.start(at), from.end(at), [], canonicalNumber(from.slice(at))),
  float: (from, at, role) => node('number', role, from.start(at), from.end(at), [], canonicalNumber(from.slice(at))),
  true: (from, at, role) => node('boolean', role, from.start(at), from.end(at), [], 'true'),
  false: (from, at, role) => node('boolean', role, from.start(at), from.end(at), [], 'false'),
  none: (from, at, role) => node('null', role, from.start(at), from.end(at)),
  ellipsis: (from, at, role) => node('constant', role, from.start(at), from.end(at), [], 'Ellipsis'),
}

/** Most numbers: already as they are wanted. */
const SIMPLE = /^(?:0|[1-9][0-9]{0,14})$/

/** Longest literal that is converted: converting takes time in the square of the length. */
const LONGEST = 400

/**
 * A number's value in decimal: `0xFF` and `0377` and `255L` are `255`, `1e3` is
 * `1000`. Imaginary and overlong numbers stay as written.
 */
export function canonicalNumber(written: string): string {
  if (SIMPLE.test(written)) return written
  const text = written.replaceAll('_', '').toLowerCase()
  if (text.length > LONGEST || text.endsWith('j')) return text
  if (/^0x[0-9a-f]+l?$|^0[ob][0-7]+l?$|^[0-9]+l?$/.test(text)) return canonicalInteger(text.replace(/l$/, '')) ?? text
  const value = Number(text)
  return Number.isFinite(value) ? String(value) : text
}

function canonicalInteger(digits: string): string | undefined {
  // Python 2 wrote octal numbers with a bare leading zero.
  const isOldOctal = /^0[0-7]+$/.test(digits) && !/^0+$/.test(digits)
  if (/^0b.*[2-9]/.test(digits)) return undefined
  return BigInt(isOldOctal ? `0o${digits.slice(1)}` : digits).toString()
}
