import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Review } from '../src/index.ts'

/*
 * Speed as ratios of commands run in turn on the same machine: seconds differ
 * from machine to machine, ratios hardly do.
 *
 *   npm run bench -- --corpus PATH [--file PATH] [--cwe IDS] [--rounds N] [--reference PROGRAM]
 *
 * Each command runs once per round, one after the other, so that a slow moment
 * of the machine hits all; the best time of each counts. `--cwe 22,78` adds a
 * review for these weaknesses alone.
 */

interface Command {
  readonly name: string
  readonly program: string
  readonly args: readonly string[]
  /** What is removed of the cache before: all of it, the reviews that were kept, or nothing. */
  readonly forgets: 'all' | 'reviews' | 'nothing'
}

interface Measured {
  /** Wall time in seconds. */
  readonly seconds: number
  readonly output: string
  readonly succeeded: boolean
}

const MAIN = fileURLToPath(new URL('../src/cli/main.js', import.meta.url))

const { values } = parseArgs({
  options: {
    corpus: { type: 'string' }, file: { type: 'string' }, rounds: { type: 'string', default: '3' },
    cwe: { type: 'string' }, reference: { type: 'string', default: 'bandit' },
  },
})
if (values.corpus === undefined) {
  console.error('usage: npm run bench -- --corpus PATH [--file PATH] [--cwe IDS] [--rounds N] [--reference PROGRAM]')
  process.exit(2)
}

const corpus = resolve(values.corpus)
const cache = mkdtempSync(join(tmpdir(), 'assay-bench-'))

function assay(name: string, path: string, jobs: number, forgets: Command['forgets'], more: readonly string[] = []): Command {
  const args = [MAIN, 'review', path, '--format', 'json', '--jobs', String(jobs), '--quiet', ...more]
  return { name, program: process.execPath, args, forgets }
}

function forget({ forgets }: Command): void {
  const folder = join(cache, 'assay')
  if (forgets === 'all') rmSync(folder, { recursive: true, force: true })
  if (forgets !== 'reviews' || !existsSync(folder)) return
  for (const name of readdirSync(folder)) if (name.endsWith('.reviews')) rmSync(join(folder, name))
}

function measure(command: Command): Measured {
  forget(command)
  const before = process.hrtime.bigint()
  const run = spawnSync(command.program, command.args, {
    encoding: 'utf8', maxBuffer: 2_000_000_000, env: { ...process.env, XDG_CACHE_HOME: cache },
  })
  const seconds = Number(process.hrtime.bigint() - before) / 1e9
  return { seconds, output: run.stdout, succeeded: run.error === undefined && (run.status ?? 2) < 2 }
}

/** Largest memory that children of this process had in use, in megabytes; 0 where the system does not say. */
function peakOf(command: Command): number {
  const time = spawnSync('/usr/bin/time', ['-f', '%M', command.program, ...command.args], {
    encoding: 'utf8', maxBuffer: 2_000_000_000, env: { ...process.env, XDG_CACHE_HOME: cache },
  })
  return time.status === 0 ? Number(time.stderr.trim().split('\n').pop()) / 1024 : 0
}

const SOME = 'cold, 2 workers, some weaknesses'
const commands: Command[] = [
  ...(values.cwe === undefined ? [] : [assay(SOME, corpus, 2, 'all', ['--cwe', values.cwe])]),
  assay('cold, 2 workers', corpus, 2, 'all'),
  assay('warm, judged anew', corpus, 2, 'reviews'),
  assay('warm, nothing changed', corpus, 2, 'nothing'),
  assay('cold, 1 worker', corpus, 1, 'all'),
  ...(values.file === undefined ? [] : [
    assay('one file, cold', resolve(values.file), 2, 'all'),
    assay('one file, judged anew', resolve(values.file), 2, 'reviews'),
    assay('one file, nothing changed', resolve(values.file), 2, 'nothing'),
  ]),
]
const hasReference = spawnSync(values.reference, ['--version']).status === 0
if (hasReference) {
  commands.push({ name: values.reference, program: values.reference, args: ['-q', '-r', corpus, '-f', 'json'], forgets: 'nothing' })
}

const best = new Map<string, number>()
const outputs = new Map<string, string>()
for (let round = 0; round < Number(values.rounds); round++) {
  for (const command of commands) {
    const measured = measure(command)
    if (!measured.succeeded) throw new Error(`${command.name} failed`)
    best.set(command.name, Math.min(best.get(command.name) ?? Infinity, measured.seconds))
    const known = outputs.get(command.name)
    if (known !== undefined && known !== measured.output && command.program === process.execPath) throw new Error(`${command.name} gave other bytes`)
    outputs.set(command.name, measured.output)
  }
}

function ratio(name: string, of: string): void {
  const [part, whole] = [best.get(name), best.get(of)]
  if (part === undefined || whole === undefined) return
  console.log(`${(part / whole).toFixed(2).padStart(6)}  ${name} : ${of}`)
}

const { subject } = JSON.parse(outputs.get('cold, 2 workers') ?? '{}') as Review
console.log(`${subject.files} files, ${subject.lines} lines; best of ${values.rounds}`)
for (const [name, seconds] of best) console.log(`${seconds.toFixed(2).padStart(6)} s  ${name}`)
ratio('cold, 2 workers', values.reference)
ratio(SOME, values.reference)
ratio('warm, judged anew', 'cold, 2 workers')
ratio('warm, nothing changed', 'cold, 2 workers')
ratio('cold, 2 workers', 'cold, 1 worker')
ratio('one file, cold', 'cold, 2 workers')
ratio('one file, judged anew', 'cold, 2 workers')
const whole = assay('', corpus, 2, 'all')
forget(whole)
const peak = peakOf(whole)
if (peak > 0) console.log(`${peak.toFixed(0).padStart(6)} MB peak, cold, 2 workers`)
const same = ['warm, judged anew', 'warm, nothing changed', 'cold, 1 worker'].every((name) => outputs.get(name) === outputs.get('cold, 2 workers'))
console.log(same ? 'the same bytes cold, warm, with one worker and with two' : 'DIFFERENT BYTES between runs')
if (!hasReference) console.log(`${values.reference} is not installed: no ratio to it`)
rmSync(cache, { recursive: true, force: true })
process.exitCode = same ? 0 : 1
