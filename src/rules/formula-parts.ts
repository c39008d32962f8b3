/** A part of a rule that is not understood: which key, and what to do. */
export class FormulaError extends Error {
  /** Path of keys to the part, as `patterns/1/pattern-inside`. */
  readonly at: Place

  constructor(message: string, at: Place) {
    super(message)
    this.name = 'FormulaError'
    this.at = at
  }
}

/** Path of keys to a part of a rule. */
export type Place = readonly (string | number)[]

/** A mapping as YAML has it. */
export type Mapping = Readonly<Record<string, unknown>>

/** Deepest nesting of operators; real rules stay below ten. */
const MAX_DEPTH = 32

/** Throws `FormulaError` where operators are nested too deeply. */
export function checkDepth(depth: number, at: Place): void {
  if (depth > MAX_DEPTH) throw new FormulaError(`operators are nested more than ${MAX_DEPTH} deep`, at)
}

/** Throws `FormulaError` for a key that is not among the known: a misspelt one would silently mean nothing. */
export function onlyKeys(of: Mapping, known: readonly string[], at: Place): void {
  for (const key of Object.keys(of)) {
    if (!known.includes(key)) throw new FormulaError(`${key} is unknown here; known are ${known.join(', ')}`, [...at, key])
  }
}

/** One text or a list of them. */
export function names(value: unknown, at: Place): string[] {
  return (Array.isArray(value) ? value : [value]).map((each: unknown) => text(each, at))
}

/** A value as a mapping. */
export function mapping(value: unknown, at: Place): Mapping {
  const isMapping = typeof value === 'object' && value !== null && !Array.isArray(value)
  if (!isMapping) throw new FormulaError('a mapping is needed', at)
  return value as Mapping
}

/** A value as a text. */
export function text(value: unknown, at: Place): string {
  if (typeof value !== 'string') throw new FormulaError('a text is needed', at)
  return value
}

/** The mappings of a list that must not be empty, each with its place. */
export function entries(value: unknown, at: Place): [Mapping, Place][] {
  if (!Array.isArray(value) || value.length === 0) throw new FormulaError('a list of patterns is needed', at)
  return value.map((item: unknown, index) => [mapping(item, [...at, index]), [...at, index]])
}
