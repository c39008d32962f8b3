#!/usr/bin/env node
import { createProgram } from './program.ts'
import { failed } from './failure.ts'

// A reader that closes the pipe (`| head`) has had enough; that is no failure.
process.stdout.on('error', (error: Error & { readonly code?: string }) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0)
  throw error
})

try {
  const program = await createProgram()
  await program.parseAsync(process.argv)
} catch (error) {
  process.exitCode = failed(error)
}
