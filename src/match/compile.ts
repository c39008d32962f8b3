import type { FrontEnd, PatternReading } from '../tree/language.ts'
import { descendants } from '../tree/visit.ts'
import { parseComparison, type Comparison } from './comparison.ts'
import { readMatchOptions, type MatchOptions } from './context.ts'
import { isSelector } from './find.ts'
import type { Analyzer, Formula, FormulaCondition, PropagatorItem, RuleFormula, TaintItem } from './formula.ts'
import { parseGeneric, wordsOfGeneric, type GenericPattern } from './generic.ts'
import { clausesOfEither, clausesOfPattern, satisfies, type Clauses } from './prefilter.ts'
import { compileRegex, type SafeRegex } from './regex.ts'
import { regexProblem } from './strings.ts'

/** A formula whose patterns are parsed and whose expressions are translated. */
export type CompiledFormula =
  | CompiledPattern
  | { readonly op: 'regex'; readonly regex: SafeRegex }
  | { readonly op: 'text'; readonly pattern: GenericPattern; readonly clauses: Clauses }
  | CompiledAny
  | { readonly op: 'inside' | 'anywhere'; readonly of: CompiledFormula }
  | CompiledNegative
  | CompiledAll

export interface CompiledPattern {
  readonly op: 'pattern'
  readonly readings: readonly PatternReading[]
  readonly isSelector: boolean
  /** Without a word of each the file has no match; the same for what follows. */
  readonly clauses: Clauses
}

export interface CompiledAny {
  readonly op: 'any'
  readonly of: readonly CompiledFormula[]
  readonly clauses: Clauses
}

/** Drops what the positive ones matched. */
export type CompiledNegative =
  | { readonly op: 'not-regex'; readonly regex: SafeRegex }
  | { readonly op: 'not' | 'not-inside' | 'not-anywhere'; readonly of: CompiledFormula }

export interface CompiledAll {
  readonly op: 'all'
  readonly of: readonly CompiledFormula[]
  readonly conditions: readonly CompiledCondition[]
  readonly focus: readonly (readonly string[])[]
  /** A metavariable for the whole match; `''` for none. */
  readonly as: string
  readonly clauses: Clauses
}

export type CompiledCondition =
  | {
      readonly kind: 'regex'
      readonly metavariable: string
      readonly regex: SafeRegex
      readonly constantPropagation: boolean
    }
  /** `isText`: of a text the content alone is meant, and nothing of it is parsed. */
  | { readonly kind: 'pattern'; readonly metavariable: string; readonly formula: CompiledFormula; readonly isText: boolean }
  | { readonly kind: 'comparison'; readonly metavariable: string; readonly comparison: Comparison; readonly strip: boolean }
  | { readonly kind: 'type'; readonly metavariable: string; readonly types: readonly string[] }
  | { readonly kind: 'analysis'; readonly metavariable: string; readonly analyzer: Analyzer }

/** A rule made ready for the files of one language. */
export interface CompiledRule {
  readonly id: string
  readonly options: MatchOptions
  readonly body: CompiledBody
  /** See `mayMatch`. */
  readonly clauses: Clauses
}

export type CompiledBody =
  | { readonly mode: 'search'; readonly formula: CompiledFormula }
  | {
      readonly mode: 'taint'
      readonly sources: readonly CompiledItem[]
      readonly sinks: readonly CompiledItem[]
      readonly sanitizers: readonly CompiledItem[]
      readonly propagators: readonly CompiledPropagator[]
    }

export interface CompiledItem {
  readonly formula: CompiledFormula
  readonly exact: boolean
  readonly bySideEffect: boolean
}

export interface CompiledPropagator extends CompiledItem {
  readonly from: string
  readonly to: string
}

/** What the matcher needs of a rule. */
export interface MatchableRule {
  readonly id: string
  readonly formula: RuleFormula
  readonly options: ReadonlyMap<string, string | number | boolean>
}

export interface Compilation {
  /** `undefined` when some part cannot be used: a rule that is only partly applied would mislead. */
  readonly rule: CompiledRule | undefined
  /** One sentence for each part that cannot be used. */
  readonly problems: readonly string[]
}

/** Parses a rule's patterns with a language's front end and translates its expressions. */
export function compileRule(rule: MatchableRule, front: FrontEnd): Compilation {
  const compiler = new Compiler(front)
  const body = compiler.body(rule.formula)
  if (compiler.problems.length > 0) return { rule: undefined, problems: compiler.problems }
  const options = readMatchOptions(rule.options)
  return { rule: { id: rule.id, options, body, clauses: clausesOfBody(body) }, problems: [] }
}

/** Whether a file's text could hold a match; `false` only when it surely has none. */
export function mayMatch(rule: CompiledRule, text: string): boolean {
  return satisfies(rule.clauses, text)
}

class Compiler {
  readonly problems: string[] = []
  readonly #front: FrontEnd
  /** The language that patterns are read in, where it is not the rule's own. */
  #reading: string

  constructor(front: FrontEnd) {
    this.#front = front
    this.#reading = front.hasTextPatterns === true ? 'generic' : ''
  }

  body(formula: RuleFormula): CompiledBody {
    if (formula.mode === 'search') return { mode: 'search', formula: this.#formula(formula.formula) }
    return {
      mode: 'taint',
      sources: formula.sources.map((each) => this.#item(each)),
      sinks: formula.sinks.map((each) => this.#item(each)),
      sanitizers: formula.sanitizers.map((each) => this.#item(each)),
      propagators: formula.propagators.map((each) => this.#propagator(each)),
    }
  }

  #item(item: TaintItem): CompiledItem {
    return { formula: this.#formula(item.formula), exact: item.exact, bySideEffect: item.bySideEffect }
  }

  #propagator(item: PropagatorItem): CompiledPropagator {
    return { ...this.#item(item), from: item.from, to: item.to }
  }

  #formula(of: Formula): CompiledFormula {
    switch (of.op) {
      case 'pattern': {
        if (this.#reading !== '') return this.#text(of.pattern)
        const readings = this.#pattern(of.pattern)
        return { op: 'pattern', readings, isSelector: isSelector(readings), clauses: clausesOfPattern(readings) }
      }
      case 'regex':
        return { op: 'regex', regex: this.#regex(of.regex) }
      case 'not-regex':
        return { op: 'not-regex', regex: this.#regex(of.regex) }
      case 'any': {
        const branches = of.of.map((each) => this.#formula(each))
        return { op: 'any', of: branches, clauses: clausesOfEither(branches.map(clausesOf)) }
      }
      case 'inside':
      case 'anywhere':
        return { op: of.op, of: this.#formula(of.of) }
      case 'not':
      case 'not-inside':
      case 'not-anywhere':
        return { op: of.op, of: this.#formula(of.of) }
      case 'all': {
        const parts = of.of.map((each) => this.#formula(each))
        const conditions = of.conditions.map((each) => this.#condition(each))
        return { op: 'all', of: parts, conditions, focus: of.focus, as: of.as ?? '', clauses: parts.flatMap(clausesOf) }
      }
    }
  }

  #condition(of: FormulaCondition): CompiledCondition {
    switch (of.kind) {
      case 'regex':
        return { ...of, regex: this.#regex(of.regex) }
      case 'type':
      case 'analysis':
        return of
      case 'comparison': {
        const { comparison, problem } = parseComparison(of.comparison)
        if (comparison === undefined) this.problems.push(`the comparison ${quoted(of.comparison)} cannot be used: ${problem}`)
        return { ...of, comparison: comparison ?? { type: 'list', of: [] } }
      }
      case 'pattern': {
        const { kind, metavariable, language } = of
        return { kind, metavariable, formula: this.#read(language, of.formula), isText: language !== '' }
      }
    }
  }

  /** A formula about a text in another language; `''` stands for the rule's own. */
  #read(language: string, formula: Formula): CompiledFormula {
    const outer = this.#reading
    if (language !== '') this.#reading = language
    const read = this.#formula(formula)
    this.#reading = outer
    return read
  }

  #text(pattern: string): CompiledFormula {
    const read = parseGeneric(pattern)
    if (!GENERIC.includes(this.#reading)) this.problems.push(`metavariable-pattern cannot read ${this.#reading} yet, only generic text`)
    else if (read.length === 0) this.problems.push(`the pattern ${quoted(pattern)} matches everything`)
    return { op: 'text', pattern: read, clauses: wordsOfGeneric(read).map((word) => [word]) }
  }

  #pattern(text: string): readonly PatternReading[] {
    const { readings, reason } = this.#front.parsePattern(text)
    if (readings.length === 0) this.problems.push(`the pattern ${quoted(text)} cannot be read: ${reason}`)
    for (const reading of readings) {
      for (const node of descendants(reading.root)) {
        const problem = node.kind === 'string' ? regexProblem(node.text) : ''
        if (problem !== '') this.problems.push(`the regular expression in ${quoted(text)} cannot be used: ${problem}`)
      }
    }
    return readings
  }

  #regex(source: string): SafeRegex {
    const { regex, problem } = compileRegex(source)
    if (regex !== undefined) return regex
    this.problems.push(`the regular expression ${quoted(source)} cannot be used: ${problem}`)
    return MATCHES_NOTHING
  }
}

/** Names of the language of any text. */
const GENERIC: readonly string[] = ['generic', 'spacegrep']

/** Stands in a formula that is thrown away, so that all its problems are named at once. */
const MATCHES_NOTHING: SafeRegex = {
  search: () => false, atStart: () => undefined, all: () => ({ matches: [], isLimited: false }),
}

function quoted(text: string): string {
  const line = text.trim().replaceAll(/\s+/g, ' ')
  return `\`${line.length > 80 ? `${line.slice(0, 77)}...` : line}\``
}

function clausesOfBody(body: CompiledBody): Clauses {
  if (body.mode === 'search') return clausesOf(body.formula)
  // Source and sink may be in different files, so a file with either counts.
  const parts = [...body.sources, ...body.sinks, ...body.sanitizers, ...body.propagators]
  return clausesOfEither(parts.map((each) => clausesOf(each.formula)))
}

/** What a formula needs of a file's words. */
export function clausesOf(of: CompiledFormula): Clauses {
  if (of.op === 'inside' || of.op === 'anywhere') return clausesOf(of.of)
  return 'clauses' in of ? of.clauses : []
}
