import { Op } from '../../flow/facts.ts'
import type { ClassRef, FunctionRef, Program } from '../../program/program.ts'
import { handlesChange, saysChange } from './changes.ts'
import { className } from './lineage.ts'
import type { MissingInput } from './places.ts'
import type { Records } from './records.ts'

/** Changes of a class that must be recorded, each in its own code, before recording is its rule. */
const MIN_RECORDED = 5

/** Share of them that must be where more than one is not: four for each; below it, not recording is as usual. */
const MIN_SHARE = 0.8

/** Handlers of a library that must be recorded: eight that agree by chance, when each would do so half of the time, are one in 256. */
const MIN_HANDLERS = 8

/** Handlers that may leave no record, and the share that may of many: more are no slip, whatever the others do. */
const MOST_SILENT = 2
const SILENT_SHARE = 0.05

/** Changes of one sort of thing that must agree, besides the one that does not. */
const MIN_PEERS = 2

/** Functions that must hand a parameter to records before it is there for them. */
const MIN_HANDING = 4

/** Changes of one sort, of which nearly all or hardly any are recorded. */
export interface Changes {
  readonly name: string
  readonly members: readonly FunctionRef[]
  /** Whether recording is the rule where so many are recorded and so many are not. */
  readonly isRule: (recorded: number, others: number) => boolean
}

/** The verbs by which stored things come, change and go: in many classes only these are recorded. */
const STORING = /^(?:create|update|delete)(?:_|[A-Z]|$)/

/** The same verbs and those of the protocol of the web, with what they are about. */
const OF_THING = /^(?:create|update|delete|post|put|patch)(?:_(.*)|$)/

/** Functions that change something, by what they have in common; test code is left out. */
export function changeFamilies(input: MissingInput, records: Records): readonly Changes[] {
  const { program } = input
  return [...ofClasses(program), ...ofThings(program), ...ofHandlers(input, records), ...givenForRecords(program, records)]
}

function isClassRule(recorded: number, others: number): boolean {
  return recorded >= MIN_RECORDED && (others <= 1 || recorded >= MIN_SHARE * (recorded + others))
}

/** Public methods whose names say that they change something: all of a class, and those by which stored things come and go. */
function ofClasses(program: Program): readonly Changes[] {
  const found: Changes[] = []
  for (const file of program.files) {
    if (file.isTest) continue
    const byClass = new Map<ClassRef, FunctionRef[]>()
    for (const [index, { kind, classIndex, name, parameters }] of file.facts.functions.entries()) {
      // Without a parameter it is about nothing in particular: it starts or resets the object itself.
      if (kind !== 'function' || classIndex < 0 || parameters.length < 2 || !saysChange(name)) continue
      add(byClass, file.classBase + classIndex, file.functionBase + index)
    }
    for (const [of, members] of byClass) {
      const storing = members.filter((each) => STORING.test(program.function(each).name))
      found.push({ name: `methods of ${className(program, of)} whose names say that they change something`, members, isRule: isClassRule })
      found.push({ name: `methods of ${className(program, of)} that create, update or delete`, members: storing, isRule: isClassRule })
    }
  }
  return found.filter(({ members }) => members.length >= MIN_RECORDED)
}

/** Functions of one class or file that create, update and delete one sort of thing. */
function ofThings(program: Program): readonly Changes[] {
  const found: Changes[] = []
  for (const file of program.files) {
    if (file.isTest) continue
    const byThing = new Map<string, FunctionRef[]>()
    for (const [index, { kind, classIndex, parent, name }] of file.facts.functions.entries()) {
      const match = kind === 'function' && (classIndex >= 0 || parent === 0) ? OF_THING.exec(name) : null
      if (match !== null) add(byThing, `${classIndex} ${match[1] ?? ''}`, file.functionBase + index)
    }
    for (const members of byThing.values()) {
      if (members.length <= MIN_PEERS) continue
      const names = members.map((each) => program.function(each).qualifiedName).join(', ')
      found.push({ name: `functions for one sort of thing (${names})`, members, isRule: (recorded, others) => recorded >= MIN_PEERS && others <= 1 })
    }
  }
  return found
}

/** Handlers that change something, of the files in which one leaves an entry. */
function ofHandlers({ program, entryPoints }: MissingInput, records: Records): readonly Changes[] {
  const byFile = new Map<string, FunctionRef[]>()
  for (const [of, { isPart }] of entryPoints) {
    if (isPart || program.fileOfFunction(of).isTest || !handlesChange(program, of)) continue
    add(byFile, program.fileOfFunction(of).path, of)
  }
  const members = [...byFile.values()].filter((each) => each.some((of) => records.entry(of) !== undefined)).flat().sort((one, other) => one - other)
  const isRule = (recorded: number, others: number): boolean => recorded >= MIN_HANDLERS && others <= Math.max(MOST_SILENT, recorded * SILENT_SHARE)
  return members.length < MIN_HANDLERS ? [] : [{ name: 'handlers that change something, where handlers leave records at all', members, isRule }]
}

/** Functions with a parameter that they do not use, and that others are given to hand it to a record. */
function givenForRecords(program: Program, records: Records): readonly Changes[] {
  const handing = new Map<string, FunctionRef[]>()
  const idle = new Map<string, FunctionRef[]>()
  for (const file of program.files) {
    if (file.isTest) continue
    for (const [index, { kind, name, parameters }] of file.facts.functions.entries()) {
      if (kind !== 'function' || parameters.length < 2 || !saysChange(name)) continue
      const of = file.functionBase + index
      const isRecorded = records.entry(of) !== undefined
      for (const parameter of parameters.slice(1)) {
        const uses = program.uses(file.valueBase + parameter.value)
        if (isRecorded && uses.length > 0 && uses.every((use) => records.isEntry(use))) add(handing, parameter.name, of)
        else if (!isRecorded && uses.length === 0 && doesSomething(program, of)) add(idle, parameter.name, of)
      }
    }
  }
  return [...idle].flatMap(([name, members]): Changes[] => {
    const giving = handing.get(name) ?? []
    const isRule = (recorded: number, others: number): boolean => recorded >= MIN_HANDING && recorded >= MIN_SHARE * (recorded + others)
    return giving.length < MIN_HANDING ? [] : [{ name: `functions with the parameter ${name}, which is there for their records`, members: [...giving, ...members], isRule }]
  })
}

/** Whether a function calls anything: one that does not is abstract or empty. */
function doesSomething(program: Program, of: FunctionRef): boolean {
  const { facts } = program.fileOfFunction(of)
  const { firstValue, valueCount } = program.function(of)
  for (let local = firstValue; local < firstValue + valueCount; local++) if (facts.op[local] === Op.Call) return true
  return false
}

function add<K>(map: Map<K, FunctionRef[]>, key: K, value: FunctionRef): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}
