import type { ReportFormat } from './format.ts'

/**
 * The report formats, found by folder: each file in `formats/` exports one as
 * `format`. Sorted by name. `list` gives the file names of a folder.
 */
export async function discoverFormats(list: (folder: URL) => readonly string[]): Promise<readonly ReportFormat[]> {
  const folder = new URL('./formats/', import.meta.url)
  const formats: ReportFormat[] = []
  for (const name of [...list(folder)].sort()) {
    if (!/^[a-z-]+\.[jt]s$/.test(name)) continue
    const module: unknown = await import(new URL(name, folder).href)
    if (!hasFormat(module)) throw new Error(`src/report/formats/${name} exports no \`format\``)
    formats.push(module.format)
  }
  return formats.sort((a, b) => (a.name < b.name ? -1 : 1))
}

function hasFormat(module: unknown): module is { readonly format: ReportFormat } {
  return typeof module === 'object' && module !== null && 'format' in module
}
