import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { linkProgram } from '../../src/program/link.ts'
import { readInputs, readKnowledge } from '../linked.ts'
import { compare } from './compare.ts'
import { Places } from './places.ts'
import { printComparison } from './print.ts'
import { readRecorded } from './recorded.ts'

/*
 * Recall of the call graph against calls that really happen.
 *
 *   npm run callgraph -- --program FOLDER [--keep FILE] -- PYTHON -m pytest tests
 *   npm run callgraph -- --program FOLDER --recorded FILE [--misses N]
 *
 * The first form runs the command in FOLDER with `record.py` (which says what it records) between the
 * interpreter, 3.12 or newer, and its arguments; with --keep the recorded calls stay in FILE. The second
 * compares what was recorded before. What the tests import must be the code below FOLDER: set PYTHONPATH, or
 * install it with `pip install -e`. --misses prints N examples of each class of miss.
 */

const { values, positionals } = parseArgs({
  options: {
    program: { type: 'string' }, recorded: { type: 'string' }, keep: { type: 'string' }, misses: { type: 'string', default: '0' },
  },
  allowPositionals: true,
})
const [interpreter, ...rest] = positionals
if (values.program === undefined || (values.recorded === undefined) === (interpreter === undefined)) {
  console.error('usage: npm run callgraph -- --program FOLDER [--misses N] (--recorded FILE | [--keep FILE] -- PYTHON ARGUMENT...)')
  process.exit(2)
}

const folder = resolve(values.program)
const scratch = mkdtempSync(join(tmpdir(), 'assay-callgraph-'))
const calls = resolve(values.recorded ?? values.keep ?? join(scratch, 'calls.jsonl'))
if (interpreter !== undefined) {
  const recorder = fileURLToPath(new URL('../../../bench/callgraph/record.py', import.meta.url))
  const run = spawnSync(interpreter, [recorder, calls, folder, ...rest], { cwd: folder, stdio: ['ignore', 2, 2] })
  if (run.error) throw run.error
}
const recorded = readRecorded(calls)
rmSync(scratch, { recursive: true })
const program = linkProgram(await readInputs(folder), readKnowledge())
printComparison(compare(program, new Places(program, folder), recorded), Number(values.misses))
