import type { Command } from 'commander'
import { join, relative } from 'node:path'
import { printable, printableLines } from '../core/printable.ts'
import { searchPattern, type PatternMatch } from '../scan/search-pattern.ts'
import { EXIT } from './failure.ts'
import { print } from './output.ts'

const HELP = `
Examples:
  $ assay search -e 'open($X, ...)' -l py src
  $ assay search -e 'subprocess.$F(..., shell=True, ...)' -l py .

Each match is shown with what the metavariables stand for. Each file is searched by itself.
Exit codes: 0 something matches; 1 nothing does; 2 it could not be done.`

interface Flags {
  readonly pattern: string
  readonly lang: string
}

/** Adds `assay search`. */
export function addSearchCommand(program: Command): void {
  program.command('search')
    .description('find code that matches one pattern of the rule language')
    .requiredOption('-e, --pattern <pattern>', 'code with metavariables ($X) and ellipses (...)')
    .requiredOption('-l, --lang <language>', 'the language of the pattern')
    .argument('<path...>', 'files and folders to search')
    .addHelpText('after', HELP)
    .action(async (paths: string[], flags: Flags) => {
      process.exitCode = await searchCommand(paths, flags)
    })
}

async function searchCommand(paths: readonly string[], flags: Flags): Promise<number> {
  const { root, matches, files, problems } = await searchPattern(flags.pattern, flags.lang, paths)
  for (const problem of problems) console.error(printableLines(`assay: ${problem}`))
  const count = `${matches.length} ${matches.length === 1 ? 'match' : 'matches'} in ${files} ${files === 1 ? 'file' : 'files'}.`
  await print(printableLines(`${[...matches.flatMap((each) => linesOf(each, root)), count].join('\n')}\n`))
  return matches.length > 0 ? EXIT.ok : EXIT.found
}

/** Longest part of a line that is shown. */
const WIDTH = 160

function linesOf({ path, position, text, bindings }: PatternMatch, root: string): string[] {
  return [
    `${relative('', join(root, path)).replaceAll('\\', '/')}:${position.line}:${position.column}: ${firstLine(text)}`,
    ...bindings.map(([name, bound]) => `  ${name} = ${firstLine(bound)}`),
  ]
}

function firstLine(text: string): string {
  const [line = '', ...more] = text.split(/\r\n|\r|\n/)
  const shown = printable(line)
  return shown.length > WIDTH || more.length > 0 ? `${shown.slice(0, WIDTH)} ...` : shown
}
