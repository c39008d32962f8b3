import { LIMITS } from '../core/limits.ts'
import { UsageError, type StandardInput } from '../index.ts'

/** Reads the code on standard input. Throws a `UsageError` when it has no name or is too large. */
export async function readStandardInput(fileName: string | undefined): Promise<StandardInput> {
  if (fileName === undefined) throw new UsageError('Code from standard input needs a name', '-', 'Add --stdin-filename NAME; the name says its language.')
  const parts: Buffer[] = []
  let length = 0
  for await (const part of process.stdin) {
    const bytes = Buffer.from(part as Uint8Array)
    length += bytes.length
    if (length > LIMITS.fileBytes) throw new UsageError(`Standard input is larger than ${LIMITS.fileBytes / 1_000_000} MB`, '-', 'Review a part of it.')
    parts.push(bytes)
  }
  return { bytes: Buffer.concat(parts), fileName }
}
