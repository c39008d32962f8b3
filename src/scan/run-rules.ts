import { judge } from '../analysis/judge.ts'
import { factsOf } from '../flow/lower.ts'
import type { Span } from '../core/text.ts'
import { compileRule, type CompiledRule } from '../match/compile.ts'
import { matchFile } from '../match/match-file.ts'
import type { Knowledge } from '../models/knowledge.ts'
import { linkProgram } from '../program/link.ts'
import type { Rule } from '../rules/rule.ts'
import type { FrontEnd, Language } from '../tree/language.ts'

/** A place that a rule reports in a text. */
export interface RuleReport extends Span {
  readonly rule: string
  /** Metavariables with what they stand for. */
  readonly bindings: ReadonlyMap<string, string>
}

export interface RuleRun {
  /** In order of place. */
  readonly reports: readonly RuleReport[]
  /** Reasons why the result may lack something: parts of the text or the rules not understood, limits reached. */
  readonly problems: readonly string[]
}

/** Runs rules on single texts, each a program of its own: rule tests and searches, not reviews. */
export class RuleRunner {
  readonly #knowledge: Knowledge
  readonly #fronts = new Map<Language, FrontEnd>()

  constructor(knowledge: Knowledge) {
    this.#knowledge = knowledge
  }

  /** Why a rule cannot be run on a language; empty when it can. */
  async problemsOf(rule: Rule, language: Language): Promise<readonly string[]> {
    return compileRule(rule, await this.#front(language)).problems
  }

  /** Runs the rules on a text of the language, whatever languages they name. */
  async run(given: readonly Rule[], text: string, path: string, language: Language): Promise<RuleRun> {
    const front = await this.#front(language)
    const rules = given.map((rule) => ({ ...rule, languages: [language.id] }))
    const problems: string[] = []
    const compiled: CompiledRule[] = []
    for (const rule of rules) {
      const { rule: ready, problems: reasons } = compileRule(rule, front)
      problems.push(...reasons.map((reason) => `rule ${rule.id}: ${reason}`))
      if (ready !== undefined) compiled.push(ready)
    }
    const parsed = front.parse(text)
    problems.push(...parsed.problems.map((each) => each.message))
    const matches = matchFile(compiled, parsed, text)
    for (const { rule, limits } of matches) problems.push(...limits.map((limit) => `rule ${rule}: limit ${limit}`))
    const program = linkProgram([{ path, facts: factsOf(parsed, language), language, isTest: false }], this.#knowledge)
    const places = judge({ program, knowledge: this.#knowledge, rules, matches: new Map([[path, matches]]), isReviewed: () => true })
    const found = places.filter(({ outcome }) => outcome.type === 'found')
    return { reports: found.map(({ rule, span, bindings }) => ({ rule: rule.id, bindings, ...span })), problems }
  }

  async #front(language: Language): Promise<FrontEnd> {
    const known = this.#fronts.get(language) ?? await language.open()
    this.#fronts.set(language, known)
    return known
  }
}
