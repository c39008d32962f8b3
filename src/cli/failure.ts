import { CommanderError } from 'commander'
import { printable, printableLines } from '../core/printable.ts'
import { UsageError } from '../core/problem.ts'

/** Exit codes, the same for every command. */
export const EXIT = {
  /** It ran, and nothing is at or above `--fail-on`. */
  ok: 0,
  /** Something is. */
  found: 1,
  /** It could not do what was asked. */
  failed: 2,
} as const

/** Says on standard error why a command could not be done, and gives the exit code. */
export function failed(error: unknown): number {
  // The parser of the command line has printed its message (or the help) already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.failed
  if (error instanceof UsageError) {
    console.error(`assay: ${printable(error.place)}: ${printableLines(withFullStop(error.message))} ${printable(error.remedy)}`)
    return EXIT.failed
  }
  const stack = error instanceof Error ? error.stack ?? error.message : String(error)
  console.error(`assay: internal error, please report it: ${printableLines(stack)}`)
  return EXIT.failed
}

function withFullStop(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`
}
