import type { Claim } from '../claim.ts'
import type { JsonValue, ReviewReader } from '../reader.ts'
import { severityClaim, titleClaim, weaknessClaims, withoutRepeated } from '../structured/claims.ts'
import { requireJson, StructuredReview, type FindingParts } from '../structured/document.ts'
import { markdownClaims } from '../structured/markdown.ts'
import { isListOf, type JsonRecord } from '../structured/record.ts'

/**
 * GitHub's security advisories, as its interface gives them (`ghsa_id`) and in
 * the form of the Open Source Vulnerability schema (`affected`); one, or a list.
 * An advisory is one finding, its markdown read as prose.
 */
export const reader: ReviewReader = {
  name: 'github-advisory',
  summary: 'GitHub security advisories, also in the OSV form',
  rank: 11,
  accepts: ({ json }) => isListOf(json, isAdvisory) || (json?.kind === 'object' && isAdvisory(json.members)),
  read(input) {
    const json = requireJson(input, 'github-advisory')
    const review = new StructuredReview(input, 'github-advisory')
    const items = json.kind === 'array' ? json.items : [json]
    review.addFindings(items, (record) =>
      record.has('ghsa_id') ? readAdvisory(review, record) : readOsv(review, record),
    )
    return review.finish()
  },
}

function isAdvisory(members: ReadonlyMap<string, JsonValue>): boolean {
  return (members.has('ghsa_id') && members.has('summary'))
    || (members.has('id') && members.has('affected') && (members.has('details') || members.has('summary')))
}

function readAdvisory(review: StructuredReview, record: JsonRecord): FindingParts {
  const { text } = review
  const prose = markdownClaims(review, record.text('description'))
  const ids = record.records('cwes').flatMap((each) => advisoryWeakness(text, each))
  const others = ids.length === 0 ? record.texts('cwe_ids').flatMap((each) => weaknessClaims(text, each.node)) : []
  record.skip('cwe_ids')
  const claims = combined(
    titleClaim(text, record.text('summary'), 'heading'),
    [...ids, ...others],
    severityClaim(record.text('severity')),
    [...cvssClaims(record)],
    prose,
  )
  record.skip(
    'cve_id',
    'url',
    'html_url',
    'repository_advisory_url',
    'source_code_location',
    'type',
    'identifiers',
    'references',
    'published_at',
    'updated_at',
    'github_reviewed_at',
    'nvd_published_at',
    'withdrawn_at',
    'vulnerabilities',
    'credits',
    'credits_detailed',
    'epss',
    'author',
    'publisher',
    'state',
    'created_at',
    'closed_at',
    'submission',
    'collaborating_users',
    'collaborating_teams',
    'private_fork',
  )
  return { name: record.text('ghsa_id')?.value ?? '', claims }
}

/** `{cwe_id: "CWE-79", name: "..."}`. */
function advisoryWeakness(text: string, record: JsonRecord): readonly Claim[] {
  const [id] = weaknessClaims(text, record.value('cwe_id'))
  const name = titleClaim(text, record.text('name'), 'heading')
  if (id?.kind !== 'weakness') return []
  return [
    id,
    ...name.map((claim) => (claim.kind === 'title' ? { ...claim, role: 'weakness' as const, id: id.id } : claim)),
  ]
}

/** `cvss`, and by version in `cvss_severities`. */
function cvssClaims(record: JsonRecord): readonly Claim[] {
  const scales = record.record('cvss_severities')
  const all = [record.record('cvss'), scales?.record('cvss_v3'), scales?.record('cvss_v4')]
  const seen = new Set<string>()
  return all.flatMap((each): readonly Claim[] => {
    const vector = each?.text('vector_string')
    const score = each?.number('score')
    if (each === undefined || vector === undefined || seen.has(vector.value)) return []
    seen.add(vector.value)
    // A score of 0 beside a vector stands for "not given".
    return [
      {
        kind: 'cvss',
        vector: vector.value,
        ...(score === undefined || score.value === 0 ? {} : { score: score.value }),
        span: each.span,
      },
    ]
  })
}

function readOsv(review: StructuredReview, record: JsonRecord): FindingParts {
  const { text } = review
  const database = record.record('database_specific')?.skipAll()
  const vectors = record.records('severity').flatMap((each): readonly Claim[] => {
    const vector = each.skip('type').text('score')
    return vector?.value.startsWith('CVSS:') === true ? [{ kind: 'cvss', vector: vector.value, span: each.span }] : []
  })
  const claims = combined(
    titleClaim(text, record.text('summary'), 'heading'),
    weaknessClaims(text, database?.value('cwe_ids') ?? database?.value('cwes')),
    severityClaim(database?.text('severity')),
    vectors,
    markdownClaims(review, record.text('details')),
  )
  record.skip(
    'schema_version',
    'modified',
    'published',
    'withdrawn',
    'aliases',
    'related',
    'upstream',
    'affected',
    'references',
    'credits',
  )
  return { name: record.text('id')?.value ?? '', claims }
}

/** What the record states goes before the same said in its prose. */
function combined(
  title: readonly Claim[],
  ids: readonly Claim[],
  severity: readonly Claim[],
  cvss: readonly Claim[],
  prose: readonly Claim[],
): readonly Claim[] {
  const stated: ReadonlySet<Claim['kind']> = new Set([
    ...(severity.length > 0 ? ['severity' as const] : []),
    ...(cvss.length > 0 ? ['cvss' as const] : []),
    ...(ids.length > 0 ? ['weakness' as const] : []),
  ])
  const rest = prose.filter(
    (claim) => !stated.has(claim.kind) && !(claim.kind === 'title' && (claim.role === 'heading' || ids.length > 0)),
  )
  return withoutRepeated([...title, ...ids, ...severity, ...cvss, ...rest])
}
