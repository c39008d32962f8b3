import type { ClassRef, FunctionRef, Program, Ref } from '../../program/program.ts'
import type { EntryPoints } from '../entry-points.ts'
import { className, classOf, lineageOf } from './lineage.ts'
import { isGiven } from './reach.ts'

/** Functions that are called alike: what nearly all of them do, the others are expected to do. */
export interface Family {
  /** In words, for the plural: `handlers of the kind ...`, `methods of classes that descend from ...`. */
  readonly name: string
  readonly members: readonly FunctionRef[]
}

/** Classes that a base class must have below it, so that what they have in common is a design and not chance. */
const MIN_CLASSES = 3

/** Share of such methods that the program itself may call: handlers are called by name from a table, helpers from the code. */
const MAX_CALLED = 0.1

/**
 * Families of handlers: what one library makes a handler, in the whole program and in each file, and the public
 * methods with the same first parameter of all classes below one base class, for
 * programs that find their handlers themselves. The latter are looked for only
 * around functions that are known to check.
 */
export function familiesOf(program: Program, entryPoints: EntryPoints, checking: Iterable<FunctionRef>): readonly Family[] {
  const families = registered(program, entryPoints)
  const known = new Set(families.flatMap(({ members }) => members))
  const around = [...checking].filter((of) => !known.has(of) && isPublicMethod(program, of))
  return around.length === 0 ? families : [...families, ...inherited(program, around, known)]
}

function registered(program: Program, entryPoints: EntryPoints): readonly Family[] {
  const byKind = new Map<string, FunctionRef[]>()
  const byFile = new Map<string, FunctionRef[]>()
  for (const [of, model] of entryPoints) {
    if (model.isPart || program.fileOfFunction(of).isTest) continue
    const library = (model.decorator ?? model.base ?? model.call ?? '').split('.')[0] ?? ''
    add(byKind, library, of)
    add(byFile, `${library} calls for requests, in ${program.fileOfFunction(of).path}`, of)
  }
  return [...[...byKind].map(([library, members]) => [`${library} calls for requests`, members] as const), ...byFile].map(([which, members]) => ({
    name: `functions that ${which}`, members: [...members].sort((one, other) => one - other),
  }))
}

function inherited(program: Program, around: readonly FunctionRef[], known: ReadonlySet<FunctionRef>): readonly Family[] {
  const wanted = new Map<ClassRef, Set<string>>()
  for (const of of around) {
    const own = classOf(program, of)
    const first = firstParameter(program, of)
    if (own === undefined || first === '') continue
    for (const each of lineageOf(program, own).slice(1)) wanted.set(each, (wanted.get(each) ?? new Set()).add(first))
  }
  if (wanted.size === 0) return []
  const members = new Map<string, { readonly base: ClassRef, readonly first: string, readonly classes: Set<ClassRef>, readonly of: FunctionRef[] }>()
  for (const file of program.files) {
    if (file.isTest) continue
    for (const [index, { kind, classIndex }] of file.facts.functions.entries()) {
      const of = file.functionBase + index
      if (kind !== 'function' || classIndex < 0 || known.has(of) || !isPublicMethod(program, of)) continue
      const first = firstParameter(program, of)
      for (const base of lineageOf(program, file.classBase + classIndex)) {
        if (wanted.get(base)?.has(first) !== true) continue
        const key = `${base} ${first}`
        const family = members.get(key) ?? { base, first, classes: new Set(), of: [] }
        members.set(key, family)
        family.classes.add(file.classBase + classIndex)
        family.of.push(of)
      }
    }
  }
  return [...members.values()].filter(({ classes, of }) => classes.size >= MIN_CLASSES && areHandlers(program, of)).map(({ base, first, of }) => ({
    name: `methods with the parameter ${first} of classes that descend from ${className(program, base)}`, members: of,
  }))
}

function areHandlers(program: Program, members: readonly FunctionRef[]): boolean {
  return members.filter((of) => callersIn(program, of).length > 0).length <= MAX_CALLED * members.length
}

/** Calls of a function in the program's own code, those left out that run what they were handed. */
export function callersIn(program: Program, of: FunctionRef): readonly Ref[] {
  return program.callers(of, false).filter((call) => !isGiven(program, call))
}

function isPublicMethod(program: Program, of: FunctionRef): boolean {
  const { kind, classIndex, name } = program.function(of)
  return kind === 'function' && classIndex >= 0 && !name.startsWith('_') && firstParameter(program, of) !== ''
}

/** Name of the first parameter after the receiver; `''` without one. */
function firstParameter(program: Program, of: FunctionRef): string {
  return program.function(of).parameters[1]?.name ?? ''
}

function add(map: Map<string, FunctionRef[]>, key: string, value: FunctionRef): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}
