import type { Formula, FormulaCondition, PropagatorItem, RuleFormula, TaintItem } from '../match/formula.ts'
import { parseRequirement } from '../match/labels.ts'
import { checkDepth, entries, FormulaError, mapping, names, onlyKeys, text, type Mapping, type Place } from './formula-parts.ts'
import { CONDITIONS, readCondition } from './read-condition.ts'
import { MATCH_KEYS, readMatch } from './read-match.ts'

const ANYWHERE = 'semgrep-internal-pattern-anywhere'
const FORMULA_KEYS = ['pattern', 'patterns', 'pattern-either', 'pattern-regex']

const OPERATORS = [
  ...FORMULA_KEYS, 'pattern-inside', 'pattern-not', 'pattern-not-inside', 'pattern-not-regex', 'metavariable-regex',
  'metavariable-pattern', 'metavariable-comparison', 'metavariable-type', 'metavariable-analysis',
  'focus-metavariable',
]

/** Reads a rule's formula or taint sections. Throws `FormulaError` for what the engine does not understand. */
export function readFormula(rule: Mapping, hasKinds: boolean): RuleFormula {
  if (hasKinds && rule['mode'] !== 'taint') throw new FormulaError('a rule by kinds has mode: taint', ['mode'])
  const mode = rule['mode'] ?? ('taint' in rule ? 'taint' : 'search')
  if (mode === 'taint') return readTaint(rule, hasKinds)
  if (mode !== 'search') {
    throw new FormulaError(`mode ${JSON.stringify(mode)} is not supported; use search or taint`, ['mode'])
  }
  for (const key of ['taint', 'join', 'extract', 'steps']) {
    if (key in rule) throw new FormulaError(`the syntax ${key}: is not supported yet`, [key])
  }
  if ('match' in rule) return { mode: 'search', formula: readMatch(rule['match'], ['match']) }
  return { mode: 'search', formula: readOne(rule, [], 0) }
}

function readTaint(rule: Mapping, hasKinds: boolean): RuleFormula {
  for (const key of [...FORMULA_KEYS, 'match']) {
    if (!(key in rule)) continue
    throw new FormulaError(`${key} cannot stand in a taint rule; put it under one of its sections`, [key])
  }
  const isNewer = 'taint' in rule
  const sections = isNewer ? mapping(rule['taint'], ['taint']) : rule
  const section = (name: string): [Mapping, Place][] => items(sections, isNewer ? name : `pattern-${name}`, isNewer ? ['taint'] : [])
  const sources = section('sources')
  const sinks = section('sinks')
  if (!hasKinds && (sources.length === 0 || sinks.length === 0)) {
    throw new FormulaError('a taint rule needs pattern-sources and pattern-sinks, or kinds in metadata.assay', ['mode'])
  }
  const item = (exact: boolean, more: readonly string[] = []) => ([of, at]: [Mapping, Place]): TaintItem => readItem(of, at, exact, isNewer, more)
  return {
    mode: 'taint',
    sources: sources.map(item(false, ['label'])),
    sinks: sinks.map(item(true, ['requires'])),
    sanitizers: section('sanitizers').map(item(false)),
    propagators: section('propagators').map(([of, at]) => readPropagator(of, at, isNewer)),
  }
}

/** In the newer syntax an item may be a pattern as text. */
function items(of: Mapping, section: string, at: Place): [Mapping, Place][] {
  const given = of[section]
  const place = [...at, section]
  if (given === undefined) return []
  if (!Array.isArray(given)) throw new FormulaError(`${section} is a list`, place)
  return given.map((item: unknown, index) => [typeof item === 'string' ? { pattern: item } : mapping(item, [...place, index]), [...place, index]])
}

/**
 * Keys beside an item's formula; others would change what it means and must not be
 * passed over. The last two are obsolete, and mean nothing any more.
 */
const BESIDE_ITEM: readonly string[] = ['exact', 'by-side-effect', 'from', 'to', 'not_conflicting', 'not-conflicting']

/** `exact` is on for sinks and off elsewhere when the rule does not say. */
function readItem(item: Mapping, at: Place, exact: boolean, isNewer: boolean, more: readonly string[] = []): TaintItem {
  const beside = [...BESIDE_ITEM, ...more]
  const known = [...(isNewer ? [...MATCH_KEYS, 'where', 'as', 'fix'] : FORMULA_KEYS), ...beside]
  for (const key of Object.keys(item)) {
    if (!known.includes(key)) throw new FormulaError(`${key} is not supported in this place`, [...at, key])
  }
  const bySideEffect = item['by-side-effect'] ?? false
  if (typeof bySideEffect !== 'boolean') {
    throw new FormulaError('by-side-effect is supported as true or false', [...at, 'by-side-effect'])
  }
  return {
    formula: isNewer ? readMatch(item, at, 0, beside) : readOne(item, at, 0),
    exact: typeof item['exact'] === 'boolean' ? item['exact'] : exact,
    bySideEffect,
    ...readLabels(item, at),
  }
}

function readLabels({ label, requires }: Mapping, at: Place): Pick<TaintItem, 'label' | 'requires'> {
  if (label !== undefined) return { label: text(label, [...at, 'label']) }
  if (requires === undefined) return {}
  const written = text(requires, [...at, 'requires'])
  if (parseRequirement(written) === undefined) {
    throw new FormulaError('requires is an expression of labels with and, or, not and parentheses', [...at, 'requires'])
  }
  return { requires: written }
}

function readPropagator(item: Mapping, at: Place, isNewer: boolean): PropagatorItem {
  const { from, to } = item
  if (typeof from !== 'string' || typeof to !== 'string') throw new FormulaError('a propagator needs from and to', at)
  return { ...readItem(item, at, false, isNewer), from, to }
}

/** The formula under exactly one of the formula keys. */
function readOne(of: Mapping, at: Place, depth: number): Formula {
  const keys = FORMULA_KEYS.filter((key) => key in of)
  const key = keys[0]
  if (key === undefined) throw new FormulaError(`one of ${FORMULA_KEYS.join(', ')} is needed`, at)
  if (keys.length > 1) {
    throw new FormulaError(`only one of ${keys.join(', ')} can stand here; put them under patterns`, at)
  }
  return readOperator(key, of[key], [...at, key], depth)
}

function readOperator(key: string, value: unknown, at: Place, depth: number): Formula {
  checkDepth(depth, at)
  switch (key) {
    case 'pattern':
      return { op: 'pattern', pattern: text(value, at) }
    case 'pattern-regex':
      return { op: 'regex', regex: text(value, at) }
    case 'pattern-not-regex':
      return { op: 'not-regex', regex: text(value, at) }
    case 'pattern-inside':
      return { op: 'inside', of: nested(value, at, depth) }
    case ANYWHERE:
      return { op: 'anywhere', of: nested(value, at, depth) }
    case 'pattern-not': {
      const isAnywhere = typeof value === 'object' && value !== null && ANYWHERE in value
      if (isAnywhere) return { op: 'not-anywhere', of: nested(mapping(value, at)[ANYWHERE], [...at, ANYWHERE], depth) }
      return { op: 'not', of: nested(value, at, depth) }
    }
    case 'pattern-not-inside':
      return { op: 'not-inside', of: nested(value, at, depth) }
    case 'pattern-either':
      return { op: 'any', of: entries(value, at).map(([item, place]) => readEntry(item, place, depth)) }
    case 'patterns':
      return readAll(value, at, depth)
    default:
      throw new FormulaError(`the operator ${key} is not supported; supported are ${OPERATORS.join(', ')}`, at)
  }
}

/** A pattern as text, or a formula as a mapping. */
function nested(value: unknown, at: Place, depth: number): Formula {
  return typeof value === 'string' ? { op: 'pattern', pattern: value } : readOne(mapping(value, at), at, depth + 1)
}

function readEntry(item: Mapping, at: Place, depth: number): Formula {
  const [key] = single(item, at)
  return readOperator(key, item[key], [...at, key], depth + 1)
}

function readAll(value: unknown, at: Place, depth: number, hasContext = false): Formula {
  const of: Formula[] = []
  const conditions: FormulaCondition[] = []
  const focus: string[][] = []
  for (const [item, place] of entries(value, at)) {
    const [key] = single(item, place)
    const inner = [...place, key]
    if (key === 'focus-metavariable') focus.push(names(item[key], inner))
    else if (CONDITIONS.includes(key)) conditions.push(readCondition(key, mapping(item[key], inner), inner, (below, under) => readInner(below, under, depth)))
    else of.push(readOperator(key, item[key], inner, depth + 1))
  }
  if (!hasContext && !of.some((each) => !each.op.startsWith('not'))) {
    throw new FormulaError('patterns needs at least one positive pattern', at)
  }
  return { op: 'all', of, conditions, focus }
}

/** About what a metavariable stands for: `patterns` may hold negatives alone, since that is their context. */
function readInner(of: Mapping, at: Place, depth: number): Formula {
  onlyKeys(of, FORMULA_KEYS, at)
  const isAll = 'patterns' in of && Object.keys(of).length === 1
  return isAll ? readAll(of['patterns'], [...at, 'patterns'], depth + 1, true) : readOne(of, at, depth + 1)
}

function single(item: Mapping, at: Place): [string] {
  const keys = Object.keys(item)
  const key = keys[0]
  if (key === undefined || keys.length > 1) {
    throw new FormulaError(`each item has exactly one key, not ${keys.length}; is a hyphen missing?`, at)
  }
  return [key]
}
