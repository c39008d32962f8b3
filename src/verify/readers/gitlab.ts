import type { Claim, OtherPlace } from '../claim.ts'
import type { ReviewReader } from '../reader.ts'
import {
  fileClaim,
  flowClaim,
  linesClaim,
  messageClaim,
  otherPlace,
  quoteClaim,
  recommendationClaim,
  severityClaim,
  titleClaim,
  weaknessClaims,
  withoutRepeated,
} from '../structured/claims.ts'
import { requireJson, StructuredReview, type FindingParts } from '../structured/document.ts'
import { isListOf, JsonRecord, rootRecord } from '../structured/record.ts'

/** GitLab's report of static analysis: `vulnerabilities` with `identifiers`. */
export const reader: ReviewReader = {
  name: 'gitlab',
  summary: "GitLab's SAST report",
  rank: 10,
  accepts({ json }) {
    const root = rootRecord(json)
    if (root === undefined) return false
    return (
      isListOf(root.value('vulnerabilities'), (item) => item.has('identifiers') && item.has('location')) ||
      (root.has('vulnerabilities') && root.has('version') && root.has('scan'))
    )
  },
  read(input) {
    const root = JsonRecord.of(requireJson(input, 'gitlab'))
    const review = new StructuredReview(input, 'gitlab')
    const scanner = root?.record('scan')?.skipAll().record('scanner')?.skipAll()
    review.author = [scanner?.text('name')?.value ?? '', scanner?.text('version')?.value ?? '']
      .filter((part) => part !== '')
      .join(' ')
    const list = root?.value('vulnerabilities')
    const items = list?.kind === 'array' ? list.items : []
    review.addFindings(items, (record) => readVulnerability(review, record))
    if (list?.kind === 'array' && items.length === 0) {
      review.addConclusion({
        kind: 'clean',
        text: 'The list of vulnerabilities is empty.',
        span: { start: list.start, end: list.end },
      })
    }
    root?.skip('version', 'schema', 'dependency_files', 'remediations')
    return review.finish(root === undefined ? [] : [root])
  },
}

function readVulnerability({ text }: StructuredReview, record: JsonRecord): FindingParts {
  const location = record.record('location')
  const identifiers = record.records('identifiers')
  const steps = record
    .list('code_flows')
    .flatMap((flow) => (flow.kind === 'array' ? [flow.items.flatMap(flowStep)] : []))
  const claims: readonly Claim[] = [
    ...fileClaim(text, location?.text('file')),
    ...linesClaim(location?.number('start_line'), location?.number('end_line')),
    ...weaknesses(text, identifiers),
    ...titleClaim(text, record.text('name') ?? record.text('message'), 'heading'),
    ...severityClaim(record.text('severity')),
    ...messageClaim(text, record.text('description')),
    ...quoteClaim(text, record.text('raw_source_code_extract')),
    ...steps.flatMap((each) => flowClaim(each, record.span)),
    ...recommendationClaim(text, record.text('solution')),
  ]
  location?.skip('class', 'method')
  record.skip(
    'id',
    'category',
    'cve',
    'scanner',
    'tracking',
    'flags',
    'links',
    'confidence',
    'message',
    'details',
    'assignments',
    'evidence',
    'signatures',
  )
  return { name: nameOf(record, identifiers), claims }
}

/** The tool's own rule, which is the first identifier by the format's rules, else the id of the finding. */
function nameOf(record: JsonRecord, identifiers: readonly JsonRecord[]): string {
  const own = identifiers.find((each) => !/^(?:cwe|owasp|cve)/i.test(each.text('type')?.value ?? ''))
  return own?.text('value')?.value ?? record.text('id')?.value ?? ''
}

/** `{type: "cwe", name: "CWE-89", value: "89"}`. */
function weaknesses(text: string, identifiers: readonly JsonRecord[]): readonly Claim[] {
  for (const each of identifiers) each.skip('type', 'url', 'name', 'value')
  const cwes = identifiers.filter((each) => each.text('type')?.value.toLowerCase() === 'cwe')
  return withoutRepeated(cwes.flatMap((each) => {
    const named = weaknessClaims(text, each.value('name'))
    return named.length > 0 ? named : weaknessClaims(text, each.value('value'))
  }))
}

function flowStep(value: Parameters<typeof JsonRecord.of>[0]): readonly OtherPlace[] {
  const file = JsonRecord.of(value)?.record('file_location')
  const place =
    file === undefined
      ? undefined
      : otherPlace(
          file,
          file.text('file_name')?.value ?? '',
          file.number('line_start')?.value,
          file.number('line_end')?.value,
        )
  return place === undefined ? [] : [place]
}
