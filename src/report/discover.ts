import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { listFolder } from '../core/files.ts'
import type { ReportFormat } from './format.ts'

let discovered: Promise<readonly ReportFormat[]> | undefined

/** Every report format there is, sorted by name: each module in `formats/` exports one as `format`. */
export function reportFormats(): Promise<readonly ReportFormat[]> {
  discovered ??= discover()
  return discovered
}

/** The format that `--format` means by this name. */
export function formatNamed(all: readonly ReportFormat[], name: string): ReportFormat | undefined {
  return all.find((each) => each.name === name.toLowerCase())
}

async function discover(): Promise<readonly ReportFormat[]> {
  const folder = new URL('formats/', import.meta.url)
  const ending = extname(import.meta.url)
  const formats: ReportFormat[] = []
  for (const name of listFolder(fileURLToPath(folder))) {
    // Tests and declarations lie beside the modules: `text.test.js`, `text.d.ts`.
    if (!name.endsWith(ending) || name.indexOf('.') !== name.length - ending.length) continue
    const loaded = (await import(new URL(name, folder).href)) as { readonly format: ReportFormat }
    formats.push(loaded.format)
  }
  return formats.sort((a, b) => (a.name < b.name ? -1 : 1))
}
