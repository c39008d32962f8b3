import type { Claim } from '../claim.ts'
import type { JsonValue, ReviewReader } from '../reader.ts'
import {
  fileClaim, linesClaim, messageClaim, proseClaims, recommendationClaim, severityClaim, titleClaim, weaknessClaims,
} from '../structured/claims.ts'
import { requireJson, StructuredReview, type FindingParts } from '../structured/document.ts'
import { isListOf, JsonRecord, rootRecord } from '../structured/record.ts'

/**
 * JSON of claude-code-security-review: `findings`, `filtered_findings` or a bare
 * list. It has no CWE id; a category names the weakness. Its words are about
 * this code, so they are read as prose.
 */
export const reader: ReviewReader = {
  name: 'claude-code-security-review',
  summary: 'JSON of claude-code-security-review',
  rank: 11,
  accepts({ json }) {
    if (isListOf(json, isFinding)) return true
    const root = rootRecord(json)
    if (root === undefined) return false
    return (
      isListOf(root.value('findings'), isFinding) ||
      isListOf(root.value('filtered_findings'), isFinding) ||
      (root.has('findings') && root.has('analysis_summary'))
    )
  },
  read(input) {
    const json = requireJson(input, 'claude-code-security-review')
    const review = new StructuredReview(input, 'claude-code-security-review')
    review.author = 'claude-code-security-review'
    const root = JsonRecord.of(json)
    const list = listOf(json, root)
    const items = list?.kind === 'array' ? list.items : []
    review.addFindings(items, (record) => readFinding(review, record))
    if (list !== undefined && items.length === 0) {
      review.addConclusion({
        kind: 'clean',
        text: 'The list of findings is empty.',
        span: { start: list.start, end: list.end },
      })
    }
    if (root !== undefined) readSummary(review, root)
    return review.finish(root === undefined ? [] : [root])
  },
}

function isFinding(item: ReadonlyMap<string, JsonValue>): boolean {
  return (
    item.has('file') &&
    item.has('severity') &&
    item.has('description') &&
    (item.has('category') || item.has('exploit_scenario'))
  )
}

/** What the tool kept; a filtered list replaces the first one. */
function listOf(json: JsonValue, root: JsonRecord | undefined): JsonValue | undefined {
  if (root === undefined) return json
  const [all, kept] = [root.value('findings'), root.value('filtered_findings')]
  return kept?.kind === 'array' ? kept : all
}

function readFinding({ text }: StructuredReview, record: JsonRecord): FindingParts {
  const claims: readonly Claim[] = [
    ...fileClaim(text, record.text('file')),
    ...linesClaim(record.number('line') ?? record.number('start_line'), record.number('end_line')),
    ...weaknessClaims(text, record.value('cwe') ?? record.value('cwe_id')),
    ...titleClaim(text, record.text('title'), 'heading'),
    ...titleClaim(text, record.text('category'), 'category'),
    ...severityClaim(record.text('severity')),
    ...proseClaims(text, record.text('description')),
    ...messageClaim(text, record.text('exploit_scenario')),
    ...recommendationClaim(text, record.text('recommendation')),
  ]
  record.skip('confidence', '_filter_metadata', 'confidence_score', 'justification', 'id')
  return { name: '', claims }
}

function readSummary(review: StructuredReview, root: JsonRecord): void {
  const summary = root.record('analysis_summary')?.skipAll()
  const complete = summary?.value('review_completed')
  if (complete?.kind === 'boolean' && !complete.value) {
    review.addProblem('The review itself says that it was not completed.')
  }
  for (const [key, level] of [
    ['high_severity', 'high'],
    ['medium_severity', 'medium'],
    ['low_severity', 'low'],
  ] as const) {
    const count = summary?.number(key)
    if (count === undefined) continue
    review.addConclusion({
      kind: 'count',
      text: `${count.value} of severity ${level}`,
      count: count.value,
      level,
      span: { start: count.node.start, end: count.node.end },
    })
  }
  const excluded = root.list('excluded_findings').length
  if (excluded > 0) {
    review.addProblem(
      `The review itself excludes ${excluded} ${excluded === 1 ? 'finding' : 'findings'}; those were not verified.`,
    )
  }
  root.skip('filtering_summary', '_filter_metadata', 'filtering_enabled', 'pr_number', 'repo', 'exclusions')
}
