import { parseComparison } from '../match/comparison.ts'
import type { Formula, FormulaCondition, PropagatorItem, RuleFormula, TaintItem } from '../match/formula.ts'

/** A part of a rule that is not understood: which key, and what to do. */
export class FormulaError extends Error {
  /** Path of keys to the part, as `patterns/1/pattern-inside`. */
  readonly at: readonly (string | number)[]

  constructor(message: string, at: readonly (string | number)[]) {
    super(message)
    this.name = 'FormulaError'
    this.at = at
  }
}

type Place = readonly (string | number)[]
type Mapping = Readonly<Record<string, unknown>>

/** Deepest nesting of operators; real rules stay below ten. */
const MAX_DEPTH = 32
const FORMULA_KEYS = ['pattern', 'patterns', 'pattern-either', 'pattern-regex']

const OPERATORS = [
  ...FORMULA_KEYS, 'pattern-inside', 'pattern-not', 'pattern-not-inside', 'pattern-not-regex', 'metavariable-regex',
  'metavariable-pattern', 'metavariable-comparison', 'metavariable-type', 'focus-metavariable',
]

/** Reads a rule's formula or taint sections. Throws `FormulaError` for what the engine does not understand. */
export function readFormula(rule: Mapping, hasKinds: boolean): RuleFormula {
  if (hasKinds && rule['mode'] !== 'taint') throw new FormulaError('a rule by kinds has mode: taint', ['mode'])
  const mode = rule['mode'] ?? 'search'
  if (mode === 'taint') return readTaint(rule, hasKinds)
  if (mode !== 'search') {
    throw new FormulaError(`mode ${JSON.stringify(mode)} is not supported; use search or taint`, ['mode'])
  }
  for (const key of ['match', 'taint', 'join', 'extract', 'steps']) {
    if (key in rule) throw new FormulaError(`the syntax ${key}: is not supported yet`, [key])
  }
  return { mode: 'search', formula: readOne(rule, [], 0) }
}

function readTaint(rule: Mapping, hasKinds: boolean): RuleFormula {
  for (const key of FORMULA_KEYS) {
    if (!(key in rule)) continue
    throw new FormulaError(`${key} cannot stand in a taint rule; put it under one of its sections`, [key])
  }
  const sources = items(rule, 'pattern-sources')
  const sinks = items(rule, 'pattern-sinks')
  if (!hasKinds && (sources.length === 0 || sinks.length === 0)) {
    throw new FormulaError('a taint rule needs pattern-sources and pattern-sinks, or kinds in metadata.assay', ['mode'])
  }
  return {
    mode: 'taint',
    sources: sources.map(([item, at]) => readItem(item, at, false)),
    sinks: sinks.map(([item, at]) => readItem(item, at, true)),
    sanitizers: items(rule, 'pattern-sanitizers').map(([item, at]) => readItem(item, at, false)),
    propagators: items(rule, 'pattern-propagators').map(([item, at]) => readPropagator(item, at)),
  }
}

function items(rule: Mapping, section: string): [Mapping, Place][] {
  const given = rule[section]
  if (given === undefined) return []
  if (!Array.isArray(given)) throw new FormulaError(`${section} is a list`, [section])
  return given.map((item: unknown, index) => [mapping(item, [section, index]), [section, index]])
}

/** Keys that would change what an item means must not be passed over. */
const ITEM_KEYS: ReadonlySet<string> = new Set([...FORMULA_KEYS, 'exact', 'by-side-effect', 'from', 'to'])

/** `exact` is on for sinks and off elsewhere when the rule does not say. */
function readItem(item: Mapping, at: Place, exact: boolean): TaintItem {
  for (const key of Object.keys(item)) {
    if (!ITEM_KEYS.has(key)) throw new FormulaError(`${key} is not supported in this place`, [...at, key])
  }
  const bySideEffect = item['by-side-effect'] ?? false
  if (typeof bySideEffect !== 'boolean') {
    throw new FormulaError('by-side-effect is supported as true or false', [...at, 'by-side-effect'])
  }
  return {
    formula: readOne(item, at, 0),
    exact: typeof item['exact'] === 'boolean' ? item['exact'] : exact,
    bySideEffect,
  }
}

function readPropagator(item: Mapping, at: Place): PropagatorItem {
  const { from, to } = item
  if (typeof from !== 'string' || typeof to !== 'string') throw new FormulaError('a propagator needs from and to', at)
  return { ...readItem(item, at, false), from, to }
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
  if (depth > MAX_DEPTH) throw new FormulaError(`operators are nested more than ${MAX_DEPTH} deep`, at)
  switch (key) {
    case 'pattern':
      return { op: 'pattern', pattern: text(value, at) }
    case 'pattern-regex':
      return { op: 'regex', regex: text(value, at) }
    case 'pattern-not-regex':
      return { op: 'not-regex', regex: text(value, at) }
    case 'pattern-inside':
      return { op: 'inside', of: nested(value, at, depth) }
    case 'pattern-not':
      return { op: 'not', of: nested(value, at, depth) }
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
    else if (CONDITIONS.includes(key)) conditions.push(readCondition(key, mapping(item[key], inner), inner, depth))
    else of.push(readOperator(key, item[key], inner, depth + 1))
  }
  if (!hasContext && !of.some((each) => each.op !== 'not' && each.op !== 'not-inside' && each.op !== 'not-regex')) {
    throw new FormulaError('patterns needs at least one positive pattern', at)
  }
  return { op: 'all', of, conditions, focus }
}

const CONDITIONS: readonly string[] = ['metavariable-regex', 'metavariable-pattern', 'metavariable-comparison', 'metavariable-type']

function readCondition(key: string, of: Mapping, at: Place, depth: number): FormulaCondition {
  switch (key) {
    case 'metavariable-regex':
      return metavariableRegex(of, at)
    case 'metavariable-pattern':
      return metavariablePattern(of, at, depth)
    case 'metavariable-comparison':
      return metavariableComparison(of, at)
    default:
      return metavariableType(of, at)
  }
}

/** A misspelt key would silently mean nothing. */
function onlyKeys(of: Mapping, known: readonly string[], at: Place): void {
  for (const key of Object.keys(of)) {
    if (!known.includes(key)) throw new FormulaError(`${key} is unknown here; known are ${known.join(', ')}`, [...at, key])
  }
}

function metavariableRegex(of: Mapping, at: Place): FormulaCondition {
  onlyKeys(of, ['metavariable', 'regex', 'constant-propagation'], at)
  return {
    kind: 'regex',
    metavariable: text(of['metavariable'], [...at, 'metavariable']),
    regex: text(of['regex'], [...at, 'regex']),
    constantPropagation: of['constant-propagation'] === true,
  }
}

/** Below it the binding is the context: `patterns` may hold negatives alone. */
function metavariablePattern(of: Mapping, at: Place, depth: number): FormulaCondition {
  onlyKeys(of, ['metavariable', 'language', ...FORMULA_KEYS], at)
  const formula = 'patterns' in of && FORMULA_KEYS.filter((key) => key in of).length === 1
    ? readAll(of['patterns'], [...at, 'patterns'], depth + 1, true)
    : readOne(of, at, depth + 1)
  return {
    kind: 'pattern',
    metavariable: text(of['metavariable'], [...at, 'metavariable']),
    language: of['language'] === undefined ? '' : text(of['language'], [...at, 'language']),
    formula,
  }
}

function metavariableComparison(of: Mapping, at: Place): FormulaCondition {
  onlyKeys(of, ['metavariable', 'comparison', 'strip', 'base'], at)
  const comparison = text(of['comparison'], [...at, 'comparison'])
  const { problem } = parseComparison(comparison)
  if (problem !== '') throw new FormulaError(`the comparison cannot be used: ${problem}`, [...at, 'comparison'])
  const metavariable = of['metavariable'] === undefined ? '' : text(of['metavariable'], [...at, 'metavariable'])
  return { kind: 'comparison', metavariable, comparison, strip: of['strip'] === true }
}

function metavariableType(of: Mapping, at: Place): FormulaCondition {
  onlyKeys(of, ['metavariable', 'type', 'types', 'language'], at)
  const types = names(of['types'] ?? of['type'], [...at, 'type' in of ? 'type' : 'types'])
  return { kind: 'type', metavariable: text(of['metavariable'], [...at, 'metavariable']), types }
}

function names(value: unknown, at: Place): string[] {
  return (Array.isArray(value) ? value : [value]).map((each: unknown) => text(each, at))
}

function entries(value: unknown, at: Place): [Mapping, Place][] {
  if (!Array.isArray(value) || value.length === 0) throw new FormulaError('a list of patterns is needed', at)
  return value.map((item: unknown, index) => [mapping(item, [...at, index]), [...at, index]])
}

function single(item: Mapping, at: Place): [string] {
  const keys = Object.keys(item)
  const key = keys[0]
  if (key === undefined || keys.length > 1) {
    throw new FormulaError(`each item has exactly one key, not ${keys.length}; is a hyphen missing?`, at)
  }
  return [key]
}

function mapping(value: unknown, at: Place): Mapping {
  const isMapping = typeof value === 'object' && value !== null && !Array.isArray(value)
  if (!isMapping) throw new FormulaError('a mapping is needed', at)
  return value as Mapping
}

function text(value: unknown, at: Place): string {
  if (typeof value !== 'string') throw new FormulaError('a text is needed', at)
  return value
}
