import type { FunctionRef, Program } from '../../program/program.ts'
import type { Family } from './families.ts'
import { classOf } from './lineage.ts'

/**
 * Members of a family that must do something before it counts as the rule among
 * them: eight that agree by chance, when each would do so half of the time, are one in 256.
 */
const MIN_DOING = 8

/** Share of the family that must do it. Below nine in ten, leaving it out is a habit of the program too. */
const MIN_SHARE = 0.9

/** Share of the whole family, those left out above included, that must do it: less is the habit of one corner. */
const MIN_COVER = 0.5

/** What nearly all members of a family do. */
export interface Convention {
  readonly family: Family
  readonly doing: readonly FunctionRef[]
  readonly others: readonly FunctionRef[]
  /** Members of the classes and files in which somebody does it. */
  readonly among: number
}

/**
 * The convention that holds in a family, if one does. `isExempt`: members that say nothing
 * about it. Members of a class, or file, in which nobody does it count for nothing.
 */
export function conventionOf(
  program: Program, family: Family, does: (of: FunctionRef) => boolean, isExempt: (of: FunctionRef) => boolean,
): Convention | undefined {
  const doing = family.members.filter(does)
  if (doing.length < MIN_DOING) return undefined
  const units = new Set(doing.map((of) => unitOf(program, of)))
  const others = family.members.filter((of) => !does(of) && !isExempt(of))
  const among = doing.length + others.filter((of) => units.has(unitOf(program, of))).length
  if (doing.length < MIN_COVER * (doing.length + others.length)) return undefined
  return doing.length < MIN_SHARE * among ? undefined : { family, doing, others, among }
}

/** The class of a method, the file of another function. */
function unitOf(program: Program, of: FunctionRef): string {
  return `${program.fileOfFunction(of).functionBase} ${classOf(program, of) ?? ''}`
}

/** Members of one class that must do it for each that does not; where they are fewer, the class has a habit of its own. */
const MIN_IN_CLASS = 1

/** The same of a file, whose functions and classes need have nothing in common: eight agree by chance as rarely as above. */
const MIN_IN_FILE = 8

/**
 * A convention without exceptions to speak of holds where nobody is near as well: this many
 * do it, and of those that do not, at most one for so many that do.
 */
const MIN_STRICT = 40
const STRICT_SHARE = 20

/**
 * Those that do it and stand nearest: in the same class, else in the same file. Empty where
 * they are too few beside those there that do not: that part of the program has rules of its own.
 * `isLoose`: no convention of members with so little in common holds where nobody is near.
 */
export function siblingsOf(program: Program, of: FunctionRef, { doing, others }: Convention, isLoose: boolean): readonly FunctionRef[] {
  const own = classOf(program, of)
  const file = program.fileOfFunction(of)
  const isInClass = (each: FunctionRef): boolean => own !== undefined && classOf(program, each) === own
  const isInFile = (each: FunctionRef): boolean => program.fileOfFunction(each) === file
  const isStrict = !isLoose && doing.length >= MIN_STRICT && others.length * STRICT_SHARE <= doing.length
  for (const [isNear, least] of [[isInClass, MIN_IN_CLASS], [isInFile, isStrict ? MIN_IN_CLASS : MIN_IN_FILE]] as const) {
    const siblings = doing.filter(isNear)
    if (siblings.length > 0) return siblings.length >= least * others.filter(isNear).length ? siblings : []
  }
  return isStrict ? doing : []
}
