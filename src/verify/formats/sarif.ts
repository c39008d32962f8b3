import { printable, printableJson } from '../../core/printable.ts'
import { message, uri } from '../../report/sarif-text.ts'
import type { VerificationFormat } from '../format.ts'
import { kindOf, MEANING, nameOf } from '../presentation.ts'
import type { Verification, VerifiedFinding } from '../result.ts'
import { NAMES } from '../roll-up.ts'
import { SUBSTANCES, type CodeEvidence, type Substance } from '../verdict.ts'

/** SARIF 2.1.0: one result per finding of the review, at the place where the finding was found to belong. */
export const format: VerificationFormat = {
  name: 'sarif',
  summary: 'SARIF 2.1.0, one result per finding of the review',
  render(verification, { catalogue }) {
    const { revision } = verification.subject
    const cwes = [...new Set(verification.findings.flatMap((each) => each.cwes))]
      .filter((id) => catalogue.get(id) !== undefined)
      .sort((a, b) => a - b)
    const log = {
      $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'Assay',
              version: verification.version,
              rules: SUBSTANCES.map(rule),
              notifications: [NOTIFICATION],
              supportedTaxonomies: [{ name: verification.catalogue.name, index: 0 }],
            },
          },
          taxonomies: [taxonomy(verification, cwes, (id) => catalogue.title(id))],
          invocations: [
            {
              executionSuccessful: true,
              toolExecutionNotifications: verification.problems.map((text) => ({
                descriptor: { id: NOTIFICATION.id, index: 0 },
                level: 'note',
                message: { text: message(text) },
              })),
            },
          ],
          originalUriBaseIds: {
            '%SRCROOT%': { description: { text: 'The root of the program that the review is about.' } },
          },
          columnKind: 'utf16CodeUnits',
          results: verification.findings.map((finding) =>
            result(finding, new Map(cwes.map((id, at) => [id, at])), revision.from === 'disk' ? '' : revision.commit),
          ),
          properties: {
            review: printable(verification.subject.review),
            reviewForm: verification.subject.format,
            revision: revision.commit,
            notDecided: verification.notDecided,
            counts: verification.counts,
            understoodShare: verification.coverage.share,
            conclusions: verification.conclusions.map(({ subject, verdict, reason }) => ({
              subject,
              verdict,
              reason: printable(reason),
            })),
          },
        },
      ],
    }
    return `${printableJson(JSON.stringify(log, undefined, 2))}\n`
  },
}

type Json = Readonly<Record<string, unknown>>

const NOTIFICATION = {
  id: 'not-checked',
  shortDescription: { text: 'Something of the review or the program could not be read.' },
} as const

/** Related locations of one result. */
const MAX_RELATED = 20

function rule(substance: Substance): Json {
  return {
    id: `finding-${substance}`,
    shortDescription: { text: `A finding of the review is ${substance}: ${MEANING[substance]}.` },
    defaultConfiguration: { level: kindOf(substance) === 'falls' ? 'warning' : 'note' },
  }
}

/** Section 3.27.9: a result whose kind is not `fail` has level `none`. */
const KIND: Readonly<Record<ReturnType<typeof kindOf>, Json>> = {
  stands: { kind: 'pass', level: 'none' }, falls: { kind: 'fail', level: 'warning' }, open: { kind: 'review', level: 'none' },
}

function result(finding: VerifiedFinding, taxa: ReadonlyMap<number, number>, revision: string): Json {
  const { substance, label, because, number, place, cwes, verdicts } = finding
  const known = cwes.flatMap((id) => {
    const index = taxa.get(id)
    return index === undefined ? [] : [{ id: String(id), index, toolComponent: { name: 'CWE', index: 0 } }]
  })
  const against = verdicts
    .filter((each) => each.verdict === 'contradicted' || each.verdict === 'unsupported')
    .map((each) => `${NAMES[each.subject]}: ${each.reason}`)
  return {
    ruleId: `finding-${substance}`,
    ruleIndex: SUBSTANCES.indexOf(substance),
    ...KIND[kindOf(substance)],
    message: {
      text: message(
        [
          `Finding ${number} of the review, ${nameOf(finding)}: ${substance}. ${because}`,
          ...against.filter((each) => !each.includes(because)),
        ].join(' '),
      ),
    },
    ...(place === undefined
      ? {}
      : { locations: [{ physicalLocation: physical(place.path, place.line, place.endLine) }] }),
    relatedLocations: related(
      verdicts
        .flatMap((each) => each.evidence)
        .filter((item): item is CodeEvidence => item.kind === 'code' && item.revision === revision),
    ),
    ...(known.length === 0 ? {} : { taxa: known }),
    properties: {
      finding: number,
      nameInReview: printable(finding.name),
      substance,
      label,
      placeInReview: finding.bytes,
      verdicts: verdicts.map((each) => ({
        subject: each.subject,
        verdict: each.verdict,
        code: each.code,
        reason: printable(each.reason),
        ...(each.said === undefined ? {} : { said: printable(each.said.text) }),
      })),
    },
  }
}

/**
 * Lines of the code that verdicts rest on, each once; those of other revisions are not in the tree that a viewer
 * shows.
 */
function related(items: readonly CodeEvidence[]): readonly Json[] {
  const seen = new Set<string>()
  const locations: Json[] = []
  for (const { path, line, endLine, why } of items) {
    const key = `${path}:${line}-${endLine}`
    if (line === 0 || seen.has(key) || locations.length === MAX_RELATED) continue
    seen.add(key)
    locations.push({ physicalLocation: physical(path, line, endLine), message: { text: message(why) } })
  }
  return locations
}

function physical(path: string, line: number, endLine: number): Json {
  return {
    artifactLocation: { uri: uri(path), uriBaseId: '%SRCROOT%' },
    ...(line === 0 ? {} : { region: { startLine: line, endLine: Math.max(line, endLine) } }),
  }
}

function taxonomy({ catalogue }: Verification, cwes: readonly number[], titleOf: (id: number) => string): Json {
  return {
    name: catalogue.name,
    version: catalogue.version,
    releaseDateUtc: catalogue.date,
    organization: 'MITRE',
    shortDescription: { text: 'The MITRE Common Weakness Enumeration' },
    isComprehensive: false,
    taxa: cwes.map((id) => ({
      id: String(id),
      shortDescription: { text: titleOf(id) },
      helpUri: `https://cwe.mitre.org/data/definitions/${id}.html`,
    })),
  }
}
