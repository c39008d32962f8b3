import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { listFolder } from '../core/files.ts'
import type { Language } from '../tree/language.ts'

let discovered: Promise<readonly Language[]> | undefined

/**
 * Every language there is, sorted by id: each folder beside this file that has a
 * `language` module. The list is made once per process; the parsers are opened
 * by `Language.open` only when needed.
 */
export function languages(): Promise<readonly Language[]> {
  discovered ??= discover()
  return discovered
}

async function discover(): Promise<readonly Language[]> {
  const module = `language${extname(import.meta.url)}`
  const found: Language[] = []
  for (const entry of listFolder(fileURLToPath(new URL('.', import.meta.url)))) {
    if (!entry.endsWith('/')) continue
    const folder = new URL(entry, import.meta.url)
    if (!listFolder(fileURLToPath(folder)).includes(module)) continue
    const loaded = await import(new URL(module, folder).href) as { readonly language: Language }
    found.push(loaded.language)
  }
  return found.sort((one, other) => (one.id < other.id ? -1 : 1))
}

/** The language that rules call by this id or alias, in any case. */
export function languageNamed(all: readonly Language[], name: string): Language | undefined {
  const wanted = name.toLowerCase()
  return all.find((each) => each.id === wanted || each.aliases.includes(wanted))
}

/**
 * The language of a file by its name, or by its extension. A file without
 * extension may say its interpreter in its first line: see `languageOfShebang`.
 */
export function languageOfPath(all: readonly Language[], path: string): Language | undefined {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
  const byName = all.find((each) => each.fileNames.includes(name))
  if (byName !== undefined) return byName
  const extension = extname(name).toLowerCase()
  return extension === '' ? undefined : all.find((each) => each.extensions.includes(extension))
}

/** The language of a first line `#!/usr/bin/env python3` or `#!/usr/bin/python2.7 -u`. */
export function languageOfShebang(all: readonly Language[], firstLine: string): Language | undefined {
  if (!firstLine.startsWith('#!')) return undefined
  const words = firstLine.slice(2).trim().split(/\s+/)
  const isEnv = /(^|\/)env$/.test(words[0] ?? '')
  const command = isEnv ? words.slice(1).find((word) => !word.startsWith('-') && !word.includes('=')) : words[0]
  const name = (command ?? '').split('/').pop() ?? ''
  // `python3.12` is `python3` with a minor version.
  const bare = name.replace(/\.[0-9]+$/, '')
  return all.find((each) => each.shebangs.includes(name) || each.shebangs.includes(bare))
}
