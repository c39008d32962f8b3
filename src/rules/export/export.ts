import { Document } from 'yaml'
import { UsageError } from '../../core/problem.ts'
import type { Model } from '../../models/model.ts'
import type { Rule, Severity } from '../rule.ts'
import { formulaKeys } from './formula.ts'
import { spellOut } from './kinds.ts'

/** The three severities that every engine of the rule language knows. */
const SEVERITIES: Readonly<Record<Severity, string>> = { low: 'INFO', medium: 'WARNING', high: 'ERROR', critical: 'ERROR' }

/**
 * Prints a rule so that it needs nothing of Assay: its kinds are expanded through
 * the models to patterns. What the rule language cannot say is named in a comment
 * at the top. `builtinModule` is the language's (see `FlowFeatures`), `''` for none.
 * Throws a `UsageError` for a rule of which nothing can be said.
 */
export function exportRule(rule: Rule, models: readonly Model[], builtinModule: string): string {
  const own = models.filter((model) => rule.languages.includes(model.language))
  const spelled = rule.kinds === undefined ? { keys: formulaKeys(rule.formula), leftOut: [] } : spellOut(rule.kinds, own, builtinModule)
  if (spelled === undefined) {
    throw new UsageError(
      `The rule ${rule.id} cannot be exported: the rule language has no form for what it tests`, rule.file,
      'Choose a rule with sources and sinks, or with constants that are compared as text.',
    )
  }
  const { assay: _assay, ...metadata } = rule.metadata
  const document = new Document({
    rules: [{
      id: rule.id,
      languages: rule.languages,
      severity: SEVERITIES[rule.severity],
      message: rule.message,
      ...spelled.keys,
      ...(rule.options.size > 0 ? { options: Object.fromEntries(rule.options) } : {}),
      ...(rule.paths.include.length + rule.paths.exclude.length > 0 ? { paths: pathsOf(rule) } : {}),
      metadata,
    }],
  }, { aliasDuplicateObjects: false })
  if (spelled.leftOut.length > 0) document.commentBefore = ` Left out, because the rule language has no form for it: ${spelled.leftOut.join('; ')}.`
  return document.toString({ lineWidth: 0 })
}

function pathsOf(rule: Rule): Readonly<Record<string, readonly string[]>> {
  const { include, exclude } = rule.paths
  return { ...(include.length > 0 ? { include } : {}), ...(exclude.length > 0 ? { exclude } : {}) }
}
