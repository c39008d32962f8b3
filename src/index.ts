import { openCatalogue, type OpenedCatalogue } from './cwe/open.ts'
import { formatNamed, reportFormats } from './report/discover.ts'
import type { Review } from './review/review.ts'
import { UsageError } from './core/problem.ts'
import { join } from 'node:path'
import type { Catalogue } from './cwe/catalogue.ts'
import type { ReportFormat } from './report/format.ts'
import type { Rule } from './rules/rule.ts'
import { installation } from './scan/installation.ts'
import type { ReviewOptions } from './scan/options.ts'
import { runReview, type ReviewRun } from './scan/review.ts'
import { dataFolder } from './scan/user-folders.ts'
import { verifierParts } from './verify/discover.ts'
import type { VerificationFormat } from './verify/format.ts'
import type { VerifyOptions } from './verify/options.ts'
import type { Verification } from './verify/result.ts'
import { verifyReview } from './verify/verify.ts'

/*
 * The door for programs and for the command line. What is exported here keeps
 * its form between minor versions; everything else may change.
 */

export type { Problem } from './core/problem.ts'
export { UsageError } from './core/problem.ts'
export type { ReportFormat } from './report/format.ts'
export type {
  ConsideredPlace, Evidence, EvidenceStep, Finding, Location, Review, SuppressedFinding,
} from './review/review.ts'
export type { Confidence, Severity } from './rules/rule.ts'
export type { Progress, ReviewOptions, StandardInput } from './scan/options.ts'
export type { ReviewRun } from './scan/review.ts'
export { runReview } from './scan/review.ts'
export type { VerificationFormat } from './verify/format.ts'
export type { VerifyOptions } from './verify/options.ts'
export type { Verification, VerifiedFinding } from './verify/result.ts'
export type { Label, Substance, Verdict } from './verify/verdict.ts'

/**
 * Reviews files and folders. Throws a `UsageError` when the options name
 * something that is not there or not understood; trouble in the code under
 * review is in the result.
 */
export async function review(options: ReviewOptions): Promise<Review> {
  return (await runReview(options)).review
}

export interface RenderSettings {
  /** `text`, `markdown`, `json`, `sarif`, or another that `formats` lists; default `text`. */
  readonly format?: string
  /** Terminal colours; default false. */
  readonly colour?: boolean
  /** Columns; default 100. */
  readonly width?: number
  /** List every considered place, however many there are; default false. JSON always has them all. */
  readonly considered?: boolean
  /** Rules that were run, for formats that describe them: `run.settings.rules` of `runReview`. */
  readonly rules?: readonly Rule[]
  /** Default: the one in use. */
  readonly catalogue?: Catalogue
}

/** A review as text. Throws a `UsageError` for a format that does not exist. */
export async function render(of: Review | ReviewRun, settings: RenderSettings = {}): Promise<string> {
  const isRun = 'review' in of
  const format = await formatFor(settings.format ?? 'text')
  return format.render(isRun ? of.review : of, {
    colour: settings.colour ?? false,
    width: settings.width ?? 100,
    catalogue: settings.catalogue ?? (isRun ? of.settings.catalogue : catalogue()),
    considered: settings.considered ?? false,
    rules: settings.rules ?? (isRun ? of.settings.rules : []),
  })
}

/** The report formats there are, sorted by name. */
export function formats(): Promise<readonly ReportFormat[]> {
  return reportFormats()
}

/**
 * Judges somebody else's review against the code and the CWE. Throws a
 * `UsageError` when the options name something that is not there; trouble in
 * the review or the code is in the result.
 */
export function verify(options: VerifyOptions): Promise<Verification> {
  return verifyReview(options, catalogue())
}

/** A verification as text. Throws a `UsageError` for a format that does not exist. */
export async function renderVerification(verification: Verification, settings: Omit<RenderSettings, 'rules'> = {}): Promise<string> {
  const all = await verificationFormats()
  const name = settings.format ?? 'text'
  const format = all.find((each) => each.name === name.toLowerCase())
  if (format === undefined) throw new UsageError('There is no such report format', name, `Known formats: ${all.map((each) => each.name).join(', ')}.`)
  return format.render(verification, {
    colour: settings.colour ?? false, width: settings.width ?? 100, catalogue: settings.catalogue ?? catalogue(),
  })
}

/** The formats there are for verifications, sorted by name. */
export async function verificationFormats(): Promise<readonly VerificationFormat[]> {
  return (await verifierParts()).formats
}

/** The CWE catalogue in use. */
export function catalogue(): Catalogue {
  return openedCatalogue().catalogue
}

/** The CWE catalogue in use, and why it is not the one that was loaded, if that cannot be used. */
export function openedCatalogue(): OpenedCatalogue {
  return openCatalogue(join(installation().folder, 'data', 'cwe'), dataFolder())
}

async function formatFor(name: string): Promise<ReportFormat> {
  const all = await reportFormats()
  const format = formatNamed(all, name)
  if (format !== undefined) return format
  throw new UsageError('There is no such report format', name, `Known formats: ${all.map((each) => each.name).join(', ')}.`)
}
