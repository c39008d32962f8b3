import type { SeverityLevel } from './claim.ts'

/** What a vector says. */
export type CvssOutcome =
  | { readonly version: '3.0' | '3.1', readonly score: number, readonly metrics: ReadonlyMap<string, string> }
  /** A version whose arithmetic is not done here; the metrics were read. */
  | { readonly version: '2.0' | '4.0', readonly score: undefined, readonly metrics: ReadonlyMap<string, string> }
  | { readonly refusal: string }

/**
 * Base metrics of version 3 with their weights; `PR` depends on the scope. Source: CVSS v3.1 specification, section
 * 7.4.
 */
const WEIGHTS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  AV: { N: 0.85, A: 0.62, L: 0.55, P: 0.2 },
  AC: { L: 0.77, H: 0.44 },
  PR: { N: 0.85, L: 0.62, H: 0.27 },
  UI: { N: 0.85, R: 0.62 },
  S: { U: 0, C: 1 },
  C: { H: 0.56, L: 0.22, N: 0 },
  I: { H: 0.56, L: 0.22, N: 0 },
  A: { H: 0.56, L: 0.22, N: 0 },
}

const CHANGED_PRIVILEGES: Readonly<Record<string, number>> = { N: 0.85, L: 0.68, H: 0.5 }

const VERSIONS: ReadonlyMap<string, '3.0' | '3.1' | '4.0'> = new Map([['CVSS:3.0', '3.0'], ['CVSS:3.1', '3.1'], ['CVSS:4.0', '4.0']])

/** Longest vector that is read, in characters. */
const MAX_VECTOR = 300

/** Reads a vector and computes the base score of versions 3.0 and 3.1. */
export function scoreVector(vector: string): CvssOutcome {
  const [head = '', ...rest] = vector.trim().slice(0, MAX_VECTOR).split('/')
  const version = VERSIONS.get(head.toUpperCase())
  const metrics = metricsOf(version === undefined ? [head, ...rest] : rest)
  if (typeof metrics === 'string') return { refusal: metrics }
  if (version === '4.0') return { version, score: undefined, metrics }
  if (version === undefined) {
    return metrics.has('Au')
      ? { version: '2.0', score: undefined, metrics }
      : { refusal: 'it does not begin with a version such as CVSS:3.1' }
  }
  for (const [name, values] of Object.entries(WEIGHTS)) {
    const value = metrics.get(name)
    if (value === undefined) return { refusal: `the base metric ${name} is missing` }
    if (!Object.hasOwn(values, value)) return { refusal: `${name} has no value ${value}` }
  }
  return { version, score: baseScore(version, metrics), metrics }
}

function metricsOf(parts: readonly string[]): ReadonlyMap<string, string> | string {
  const metrics = new Map<string, string>()
  for (const part of parts) {
    const colon = part.indexOf(':')
    if (colon < 1) return `"${part}" is no metric`
    const name = part.slice(0, colon)
    if (metrics.has(name)) return `the metric ${name} is given twice`
    metrics.set(name, part.slice(colon + 1))
  }
  return metrics
}

function baseScore(version: '3.0' | '3.1', metrics: ReadonlyMap<string, string>): number {
  const weight = (name: string): number => WEIGHTS[name]?.[metrics.get(name) ?? ''] ?? 0
  const isChanged = metrics.get('S') === 'C'
  const base = 1 - (1 - weight('C')) * (1 - weight('I')) * (1 - weight('A'))
  const impact = isChanged ? 7.52 * (base - 0.029) - 3.25 * (base - 0.02) ** 15 : 6.42 * base
  if (impact <= 0) return 0
  const privileges = isChanged ? CHANGED_PRIVILEGES[metrics.get('PR') ?? ''] ?? 0 : weight('PR')
  const exploitability = 8.22 * weight('AV') * weight('AC') * privileges * weight('UI')
  const sum = Math.min((isChanged ? 1.08 : 1) * (impact + exploitability), 10)
  return version === '3.1' ? roundUp(sum) : Math.ceil(sum * 10) / 10
}

/** CVSS v3.1 specification, appendix A: rounding up without the errors of binary fractions. */
function roundUp(value: number): number {
  const whole = Math.round(value * 100_000)
  return whole % 10_000 === 0 ? whole / 100_000 : (Math.floor(whole / 10_000) + 1) / 10
}

/** The qualitative rating of a score (CVSS v3.1 specification, section 5; the same in 4.0). */
export function ratingOf(score: number): SeverityLevel {
  if (score <= 0) return 'none'
  if (score < 4) return 'low'
  if (score < 7) return 'medium'
  return score < 9 ? 'high' : 'critical'
}
