#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8'
import { createProgram } from './program.ts'
import { EXIT, failed } from './failure.ts'

// A reader that closes the pipe (`| head`) has had enough; that is no failure.
process.stdout.on('error', (error: Error & { readonly code?: string }) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0)
  console.error(`assay: standard output: It cannot be written (${error.code ?? error.message}). Make room, or give a file with --output.`)
  process.exit(EXIT.failed)
})

// A review is over in seconds, with much code that runs a little each. V8's optimiser, as it is set for servers, spends
// on compiling what it then hardly gains, on cores that the workers need. All code compiled simply at once, less of it
// optimised, and less copied into its callers, takes about a fifth off the processor's time.
setFlagsFromString('--always-sparkplug')
setFlagsFromString('--interrupt-budget=264000')
setFlagsFromString('--max-inlined-bytecode-size-cumulative=200')

try {
  const program = await createProgram()
  await program.parseAsync(process.argv)
} catch (error) {
  process.exitCode = failed(error)
}

// Everything is done and said: giving the memory back piece by piece would take a tenth of a second after a large review.
process.stdout.write('', () => process.exit())
