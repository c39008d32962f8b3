import type { Claim, OtherPlace } from '../claim.ts'
import type { JsonValue, ReviewReader } from '../reader.ts'
import {
  fileClaim,
  flowClaim,
  linesClaim,
  messageClaim,
  otherPlace,
  quoteClaim,
  recommendationClaim,
  severityClaim,
  weaknessClaims,
} from '../structured/claims.ts'
import { requireJson, StructuredReview, type FindingParts } from '../structured/document.ts'
import { isListOf, JsonRecord, rootRecord } from '../structured/record.ts'

/** Semgrep's JSON: `results` with `check_id`; code is left out without login. */
export const reader: ReviewReader = {
  name: 'semgrep',
  summary: 'JSON of Semgrep',
  rank: 10,
  accepts({ json }) {
    const root = rootRecord(json)
    if (root === undefined) return false
    return (
      isListOf(root.value('results'), (item) => item.has('check_id')) ||
      (root.has('results') && root.has('paths') && root.has('errors'))
    )
  },
  read(input) {
    const root = JsonRecord.of(requireJson(input, 'semgrep'))
    const review = new StructuredReview(input, 'semgrep')
    const version = root?.text('version')?.value
    review.author = version === undefined ? 'Semgrep' : `Semgrep ${version}`
    const results = root?.value('results')
    const items = results?.kind === 'array' ? results.items : []
    review.addFindings(items, (record) => readResult(review, record))
    if (results?.kind === 'array' && items.length === 0) {
      review.addConclusion({
        kind: 'clean',
        text: 'The list of results is empty.',
        span: { start: results.start, end: results.end },
      })
    }
    const errors = root?.list('errors').length ?? 0
    if (errors > 0) {
      review.addProblem(
        `The review itself lists ${errors} ${errors === 1 ? 'error' : 'errors'}: it may not have seen everything.`,
      )
    }
    root?.skip(
      'errors',
      'paths',
      'time',
      'skipped_rules',
      'engine_requested',
      'interfile_languages_used',
      'profiling_results',
      'subprojects',
      'mcp_scan_results',
    )
    return review.finish(root === undefined ? [] : [root])
  },
}

function readResult({ text }: StructuredReview, record: JsonRecord): FindingParts {
  const extra = record.record('extra')
  const metadata = extra?.record('metadata')?.skipAll()
  const start = record.record('start')
  const end = record.record('end')
  const claims: readonly Claim[] = [
    ...fileClaim(text, record.text('path')),
    ...linesClaim(start?.number('line'), end?.number('line')),
    ...quoteClaim(text, extra?.text('lines')),
    ...weaknessClaims(text, metadata?.value('cwe')),
    ...severityClaim(extra?.text('severity')),
    ...messageClaim(text, extra?.text('message')),
    ...flowOf(extra?.record('dataflow_trace')),
    ...recommendationClaim(text, extra?.text('fix')),
  ]
  // The rest of the metadata describes the rule, not this place; so do fingerprints.
  for (const each of [start, end]) each?.skip('col', 'offset')
  extra?.skip(
    'fingerprint',
    'metavars',
    'is_ignored',
    'engine_kind',
    'validation_state',
    'fixed_lines',
    'sca_info',
    'historical_info',
    'extra_extra',
    'fix_regex',
  )
  return { name: record.text('check_id')?.value ?? '', claims }
}

function flowOf(trace: JsonRecord | undefined): readonly Claim[] {
  if (trace === undefined) return []
  const between = trace.records('intermediate_vars').flatMap((each) => {
    each.skip('content')
    return placeOf(each.record('location'), each.text('content')?.value) ?? []
  })
  const steps = [
    ...callTrace(trace.value('taint_source'), 0),
    ...between,
    ...callTrace(trace.value('taint_sink'), 0).toReversed(),
  ]
  return flowClaim(steps, trace.span)
}

/** Calls inside calls that are followed. */
const MAX_CALLS = 20

/**
 * `["CliLoc", [location, code]]`, or `["CliCall", [[location, code], steps, inner]]`
 * where the inner trace lies within the called function; the innermost is the
 * true source, or sink.
 */
function callTrace(node: JsonValue | undefined, depth: number): readonly OtherPlace[] {
  if (node?.kind !== 'array' || depth > MAX_CALLS) return []
  const [tag, content] = node.items
  if (tag?.kind !== 'string' || content?.kind !== 'array') return []
  if (tag.value === 'CliLoc') return locationPair(content)
  const [call, between, inner] = content.items
  if (tag.value !== 'CliCall' || call?.kind !== 'array') return []
  const steps = between?.kind !== 'array' ? [] : between.items.flatMap((each) => {
    const step = JsonRecord.of(each)
    return placeOf(step?.record('location'), step?.text('content')?.value) ?? []
  })
  return [...callTrace(inner, depth + 1), ...steps, ...locationPair(call)]
}

function locationPair(pair: Extract<JsonValue, { readonly kind: 'array' }>): readonly OtherPlace[] {
  const [location, code] = pair.items
  return placeOf(JsonRecord.of(location), code?.kind === 'string' ? code.value : undefined) ?? []
}

function placeOf(location: JsonRecord | undefined, code: string | undefined): readonly OtherPlace[] | undefined {
  if (location === undefined) return undefined
  const [start, end] = [location.record('start'), location.record('end')]
  for (const each of [start, end]) each?.skip('col', 'offset')
  const place = otherPlace(
    location,
    location.text('path')?.value ?? '',
    start?.number('line')?.value,
    end?.number('line')?.value,
    code,
  )
  return place === undefined ? undefined : [place]
}
