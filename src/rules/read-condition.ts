import { parseComparison } from '../match/comparison.ts'
import { ANALYZERS, type Formula, type FormulaCondition } from '../match/formula.ts'
import { FormulaError, mapping, names, onlyKeys, text, type Mapping, type Place } from './formula-parts.ts'

/** Operators that ask something of a metavariable's binding. */
export const CONDITIONS: readonly string[] = [
  'metavariable-regex', 'metavariable-pattern', 'metavariable-comparison', 'metavariable-type',
  'metavariable-analysis',
]

/** Reads what stands under a condition's key; `readInner` reads a formula about what the metavariable stands for. */
export function readCondition(key: string, of: Mapping, at: Place, readInner: (of: Mapping, at: Place) => Formula): FormulaCondition {
  switch (key) {
    case 'metavariable-regex':
      onlyKeys(of, ['metavariable', 'regex', 'constant-propagation'], at)
      return regexCondition(of, at, of['constant-propagation'] === true)
    case 'metavariable-pattern':
      return patternCondition(of, at, readInner)
    case 'metavariable-comparison':
      onlyKeys(of, ['metavariable', 'comparison', 'strip', 'base'], at)
      return comparisonCondition(of, at)
    case 'metavariable-analysis':
      onlyKeys(of, ['metavariable', 'analyzer'], at)
      return analysisCondition(of, at)
    default:
      onlyKeys(of, ['metavariable', 'type', 'types', 'language'], at)
      return typeCondition(of, at)
  }
}

/** `metavariable` matches `regex`. */
export function regexCondition(of: Mapping, at: Place, constantPropagation: boolean): FormulaCondition {
  return { kind: 'regex', metavariable: metavariableOf(of, at), regex: text(of['regex'], [...at, 'regex']), constantPropagation }
}

/** What `metavariable` stands for holds a match of a formula. */
export function patternCondition(of: Mapping, at: Place, readInner: (of: Mapping, at: Place) => Formula): FormulaCondition {
  const { metavariable: _, language, ...formula } = of
  return {
    kind: 'pattern', metavariable: metavariableOf(of, at),
    language: language === undefined ? '' : text(language, [...at, 'language']),
    formula: readInner(formula, at),
  }
}

/** A comparison holds. */
export function comparisonCondition(of: Mapping, at: Place): FormulaCondition {
  const comparison = text(of['comparison'], [...at, 'comparison'])
  const { problem } = parseComparison(comparison)
  if (problem !== '') throw new FormulaError(`the comparison cannot be used: ${problem}`, [...at, 'comparison'])
  const metavariable = of['metavariable'] === undefined ? '' : metavariableOf(of, at)
  return { kind: 'comparison', metavariable, comparison, strip: of['strip'] === true }
}

/** `metavariable` is of one of some types. */
export function typeCondition(of: Mapping, at: Place): FormulaCondition {
  const types = names(of['types'] ?? of['type'], [...at, 'type' in of ? 'type' : 'types'])
  return { kind: 'type', metavariable: metavariableOf(of, at), types }
}

/** What `metavariable` stands for is found dangerous by an analysis. */
export function analysisCondition(of: Mapping, at: Place): FormulaCondition {
  const written = of['analyzer']
  const isObject = typeof written === 'object' && written !== null
  const name = text(isObject ? mapping(written, [...at, 'analyzer'])['kind'] : written, [...at, 'analyzer'])
  const analyzer = ANALYZERS.find((each) => each === name)
  if (analyzer === undefined) {
    throw new FormulaError(`the analyzer ${name} is not supported; supported are ${ANALYZERS.join(' and ')}`, [...at, 'analyzer'])
  }
  return { kind: 'analysis', metavariable: metavariableOf(of, at), analyzer }
}

function metavariableOf(of: Mapping, at: Place): string {
  return text(of['metavariable'], [...at, 'metavariable'])
}
