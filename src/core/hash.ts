import { createHash } from 'node:crypto'

/** The content hash of bytes or text: SHA-256, lower-case hexadecimal. */
export function hashOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

/**
 * One hash for a value made of plain data. Keys of objects and maps are sorted,
 * so that values which differ only in the order of keys have the same hash.
 */
export function hashOfValue(value: unknown): string {
  return hashOf(JSON.stringify(value, (_key, each: unknown) => sorted(each)))
}

function sorted(value: unknown): unknown {
  if (value instanceof RegExp) return ['regexp', value.source, value.flags]
  if (value instanceof Map) return ['map', sortedEntries([...value.entries()] as [unknown, unknown][])]
  if (value instanceof Set) return ['set', [...value].map(String).sort()]
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(sortedEntries(Object.entries(value)))
}

function sortedEntries<V>(entries: [unknown, V][]): [string, V][] {
  return entries.map(([key, each]): [string, V] => [String(key), each]).sort((a, b) => (a[0] < b[0] ? -1 : 1))
}
