import { spelled } from '../../dataflow/steps.ts'
import type { ClassRef, FunctionRef, Program, Ref } from '../../program/program.ts'
import type { EntryPoints } from '../entry-points.ts'
import { className, classOf, lineageOf } from './lineage.ts'
import type { Protection } from './protection.ts'
import { isGiven } from './reach.ts'

/** Functions that are called alike: what nearly all of them do, the others are expected to do. */
export interface Family {
  /** In words, for the plural: `handlers of the kind ...`, `methods of classes that descend from ...`. */
  readonly name: string
  readonly members: readonly FunctionRef[]
  /** What they have in common says little of what they do. */
  readonly isLoose?: boolean
  /** They are taken for handlers by how they look alone: something else may be run before them. */
  readonly hasPartners?: boolean
}

/** Classes that a base class must have below it, so that what they have in common is a design and not chance. */
const MIN_CLASSES = 3

/** Functions with one decorator that another decorator must check before they are looked at together. */
const MIN_DECORATED = 8

/** Share of such methods that the program itself may call: handlers are called by name from a table, helpers from the code. */
const MAX_CALLED = 0.1

/** Calls between a method and a check that it may be meant to make: through a policy class and the engine below it. */
const MOST_NEAR = 5

/**
 * Families of handlers: what one library makes a handler, in the whole program and in each file, and, for programs
 * that find their handlers themselves, the public methods with the same first parameter of all classes below one base
 * class, or of all classes in which somebody checks, and the functions with the same decorator. The latter are looked
 * for only around functions that are known to check.
 */
export function familiesOf(program: Program, entryPoints: EntryPoints, protection: Protection): readonly Family[] {
  const families = registered(program, entryPoints)
  const known = new Set(families.flatMap(({ members }) => members))
  const around = [...protection.checking].filter((of) => !known.has(of) && isPublicMethod(program, of))
  const below = around.length === 0 ? [] : inherited(program, around, known)
  for (const { members } of below) for (const of of members) known.add(of)
  const near = around.filter((of) => !known.has(of) && (protection.depth(of) ?? Infinity) <= MOST_NEAR)
  return [...families, ...below, ...near.length === 0 ? [] : amongThem(program, near, known), ...decorated(program, protection)]
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

/** Methods with the same first parameter of the classes in which one of them checks. */
function amongThem(program: Program, near: readonly FunctionRef[], known: ReadonlySet<FunctionRef>): readonly Family[] {
  const classes = new Map<string, Set<ClassRef>>()
  for (const of of near) {
    const own = classOf(program, of)
    const first = firstParameter(program, of)
    if (own !== undefined) classes.set(first, (classes.get(first) ?? new Set()).add(own))
  }
  return [...classes].filter(([, { size }]) => size >= MIN_CLASSES).flatMap(([first, among]): Family[] => {
    const members = [...among].flatMap((own) => methodsOf(program, own))
      .filter((of) => !known.has(of) && isPublicMethod(program, of) && firstParameter(program, of) === first).sort((one, other) => one - other)
    return areHandlers(program, members) ? [{ name: `methods with the parameter ${first} of classes in which somebody checks`, members, hasPartners: true }] : []
  })
}

function methodsOf(program: Program, of: ClassRef): readonly FunctionRef[] {
  const file = program.fileOfClass(of)
  const index = of - file.classBase
  return file.facts.functions.flatMap(({ kind, classIndex }, at) => (kind === 'function' && classIndex === index ? [file.functionBase + at] : []))
}

/** Functions that bear the same decorator, where decorators check. */
function decorated(program: Program, protection: Protection): readonly Family[] {
  const bearing = new Map<string, FunctionRef[]>()
  const checking = new Map<string, number>()
  for (const file of program.files) {
    if (file.isTest) continue
    for (const [index, { decorators }] of file.facts.functions.entries()) {
      const of = file.functionBase + index
      if (decorators.length === 0) continue
      const names = decorators.map((local) => spelled(program, file.valueBase + local))
      // Where one stands alone, it is not asked: that it checks would say nothing of another beside it.
      const checks = decorators.length === 1 ? [] : decorators.map((local, at) => protection.decoratorChecks(file.valueBase + local, `${file.path} ${names[at] ?? ''}`))
      for (const [at, name] of names.entries()) {
        if (checks[at] === true) continue
        add(bearing, name, of)
        if (checks.includes(true)) checking.set(name, (checking.get(name) ?? 0) + 1)
      }
    }
  }
  return [...checking].filter(([, count]) => count >= MIN_DECORATED).map(([name]) => ({
    name: `functions with the decorator ${name.replace(/\(\)$/, '')}`, members: bearing.get(name) ?? [], isLoose: true,
  }))
}

function areHandlers(program: Program, members: readonly FunctionRef[]): boolean {
  return members.filter((of) => callersIn(program, of).length > 0).length <= MAX_CALLED * members.length
}

/** Calls of a function in the program's own code, those left out that run what they were handed. */
export function callersIn(program: Program, of: FunctionRef): readonly Ref[] {
  return program.callers(of, false).filter((call) => !isGiven(program, call))
}

/** Whether a function may be called by a framework: a public method, or one that a decorator registers under another name. */
function isPublicMethod(program: Program, of: FunctionRef): boolean {
  const { kind, classIndex, name, decorators } = program.function(of)
  const isPublic = !name.startsWith('_') || decorators.length > 0 && !name.startsWith('__')
  return kind === 'function' && classIndex >= 0 && isPublic && firstParameter(program, of) !== ''
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
