import { UsageError } from '../core/problem.ts'
import { compareText } from './findings.ts'
import { isFingerprint } from './fingerprint.ts'
import type { Finding, Review } from './review.ts'

/** Findings known before, by fingerprint. Nothing in it depends on the machine it was made on. */
export interface Baseline {
  /** File name or revision, for the reader. */
  readonly name: string
  readonly fingerprints: ReadonlySet<string>
}

/** The key under which SARIF results carry our fingerprint. */
export const SARIF_FINGERPRINT = 'assay/v1'

/** Largest baseline read, in characters: a SARIF file of 25,000 results with flows stays below. */
const LARGEST = 200_000_000

/** Whether a finding, by any of its sources, was known. */
export function isKnown(baseline: Baseline, finding: Finding): boolean {
  return [finding.fingerprint, ...finding.otherFingerprints].some((each) => baseline.fingerprints.has(each))
}

/**
 * The baseline that a review of another revision makes. Findings silenced by
 * comments count: taking the comment away makes no new defect.
 */
export function baselineOf(review: Review, name: string): Baseline {
  const findings = [...review.findings, ...review.suppressed.map((each) => each.finding)]
  return { name, fingerprints: new Set(findings.flatMap((each) => [each.fingerprint, ...each.otherFingerprints])) }
}

/** A baseline file for a review: JSON, sorted, one finding per line, so that a change is a readable difference. */
export function writeBaseline(review: Review): string {
  const known = review.suppressed.filter((each) => each.by === 'baseline').map((each) => each.finding)
  const lines = [...review.findings, ...known]
    .flatMap((finding) =>
      [finding.fingerprint, ...finding.otherFingerprints].map((fingerprint) => ({
        cwe: finding.cwe,
        path: finding.place.path,
        fingerprint,
      })),
    )
    .sort((a, b) => compareText(a.path, b.path) || a.cwe - b.cwe || compareText(a.fingerprint, b.fingerprint))
    .map((line) => `    ${JSON.stringify(line)}`)
  return `{\n  "assayBaseline": 1,\n  "findings": [${lines.length === 0 ? '' : `\n${lines.join(',\n')}\n  `}]\n}\n`
}

/**
 * Reads a baseline file, a JSON review or a SARIF log of ours. The file may come
 * from anywhere: its size is bounded, its shape checked, and nothing but
 * fingerprints is taken from it.
 *
 * Throws `UsageError` when it is none of these.
 */
export function readBaseline(content: string, name: string): Baseline {
  if (content.length > LARGEST) throw refusal(`${name} is too large for a baseline`, name)
  let data: unknown
  try {
    data = JSON.parse(content.replace(/^\ufeff/, ''))
  } catch {
    throw refusal('It is not valid JSON', name)
  }
  const fingerprints = fromOwn(data, name) ?? fromReview(data) ?? fromSarif(data, name)
  if (fingerprints === undefined) throw refusal('It is neither a baseline nor a review of Assay', name)
  return { name, fingerprints: new Set(fingerprints) }
}

function refusal(message: string, name: string): UsageError {
  return new UsageError(
    message,
    name,
    'Give a file written by `assay review` with --format json or sarif.',
  )
}

function fromOwn(data: unknown, name: string): readonly string[] | undefined {
  const version = field(data, 'assayBaseline')
  if (version === undefined) return undefined
  if (version !== 1) throw refusal(`${name} is a baseline of a format this version does not know`, name)
  const findings = field(data, 'findings')
  if (!Array.isArray(findings)) throw refusal(`${name} lists no findings`, name)
  return findings.map((each: unknown, at) => {
    const fingerprint = field(each, 'fingerprint')
    if (!isFingerprint(fingerprint)) throw refusal(`entry ${at + 1} of ${name} has no valid fingerprint`, name)
    return fingerprint
  })
}

function fromReview(data: unknown): readonly string[] | undefined {
  const tool = field(data, 'tool')
  const findings = field(data, 'findings')
  if (field(tool, 'name') !== 'assay' || !Array.isArray(findings)) return undefined
  const suppressed = field(data, 'suppressed')
  const silenced: unknown[] = Array.isArray(suppressed) ? suppressed.map((each: unknown) => field(each, 'finding')) : []
  return [...findings, ...silenced].flatMap((each: unknown) => {
    const others = field(each, 'otherFingerprints')
    return [field(each, 'fingerprint'), ...(Array.isArray(others) ? others : [])].filter(isFingerprint)
  })
}

function fromSarif(data: unknown, name: string): readonly string[] | undefined {
  const runs = field(data, 'runs')
  if (field(data, 'version') !== '2.1.0' || !Array.isArray(runs)) return undefined
  const own = runs.filter((run: unknown) => field(field(field(run, 'tool'), 'driver'), 'name') === 'Assay')
  if (own.length === 0) throw refusal(`${name} holds no run of Assay, so its fingerprints say nothing here`, name)
  return own.flatMap((run: unknown) => {
    const results = field(run, 'results')
    return Array.isArray(results) ? results.flatMap(fingerprintsOfResult) : []
  })
}

function fingerprintsOfResult(result: unknown): readonly string[] {
  const fingerprint = field(field(result, 'fingerprints'), SARIF_FINGERPRINT)
  const others = field(field(result, 'properties'), 'otherFingerprints')
  return [fingerprint, ...(Array.isArray(others) ? others : [])].filter(isFingerprint)
}

/** Own property of a plain object; never one inherited. */
function field(of: unknown, name: string): unknown {
  if (typeof of !== 'object' || of === null || !Object.hasOwn(of, name)) return undefined
  return (of as Readonly<Record<string, unknown>>)[name]
}
