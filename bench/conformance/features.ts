/** Keys of the rule language that are counted as features wherever they stand in a rule. */
const OPERATORS: ReadonlySet<string> = new Set([
  'pattern', 'patterns', 'pattern-either', 'pattern-regex', 'pattern-inside', 'pattern-not', 'pattern-not-inside',
  'pattern-not-regex', 'focus-metavariable', 'metavariable-regex', 'metavariable-pattern', 'metavariable-comparison',
  'metavariable-type', 'metavariable-analysis', 'metavariable-name', 'semgrep-internal-pattern-anywhere', 'pattern-sources', 'pattern-sinks',
  'pattern-sanitizers', 'pattern-propagators', 'exact', 'by-side-effect', 'label', 'requires', 'control', 'at-exit',
  'match', 'taint', 'join', 'extract', 'fix', 'fix-regex', 'paths',
])

/** Deepest nesting that is looked at; the files are checked by the loader. */
const MAX_DEPTH = 40

/** What a rule uses of the rule language: its operators, and each option it sets as `options.NAME`; sorted. */
export function featuresOf(definition: unknown): readonly string[] {
  const found = new Set<string>()
  collect(definition, 0, found)
  return [...found].sort()
}

function collect(value: unknown, depth: number, into: Set<string>): void {
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'metadata') continue
    if (OPERATORS.has(key)) into.add(key)
    if (key === 'options' && typeof inner === 'object' && inner !== null) {
      for (const name of Object.keys(inner)) into.add(`options.${name}`)
    } else collect(inner, depth + 1, into)
  }
}
