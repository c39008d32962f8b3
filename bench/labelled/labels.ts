import { spawnSync } from 'node:child_process'
import { relative, resolve } from 'node:path'

/** A place that another tool reports in labelled code. */
export interface Label {
  readonly test: string
  /** From the folder that was labelled, with `/`. */
  readonly path: string
  readonly line: number
  readonly endLine: number
}

interface BanditReport {
  readonly results: readonly {
    readonly test_id: string
    readonly filename: string
    readonly line_number: number
    readonly line_range: readonly number[]
  }[]
}

/** What Bandit reports below a folder, in order of place. Throws when it cannot be run. */
export function banditLabels(command: string, folder: string): readonly Label[] {
  const run = spawnSync(command, ['-q', '-r', folder, '-f', 'json'], { encoding: 'utf8', maxBuffer: 1 << 28 })
  if (run.error) throw run.error
  const { results } = JSON.parse(run.stdout) as BanditReport
  return results.map((each) => ({
    test: each.test_id,
    path: relative(folder, resolve(each.filename)).split('\\').join('/'),
    line: Math.min(each.line_number, ...each.line_range),
    endLine: Math.max(each.line_number, ...each.line_range),
  })).sort((one, other) => compare(one.path, other.path) || one.line - other.line || compare(one.test, other.test))
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
