import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Program } from './program.ts'

/** What running a program showed. */
export interface Truth {
  /** Places where an attack arrived unneutralised: path from the folder that was run, line. */
  readonly hits: readonly (readonly [path: string, line: number])[]
  /** How often any sink was reached, with whatever text. */
  readonly reached: number
  /** Why it did not run as a program should; `''` when it did. */
  readonly broken: string
}

interface Ran {
  readonly id: string
  readonly hits: readonly (readonly [string, number, string])[]
  readonly reached: number
  readonly broken: string
}

/** The package's own folder, seen from the compiled file. */
const RUNNER = fileURLToPath(new URL('../../../bench/oracle/python/run.py', import.meta.url))

/** Writes the program's files below a folder. */
export function writeFiles(folder: string, files: ReadonlyMap<string, string>): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

/** Runs programs whose files lie in `folder` and says what came of each. Throws when Python fails. */
export function measureTruth(folder: string, programs: ReadonlyMap<string, Program>): Map<string, Truth> {
  const asked = [...programs].map(([id, program]) => ({
    id, importRoot: program.importRoot, entry: program.entry, kinds: [program.kind], hints: program.hints,
  }))
  const run = spawnSync('python3', ['-I', '-B', RUNNER, folder], { input: JSON.stringify(asked), encoding: 'utf8', maxBuffer: 1_000_000_000 })
  if (run.status !== 0) throw new Error(`python3 failed: ${run.error?.message ?? run.stderr}`)
  const truths = new Map<string, Truth>()
  for (const each of JSON.parse(run.stdout) as readonly Ran[]) {
    truths.set(each.id, { hits: each.hits.map(([path, line]) => [path, line] as const), reached: each.reached, broken: each.broken })
  }
  return truths
}
