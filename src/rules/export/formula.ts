import type { Formula, PropagatorItem, RuleFormula, TaintItem } from '../../match/formula.ts'
import type { Term } from './spelling.ts'

/** A loaded formula in the keys of a rule. */
export function formulaKeys(formula: RuleFormula): Term {
  if (formula.mode === 'search') return termOf(formula.formula)
  return {
    mode: 'taint',
    'pattern-sources': formula.sources.map((each) => itemTerm(each, false)),
    'pattern-sinks': formula.sinks.map((each) => itemTerm(each, true)),
    ...(formula.sanitizers.length > 0 ? { 'pattern-sanitizers': formula.sanitizers.map((each) => itemTerm(each, false)) } : {}),
    ...(formula.propagators.length > 0 ? { 'pattern-propagators': formula.propagators.map(propagatorTerm) } : {}),
  }
}

function itemTerm(item: TaintItem, isExactByDefault: boolean): Term {
  return {
    ...termOf(item.formula),
    ...(item.exact === isExactByDefault ? {} : { exact: item.exact }),
    ...(item.bySideEffect ? { 'by-side-effect': true } : {}),
  }
}

function propagatorTerm(item: PropagatorItem): Term {
  return { ...itemTerm(item, false), from: item.from, to: item.to }
}

function termOf(of: Formula): Term {
  switch (of.op) {
    case 'pattern':
      return { pattern: of.pattern }
    case 'regex':
      return { 'pattern-regex': of.regex }
    case 'not-regex':
      return { 'pattern-not-regex': of.regex }
    case 'any':
      return { 'pattern-either': of.of.map(termOf) }
    case 'inside':
      return { 'pattern-inside': operand(of.of) }
    case 'not':
      return { 'pattern-not': operand(of.of) }
    case 'not-inside':
      return { 'pattern-not-inside': operand(of.of) }
    case 'all':
      return {
        patterns: [
          ...of.of.map(termOf),
          ...of.conditions.map(({ metavariable, regex, constantPropagation }) => {
            return { 'metavariable-regex': { metavariable, regex, ...(constantPropagation ? { 'constant-propagation': true } : {}) } }
          }),
          ...of.focus.map((names) => ({ 'focus-metavariable': names.length === 1 ? names[0] : names })),
        ],
      }
  }
}

function operand(of: Formula): unknown {
  return of.op === 'pattern' ? of.pattern : termOf(of)
}
