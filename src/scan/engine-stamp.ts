import { createHash } from 'node:crypto'
import { extname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { listFolder, readBytes } from '../core/files.ts'
import { installation } from './installation.ts'

/** Folders whose code decides what the facts and matches of a file are. */
const FOLDERS: readonly string[] = ['core', 'tree', 'syntax', 'languages', 'flow', 'match']

/** Modules beside them that take part. */
const MODULES: readonly string[] = ['scan/analyse-file', 'scan/decode-text', 'scan/matching', 'scan/pack']

let engine: string | undefined
let assay: string | undefined

/**
 * One hash for the code and grammars that make facts and matches. A cache made
 * by other code is not used, whatever version number that code has.
 */
export function engineStamp(): string {
  engine ??= stampOf([...FOLDERS.map((name) => join(SOURCE, name)), join(SOURCE, '..', 'grammars')], MODULES)
  return engine
}

/** One hash for all of Assay: its code, grammars, rules, models and data. */
export function assayStamp(): string {
  const { folder } = installation()
  assay ??= stampOf([SOURCE, join(SOURCE, '..', 'grammars'), ...['data', 'models', 'rules'].map((name) => join(folder, name))], [])
  return assay
}

const SOURCE = fileURLToPath(new URL('..', import.meta.url))
const ENDING = extname(import.meta.url)

function stampOf(folders: readonly string[], modules: readonly string[]): string {
  const hash = createHash('sha256')
  const add = (path: string): void => {
    hash.update(relative(SOURCE, path)).update('\0').update(readBytes(path)).update('\0')
  }
  const waiting = [...folders].reverse()
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const isCode = folder.startsWith(SOURCE)
    for (const name of listFolder(folder)) {
      if (name.endsWith('/')) waiting.push(join(folder, name))
      else if (!isCode || name.endsWith(ENDING) && !name.includes('.test.')) add(join(folder, name))
    }
  }
  for (const name of modules) add(join(SOURCE, name + ENDING))
  return hash.digest('hex')
}
