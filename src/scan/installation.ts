import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { listFolder, readText } from '../core/files.ts'
import type { YamlFile } from '../core/yaml.ts'

/** Where Assay itself lies, and which version it is. */
export interface Installation {
  /** The package's folder, which holds `rules`, `models` and `data`. */
  readonly folder: string
  readonly version: string
}

let known: Installation | undefined

/** Finds the package upwards from the compiled code. Throws when the installation is not whole. */
export function installation(): Installation {
  known ??= find(dirname(fileURLToPath(import.meta.url)))
  return known
}

function find(start: string): Installation {
  for (let folder = start; ; folder = dirname(folder)) {
    const version = versionIn(folder)
    if (version !== undefined) return { folder, version }
    if (dirname(folder) === folder) throw new Error(`no package.json of assay above ${start}: the installation is not whole`)
  }
}

function versionIn(folder: string): string | undefined {
  try {
    const described = JSON.parse(readText(join(folder, 'package.json'))) as { readonly name?: unknown, readonly version?: unknown }
    return described.name === 'assay' && typeof described.version === 'string' ? described.version : undefined
  } catch {
    return undefined
  }
}

/** Every YAML file below a folder of the installation, sorted, with paths from the package's folder. */
export function shippedYaml(folder: string): readonly YamlFile[] {
  const base = installation().folder
  const files: YamlFile[] = []
  const waiting = [folder]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const name of listFolder(join(base, next))) {
      if (name.endsWith('/')) waiting.push(`${next}/${name.slice(0, -1)}`)
      else if (/\.ya?ml$/.test(name)) files.push({ path: `${next}/${name}`, text: readText(join(base, next, name)) })
    }
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1))
}
