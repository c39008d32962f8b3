import type { Claim } from '../claim.ts'
import type { ReviewReader } from '../reader.ts'
import { fileClaim, linesClaim, messageClaim, quoteClaim, severityClaim, weaknessClaims } from '../structured/claims.ts'
import { requireJson, StructuredReview, type FindingParts } from '../structured/document.ts'
import { isListOf, JsonRecord, rootRecord } from '../structured/record.ts'

/** Bandit's JSON: `results` with `issue_text`; its code has line numbers before it and a line of context around. */
export const reader: ReviewReader = {
  name: 'bandit',
  summary: 'JSON of Bandit',
  rank: 10,
  accepts({ json }) {
    const root = rootRecord(json)
    if (root === undefined) return false
    return (
      isListOf(root.value('results'), (item) => item.has('issue_text') || item.has('test_id')) ||
      (root.has('metrics') && root.has('results') && root.has('generated_at'))
    )
  },
  read(input) {
    const root = JsonRecord.of(requireJson(input, 'bandit'))
    const review = new StructuredReview(input, 'bandit')
    review.author = 'Bandit'
    const results = root?.value('results')
    const items = results?.kind === 'array' ? results.items : []
    review.addFindings(items, (record) => readIssue(review, record))
    if (results?.kind === 'array' && items.length === 0) {
      review.addConclusion({
        kind: 'clean',
        text: 'The list of results is empty.',
        span: { start: results.start, end: results.end },
      })
    }
    for (const error of root?.records('errors') ?? []) {
      review.addProblem(`The review itself says that it could not check ${error.text('filename')?.value ?? 'a file'}.`)
      error.skip('reason')
    }
    root?.skip('metrics', 'generated_at')
    return review.finish(root === undefined ? [] : [root])
  },
}

function readIssue({ text }: StructuredReview, record: JsonRecord): FindingParts {
  const cwe = record.record('issue_cwe')
  cwe?.skip('link')
  record.skip('more_info', 'col_offset', 'end_col_offset', 'issue_confidence', 'test_name')
  const claims: readonly Claim[] = [
    ...fileClaim(text, record.text('filename')),
    ...linesOf(record),
    ...quoteClaim(text, record.text('code')),
    ...weaknessClaims(text, cwe?.value('id')).filter((claim) => !(claim.kind === 'weakness' && claim.id === 0)),
    ...severityClaim(record.text('issue_severity')),
    ...messageClaim(text, record.text('issue_text')),
  ]
  return { name: record.text('test_id')?.value ?? '', claims }
}

/** The line, and the last of the lines that the statement has. */
function linesOf(record: JsonRecord): readonly Claim[] {
  const line = record.number('line_number')
  const range = record.list('line_range').flatMap((each) => (each.kind === 'number' ? [each.value] : []))
  const last = range.reduce((one, other) => Math.max(one, other), line?.value ?? 0)
  return linesClaim(line, line === undefined ? undefined : { value: last, node: line.node })
}
