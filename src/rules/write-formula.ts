import type { Formula, FormulaCondition, PropagatorItem, RuleFormula, TaintItem } from '../match/formula.ts'
import type { Term } from './export-call.ts'

/** A rule's formula as the keys it is written with; read back it is the same formula. */
export function writeFormula(formula: RuleFormula): Term {
  if (formula.mode === 'search') return writeOne(formula.formula)
  const { sources, sinks, sanitizers, propagators } = formula
  return {
    mode: 'taint',
    ...section('pattern-sources', sources.map((each) => writeItem(each, false))),
    ...section('pattern-sinks', sinks.map((each) => writeItem(each, true))),
    ...section('pattern-sanitizers', sanitizers.map((each) => writeItem(each, false))),
    ...section('pattern-propagators', propagators.map(writePropagator)),
  }
}

/** A section of a taint rule, left out when it is empty. */
export function section(key: string, items: readonly Term[]): Term {
  return items.length === 0 ? {} : { [key]: items }
}

function writeItem(item: TaintItem, exact: boolean): Term {
  return {
    ...writeOne(item.formula),
    ...(item.exact === exact ? {} : { exact: item.exact }),
    ...(item.bySideEffect ? { 'by-side-effect': true } : {}),
    ...(item.label === undefined ? {} : { label: item.label }),
    ...(item.requires === undefined ? {} : { requires: item.requires }),
  }
}

function writePropagator(item: PropagatorItem): Term {
  return { ...writeItem(item, false), from: item.from, to: item.to }
}

/** Depth is bounded by what the loader accepts. */
function writeOne(formula: Formula): Term {
  switch (formula.op) {
    case 'pattern':
      return { pattern: formula.pattern }
    case 'regex':
      return { 'pattern-regex': formula.regex }
    case 'not-regex':
      return { 'pattern-not-regex': formula.regex }
    case 'any':
      return { 'pattern-either': formula.of.map(writeOne) }
    case 'inside':
      return { 'pattern-inside': nested(formula.of) }
    case 'not':
      return { 'pattern-not': nested(formula.of) }
    case 'not-inside':
      return { 'pattern-not-inside': nested(formula.of) }
    case 'anywhere':
      return { 'semgrep-internal-pattern-anywhere': writeOne(formula.of) }
    case 'not-anywhere':
      return { 'pattern-not': { 'semgrep-internal-pattern-anywhere': writeOne(formula.of) } }
    case 'all':
      return {
        patterns: [
          ...formula.of.map(writeOne),
          ...formula.conditions.map(writeCondition),
          ...formula.focus.map((names) => ({ 'focus-metavariable': names.length === 1 ? names[0] : names })),
        ],
      }
  }
}

function nested(formula: Formula): string | Term {
  return formula.op === 'pattern' ? formula.pattern : writeOne(formula)
}

function writeCondition(condition: FormulaCondition): Term {
  const { metavariable } = condition
  switch (condition.kind) {
    case 'regex': {
      const { regex, constantPropagation } = condition
      return { 'metavariable-regex': { metavariable, regex, ...(constantPropagation ? { 'constant-propagation': true } : {}) } }
    }
    case 'pattern': {
      const { language, formula } = condition
      return { 'metavariable-pattern': { metavariable, ...(language === '' ? {} : { language }), ...writeOne(formula) } }
    }
    case 'comparison': {
      const { comparison, strip } = condition
      return { 'metavariable-comparison': { ...(metavariable === '' ? {} : { metavariable }), comparison, ...(strip ? { strip } : {}) } }
    }
    case 'analysis':
      return { 'metavariable-analysis': { metavariable, analyzer: condition.analyzer } }
    case 'type':
      return { 'metavariable-type': { metavariable, types: condition.types } }
  }
}
