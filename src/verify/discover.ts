import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { listFolder } from '../core/files.ts'
import type { Check } from './check.ts'
import type { VerificationFormat } from './format.ts'
import type { Premise } from './premise.ts'
import type { ReviewReader } from './reader.ts'
import { SUBJECTS } from './verdict.ts'

/** What the folders of this layer hold. */
export interface Parts {
  /** By rank, then name. */
  readonly readers: readonly ReviewReader[]
  /** In the order of `SUBJECTS`. */
  readonly checks: readonly Check[]
  readonly premises: readonly Premise[]
  /** By name. */
  readonly formats: readonly VerificationFormat[]
}

let discovered: Promise<Parts> | undefined

/** Every reader, check, premise and format there is: each module in their folders exports one. */
export function verifierParts(): Promise<Parts> {
  discovered ??= discover()
  return discovered
}

async function discover(): Promise<Parts> {
  const readers = await exportsOf<ReviewReader>('readers/', 'reader')
  const checks = await exportsOf<Check>('checks/', 'check')
  const premises = await exportsOf<Premise>('premises/', 'premise')
  const formats = await exportsOf<VerificationFormat>('formats/', 'format')
  return {
    readers: [...readers].sort((a, b) => a.rank - b.rank || (a.name < b.name ? -1 : 1)),
    checks: [...checks].sort((a, b) => SUBJECTS.indexOf(a.subject) - SUBJECTS.indexOf(b.subject)),
    premises: [...premises].sort((a, b) => SUBJECTS.indexOf(a.subject) - SUBJECTS.indexOf(b.subject)),
    formats: [...formats].sort((a, b) => (a.name < b.name ? -1 : 1)),
  }
}

async function exportsOf<Part>(folder: string, name: string): Promise<readonly Part[]> {
  const place = new URL(folder, import.meta.url)
  const ending = extname(import.meta.url)
  const parts: Part[] = []
  for (const file of listFolder(fileURLToPath(place))) {
    // Tests and declarations lie beside the modules: `sarif.test.js`, `sarif.d.ts`.
    if (!file.endsWith(ending) || file.indexOf('.') !== file.length - ending.length) continue
    const loaded = (await import(new URL(file, place).href)) as Readonly<Record<string, Part>>
    const part = loaded[name]
    if (part !== undefined) parts.push(part)
  }
  return parts
}
