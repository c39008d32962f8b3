import type { ParsedFile } from '../tree/language.ts'
import { Budget } from './budget.ts'
import { Candidates } from './candidates.ts'
import type { CompiledItem, CompiledRule } from './compile.ts'
import type { Context } from './context.ts'
import { lookUp, type Environment } from './environment.ts'
import { evaluate, type FormulaRange } from './evaluate.ts'
import type { Excluded, Match, PropagatorMatch, RuleMatches, SectionMatch, TaintSections } from './match.ts'
import { Target } from './target.ts'
import { createContext } from './unify.ts'

const NO_SECTIONS: TaintSections = { sources: [], sinks: [], sanitizers: [], propagators: [] }

/** Matches of each rule in one file, in the order of the rules. */
export function matchFile(rules: readonly CompiledRule[], parsed: ParsedFile, text: string): readonly RuleMatches[] {
  const target = new Target(parsed, text)
  const plain = prepared(target)
  let following: Prepared | undefined
  return rules.map((rule) => {
    if (!rule.options.symbolicPropagation) return matchRule(rule, plain)
    following ??= prepared(target.followingNames())
    return matchRule(rule, following)
  })
}

interface Prepared {
  readonly target: Target
  readonly candidates: Candidates
}

function prepared(target: Target): Prepared {
  return { target, candidates: new Candidates(target) }
}

function matchRule(rule: CompiledRule, { target, candidates }: Prepared): RuleMatches {
  const budget = new Budget()
  const context = createContext(target, candidates, budget, rule.options)
  const { body } = rule
  if (body.mode === 'search') {
    const { ranges, dropped } = evaluate(context, body.formula)
    const excluded: Excluded[] = dropped.map((each) => ({ ...toMatch(each), by: each.by }))
    return { rule: rule.id, matches: ranges.map(toMatch), excluded, sections: NO_SECTIONS, limits: budget.reached }
  }
  const sections: TaintSections = {
    sources: matchItems(context, body.sources),
    sinks: matchItems(context, body.sinks),
    sanitizers: matchItems(context, body.sanitizers),
    propagators: body.propagators.flatMap((item, index) => {
      return matchItem(context, item, index).flatMap((each) => toPropagator(each, item.from, item.to))
    }),
  }
  return { rule: rule.id, matches: [], excluded: [], sections, limits: budget.reached }
}

interface FoundItem {
  readonly match: SectionMatch
  readonly environment: Environment
}

function matchItems(context: Context, items: readonly CompiledItem[]): readonly SectionMatch[] {
  return items.flatMap((item, index) => matchItem(context, item, index).map((each) => each.match))
}

function matchItem(context: Context, item: CompiledItem, index: number): FoundItem[] {
  const { exact, bySideEffect } = item
  return evaluate(context, item.formula).ranges.map((range) => {
    return { match: { ...toMatch(range), item: index, exact, bySideEffect }, environment: range.environment }
  })
}

function toPropagator({ match, environment }: FoundItem, from: string, to: string): PropagatorMatch[] {
  const source = lookUp(environment, from)
  const target = lookUp(environment, to)
  if (source === undefined || target === undefined) return []
  return [{ ...match, from: { start: source.start, end: source.end }, to: { start: target.start, end: target.end } }]
}

/** Only text and places leave the matcher: what it gives back is kept in caches and sent between workers. */
function toMatch({ start, end, environment, unless }: FormulaRange): Match {
  const bindings = environment.bound.map((bound) => {
    return { name: bound.name, text: bound.text, start: bound.start, end: bound.end }
  })
  const match: Match = { start, end, bindings, conditions: environment.conditions }
  return unless.length === 0 ? match : { ...match, unless }
}
