import type { Claim, OtherPlace } from '../claim.ts'
import type { JsonValue, ReviewReader } from '../reader.ts'
import {
  fileClaim,
  flowClaim,
  linesClaim,
  messageClaim,
  otherPlace,
  proseClaims,
  quoteClaim,
  recommendationClaim,
  severityClaim,
  weaknessClaims,
  withoutRepeated,
} from '../structured/claims.ts'
import { requireJson, StructuredReview, type FindingParts } from '../structured/document.ts'
import { JsonRecord, rootRecord } from '../structured/record.ts'

/** Assay's own JSON, `schemas/review.schema.json`; findings it suppressed are verified like the others. */
export const reader: ReviewReader = {
  name: 'assay',
  summary: "Assay's own JSON",
  rank: 10,
  accepts({ json }) {
    const root = rootRecord(json)
    return root?.record('tool')?.text('name')?.value === 'assay' && root.has('findings')
  },
  read(input) {
    const root = JsonRecord.of(requireJson(input, 'assay'))
    const review = new StructuredReview(input, 'assay')
    const tool = root?.record('tool')?.skipAll()
    review.author = ['Assay', tool?.text('version')?.value ?? ''].filter((part) => part !== '').join(' ')
    readRevision(review, root)
    const list = root?.value('findings')
    const items = list?.kind === 'array' ? list.items : []
    review.addFindings(items, (record) => readFinding(review, record))
    for (const each of root?.list('suppressed') ?? []) {
      const finding = each.kind === 'object' ? each.members.get('finding') : undefined
      review.addFinding(finding ?? each, (record) => readFinding(review, record))
    }
    if (list?.kind === 'array' && items.length === 0) {
      review.addConclusion({
        kind: 'clean',
        text: 'The list of findings is empty.',
        span: { start: list.start, end: list.end },
      })
    }
    // What it considered, and how far it got, are its own account and no claims of a weakness.
    root?.skip('format', 'subject', 'catalogue', 'places', 'calls', 'problems', 'switchedOff', 'conclusion')
    return review.finish(root === undefined ? [] : [root])
  },
}

/** A revision that ends in `+` is of a work tree with changes, which no commit holds. */
function readRevision(review: StructuredReview, root: JsonRecord | undefined): void {
  const revision = root?.record('subject')?.skipAll().text('revision')
  if (revision === undefined) return
  if (revision.value.endsWith('+')) {
    review.addProblem(`The review is of revision ${revision.value.slice(0, -1)} with changes that no commit holds.`)
  }
  else review.addRevision(revision.value, { start: revision.node.start + 1, end: revision.node.end - 1 })
}

function readFinding({ text }: StructuredReview, record: JsonRecord): FindingParts {
  const place = record.record('place')?.skip('column', 'endColumn', 'cut', 'shift')
  const why = record.text('why')
  const claims: readonly Claim[] = [
    ...fileClaim(text, place?.text('path')),
    ...linesClaim(place?.number('line'), place?.number('endLine')),
    ...quoteClaim(text, place?.text('code')),
    ...withoutRepeated([...weaknessClaims(text, record.value('title')), ...weaknessClaims(text, record.value('cwe'))]),
    ...contextOf(text, record.value('isTest')),
    ...severityClaim(record.text('severity')),
    ...messageClaim(text, why),
    // Its evidence says structured what the sentences say; only what is denied stands in them alone.
    ...proseClaims(text, why).filter((claim) => claim.kind === 'absence'),
    ...flowOf(record.record('evidence')),
    ...recommendationClaim(text, record.text('recommendation')),
  ]
  record.skip(
    'number',
    'fingerprint',
    'otherFingerprints',
    'cwe',
    'mappingReason',
    'symbol',
    'severityReason',
    'confidence',
    'confidenceReason',
    'otherRoutes',
    'otherRules',
    'references',
  )
  return { name: record.text('rule')?.value ?? '', claims }
}

/**
 * Code that is no test may still be generated or an example, so only tests are a claim. Its place includes the
 * member's name.
 */
function contextOf(text: string, isTest: JsonValue | undefined): readonly Claim[] {
  if (isTest?.kind !== 'boolean' || !isTest.value) return []
  const start = Math.max(isTest.start - MEMBER, text.lastIndexOf('"isTest"', isTest.start))
  return [{ kind: 'context', context: 'test', span: { start, end: isTest.end } }]
}

/** Characters before a value in which the name of its member stands. */
const MEMBER = 40

function flowOf(evidence: JsonRecord | undefined): readonly Claim[] {
  if (evidence === undefined) return []
  evidence.skip('kind')
  const steps = evidence.records('steps').flatMap((step): readonly OtherPlace[] => {
    step.skip('column', 'endColumn', 'cut', 'shift', 'role', 'what')
    const path = step.text('path')?.value ?? ''
    const place = otherPlace(
      step,
      path,
      step.number('line')?.value,
      step.number('endLine')?.value,
      step.text('code')?.value,
    )
    return place === undefined ? [] : [place]
  })
  return flowClaim(steps, evidence.span)
}
