import { printable, printableJson } from '../../core/printable.ts'
import type { Problem } from '../../core/problem.ts'
import { SARIF_FINGERPRINT } from '../../review/baseline.ts'
import type { Evidence, EvidenceStep, Finding, Location, Review, SuppressedFinding } from '../../review/review.ts'
import type { Confidence, Rule, Severity } from '../../rules/rule.ts'
import type { RenderOptions, ReportFormat } from '../format.ts'
import { message, uri } from '../sarif-text.ts'

/** SARIF 2.1.0, for code scanning services and editors. Section numbers are those of the OASIS Standard. */
export const format: ReportFormat = {
  name: 'sarif',
  summary: 'SARIF 2.1.0, for code scanning services and editors',
  render(review, options) {
    const log = {
      $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
      version: '2.1.0',
      runs: [run(review, options)],
    }
    return `${printableJson(JSON.stringify(log, null, 2))}\n`
  },
}

type Json = Readonly<Record<string, unknown>>

/** What the parts of a run refer to by index. */
interface Indexes {
  readonly rules: readonly RuleDescription[]
  readonly ruleIndex: ReadonlyMap<string, number>
  readonly taxonIndex: ReadonlyMap<number, number>
}

/** A rule as far as it is known: a finding may name one that is not among the rules given. */
interface RuleDescription {
  readonly id: string
  readonly cwe: number
  readonly rule: Rule | undefined
}

function run(review: Review, options: RenderOptions): Json {
  const all = [...review.findings, ...review.suppressed.map((each) => each.finding)]
  const rules = describedRules(options.rules, all)
  const cwes = [...new Set([...rules.map((rule) => rule.cwe), ...all.map((finding) => finding.cwe)])]
    .filter((cwe) => cwe !== 0)
    .sort((a, b) => a - b)
  const indexes: Indexes = {
    rules,
    ruleIndex: new Map(rules.map((rule, at) => [rule.id, at])),
    taxonIndex: new Map(cwes.map((cwe, at) => [cwe, at])),
  }
  return {
    tool: { driver: driver(review, indexes, options) },
    taxonomies: [taxonomy(review, cwes, options)],
    invocations: [invocation(review)],
    originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the reviewed program.' } } },
    columnKind: 'utf16CodeUnits',
    results: [
      ...review.findings.map((finding) => result(finding, indexes)),
      ...review.suppressed.map((each) => ({ ...result(each.finding, indexes), suppressions: [suppression(each)] })),
    ],
    properties: {
      paths: review.subject.paths.map(printable),
      revision: printable(review.subject.revision),
      conclusion: review.conclusion.sentences.map(printable),
    },
  }
}

function describedRules(rules: readonly Rule[], findings: readonly Finding[]): readonly RuleDescription[] {
  const described = new Map<string, RuleDescription>()
  for (const rule of rules) described.set(rule.id, { id: rule.id, cwe: rule.cwe, rule })
  for (const { rule, cwe } of findings)
    if (!described.has(rule)) described.set(rule, { id: rule, cwe, rule: undefined })
  return [...described.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}

function driver(review: Review, indexes: Indexes, options: RenderOptions): Json {
  return {
    name: 'Assay',
    version: review.tool.version,
    rules: indexes.rules.map((rule) => ruleDescriptor(rule, indexes, options)),
    notifications: NOTIFICATIONS.map(([id, text]) => ({ id, shortDescription: { text } })),
    supportedTaxonomies: [{ name: review.catalogue.name, index: 0 }],
  }
}

function ruleDescriptor({ id, cwe, rule }: RuleDescription, indexes: Indexes, options: RenderOptions): Json {
  const title = cwe === 0 ? (rule?.title ?? id) : options.catalogue.title(cwe)
  const severity = rule?.severity ?? 'medium'
  return {
    id,
    shortDescription: { text: title },
    ...(rule === undefined ? {} : descriptions(rule)),
    defaultConfiguration: { level: LEVEL[severity] },
    properties: {
      tags: ['security', ...(cwe === 0 ? [] : [cweTag(cwe)])],
      precision: rule?.confidence ?? 'medium',
      'security-severity': SECURITY_SEVERITY[severity],
    },
    ...(cwe === 0 ? {} : { relationships: [{ target: taxon(cwe, indexes), kinds: ['superset'] }] }),
  }
}

function descriptions(rule: Rule): Json {
  const what = [rule.what, rule.why].filter((part) => part !== '').join(' ') || rule.message
  const help = rule.fix === '' ? what : `${what}\n\n${rule.fix}`
  const uri = rule.references.find((each) => /^https:\/\/[\w.-]+(\/[\w./~%#?=&-]*)?$/.test(each))
  return {
    fullDescription: { text: message(what) },
    help: { text: message(help) },
    ...(uri === undefined ? {} : { helpUri: uri }),
  }
}

/** `external/cwe/cwe-089`, the form that code scanning services read. */
function cweTag(cwe: number): string {
  return `external/cwe/cwe-${String(cwe).padStart(3, '0')}`
}

const LEVEL: Readonly<Record<Severity, string>> = { low: 'note', medium: 'warning', high: 'error', critical: 'error' }

/** The middle of each band of CVSS 3.1's qualitative scale, as code scanning services want a number. */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = {
  low: '2.0',
  medium: '5.5',
  high: '8.0',
  critical: '9.5',
}

/** `rank` (3.27.25) is priority from 0 to 100. */
const RANK: Readonly<Record<Severity, number>> = { low: 20, medium: 45, high: 70, critical: 90 }
const RANK_CONFIDENCE: Readonly<Record<Confidence, number>> = { low: -10, medium: 0, high: 10 }

function taxon(cwe: number, indexes: Indexes): Json {
  return { id: String(cwe), index: indexes.taxonIndex.get(cwe) ?? -1, toolComponent: { name: 'CWE', index: 0 } }
}

function taxonomy(review: Review, cwes: readonly number[], options: RenderOptions): Json {
  return {
    name: review.catalogue.name,
    version: review.catalogue.version,
    releaseDateUtc: review.catalogue.date,
    organization: 'MITRE',
    shortDescription: { text: 'The MITRE Common Weakness Enumeration' },
    informationUri: 'https://cwe.mitre.org/',
    isComprehensive: false,
    taxa: cwes.map((cwe) => ({
      id: String(cwe),
      shortDescription: { text: options.catalogue.title(cwe) },
      helpUri: `https://cwe.mitre.org/data/definitions/${cwe}.html`,
    })),
  }
}

function result(finding: Finding, indexes: Indexes): Json {
  return {
    ruleId: finding.rule,
    ruleIndex: indexes.ruleIndex.get(finding.rule) ?? -1,
    kind: 'fail',
    level: LEVEL[finding.severity],
    rank: RANK[finding.severity] + RANK_CONFIDENCE[finding.confidence],
    message: { text: message(`${finding.title}. ${finding.why} ${finding.recommendation}`) },
    locations: [
      {
        physicalLocation: physical(finding.place),
        ...(finding.symbol === '' ? {} : { logicalLocations: [{ fullyQualifiedName: printable(finding.symbol) }] }),
      },
    ],
    ...(finding.evidence.steps.length < 2
      ? {}
      : { codeFlows: [finding.evidence, ...finding.otherRoutes].map(codeFlow) }),
    ...(finding.cwe === 0 ? {} : { taxa: [taxon(finding.cwe, indexes)] }),
    fingerprints: { [SARIF_FINGERPRINT]: finding.fingerprint },
    // The name under which code scanning services look for a stable identity.
    partialFingerprints: { primaryLocationLineHash: `${finding.fingerprint}:1` },
    properties: {
      severity: finding.severity,
      severityReason: printable(finding.severityReason),
      confidence: finding.confidence,
      confidenceReason: printable(finding.confidenceReason),
      isTest: finding.isTest,
      otherRules: finding.otherRules,
      otherFingerprints: finding.otherFingerprints,
    },
  }
}

function codeFlow(evidence: Evidence): Json {
  return { threadFlows: [{ locations: evidence.steps.map(threadFlowLocation) }] }
}

function threadFlowLocation(step: EvidenceStep): Json {
  return {
    location: { physicalLocation: physical(step), message: { text: message(step.what) } },
    kinds: step.role === 'step' ? ['taint'] : [step.role, 'taint'],
    importance: step.role === 'step' ? 'important' : 'essential',
  }
}

function physical(place: Location): Json {
  const region = {
    startLine: place.line,
    startColumn: place.column,
    endLine: place.endLine,
    endColumn: place.endColumn,
  }
  return {
    artifactLocation: { uri: uri(place.path), uriBaseId: '%SRCROOT%' },
    region,
    ...(place.code === ''
      ? {}
      : {
          contextRegion: { startLine: place.line, endLine: place.endLine, snippet: { text: place.code } },
        }),
  }
}

function suppression({ by, reason, location }: SuppressedFinding): Json {
  return {
    kind: by === 'comment' ? 'inSource' : 'external',
    justification: printable(reason),
    ...(location === undefined ? {} : { location: { physicalLocation: physical(location) } }),
  }
}

const NOTIFICATIONS: readonly (readonly [string, string])[] = [
  ['cache', 'The cache was not usable.'],
  ['encoding', 'Bytes that are not valid in the encoding were replaced.'],
  ['limit', 'A limit on the work was reached.'],
  ['model', 'A part of a model was not understood.'],
  ['rule', 'A part of a rule was not understood.'],
  ['skipped', 'Something was deliberately not reviewed.'],
  ['switched-off', 'Configuration or options switched something off.'],
  ['unparsed', 'A region could not be parsed.'],
  ['unreadable', 'A file could not be read.'],
]

function invocation(review: Review): Json {
  const configuration = review.problems.filter((problem) => problem.kind === 'rule' || problem.kind === 'model')
  const execution = review.problems.filter((problem) => !configuration.includes(problem))
  return {
    executionSuccessful: true,
    toolExecutionNotifications: execution.map(notification),
    toolConfigurationNotifications: [
      ...configuration.map(notification),
      ...review.switchedOff.map((text) => ({
        descriptor: descriptor('switched-off'),
        level: 'note',
        message: { text: message(text) },
      })),
    ],
  }
}

function notification(problem: Problem): Json {
  return {
    descriptor: descriptor(problem.kind),
    level: problem.kind === 'skipped' || problem.kind === 'cache' ? 'note' : 'warning',
    message: { text: message(problem.message) },
    ...(problem.path === ''
      ? {}
      : {
          locations: [{ physicalLocation: { artifactLocation: { uri: uri(problem.path), uriBaseId: '%SRCROOT%' }, ...regionOf(problem) } }],
        }),
  }
}

function regionOf({ lines }: Problem): Json {
  return lines === undefined ? {} : { region: { startLine: lines.first, endLine: lines.last } }
}

function descriptor(id: string): Json {
  return { id, index: NOTIFICATIONS.findIndex(([known]) => known === id) }
}
