import { join } from 'node:path'
import { review } from '../../src/index.ts'

/** What Assay reports for a program. */
export interface Reported {
  readonly path: string
  readonly line: number
  readonly endLine: number
  readonly rule: string
}

/** Weaknesses that the sinks of the programs stand for. */
const WEAKNESSES = [22, 78, 79, 89, 94, 601, 918, 1336]

/**
 * Reviews a folder that holds programs, each in its own folder, and returns the
 * reported flows by program. With `alone` each is reviewed by itself.
 */
export async function reviewPrograms(folder: string, ids: readonly string[], alone: boolean): Promise<Map<string, Reported[]>> {
  const reported = new Map<string, Reported[]>(ids.map((id) => [id, []]))
  for (const root of alone ? ids.map((id) => join(folder, id)) : [folder]) {
    const result = await review({ paths: [root], root, jobs: 1, cache: false, projectConfig: false, cwe: WEAKNESSES })
    for (const finding of result.findings) {
      if (finding.evidence.kind !== 'flow') continue
      const whole = join(root, finding.place.path).slice(folder.length + 1)
      const [id = ''] = whole.split('/')
      const { line, endLine } = finding.place
      reported.get(id)?.push({ path: whole.slice(id.length + 1), line, endLine, rule: finding.rule })
    }
  }
  return reported
}
