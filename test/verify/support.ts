import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { verifyReview } from '../../src/verify/verify.ts'
import type { VerifyOptions } from '../../src/verify/options.ts'
import type { Verification, VerifiedFinding } from '../../src/verify/result.ts'
import type { Subject, Verdict } from '../../src/verify/verdict.ts'
import { PROJECT, shipped } from '../shipped.ts'

/** The folder with the programs and reviews of these tests. */
export const DATA: string = join(PROJECT, 'test', 'verify')

const { catalogue } = shipped()
const cacheFolder = mkdtempSync(join(tmpdir(), 'assay-verify-'))
after(() => rmSync(cacheFolder, { recursive: true, force: true }))

/** Verifies a review given as text against a folder; without history and engine unless they are asked for. */
export function verifyText(text: string, against: string, options: Partial<VerifyOptions> = {}): Promise<Verification> {
  return verifyReview({
    review: Buffer.from(text), reviewName: 'review', against, history: false, engine: false, cacheFolder, ...options,
  }, catalogue)
}

/** A file of the test data as text. */
export function dataText(...parts: readonly string[]): string {
  return readFileSync(join(DATA, ...parts), 'utf8')
}

/** The verdict on a subject of a finding, the first one. */
export function verdictOn(finding: VerifiedFinding | undefined, subject: Subject): Verdict | undefined {
  return finding?.verdicts.find((each) => each.subject === subject)
}

/** `verdict code` of a subject; `-` when there is no verdict on it. */
export function judged(finding: VerifiedFinding | undefined, subject: Subject): string {
  const verdict = verdictOn(finding, subject)
  return verdict === undefined ? '-' : `${verdict.verdict} ${verdict.code}`
}
