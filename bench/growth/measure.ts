import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Review } from '../../src/index.ts'

/** What one review in a process of its own cost. */
export interface Cost {
  /** Wall time in seconds. */
  readonly wall: number
  /** Processor time in seconds, of all threads. */
  readonly processor: number
  /** Most memory in use, in megabytes. */
  readonly memory: number
  readonly review: Review
}

const MAIN = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url))

/** Reviews a folder without cache. Needs GNU time. Throws when the review fails. */
export function costOf(folder: string): Cost {
  const args = [process.execPath, MAIN, 'review', folder, '--format', 'json', '--jobs', '2', '--quiet', '--no-cache']
  const run = spawnSync('/usr/bin/time', ['-f', '%e %U %S %M', ...args], { encoding: 'utf8', maxBuffer: 2_000_000_000 })
  if (run.error) throw run.error
  if ((run.status ?? 2) > 1) throw new Error(`review of ${folder}: ${run.stderr}`)
  const [wall = 0, user = 0, system = 0, memory = 0] = (run.stderr.trim().split('\n').pop() ?? '').split(' ').map(Number)
  return { wall, processor: user + system, memory: memory / 1024, review: JSON.parse(run.stdout) as Review }
}
