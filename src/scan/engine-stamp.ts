import { createHash } from 'node:crypto'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { listFolder, readBytes } from '../core/files.ts'

/** Folders whose code decides what the facts and matches of a file are. */
const FOLDERS: readonly string[] = ['core', 'tree', 'syntax', 'languages', 'flow', 'match']

/** Modules beside them that take part. */
const MODULES: readonly string[] = ['scan/analyse-file', 'scan/decode-text', 'scan/matching', 'scan/pack']

let known: string | undefined

/**
 * One hash for the code and grammars that make facts and matches. A cache made
 * by other code is not used, whatever version number that code has.
 */
export function engineStamp(): string {
  known ??= stamp()
  return known
}

function stamp(): string {
  const source = fileURLToPath(new URL('..', import.meta.url))
  const ending = extname(import.meta.url)
  const hash = createHash('sha256')
  const add = (path: string): void => {
    hash.update(path.slice(source.length)).update('\0').update(readBytes(path)).update('\0')
  }
  const waiting = FOLDERS.map((name) => join(source, name))
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    for (const name of listFolder(folder)) {
      if (name.endsWith('/')) waiting.push(join(folder, name))
      else if (name.endsWith(ending) && !name.includes('.test.')) add(join(folder, name))
    }
  }
  for (const name of MODULES) add(join(source, name + ending))
  const grammars = join(source, '..', 'grammars')
  for (const name of listFolder(grammars)) if (!name.endsWith('/')) add(join(grammars, name))
  return hash.digest('hex')
}
