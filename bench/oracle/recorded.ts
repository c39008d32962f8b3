import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { outcomeOf, type Outcome } from './figures.ts'
import { reportedFlows } from './review.ts'
import { writeFiles } from './truth.ts'

/** A program of the fixed sample. */
export interface SampleProgram {
  readonly name: string
  readonly constructs: readonly string[]
  /** Text by path. */
  readonly files: Readonly<Record<string, string>>
  /** Where an attack arrived when it was run. */
  readonly arrives: readonly (readonly [path: string, line: number])[]
}

/** The programs as they were recorded. */
export function readSample(folder: string): readonly SampleProgram[] {
  return (JSON.parse(readFileSync(join(folder, 'sample.json'), 'utf8')) as { readonly programs: readonly SampleProgram[] }).programs
}

/** Reviews the programs, beside each other in one folder; their names with what came out, in their order. */
export async function judgeSample(programs: readonly SampleProgram[]): Promise<[string, Outcome][]> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'assay-sample-')))
  try {
    for (const each of programs) writeFiles(folder, new Map(Object.entries(each.files)))
    const reported = await reportedFlows(folder)
    return programs.map(({ name, files, arrives }) => [
      name, outcomeOf({ truth: { hits: arrives, reached: 0, broken: '' }, reported: reported.filter((each) => each.path in files) }),
    ])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
