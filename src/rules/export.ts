import { UsageError } from '../core/problem.ts'
import { writeYaml } from '../core/yaml.ts'
import type { Model } from '../models/model.ts'
import type { Language } from '../tree/language.ts'
import type { Term, Wording } from './export-call.ts'
import { exportSanitizers, exportSearch, exportSinks } from './export-sinks.ts'
import { exportReturns, exportSources } from './export-sources.ts'
import type { Rule, RuleKinds, Severity } from './rule.ts'
import { NameSpeller } from './spell-name.ts'
import { section, writeFormula } from './write-formula.ts'

/** Severities by the names that every engine of the rule language knows. */
const SEVERITIES: Readonly<Record<Severity, string>> = {
  low: 'INFO', medium: 'WARNING', high: 'ERROR', critical: 'ERROR',
}

/** Keys of `metadata.assay` that hold for the exported rule too; the others are expanded or tested here. */
const KEPT = ['title', 'severity', 'mapping-reason', 'what', 'why', 'fix']

/** What models know and patterns of one file do not say. */
const LOST = [
  'Self-contained: the kinds of the models are written out as patterns.',
  'Not in it, because patterns do not say them: types of receivers, guards, converted route parameters,',
  'callbacks, functions registered by a call, constants of other files, and flow across functions and files.',
]

/**
 * A rule file with this rule alone, readable by any engine of the rule
 * language: kinds are written out as patterns from the models of the rule's
 * language. Throws a `UsageError` when that language does not say how patterns
 * are spelled, or when no model has the kinds.
 */
export function exportRule(
  rule: Rule, knowledge: { readonly models: readonly Model[] }, languages: readonly Language[],
): string {
  const { kinds } = rule
  if (rule.missing !== undefined) {
    throw new UsageError(`${rule.id} cannot be exported: no patterns say that something is missing`, rule.file, 'Use the rule with Assay.')
  }
  const formula = kinds === undefined
    ? writeFormula(rule.formula)
    : writeKinds(rule, kinds, wordingFor(rule, knowledge.models, languages))
  const { include, exclude } = rule.paths
  const paths = { ...(include.length === 0 ? {} : { include }), ...(exclude.length === 0 ? {} : { exclude }) }
  const written = {
    id: rule.id,
    languages: rule.languages,
    severity: SEVERITIES[rule.severity],
    message: rule.message,
    ...formula,
    ...(Object.keys(paths).length === 0 ? {} : { paths }),
    ...(rule.options.size === 0 ? {} : { options: Object.fromEntries(rule.options) }),
    metadata: metadataOf(rule),
  }
  return writeYaml({ rules: [written] }, [`Exported by Assay from ${rule.file}.`, ...(rule.kinds === undefined ? [] : LOST)])
}

function wordingFor(rule: Rule, all: readonly Model[], languages: readonly Language[]): Wording {
  const language = languages.find((each) => isNamedIn(rule, each))
  const spelling = language?.spelling
  if (language === undefined || spelling === undefined) {
    throw new UsageError(
      `${rule.id} cannot be exported: no patterns can be spelled for ${rule.languages.join(', ')}`, rule.file,
      'Use the rule with Assay, or write its patterns by hand.',
    )
  }
  const models = all.filter((each) => each.language === language.id)
  return { models, names: new NameSpeller(models, spelling), spelling }
}

function writeKinds(rule: Rule, kinds: RuleKinds, wording: Wording): Term {
  const { models } = wording
  const reached = models.flatMap((each) => [...each.sinks.map((sink) => sink.kind), ...returnKinds(each)])
  requireKinds(rule, kinds.sinks, reached)
  const entered = models.flatMap((each) => [...each.sources, ...each.entryPoints].map((source) => source.kind))
  if (kinds.sources.length > 0) requireKinds(rule, kinds.sources, entered)
  if (kinds.sources.length === 0) {
    const search = exportSearch(kinds, wording)
    return rule.formula.mode === 'search' ? { 'pattern-either': [writeFormula(rule.formula), search] } : search
  }
  const own = rule.formula.mode === 'taint' ? writeFormula(rule.formula) : {}
  return {
    mode: 'taint',
    ...section('pattern-sources', [...exportSources(kinds.sources, wording), ...items(own, 'pattern-sources')]),
    ...section('pattern-sinks', [
      ...exportSinks(kinds.sinks, wording), ...exportReturns(kinds.sinks, wording), ...items(own, 'pattern-sinks'),
    ]),
    ...section('pattern-sanitizers', [...exportSanitizers(kinds, wording), ...items(own, 'pattern-sanitizers')]),
    ...section('pattern-propagators', items(own, 'pattern-propagators')),
  }
}

function items(own: Term, key: string): readonly Term[] {
  const given = own[key]
  return Array.isArray(given) ? given as readonly Term[] : []
}

function returnKinds(model: Model): readonly string[] {
  return model.entryPoints.flatMap((each) => each.returnsTo === undefined ? [] : [each.returnsTo])
}

function requireKinds(rule: Rule, wanted: readonly string[], known: readonly string[]): void {
  if (wanted.some((each) => known.includes(each))) return
  throw new UsageError(
    `${rule.id} cannot be exported: no model of its language has the kind ${wanted.join(', ')}`, rule.file,
    'Name kinds that the models have, or add a model.',
  )
}

function isNamedIn(rule: Rule, language: Language): boolean {
  return rule.languages.some((name) => name === language.id || language.aliases.includes(name))
}

/** The metadata as written, without what the export expands and without the examples, which only Assay runs. */
function metadataOf(rule: Rule): Readonly<Record<string, unknown>> {
  const { assay, ...others } = rule.metadata
  if (typeof assay !== 'object' || assay === null) return others
  const kept = Object.entries(assay).filter(([key]) => KEPT.includes(key))
  return kept.length === 0 ? others : { ...others, assay: Object.fromEntries(kept) }
}
