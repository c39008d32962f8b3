import { includes } from './character-set.ts'
import { automatonOf, type Automaton, type Ways } from './redos-automaton.ts'
import { programOf, run, type EngineProgram } from './redos-engine.ts'
import { AmbiguitySearch, characterIn, PLAIN, type Ambiguity } from './redos-search.ts'
import { parseRegex, RegexError, type Alternatives } from './regex-parse.ts'
import { isExplosive } from './regex-safety.ts'

/*
 * Whether a regular expression can take a backtracking engine exponential or
 * polynomial time. Two things are needed for a finding: the automaton of the
 * expression matches some text in two ways, from a position back to itself
 * (exponential) or from one to another that both repeat it (polynomial); and a
 * text built of it makes a counting engine take more and more steps, where it
 * then fails. Without such a text nothing is said.
 */

/** A text that takes long to be refused: `prefix`, many times `pump`, `suffix`. */
export interface Attack {
  readonly prefix: string
  readonly pump: string
  readonly suffix: string
}

export interface PolynomialAttack extends Attack {
  /** The power of the text's length that the steps grow with, as counted. */
  readonly degree: number
}

/** Steps of all runs on attack strings. */
const RUN_STEPS = 2_000_000

/** Steps that an exponential attack must reach with at most `FEW_PUMPS` repetitions. */
const MANY_STEPS = 100_000
const FEW_PUMPS = 48

/** Steps of one run. */
const MOST_STEPS = 500_000

/** Longest expression that is analysed. */
const MAX_LENGTH = 2000

/** Repetitions that keep any engine busy for good. */
const TIMES = 200

/** What a further repetition multiplies the steps by, at least. */
const GROWTH = 1.2

/** Texts that are tried for an expression. */
const MAX_CANDIDATES = 24

/** The text that an attack repeats so many times. */
export function attackText({ prefix, pump, suffix }: Attack, times: number): string {
  return prefix + pump.repeat(times) + suffix
}

/** An attack as an expression that most languages can read. */
export function spellAttack({ prefix, pump, suffix }: Attack): string {
  const [before, repeated, after] = [prefix, pump, suffix].map((each) => JSON.stringify(each))
  return [...(prefix === '' ? [] : [before]), `${repeated} * ${TIMES}`, ...(suffix === '' ? [] : [after])].join(' + ')
}

/**
 * A text that takes exponential time where an expression is tried at its start;
 * `undefined` when none is proved, or the expression cannot be read.
 */
export function exponentialAttack(source: string): Attack | undefined {
  const subject = subjectOf(source)
  if (subject === undefined || !isExplosive(subject.body)) return undefined
  for (const attack of attacks(subject.automaton, subject.search.loops())) {
    if (subject.trial.isExponential(attack)) return attack
  }
  return undefined
}

/** A text that takes time of a power of its length, the highest that is found, at least the second; else `undefined`. */
export function polynomialAttack(source: string): PolynomialAttack | undefined {
  const subject = subjectOf(source)
  let worst: PolynomialAttack | undefined
  if (subject === undefined) return undefined
  for (const attack of attacks(subject.automaton, subject.search.handings())) {
    const degree = subject.trial.degree(attack)
    if (degree > (worst?.degree ?? 1)) worst = { ...attack, degree }
  }
  return worst
}

interface Subject {
  readonly body: Alternatives
  readonly automaton: Automaton
  readonly trial: Trial
  readonly search: AmbiguitySearch
}

function subjectOf(source: string): Subject | undefined {
  if (source.length > MAX_LENGTH) return undefined
  try {
    const body = parseRegex(source)
    const automaton = automatonOf(body)
    const program = programOf(body)
    if (automaton === undefined || program === undefined) return undefined
    return { body, automaton, trial: new Trial(program), search: new AmbiguitySearch(automaton) }
  } catch (error) {
    if (error instanceof RegexError || error instanceof SyntaxError) return undefined
    throw error
  }
}

/** Attack strings for ambiguities: how to get there, and what can then not be matched. */
function* attacks(automaton: Automaton, ambiguities: Iterable<Ambiguity>): Generator<Attack> {
  const prefixes = prefixesOf(automaton)
  const seen = new Set<string>()
  for (const { at, pump } of ambiguities) {
    const prefix = prefixes.get(at)
    const key = `${prefix}\n${pump}`
    if (prefix === undefined || seen.has(key)) continue
    if (seen.size >= MAX_CANDIDATES) return
    seen.add(key)
    for (const suffix of suffixesFor(automaton, pump)) yield { prefix, pump, suffix }
  }
}

/** Characters that stop a match: such that no set has, else such that the pump has not. */
function suffixesFor({ sets }: Automaton, pump: string): readonly string[] {
  const foreign = PLAIN.filter((each) => !sets.some((set) => includes(set, each)))
  const others = PLAIN.filter((each) => !foreign.includes(each) && !pump.includes(each))
  return [...foreign.slice(0, 2), ...others.slice(0, foreign.length > 0 ? 1 : 4), '']
}

/** The shortest text that leads to each position, its own character included. */
function prefixesOf({ sets, first, next }: Automaton): ReadonlyMap<number, string> {
  const found = new Map<number, string>()
  let newest: [number, string][] = []
  const reach = (ways: Ways, text: string): void => {
    for (const at of ways.keys()) {
      const character = found.has(at) ? '' : characterIn(sets[at])
      if (character === '') continue
      found.set(at, text + character)
      newest.push([at, text + character])
    }
  }
  reach(first, '')
  while (newest.length > 0) {
    const wave = newest
    newest = []
    for (const [at, text] of wave) reach(next[at] ?? new Map(), text)
  }
  return found
}

/** Whether an attack does what it should, by counting steps. */
class Trial {
  readonly #program: EngineProgram
  #left = RUN_STEPS

  constructor(program: EngineProgram) {
    this.#program = program
  }

  /** Whether few repetitions take many steps, and each multiplies them. */
  isExponential(attack: Attack): boolean {
    let before = this.#steps(attack, 1)
    for (let times = 2; times <= FEW_PUMPS && before !== undefined; times++) {
      const steps = this.#steps(attack, times)
      if (steps === undefined || (times > 8 && steps < before * GROWTH)) return false
      if (steps > MANY_STEPS) return true
      before = steps
    }
    return false
  }

  /** The power of the length that the steps grow with, as far as they can be counted; 0 when there is none. */
  degree(attack: Attack): number {
    let degree = 0
    for (let times = 16, before = this.#steps(attack, 8); before !== undefined && times <= 256; times *= 2) {
      const steps = this.#steps(attack, times)
      if (steps === undefined || steps > MOST_STEPS) break
      degree = Math.round(Math.log2(steps / before))
      before = steps
    }
    return degree
  }

  /** Steps until an attack text is refused, or the counting ends; `undefined` when it matches, or nothing is left to count. */
  #steps(attack: Attack, times: number): number | undefined {
    const { end, steps } = run(this.#program, attackText(attack, times), MOST_STEPS)
    this.#left -= steps
    if (this.#left <= 0 || end >= 0) return undefined
    return steps
  }
}
