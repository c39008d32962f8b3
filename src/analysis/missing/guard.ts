import type { FunctionRef, Program, Ref } from '../../program/program.ts'
import type { MissingRule, Rule } from '../../rules/rule.ts'
import { safeBy } from '../outcome.ts'
import type { Outcome, Place, Shown } from '../place.ts'
import { conventionOf, siblingsOf, type Convention } from './convention.ts'
import { deviationsOf } from './deviations.ts'
import type { Deviations } from './deviations.ts'
import { decoratorNames, isOpenByName, onlyRefuses, openMarks, partnerOf } from './exempt.ts'
import { callersIn, familiesOf, type Family } from './families.ts'
import { isLike } from './habits.ts'
import type { MissingInput } from './places.ts'
import type { Protection } from './protection.ts'

/** Members whose depth must be known before one of them is unusual, and the share of them that is usual. */
const MIN_KNOWN = 8
const USUAL = 0.9

/** Siblings that a finding shows. */
const SHOWN = 3

/** What is known of the handlers under one set of kinds. */
export interface Learnt {
  readonly protection: Protection
  /** Checks of the strongest kind alone. */
  readonly strongest: Protection
  readonly family: Family
  readonly convention: Convention | undefined
  /** Calls between a member and the check that its code leads to, where it is its own and none that is passed on the way. */
  readonly most: number
  /** Decorators by which the program says that a handler is open. */
  readonly marks: ReadonlySet<string>
}

/**
 * Handlers, each with what is known of the check it needs. Where the strongest kind
 * of check is no convention among them, weaker ones count too.
 */
export function guardPlaces(input: MissingInput, rule: Rule, { needs }: MissingRule): readonly Place[] {
  const places = new Map<FunctionRef, Place>()
  for (const learnt of learn(input, needs)) {
    const deviations = deviationsOf(input.program, learnt)
    for (const of of learnt.family.members) {
      const place = placeOf(input, rule, learnt, deviations, of)
      const known = places.get(of)
      if (place !== undefined && (known === undefined || telling(place) > telling(known))) places.set(of, place)
    }
  }
  return [...places.values()]
}

/** Of the outcomes of several families, what is found tells more than what is safe, and that more than no answer. */
function telling({ outcome }: Place): number {
  return outcome.type === 'found' ? 2 : outcome.type === 'safe' ? 1 : 0
}

/** The families of handlers, each with the first convention that holds, by kinds from the strongest on. */
export function learn(input: MissingInput, needs: readonly string[]): readonly Learnt[] {
  const key = needs.join(' ')
  const known = input.learnt.get(key) ?? learnAnew(input, needs)
  input.learnt.set(key, known)
  return known
}

function learnAnew({ program, protections, entryPoints }: MissingInput, needs: readonly string[]): readonly Learnt[] {
  const found = new Map<string, Learnt>()
  const strongest = protections.of(needs.slice(0, 1))
  for (let count = 1; count <= needs.length; count++) {
    const protection = protections.of(needs.slice(0, count))
    for (const family of familiesOf(program, entryPoints, protection)) {
      if (found.get(family.name)?.convention !== undefined) continue
      const most = usualDepth(family.members.map((of) => protection.depth(of) ?? Infinity))
      const open = family.members.filter((of) => protection.check(of, most) === undefined)
      const marks = openMarks(program, family.members.filter((of) => !open.includes(of)), open)
      const isExempt = (of: FunctionRef): boolean => isOpenOnPurpose(program, marks, of) || onlyRefuses(program, of) || isOpenByName(program, of)
      const convention = conventionOf(program, family, (of) => protection.check(of, most) !== undefined, isExempt)
      found.set(family.name, { protection, strongest, family, convention, most, marks })
    }
  }
  return [...found.values()]
}

/**
 * Calls within which nearly all members of a family come to their check, and one more. What is much
 * further away belongs to something that they call and that checks for itself, of another thing perhaps.
 */
function usualDepth(depths: readonly number[]): number {
  const known = depths.filter((each) => each < Infinity).sort((one, other) => one - other)
  return known.length < MIN_KNOWN ? Infinity : (known[Math.ceil(known.length * USUAL) - 1] ?? Infinity) + 1
}

function isOpenOnPurpose(program: Program, marks: ReadonlySet<string>, of: FunctionRef): boolean {
  return marks.size > 0 && decoratorNames(program, of).some((name) => marks.has(name))
}

function placeOf({ program, entryPoints }: MissingInput, rule: Rule, learnt: Learnt, deviations: Deviations, of: FunctionRef): Place | undefined {
  const file = program.fileOfFunction(of)
  // Methods are taken for handlers by what they have in common only where they do have it.
  if (!rule.languages.includes(file.facts.language) || learnt.convention === undefined && !entryPoints.has(of)) return undefined
  const declared = program.function(of)
  return {
    rule, file, span: declared.nameSpan, sink: undefined, callee: '', argument: '', advice: '',
    what: 'handles requests', outcome: outcomeOf(program, learnt, deviations, of), bindings: new Map(),
  }
}

function outcomeOf(program: Program, learnt: Learnt, deviations: Deviations, of: FunctionRef): Outcome {
  const { protection, convention, most } = learnt
  const check = protection.check(of, most)
  const deviation = deviations.get(of)
  if (deviation !== undefined && !isOpenOnPurpose(program, learnt.marks, of) && !isOpenByName(program, of)) return deviation
  if (check !== undefined) return safeBy(program, 'check', `the caller is checked by ${check.how}`, check.at)
  const file = program.fileOfFunction(of)
  const at = program.function(of).nameSpan
  const open = (why: string): Outcome => ({ type: 'safe', by: 'exclusion', why, file, at })
  if (convention === undefined) {
    return { type: 'undecided', reason: 'no-convention', why: 'no check is known, and the program has no habit of checking that would show whether one is meant', file, at }
  }
  if (isOpenOnPurpose(program, learnt.marks, of)) return open('its decorator stands only at handlers without a check: it is open on purpose')
  if (isOpenByName(program, of)) return open('by its name it is part of the login or tells how the program is')
  if (!convention.others.includes(of)) return open('it does nothing but refuse')
  const called = byCallers(program, protection, of)
  if (called !== undefined) return called
  const siblings = siblingsOf(program, of, convention, learnt.family.isLoose === true)
  const partner = learnt.family.hasPartners === true ? partnerOf(program, of, (each) => protection.check(each, most) !== undefined) : undefined
  if (partner !== undefined) return open(`${program.function(partner).qualifiedName}, which may be run before, checks the caller`)
  if (learnt.family.isLoose === true && !isLike(program, of, siblings)) return open('it has nothing in common with those that are checked')
  if (siblings.length === 0) return open('the handlers around it are not checked either, or not as a rule: this part of the program has rules of its own')
  return { type: 'found', routes: [], shown: shownBy(program, protection, convention, siblings) }
}

/** What is known of a function that the program itself calls: it is no handler by itself, and its callers may check. */
function byCallers(program: Program, protection: Protection, of: FunctionRef): Outcome | undefined {
  const callers = callersIn(program, of)
  const [first] = callers
  if (first === undefined) return undefined
  const open = callers.find((call) => protection.check(program.functionOf(call)) === undefined)
  if (open === undefined) return safeBy(program, 'check', 'all that call it are only run after a check of the caller', first)
  const why = 'the program calls it here, and whether the caller is checked before is not known'
  return { type: 'undecided', reason: 'unresolved-call', why, file: program.fileOf(open), at: program.span(open) }
}

function shownBy(program: Program, protection: Protection, convention: Convention, siblings: readonly FunctionRef[]): Shown {
  const around = siblings.length === 1 ? 'the one beside it' : `all ${siblings.length} beside it that are checked`
  const why = `of ${convention.among} ${convention.family.name}, ${convention.doing.length} are only run after a check of the caller, `
    + `among them ${around}; this one is not, neither in its code nor in what it calls, its decorators, its class or its dependencies`
  return { why, steps: siblings.slice(0, SHOWN).flatMap((of) => stepOf(program, protection, of)) }
}

function stepOf(program: Program, protection: Protection, of: FunctionRef): { readonly at: Ref, readonly what: string }[] {
  const check = protection.check(of)
  return check === undefined ? [] : [{ at: check.at, what: `${program.function(of).qualifiedName} is checked by ${check.how}` }]
}
