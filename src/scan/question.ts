import { hashOf, hashOfValue } from '../core/hash.ts'
import { assayStamp } from './engine-stamp.ts'
import type { Discovery, SourceFile } from './discover.ts'
import type { Settings } from './settings.ts'

/**
 * One name for all that a review depends on: Assay itself with its rules and
 * models, the settings, and every file of the program by its content. Two reviews
 * with the same question have the same answer. `undefined` where a file's content
 * is not known, and for what is not on disk or compared with another review.
 */
export function questionOf(
  settings: Settings, discovery: Discovery, revision: string, hashOfFile: (file: SourceFile) => string | undefined,
): string | undefined {
  if (settings.inputPath !== undefined || settings.isBaseline || settings.baseline !== undefined) return undefined
  const files: unknown[] = []
  for (const file of discovery.files) {
    const hash = hashOfFile(file)
    if (hash === undefined || hash === '') return undefined
    files.push([file.path, file.isReviewed, file.language.id, file.language.version, hash])
  }
  const { catalogue, targets, programs, named, severity, confidence, suppressions, problems, switchedOff } = settings
  const asked = {
    assay: assayStamp(), models: settings.modelStamp, rules: settings.rules, catalogue: [catalogue.version, catalogue.date],
    targets, programs, named, severity, confidence, suppressions, switchedOff, revision,
    problems: [...problems, ...discovery.problems], excluded: discovery.excluded,
  }
  return hashOf(`${hashOfValue(asked)} ${JSON.stringify(files)}`)
}
