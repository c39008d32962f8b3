import type { ClassRef, FunctionRef, Program, Ref } from '../../program/program.ts'

/** Ancestors looked at of one class. */
const MAX_ANCESTORS = 40

/** A class of the program with its ancestors in the program, nearest first, itself the first. */
export function lineageOf(program: Program, of: ClassRef): readonly ClassRef[] {
  const found: ClassRef[] = [of]
  for (let at = 0; at < found.length && found.length < MAX_ANCESTORS; at++) {
    for (const base of basesOf(program, found[at] ?? of)) if (!found.includes(base)) found.push(base)
  }
  return found
}

function basesOf(program: Program, of: ClassRef): readonly ClassRef[] {
  const file = program.fileOfClass(of)
  return program.class(of).bases.flatMap((base) => program.names(program.ref(file, base)).flatMap((name) => program.classNamed(name) ?? []))
}

/** The class whose body holds a function; `undefined` for one that is no method. */
export function classOf(program: Program, of: FunctionRef): ClassRef | undefined {
  const { classIndex, kind } = program.function(of)
  return classIndex < 0 || kind !== 'function' ? undefined : program.fileOfFunction(of).classBase + classIndex
}

/** Values that a class's body gives a name. */
export function membersOf(program: Program, of: ClassRef, name: string): readonly Ref[] {
  const file = program.fileOfClass(of)
  const body = file.facts.functions[program.class(of).body]
  return (body?.bindings ?? []).filter((each) => file.facts.strings[each.name] === name).map((each) => program.ref(file, each.value))
}

/** Canonical name of a class of the program. */
export function className(program: Program, of: ClassRef): string {
  const { module } = program.fileOfClass(of)
  const { qualifiedName } = program.class(of)
  return module === '' ? qualifiedName : `${module}.${qualifiedName}`
}
