import { compileRule, mayMatch, type CompiledRule } from '../match/compile.ts'
import type { RuleMatches } from '../match/match.ts'
import { matchFile } from '../match/match-file.ts'
import type { Rule } from '../rules/rule.ts'
import type { FrontEnd, Language, ParsedFile } from '../tree/language.ts'

/** The pattern rules, ready to be matched against files of one language. Rules are named by their number in the list given. */
export interface FileMatcher {
  /** Whether the text could hold a match; `false` only when it surely has none. */
  mayMatch(rule: number, text: string): boolean
  /** Matches of those rules that matched or reached a limit, in order of the rules. */
  match(rules: readonly number[], parsed: ParsedFile, text: string): readonly RuleMatches[]
}

/**
 * Compiles the rules that are for the language with its front end, each when it is
 * first asked for. A rule that cannot be compiled matches nothing here; it was
 * named as a problem when the rules were loaded. `ofAnyFile`: the front ends of
 * languages whose rules are for every file, by id.
 */
export function createMatcher(
  rules: readonly Rule[], language: Language, front: FrontEnd, ofAnyFile: ReadonlyMap<string, FrontEnd> = new Map(),
): FileMatcher {
  const compiled = new Map<number, CompiledRule | undefined>()
  const frontFor = ({ languages }: Rule): FrontEnd | undefined => {
    return languages.includes(language.id) ? front : languages.map((id) => ofAnyFile.get(id)).find((each) => each !== undefined)
  }
  const ready = (number: number): CompiledRule | undefined => {
    if (!compiled.has(number)) {
      const rule = rules[number]
      const reader = rule && frontFor(rule)
      compiled.set(number, rule && reader && compileRule(rule, reader).rule)
    }
    return compiled.get(number)
  }
  return {
    mayMatch: (number, text) => {
      const rule = ready(number)
      return rule !== undefined && mayMatch(rule, text)
    },
    match: (numbers, parsed, text) => {
      const wanted = numbers.flatMap((number) => ready(number) ?? [])
      return wanted.length === 0 ? [] : matchFile(wanted, parsed, text).filter(isWorthKeeping)
    },
  }
}

function isWorthKeeping({ matches, excluded, sections, limits }: RuleMatches): boolean {
  return [matches, excluded, ...Object.values(sections), limits].some((list) => list.length > 0)
}
