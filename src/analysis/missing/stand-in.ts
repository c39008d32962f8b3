import { Op } from '../../flow/facts.ts'
import type { Program, ProgramFile, Ref } from '../../program/program.ts'
import type { MissingRule, Rule } from '../../rules/rule.ts'
import { safeBy } from '../outcome.ts'
import type { Outcome, Place } from '../place.ts'
import { actsNamedBy } from './acts.ts'
import type { MissingInput } from './places.ts'

/** Words of the names of modules that are for tests; only what is imported from such is looked at. */
const FOR_TESTS = /test|mock|fake|fixture/i

/** Names of files that start or describe tests although no test is in them, and those by which packages are made. */
const RUNS_TESTS = /(?:^|\/)(?:[\w-]*test\w*|conftest|setup|noxfile|tasks|bench\w*|fuzz\w*|mock\w*|fake\w*|fixtures?)(?:\.\w+$|\/)/i

/** Uses of one import that are shown. */
const SHOWN = 1

/**
 * Code outside of tests that uses the program's own test code: stubs, fixtures and the credentials in them come
 * with the program. `needs`: kinds of acts by which libraries stand in, which are considered too.
 */
export function standInPlaces(input: MissingInput, rule: Rule, { needs }: MissingRule): readonly Place[] {
  const { program, knowledge } = input
  const tests = new Set(program.files.filter(({ isTest, module }) => isTest && module !== '').map(({ module }) => module))
  return program.files.flatMap((file): Place[] => {
    if (file.isTest || !input.isReviewed(file.path) || !rule.languages.includes(file.facts.language) || RUNS_TESTS.test(file.path)) return []
    return file.facts.imports.flatMap(({ module, name, conditional, start, end }, index): Place[] => {
      if (!FOR_TESTS.test(module) && !FOR_TESTS.test(name)) return []
      const uses = usesOf(program, file, index)
      const [use] = uses
      if (use === undefined) return []
      const own = program.names(use).find((each) => isIn(tests, each))
      if (own === undefined && actsNamedBy(program, knowledge, use, needs).length === 0) return []
      return [{
        rule, file, span: { start, end }, sink: undefined, callee: '', argument: '', advice: '', what: 'is for tests',
        outcome: outcomeOf(program, own, uses, conditional), bindings: new Map(),
      }]
    })
  })
}

/** `own`: name of what is the program's own test code. */
function outcomeOf(program: Program, own: string | undefined, uses: readonly Ref[], isConditional: boolean): Outcome {
  const [use] = uses
  if (use !== undefined && own === undefined) return safeBy(program, 'exclusion', 'it is a library\'s, which knows nothing of what this program\'s tests stand in for', use)
  if (use !== undefined && isConditional) return safeBy(program, 'exclusion', 'it is only imported under a condition', use)
  const why = `the program uses ${own ?? 'it'}, which is part of its tests`
  return { type: 'found', routes: [], shown: { why, steps: uses.slice(0, SHOWN).map((at) => ({ at, what: 'used here, in code that is no test' })) } }
}

/** Reads of the name that an import binds: in its own function by the value, in others by the name. */
function usesOf(program: Program, { facts, valueBase }: ProgramFile, index: number): readonly Ref[] {
  const bound = facts.imports[index]?.bound ?? ''
  const found: Ref[] = []
  for (let local = 0; local < facts.op.length; local++) {
    const isImport = facts.op[local] === Op.Import && facts.a[local] === index
    const isRead = facts.op[local] === Op.Name && facts.strings[facts.a[local] ?? -1] === bound
    if ((isImport || isRead) && program.uses(valueBase + local).length > 0) found.push(valueBase + local)
  }
  return found
}

/** Whether a canonical name is of a module of tests, or of something in one. */
function isIn(tests: ReadonlySet<string>, name: string): boolean {
  for (let end = name.length; end > 0; end = name.lastIndexOf('.', end - 1)) if (tests.has(name.slice(0, end))) return true
  return false
}
