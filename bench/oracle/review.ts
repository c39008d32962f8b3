import { review } from '../../src/index.ts'

/** What Assay reports. */
export interface Reported {
  /** From the folder that was reviewed, with `/`. */
  readonly path: string
  readonly line: number
  readonly endLine: number
  readonly rule: string
}

/** Weaknesses that the sinks of the programs stand for. */
const WEAKNESSES = [22, 78, 79, 89, 94, 601, 918, 1336]

/** The flows that the review of a folder reports. */
export async function reportedFlows(folder: string): Promise<Reported[]> {
  const { findings } = await review({ paths: [folder], root: folder, jobs: 1, cache: false, projectConfig: false, cwe: WEAKNESSES })
  return findings.filter((finding) => finding.evidence.kind === 'flow').map(({ place, rule }) => ({
    path: place.path, line: place.line, endLine: place.endLine, rule,
  }))
}
