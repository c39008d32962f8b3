import { Command } from 'commander'
import { printableLines } from '../core/printable.ts'
import { formats, verificationFormats } from '../index.ts'
import { installation } from '../scan/installation.ts'
import { addCweCommand } from './cwe-command.ts'
import { addReviewCommand } from './review-command.ts'
import { addRulesCommand } from './rules-command.ts'
import { addSearchCommand } from './search-command.ts'
import { addTestCommand } from './test-command.ts'
import { addVerifyCommand } from './verify-command.ts'

const EXAMPLES = `
Examples:
  $ assay review src                         review a folder; the program around it is read too
  $ assay review . --format sarif --output assay.sarif
  $ assay review . --diff main --fail-on high
  $ cat snippet.py | assay review - --stdin-filename shop/views.py
  $ assay verify report.md --against .       judge somebody else's review by the code
  $ assay cwe 89                             what the catalogue says of a weakness

Exit codes: 0 it ran, and nothing is at or above --fail-on; 1 something is; 2 it could not be done.`

/** The command line: one command per file. Errors are thrown, never exits. */
export async function createProgram(): Promise<Command> {
  const all = await formats()
  const program = new Command('assay')
    .description('A security code reviewer with the CWE as its reference standard')
    .version(installation().version, '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', EXAMPLES)
    .showHelpAfterError('(--help lists what there is)')
    .exitOverride()
    // Messages repeat the words of the command line, which may hold anything.
    .configureOutput({ writeErr: (text) => process.stderr.write(printableLines(text)) })
  addReviewCommand(program, all.map((each) => each.name))
  const verifications = await verificationFormats()
  addVerifyCommand(program, verifications.map((each) => each.name))
  addCweCommand(program)
  addRulesCommand(program)
  addTestCommand(program)
  addSearchCommand(program)
  return program
}
