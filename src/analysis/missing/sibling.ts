import type { ClassRef, FunctionRef, Program } from '../../program/program.ts'
import type { MissingRule, Rule } from '../../rules/rule.ts'
import { safeBy } from '../outcome.ts'
import type { Outcome, Place } from '../place.ts'
import { handlesChange } from './changes.ts'
import { onlyRefuses } from './exempt.ts'
import { callersIn } from './families.ts'
import { classOf } from './lineage.ts'
import type { MissingInput } from './places.ts'
import type { Protection } from './protection.ts'

/** Names of parameters that say which thing is meant. */
const KEY = /(?:^|_)(?:id|uuid|guid|pk|slug|key|code|number|name)$/

/** Handlers whose code refuses without a helper that must agree. */
const MIN_ALIKE = 3

/** Siblings that a finding shows. */
const SHOWN = 3

/**
 * Handlers that change the thing that a parameter names, in classes in which handlers
 * with that parameter check the caller themselves. `needs`: kinds of acts that check.
 */
export function siblingPlaces(input: MissingInput, rule: Rule, { needs }: MissingRule): readonly Place[] {
  const { program } = input
  const classes = handlersByClass(input).filter((members) => members.some((of) => handlesChange(program, of) && keysOf(program, of).length > 0))
  if (classes.length === 0) return []
  const near = input.protections.near(needs)
  return classes.flatMap((members) => {
    const checked = members.filter((of) => near.ownCheck(of) !== undefined)
    if (checked.length === 0) return []
    return members.filter((of) => handlesChange(program, of) && rule.languages.includes(program.fileOfFunction(of).facts.language)).flatMap((of): Place[] => {
      const outcome = outcomeOf(program, near, of, checked)
      return outcome === undefined ? [] : [{
        rule, file: program.fileOfFunction(of), span: program.function(of).nameSpan, sink: undefined, callee: '', argument: '', advice: '',
        what: 'changes something', outcome, bindings: new Map(),
      }]
    })
  })
}

function outcomeOf(program: Program, near: Protection, of: FunctionRef, checked: readonly FunctionRef[]): Outcome | undefined {
  const own = near.ownCheck(of)
  if (own !== undefined) return safeBy(program, 'check', `the caller is checked by ${own.how}`, own.at)
  const keys = keysOf(program, of)
  const alike = checked.filter((each) => keysOf(program, each).some((key) => keys.includes(key)))
  // What stands in the code of one may refuse for a reason of its own; a helper or decorator is there for others too.
  const isShared = alike.some((each) => near.depth(each) !== 0) || alike.length >= MIN_ALIKE
  if (alike.length === 0 || !isShared || onlyRefuses(program, of)) return undefined
  const shared = keys.filter((key) => alike.some((each) => keysOf(program, each).includes(key)))
  const why = `it changes what ${shared.join(', ')} names, and checks nothing itself; ${alike.length === 1 ? 'one handler' : `${alike.length} handlers`} `
    + `of its class with the same parameter ${alike.length === 1 ? 'checks' : 'check'} the caller`
  const steps = alike.slice(0, SHOWN).flatMap((each) => {
    const check = near.ownCheck(each)
    return check === undefined ? [] : [{ at: check.at, what: `${program.function(each).qualifiedName} is checked by ${check.how}` }]
  })
  return { type: 'found', routes: [], shown: { why, steps } }
}

/** The methods of each class that frameworks call, by model or by being called from nowhere in the program. */
function handlersByClass({ program, entryPoints }: MissingInput): readonly (readonly FunctionRef[])[] {
  const found = new Map<ClassRef, FunctionRef[]>()
  for (const [of, { isPart }] of entryPoints) {
    const own = classOf(program, of)
    if (own === undefined || isPart || program.fileOfFunction(of).isTest || callersIn(program, of).length > 0) continue
    const members = found.get(own)
    if (members === undefined) found.set(own, [of])
    else members.push(of)
  }
  return [...found.values()].filter((members) => members.length > 1)
}

/** Parameters that say which thing a handler is about. */
function keysOf(program: Program, of: FunctionRef): readonly string[] {
  return program.function(of).parameters.slice(1).map(({ name }) => name).filter((name) => KEY.test(name))
}
