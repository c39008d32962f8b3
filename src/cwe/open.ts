import { join } from 'node:path'
import { isMissing, readText } from '../core/files.ts'
import { Catalogue } from './catalogue.ts'
import { readLists } from './lists.ts'
import type { FormerNames } from './record.ts'
import { Refusal } from './refusal.ts'
import { readShipped, readStored } from './stored.ts'
import type { StoredCatalogue } from './stored.ts'
import { compareVersions } from './version.ts'

/** The catalogue's file name, in the shipped data and in the user's data directory. */
export const CATALOGUE_FILE = 'catalogue.json'

/** A catalogue in use, and why the user's own was not taken, if there is one that was not. */
export interface OpenedCatalogue {
  readonly catalogue: Catalogue
  /** One sentence for the reader. */
  readonly warning?: string
}

/**
 * Opens the shipped catalogue in `shippedDir` (`data/cwe`), or the one that
 * `assay cwe load` left in `userDir` when that is newer and sound.
 */
export function openCatalogue(shippedDir: string, userDir?: string): OpenedCatalogue {
  const shipped = readShipped(readText(join(shippedDir, CATALOGUE_FILE)))
  const lists = readLists(readText(join(shippedDir, 'lists.json')))
  const names = readFormerNames(join(shippedDir, 'former-names.json'))
  const user = userDir === undefined ? undefined : readUserCatalogue(join(userDir, CATALOGUE_FILE))
  if (typeof user === 'string') return { catalogue: new Catalogue(shipped, lists, names), warning: user }
  if (user === undefined || compareVersions(user.version, shipped.version) <= 0) {
    return { catalogue: new Catalogue(shipped, lists, names) }
  }
  return { catalogue: new Catalogue(user, lists, user.formerNames ?? names) }
}

/** The former names stand in a file of their own and may be left out of an installation. */
function readFormerNames(path: string): FormerNames {
  try {
    return (JSON.parse(readText(path)) as { readonly names: FormerNames }).names
  } catch (error) {
    if (isMissing(error)) return {}
    throw error
  }
}

/** The user's catalogue, undefined when there is none, or why it cannot be used. */
function readUserCatalogue(path: string): StoredCatalogue | string | undefined {
  try {
    return readStored(readText(path))
  } catch (error) {
    if (isMissing(error)) return undefined
    const reason = error instanceof Refusal ? error.message : 'it cannot be read'
    return `The CWE catalogue in ${path} is not used: ${reason}. Run \`assay cwe load\` again, or remove the file.`
  }
}
