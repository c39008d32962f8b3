import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { isMissing, readText } from '../core/files.ts'
import { hashOf } from '../core/hash.ts'
import { YamlDocument, type YamlFile } from '../core/yaml.ts'
import { loadModels } from '../models/load.ts'
import { shippedYaml } from './installation.ts'

/*
 * Assay's own rules and models are read and checked when it is built: reading
 * YAML and checking it against the schema would take a third of a second of
 * every run. What a file holds now decides: one that was changed since is read
 * as if nothing had been prepared.
 */

/** The folders of the installation that are prepared. */
export const PREPARED_FOLDERS = ['rules', 'models'] as const
export type PreparedFolder = typeof PREPARED_FOLDERS[number]

/** What is prepared of one folder: what each file holds, by its path, with the hash of its text. */
export type Prepared = Readonly<Record<string, { readonly hash: string, readonly value: unknown }>>

/** Aliases that one file may expand, as the loaders have it. */
const MAX_ALIASES = 200

/** Where the build leaves what is prepared of a folder. */
export function preparedFile(folder: PreparedFolder): string {
  return fileURLToPath(new URL(`../../knowledge/${folder}.json`, import.meta.url))
}

/** What the build writes there. A file with a defect, or one that JSON cannot hold, is left to be read as it is. */
export function prepare(folder: PreparedFolder): string {
  const prepared: Record<string, { readonly hash: string, readonly value: unknown }> = {}
  for (const file of shippedYaml(folder)) {
    const value = soundValue(file, folder)
    if (value !== undefined && isDeepStrictEqual(value, JSON.parse(JSON.stringify(value)))) {
      prepared[file.path] = { hash: hashOf(file.text), value }
    }
  }
  return JSON.stringify(prepared)
}

function soundValue(file: YamlFile, folder: PreparedFolder): unknown {
  const document = new YamlDocument(file, { merge: folder === 'models', maxAliases: MAX_ALIASES })
  if (document.errors.length > 0) return undefined
  // Rules are checked as they are built, each time: it costs nothing there.
  return folder === 'models' && loadModels([file]).problems.length > 0 ? undefined : document.value()
}

/** The YAML files of a folder of the installation, with what was prepared of them. */
export function shippedFiles(folder: PreparedFolder): readonly YamlFile[] {
  return withPrepared(shippedYaml(folder), readPrepared(folder))
}

/** Gives each file what was prepared of it, if its text is still the same. */
export function withPrepared(files: readonly YamlFile[], prepared: Prepared): readonly YamlFile[] {
  return files.map((file) => {
    const known = prepared[file.path]
    return known?.hash === hashOf(file.text) ? { ...file, value: known.value } : file
  })
}

function readPrepared(folder: PreparedFolder): Prepared {
  try {
    return JSON.parse(readText(preparedFile(folder))) as Prepared
  } catch (error) {
    // An installation built by the compiler alone, as in development, has none.
    if (isMissing(error)) return {}
    throw error
  }
}
