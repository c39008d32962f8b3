import { join } from 'node:path'
import { readText } from '../../core/files.ts'
import { installation } from '../../scan/installation.ts'
import { plainTitle } from './words.ts'

let loaded: ReadonlyMap<string, readonly number[]> | undefined

/**
 * Weaknesses by the short names that people and tools give them, in plain form.
 * The file `data/verify/short-names.json` is curated by hand: names in common
 * use that no entry of the catalogue carries.
 */
export function idsOfShortName(title: string): readonly number[] {
  loaded ??= load()
  return loaded.get(plainTitle(title)) ?? []
}

function load(): ReadonlyMap<string, readonly number[]> {
  const file = join(installation().folder, 'data', 'verify', 'short-names.json')
  const { names } = JSON.parse(readText(file)) as { readonly names: Readonly<Record<string, readonly string[]>> }
  const ids = new Map<string, number[]>()
  for (const [id, titles] of Object.entries(names)) {
    for (const title of titles) {
      const plain = plainTitle(title)
      ids.set(plain, [...ids.get(plain) ?? [], Number(id)])
    }
  }
  return ids
}
