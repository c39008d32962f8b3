import type { Claim } from '../claim.ts'
import type { ReviewReader } from '../reader.ts'
import {
  messageClaim,
  recommendationClaim,
  severityClaim,
  titleClaim,
  weaknessClaims,
  withoutRepeated,
} from '../structured/claims.ts'
import { requireJson, StructuredReview, type FindingParts } from '../structured/document.ts'
import { JsonRecord, rootRecord, type Words } from '../structured/record.ts'
import { flowClaims } from '../structured/sarif/flows.ts'
import { RunPlaces } from '../structured/sarif/places.ts'
import { RuleTable } from '../structured/sarif/rules.ts'
import { weaknessesOf } from '../structured/sarif/taxa.ts'

/** SARIF 2.1.0. Results that say that all is well are no findings; suppressed ones are verified like the others. */
export const reader: ReviewReader = {
  name: 'sarif',
  summary: 'SARIF 2.1.0',
  rank: 10,
  accepts({ json }) {
    const root = rootRecord(json)
    return root !== undefined && root.has('runs') && (root.has('version') || root.has('$schema'))
  },
  read(input) {
    const root = JsonRecord.of(requireJson(input, 'sarif'))
    const review = new StructuredReview(input, 'sarif')
    const version = root?.text('version')?.value
    if (version !== undefined && version !== '2.1.0') {
      review.addProblem(`The review has version ${version} of SARIF; it was read as 2.1.0.`)
    }
    const runs = root?.records('runs') ?? []
    const authors = runs.map((run) => readRun(review, run))
    review.author = [...new Set(authors.filter((each) => each !== ''))].join(', ')
    root?.skip('$schema', 'inlineExternalProperties', 'properties')
    return review.finish(root === undefined ? [] : [root])
  },
}

/** Reads a run and answers with its tool. */
function readRun(review: StructuredReview, run: JsonRecord): string {
  const places = new RunPlaces(run)
  const rules = new RuleTable(run)
  for (const each of run.records('versionControlProvenance')) {
    each.skipAll()
    const revision = each.text('revisionId')
    if (revision !== undefined) {
      review.addRevision(revision.value, { start: revision.node.start + 1, end: revision.node.end - 1 })
    }
  }
  const results = run.value('results')
  let passed = 0
  let suppressed = 0
  let found = 0
  for (const item of results?.kind === 'array' ? results.items : []) {
    if (saysAllIsWell(JsonRecord.of(item))) {
      passed += 1
      continue
    }
    found += 1
    if (isSuppressed(JsonRecord.of(item))) suppressed += 1
    review.addFinding(item, (record) => readResult(review, record, { run, places, rules }))
  }
  if (results?.kind === 'array' && found === 0) {
    review.addConclusion({
      kind: 'clean',
      text: 'The run has no findings.',
      span: { start: results.start, end: results.end },
    })
  }
  if (passed > 0) {
    review.addProblem(
      `${passed} results say that a check passed, does not apply or is no longer true; those are no findings.`,
    )
  }
  if (suppressed > 0) {
    review.addProblem(`${suppressed} results are suppressed in the review itself; they were verified like the others.`)
  }
  if (results === undefined) {
    review.addProblem('A run has no list of results: it does not say whether anything was found.')
  }
  run.skip(...run.node.members.keys())
  return rules.tool
}

interface Run {
  readonly run: JsonRecord
  readonly places: RunPlaces
  readonly rules: RuleTable
}

const NO_FINDING: ReadonlySet<string> = new Set(['pass', 'notApplicable'])

function saysAllIsWell(result: JsonRecord | undefined): boolean {
  return NO_FINDING.has(result?.text('kind')?.value ?? '') || result?.text('baselineState')?.value === 'absent'
}

/** Any suppression holds unless it was rejected or is still asked for. */
function isSuppressed(result: JsonRecord | undefined): boolean {
  const all = result?.records('suppressions') ?? []
  return all.length > 0 && all.every((each) => !['rejected', 'underReview'].includes(each.text('status')?.value ?? ''))
}

function readResult({ text }: StructuredReview, record: JsonRecord, { run, places, rules }: Run): FindingParts {
  const rule = rules.of(record)
  const locations = record.records('locations')
  const message = messageOf(record, rule)
  const claims: readonly Claim[] = [
    ...places.claims(text, locations[0]),
    ...withoutRepeated([...weaknessesOf(text, record, rule?.record, run), ...nameOf(text, rule?.record)]),
    ...severityOf(record, rule?.record),
    ...messageClaim(text, message),
    ...flowClaims(record, places),
    ...recommendationClaim(text, record.records('fixes')[0]?.skipAll().record('description')?.skipAll().text('text')),
  ]
  const otherPlaces = [...locations.slice(1), ...record.records('relatedLocations')].flatMap((each) =>
    places.place(each),
  )
  record.skip(
    'rule',
    'ruleId',
    'ruleIndex',
    'kind',
    'level',
    'analysisTarget',
    'guid',
    'correlationGuid',
    'occurrenceCount',
    'partialFingerprints',
    'fingerprints',
    'stacks',
    'graphs',
    'graphTraversals',
    'suppressions',
    'baselineState',
    'rank',
    'attachments',
    'hostedViewerUri',
    'workItemUris',
    'provenance',
    'fixes',
    'webRequest',
    'webResponse',
  )
  return { name: rule?.id ?? record.text('ruleId')?.value ?? '', claims, otherPlaces }
}

/** What the rule is called; a name that begins with an id is the name of that weakness. */
function nameOf(text: string, rule: JsonRecord | undefined): readonly Claim[] {
  const words = rule?.record('shortDescription')?.text('text') ?? rule?.text('name')
  const named = weaknessClaims(text, words?.node)
  return named.length > 0 ? named : titleClaim(text, words, 'heading')
}

/** The message, or the one of the rule that its id means. */
function messageOf(record: JsonRecord, rule: ReturnType<RuleTable['of']>): Words | undefined {
  const message = record.record('message')?.skip('arguments', 'properties', 'markdown')
  const id = message?.text('id')?.value
  const own = message?.text('text')
  if (own !== undefined || id === undefined) return own
  return JsonRecord.of(rule?.record.record('messageStrings')?.value(id))?.text('text')
}

/** The tool's word for the severity, else its level, else the rule's. */
function severityOf(record: JsonRecord, rule: JsonRecord | undefined): readonly Claim[] {
  const bags = [record.record('properties')?.skipAll(), rule?.record('properties')?.skipAll()]
  const word = bags
    .map((bag) => bag?.text('severity') ?? bag?.text('issue_severity') ?? bag?.text('problem.severity'))
    .find((each) => each !== undefined)
  const level = record.text('level') ?? rule?.record('defaultConfiguration')?.text('level')
  return severityClaim(word ?? level)
}
