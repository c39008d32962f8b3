import type { Catalogue } from '../cwe/catalogue.ts'
import { installation } from '../scan/installation.ts'
import type { Check } from './check.ts'
import type { ForeignFinding, ForeignReview } from './claim.ts'
import { judgeConclusions } from './conclusions.ts'
import { coverageOf } from './coverage.ts'
import { verifierParts } from './discover.ts'
import { duplicateVerdicts } from './duplicates.ts'
import { NO_ENGINE, ReviewEngine } from './engine.ts'
import type { Evidence, LocatedFinding } from './evidence.ts'
import { locateAtRevision, locateElsewhere } from './locate.ts'
import type { VerifyOptions } from './options.ts'
import type { Premise } from './premise.ts'
import { readReview } from './read.ts'
import { NOT_DECIDED, VERIFICATION_SCHEMA, type Verification, type VerifiedFinding } from './result.ts'
import { ByteOffsets, decodeReview } from './review-text.ts'
import { rollUp } from './roll-up.ts'
import { tally } from './tally.ts'
import { openTarget } from './target.ts'
import { titleOf } from './title-of.ts'
import { SUBJECTS, type Verdict } from './verdict.ts'

/**
 * Verifies a review: the whole pipeline. Throws a `UsageError` for what the user
 * named and cannot be used; trouble in the review or the code is in the result.
 */
export async function verifyReview(options: VerifyOptions, catalogue: Catalogue): Promise<Verification> {
  // The review: bytes, text, claims with their places.
  const decoded = decodeReview(options.review, options.reviewName)
  const review = await readReview(decoded.text, options.reviewName, options.reviewFormat)

  // What it is judged against: a revision, its files, their history.
  const target = await openTarget(options, review)
  const { sources, history } = target

  // Where the findings belong: file, then quote, then line. Git walks the history while the engine reviews the cited
  // files.
  const atRevision = await locateAtRevision(review, sources, history, target.file)
  const cited = atRevision.flatMap(({ file, anchor }) => [file.path, anchor?.path ?? '']).filter((path) => path !== '')
  const engine = options.engine === false ? NO_ENGINE : new ReviewEngine(target, catalogue, cited, idsOf(review), options.cacheFolder)
  const [located] = await Promise.all([locateElsewhere(atRevision, sources, history), engine.prepare()])

  // Every claim by its own check, then what the findings presuppose.
  const evidence: Evidence = {
    review,
    catalogue,
    sources,
    history,
    engine,
    isRevisionAsserted: target.revision.from !== 'disk',
  }
  const { checks, premises } = await verifierParts()
  const duplicates = duplicateVerdicts(located)
  const bytes = new ByteOffsets(decoded)
  const findings: VerifiedFinding[] = []
  for (const [at, each] of located.entries()) {
    const verdicts = [...(await judge(each, evidence, [...checks, ...premises])), ...(duplicates.get(at) ?? [])]
    findings.push(finish(at, each, verdicts, bytes))
  }

  // The review as a whole. Findings in are findings out.
  if (findings.length !== review.findings.length) throw new Error('a finding was lost or made up')
  return {
    schema: VERIFICATION_SCHEMA,
    version: installation().version,
    subject: {
      review: options.reviewName,
      format: review.format,
      author: review.author,
      against: options.against,
      revision: target.told(cited),
      file: target.file,
    },
    catalogue: { name: catalogue.name, version: catalogue.version, date: catalogue.date },
    findings,
    conclusions: judgeConclusions(review, findings, target.revision),
    counts: tally(findings),
    coverage: coverageOf(review),
    problems: [...review.problems, ...target.problems],
    notDecided: NOT_DECIDED,
  }
}

function idsOf({ findings }: ForeignReview): readonly number[] {
  return [...new Set(findings.flatMap(idsIn))]
}

function idsIn({ claims }: ForeignFinding): readonly number[] {
  return claims.filter((claim) => claim.kind === 'weakness').map((claim) => claim.id)
}

async function judge(
  located: LocatedFinding,
  evidence: Evidence,
  judges: readonly (Check | Premise)[],
): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = []
  for (const each of judges) verdicts.push(...(await each.judge(located, evidence)))
  return verdicts
}

function finish(
  at: number,
  { finding, file, anchor }: LocatedFinding,
  verdicts: readonly Verdict[],
  bytes: ByteOffsets,
): VerifiedFinding {
  const sorted = [...verdicts].sort((one, other) => SUBJECTS.indexOf(one.subject) - SUBJECTS.indexOf(other.subject))
  const path = anchor?.path ?? file.path
  return {
    number: at + 1,
    name: finding.name,
    title: titleOf(finding),
    cwes: [...new Set(idsIn(finding))],
    span: finding.span,
    bytes: bytes.span(finding.span),
    ...(path === '' ? {} : { place: { path, line: anchor?.line ?? 0, endLine: anchor?.endLine ?? 0 } }),
    ...rollUp(sorted),
    verdicts: sorted,
  }
}
