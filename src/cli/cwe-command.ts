import type { Command } from 'commander'
import { join } from 'node:path'
import { errorCode, readRegular, realPath, writeAtomic } from '../core/files.ts'
import { UsageError } from '../core/problem.ts'
import { showEntry, showSearch, showTop25, showTree } from '../cwe/commands.ts'
import { loadRelease } from '../cwe/load.ts'
import { CATALOGUE_FILE } from '../cwe/open.ts'
import type { Catalogue } from '../cwe/catalogue.ts'
import { openedCatalogue } from '../index.ts'
import { printable } from '../core/printable.ts'
import { dataFolder } from '../scan/user-folders.ts'
import { print } from './output.ts'

/** Largest release file, in bytes; CWE 4.20 has 17 MB as XML. */
const MAX_RELEASE = 200_000_000

const EXAMPLES = `
Examples:
  $ assay cwe 89
  $ assay cwe search logging
  $ assay cwe tree 284
  $ assay cwe top25
  $ assay cwe load cwec_v4.21.xml.zip`

/** Adds `assay cwe`. */
export function addCweCommand(program: Command): void {
  const command = program.command('cwe')
    .description('look something up in the CWE catalogue')
    .argument('[id]', 'a CWE id, as 89 or CWE-89')
    .addHelpText('after', EXAMPLES)
    .action(async (id: string | undefined) => {
      if (id === undefined) throw new UsageError('Nothing to look up', 'assay cwe', 'Give an id, or one of search, tree, top25, load.')
      await print(showEntry(catalogue(), id))
    })
  command.command('search').description('weaknesses by words').argument('<words...>')
    .action(async (words: string[]) => print(showSearch(catalogue(), words.join(' '))))
  command.command('tree').description('the hierarchy below an entry').argument('<id>')
    .action(async (id: string) => print(showTree(catalogue(), id)))
  command.command('top25').description('the Top 25 of a year').argument('[year]')
    .action(async (year: string | undefined) => print(showTop25(catalogue(), year)))
  command.command('load').description('use a newer official release (XML or ZIP)').argument('<file>')
    .action(async (file: string) => print(load(file)))
}

/** The catalogue in use; when it is not the one that was loaded, the reader is told. */
function catalogue(): Catalogue {
  const opened = openedCatalogue()
  if (opened.warning !== undefined) console.error(`assay: ${printable(opened.warning)}`)
  return opened.catalogue
}

function load(file: string): string {
  const loaded = loadRelease(catalogue(), releaseBytes(file), file)
  if (loaded.content === undefined) return loaded.text
  const target = join(dataFolder(), CATALOGUE_FILE)
  try {
    writeAtomic(target, loaded.content)
  } catch (error) {
    throw new UsageError(`The catalogue cannot be written (${errorCode(error)})`, target, 'Check the permissions of the folder.')
  }
  return `${loaded.text}Loaded: CWE ${loaded.version} is in use from now on, from ${target}.\n`
}

function releaseBytes(file: string): Uint8Array {
  try {
    const bytes = readRegular(realPath(file), MAX_RELEASE)
    if (typeof bytes !== 'string') return bytes
    throw new UsageError(`The file is ${bytes}`, file, 'Give the official XML or its ZIP.')
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`The file cannot be read (${errorCode(error)})`, file, 'Check the name and its permissions.')
  }
}
