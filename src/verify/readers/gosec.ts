import type { Claim, LineRange } from '../claim.ts'
import type { ReviewReader } from '../reader.ts'
import { fileClaim, messageClaim, quoteClaim, rangeOf, severityClaim, weaknessClaims } from '../structured/claims.ts'
import { requireJson, StructuredReview, type FindingParts } from '../structured/document.ts'
import { JsonRecord, rootRecord } from '../structured/record.ts'

/** gosec's JSON: `Issues` with numbers as strings, lines as `12` or `12-14`, code with line numbers. */
export const reader: ReviewReader = {
  name: 'gosec',
  summary: 'JSON of gosec',
  rank: 10,
  accepts({ json }) {
    const root = rootRecord(json)
    return (
      root !== undefined &&
      root.has('Issues') &&
      (root.has('Stats') || root.has('Golang errors') || root.has('GosecVersion'))
    )
  },
  read(input) {
    const root = JsonRecord.of(requireJson(input, 'gosec'))
    const review = new StructuredReview(input, 'gosec')
    const version = root?.text('GosecVersion')?.value
    review.author = version === undefined ? 'gosec' : `gosec ${version}`
    const issues = root?.value('Issues')
    // It writes null for no issues.
    const items = issues?.kind === 'array' ? issues.items : []
    review.addFindings(items, (record) => readIssue(review, record))
    if (issues !== undefined && items.length === 0) {
      review.addConclusion({
        kind: 'clean',
        text: 'The list of issues is empty.',
        span: { start: issues.start, end: issues.end },
      })
    }
    if ((root?.record('Golang errors')?.node.members.size ?? 0) > 0) {
      review.addProblem('The review itself says that some packages could not be loaded.')
    }
    root?.skip('Stats', 'Golang errors')
    return review.finish(root === undefined ? [] : [root])
  },
}

function readIssue({ text }: StructuredReview, record: JsonRecord): FindingParts {
  const cwe = record.record('cwe')
  cwe?.skip('url')
  record.skip('column', 'confidence', 'nosec', 'suppressions', 'autofix')
  const claims: readonly Claim[] = [
    ...fileClaim(text, record.text('file')),
    ...linesOf(record),
    ...quoteClaim(text, record.text('code')),
    ...weaknessClaims(text, cwe?.value('id') ?? cwe?.value('ID')),
    ...severityClaim(record.text('severity')),
    ...messageClaim(text, record.text('details')),
  ]
  return { name: record.text('rule_id')?.value ?? '', claims }
}

/** `"12"`, `"12-14"`, or a number. */
function linesOf(record: JsonRecord): readonly Claim[] {
  const node = record.value('line')
  const written = node?.kind === 'string' ? node.value : node?.kind === 'number' ? String(node.value) : ''
  const match = /^\s{0,4}(\d{1,9})(?:-(\d{1,9}))?\s{0,4}$/.exec(written)
  const range: LineRange | undefined =
    match === null ? undefined : rangeOf(Number(match[1]), match[2] === undefined ? undefined : Number(match[2]))
  if (node === undefined || range === undefined) return []
  return [{ kind: 'lines', ranges: [range], isApproximate: false, span: { start: node.start, end: node.end } }]
}
