import { compileRegex } from '../match/regex.ts'
import { FormulaError, mapping, onlyKeys, text, type Mapping } from './formula-parts.ts'

/**
 * What a rule puts in the place of a match: a text with metavariables, or the
 * match with what an expression finds in it replaced.
 */
export type RuleFix =
  | { readonly type: 'text'; readonly text: string }
  /** `count`: how many finds are replaced, from the first on; 0 for all. */
  | { readonly type: 'regex'; readonly regex: string; readonly replacement: string; readonly count: number }

/** Replacements in one match; a replacement for each character of a long one helps nobody. */
const MAX_REPLACED = 1000

/** Reads `fix` and `fix-regex`. Throws `FormulaError`. */
export function readFix(rule: Mapping): RuleFix | undefined {
  const { fix, 'fix-regex': byRegex } = rule
  if (fix !== undefined && byRegex !== undefined) throw new FormulaError('a rule has fix or fix-regex, not both', ['fix-regex'])
  if (fix !== undefined) return { type: 'text', text: text(fix, ['fix']).trim() }
  if (byRegex === undefined) return undefined
  const of = mapping(byRegex, ['fix-regex'])
  onlyKeys(of, ['regex', 'replacement', 'count'], ['fix-regex'])
  const regex = text(of['regex'], ['fix-regex', 'regex'])
  const { problem } = compileRegex(regex)
  if (problem !== '') throw new FormulaError(`the regular expression cannot be used: ${problem}`, ['fix-regex', 'regex'])
  const count = of['count'] ?? 0
  if (!Number.isSafeInteger(count) || Number(count) < 0) throw new FormulaError('count is a whole number', ['fix-regex', 'count'])
  return { type: 'regex', regex, replacement: text(of['replacement'], ['fix-regex', 'replacement']), count: Number(count) }
}

/** What stands in the place of a match after the fix; `undefined` when it changes nothing or cannot be made. */
export function fixedText(fix: RuleFix, matched: string, bindings: ReadonlyMap<string, string>): string | undefined {
  const fixed = fix.type === 'text' ? filled(fix.text, bindings) : replaced(fix, matched)
  return fixed === matched ? undefined : fixed
}

/** The longest name of a metavariable counts where one is the beginning of another. */
function filled(template: string, bindings: ReadonlyMap<string, string>): string {
  return template.replaceAll(/\$(?:\.\.\.)?[A-Z_][A-Z0-9_]*|\$\d+/g, (name) => {
    return bindings.get(name) ?? bindings.get(name.replace('$...', '$')) ?? name
  })
}

function replaced(fix: Extract<RuleFix, { type: 'regex' }>, matched: string): string | undefined {
  const found = compileRegex(fix.regex).regex?.all(matched, MAX_REPLACED)
  if (found === undefined || found.isLimited) return undefined
  let fixed = ''
  let after = 0
  for (const { start, end, groups } of fix.count > 0 ? found.matches.slice(0, fix.count) : found.matches) {
    const byName = new Map(groups.map((each) => [each.name.slice(1), each.text]))
    fixed += matched.slice(after, start) + expanded(fix.replacement, matched.slice(start, end), byName)
    after = end
  }
  return fixed + matched.slice(after)
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\' }

/** A replacement as Python's `re.sub` has it: `\1`, `\g<1>`, `\g<name>`, and escaped characters. */
function expanded(replacement: string, whole: string, groups: ReadonlyMap<string, string>): string {
  return replacement.replaceAll(/\\(?:(\d{1,2})|g<(\w+)>|([ntr\\]))/g, (_, number?: string, name?: string, escape?: string) => {
    if (escape !== undefined) return ESCAPES[escape] ?? ''
    const group = name ?? String(Number(number))
    return group === '0' ? whole : groups.get(group) ?? ''
  })
}
