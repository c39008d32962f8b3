import { isatty } from 'node:tty'
import { resolve } from 'node:path'
import { errorCode, fileStatus, writeAtomic, writePlain } from '../core/files.ts'
import { UsageError } from '../core/problem.ts'

/** Writes to standard output and waits until it is taken, so that nothing is lost when the process ends. */
export function print(text: string): Promise<void> {
  return new Promise((done) => {
    process.stdout.write(text, () => done())
  })
}

/** Writes a report to a file: all of it or nothing. Throws a `UsageError` when that cannot be done. */
export function writeReport(path: string, text: string): void {
  const file = resolve(path)
  try {
    const kind = fileStatus(file)?.kind
    if (kind === undefined || kind === 'file') writeAtomic(file, text)
    else writePlain(file, text)
  } catch (error) {
    throw new UsageError(`The report cannot be written (${errorCode(error)})`, path, 'Give a file in a folder that can be written to.')
  }
}

/** Whether to use colours: as asked, else on a terminal, unless the environment says no. */
export function wantsColour(asked: boolean | undefined, isFile: boolean): boolean {
  if (asked !== undefined) return asked
  // https://no-color.org: any value that is not empty.
  const refuses = (process.env['NO_COLOR'] ?? '') !== '' || process.env['TERM'] === 'dumb'
  return !refuses && !isFile && isatty(1)
}

/** Columns of the terminal, or of a page. */
export function outputWidth(isFile: boolean): number {
  // A terminal that does not know its size says 0.
  const columns = process.stdout.columns ?? 0
  return isFile || columns === 0 ? 100 : Math.max(40, columns)
}
