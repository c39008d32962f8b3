import type { Formula, FormulaCondition } from '../match/formula.ts'
import { checkDepth, entries, FormulaError, mapping, names, onlyKeys, text, type Mapping, type Place } from './formula-parts.ts'
import { analysisCondition, comparisonCondition, patternCondition, regexCondition, typeCondition } from './read-condition.ts'

/*
 * The newer syntax of formulas, under `match:` and in the sections of `taint:`.
 * Conditions stand beside the operator, under `where`, instead of in its list.
 */

/** Operators of the newer syntax. */
export const MATCH_KEYS: readonly string[] = ['pattern', 'regex', 'all', 'any', 'not', 'inside', 'anywhere']

/** What may stand beside an operator. */
const BESIDE: readonly string[] = ['where', 'as', 'fix']

/** Reads a formula in the newer syntax; `others` are keys beside it that the caller reads. */
export function readMatch(value: unknown, at: Place, depth = 0, others: readonly string[] = [], hasContext = false): Formula {
  checkDepth(depth, at)
  if (typeof value === 'string') return { op: 'pattern', pattern: value }
  const of = mapping(value, at)
  onlyKeys(of, [...MATCH_KEYS, ...BESIDE, ...others], at)
  const keys = MATCH_KEYS.filter((key) => key in of)
  const [key] = keys
  if (key === undefined || keys.length > 1) throw new FormulaError(`exactly one of ${MATCH_KEYS.join(', ')} is needed`, at)
  const inner = readOperator(key, of[key], [...at, key], depth, hasContext)
  return named(withConditions(inner, of, at, depth), of, at)
}

function readOperator(key: string, value: unknown, at: Place, depth: number, hasContext: boolean): Formula {
  switch (key) {
    case 'pattern':
      return { op: 'pattern', pattern: text(value, at) }
    case 'regex':
      return { op: 'regex', regex: text(value, at) }
    case 'inside':
      return { op: 'inside', of: readMatch(value, at, depth + 1) }
    case 'anywhere':
      return { op: 'anywhere', of: readMatch(value, at, depth + 1) }
    case 'not':
      return negated(readMatch(value, at, depth + 1))
    case 'any':
      return { op: 'any', of: list(value, at).map(([each, place]) => readMatch(each, place, depth + 1)) }
    default: {
      const of = list(value, at).map(([each, place]) => readMatch(each, place, depth + 1))
      if (!hasContext && of.every((each) => each.op.startsWith('not'))) throw new FormulaError('all needs at least one positive pattern', at)
      return { op: 'all', of, conditions: [], focus: [] }
    }
  }
}

function negated(of: Formula): Formula {
  switch (of.op) {
    case 'inside':
      return { op: 'not-inside', of: of.of }
    case 'regex':
      return { op: 'not-regex', regex: of.regex }
    case 'anywhere':
      return { op: 'not-anywhere', of: of.of }
    default:
      return { op: 'not', of }
  }
}

function list(value: unknown, at: Place): [unknown, Place][] {
  if (!Array.isArray(value) || value.length === 0) throw new FormulaError('a list of patterns is needed', at)
  return value.map((item: unknown, index) => [item, [...at, index]])
}

function withConditions(inner: Formula, of: Mapping, at: Place, depth: number): Formula {
  if (of['where'] === undefined) return inner
  const conditions: FormulaCondition[] = []
  const focus: string[][] = []
  for (const [item, place] of entries(of['where'], [...at, 'where'])) {
    if ('focus' in item) focus.push(names(item['focus'], [...place, 'focus']))
    else conditions.push(readWhere(item, place, depth))
  }
  if (inner.op === 'all' && inner.as === undefined) return { ...inner, conditions, focus }
  return { op: 'all', of: [inner], conditions, focus }
}

function readWhere(item: Mapping, at: Place, depth: number): FormulaCondition {
  if ('comparison' in item) return comparisonCondition(item, at)
  if ('type' in item || 'types' in item) return typeCondition(item, at)
  if ('analyzer' in item) return analysisCondition(item, at)
  // Here, unlike in the older syntax, constants count.
  if ('regex' in item && !('language' in item)) return regexCondition(item, at, true)
  return patternCondition(item, at, (of, place) => readMatch(of, place, depth + 1, [], true))
}

function named(of: Formula, written: Mapping, at: Place): Formula {
  if (written['as'] === undefined) return of
  const as = text(written['as'], [...at, 'as'])
  return of.op === 'all' ? { ...of, as } : { op: 'all', of: [of], conditions: [], focus: [], as }
}
