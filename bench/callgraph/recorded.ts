import { readText } from '../../src/core/files.ts'

/** A function that ran, as the recorder (`record.py`) names it. */
export interface RecordedFunction {
  readonly path: string
  readonly name: string
  /** Its first line, which is that of its first decorator. */
  readonly line: number
  /** Of a lambda: a column in it, in UTF-8 bytes; else 0. */
  readonly column: number
}

/** The place of an instruction; lines from 1, columns in UTF-8 bytes from 0. */
export interface RecordedSite {
  readonly path: string
  /** Qualified name of the function in which it stands. */
  readonly in: string
  readonly instruction: string
  readonly line: number | null
  readonly endLine: number | null
  readonly column: number | null
  readonly endColumn: number | null
}

/** One distinct call that was seen to happen. */
export interface RecordedCall {
  /** `direct`, `construct`, `object`, `implicit`, `native NAME`, `library NAME`, `entry`. */
  readonly how: string
  readonly count: number
  readonly callee: RecordedFunction
  /** Where the innermost code of the program stood; absent for `entry`. */
  readonly site?: RecordedSite
}

/** Reads what the recorder wrote: one object a line, in the order in which the calls were first seen. */
export function readRecorded(path: string): readonly RecordedCall[] {
  return readText(path).split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as RecordedCall)
}
