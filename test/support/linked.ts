import { factsOf } from '../../src/flow/lower.ts'
import { valueAt } from '../../src/flow/lookup.ts'
import { Op } from '../../src/flow/facts.ts'
import { language } from '../../src/languages/python/language.ts'
import { linkProgram } from '../../src/program/link.ts'
import type { LibraryTypes } from '../../src/program/knowledge.ts'
import type { FunctionRef, Program, ProgramFile, Ref } from '../../src/program/program.ts'

const frontEnd = language.open()

/** What the made-up libraries of linking tests are known to do. */
export interface FakeLibrary {
  readonly aliases?: Readonly<Record<string, string>>
  readonly returns?: Readonly<Record<string, string>>
  /** `type.attribute` to type. */
  readonly attributes?: Readonly<Record<string, string>>
  readonly bases?: Readonly<Record<string, readonly string[]>>
}

/** A linked program of a few files, asked by the code that stands in them. */
export class Linked {
  readonly program: Program
  readonly #texts: Readonly<Record<string, string>>

  constructor(program: Program, texts: Readonly<Record<string, string>>) {
    this.program = program
    this.#texts = texts
  }

  /**
   * The value of an expression written so, in its `nth` occurrence from 0; with
   * marks, of what stands between: `f(«x»)`.
   */
  value(path: string, marked: string, nth: number = 0): Ref {
    const text = this.#texts[path] ?? ''
    const code = marked.replace(/[«»]/g, '')
    let found = -1
    for (let count = 0; count <= nth; count++) found = text.indexOf(code, found + 1)
    if (found < 0) throw new Error(`${path} does not hold ${code}`)
    const file = this.#file(path)
    const start = found + Math.max(0, marked.indexOf('«'))
    const end = marked.includes('»') ? found + marked.indexOf('»') - 1 : found + code.length
    const local = valueAt(file.facts, { start, end })
    if (local === undefined) throw new Error(`${code} in ${path} has no value`)
    return file.valueBase + local
  }

  names(path: string, code: string, nth: number = 0): readonly string[] {
    return this.program.names(this.value(path, code, nth))
  }

  types(path: string, code: string, nth: number = 0): readonly string[] {
    return this.program.types(this.value(path, code, nth))
  }

  /** What a call may run: functions as `path:qualifiedName`, then library names, `new` classes, and why nothing. */
  targets(path: string, code: string, nth: number = 0): readonly string[] {
    const found = this.program.targets(this.value(path, code, nth))
    return [
      ...found.functions.map((each) => (found.guess ? `guess ${this.name(each)}` : this.name(each))),
      ...found.library,
      ...found.constructs.map((each) => `new ${this.program.class(each).qualifiedName}`),
      ...(found.unresolved === '' ? [] : [`? ${found.unresolved}`]),
    ]
  }

  /** Callers of a function, as the code of each call. */
  callers(path: string, qualifiedName: string, withTests: boolean = true): readonly string[] {
    return this.program.callers(this.function(path, qualifiedName), withTests).map((call) => this.code(call))
  }

  /** What a parameter gets at a call, as code, with how where it is not the value itself. */
  passed(path: string, call: string, target: string, parameter: string, nth: number = 0): readonly string[] {
    const [targetPath = '', qualifiedName = ''] = target.split(':')
    const of = this.function(targetPath, qualifiedName)
    const index = this.program.function(of).parameters.findIndex((each) => each.name === parameter)
    return this.program.argumentFor(this.value(path, call, nth), of, index)
      .map(({ value, how }) => (how === 'value' ? this.code(value) : `${how} ${this.code(value)}`))
  }

  /** Functions that reading an attribute runs. */
  properties(path: string, code: string): readonly string[] {
    return this.program.implicitTargets(this.value(path, code)).map((each) => this.name(each))
  }

  /** Values stored in an attribute of instances of a type, as code. */
  stores(type: string, name: string): readonly string[] {
    return this.program.attributeStores([type], name).map((each) => this.code(each))
  }

  function(path: string, qualifiedName: string): FunctionRef {
    const file = this.#file(path)
    const index = file.facts.functions.findIndex((each) => each.qualifiedName === qualifiedName)
    if (index < 0) throw new Error(`${path} has no function ${qualifiedName}`)
    return file.functionBase + index
  }

  name(of: FunctionRef): string {
    return `${this.program.fileOfFunction(of).path}:${this.program.function(of).qualifiedName}`
  }

  code(value: Ref): string {
    const { start, end } = this.program.span(value)
    return (this.#texts[this.program.fileOf(value).path] ?? '').slice(start, end)
  }

  #file(path: string): ProgramFile {
    const file = this.program.files.find((each) => each.path === path)
    if (!file) throw new Error(`no file ${path}`)
    return file
  }
}

/** Links a few files; those in a folder `tests` are tests. */
export async function linked(texts: Readonly<Record<string, string>>, library: FakeLibrary = {}): Promise<Linked> {
  const parser = await frontEnd
  const inputs = Object.keys(texts).sort((a, b) => (a < b ? -1 : 1)).map((path) => ({
    path, facts: factsOf(parser.parse(texts[path] ?? ''), language), language, isTest: path.startsWith('tests/'),
  }))
  return new Linked(linkProgram(inputs, fake(library)), texts)
}

/** Answers to every question about a program, for comparing two ways of asking. */
export function everyAnswer(program: Program, calls: readonly Ref[]): string[] {
  return calls.map((call) => {
    const { functions, library, constructs, unresolved } = program.targets(call)
    return [call, functions.join(), library.join(), constructs.join(), unresolved, program.types(call).join()].join(' ')
  })
}

/** Every call of a program, in order. */
export function callsOf(program: Program): Ref[] {
  return program.files.flatMap((file) => [...file.facts.op.keys()]
    .filter((at) => file.facts.op[at] === Op.Call).map((at) => file.valueBase + at))
}

function fake(library: FakeLibrary): LibraryTypes {
  const types = {
    canonical: (name: string): string => {
      for (const [alias, means] of Object.entries(library.aliases ?? {})) {
        if (name === alias || name.startsWith(`${alias}.`)) return means + name.slice(alias.length)
      }
      return name
    },
    returnType: (name: string): string | undefined => library.returns?.[name],
    elementType: (): undefined => undefined,
    attributeType: (type: string, attribute: string): string | undefined => (
      library.attributes?.[`${type}.${attribute}`]
    ),
    bases: (type: string): readonly string[] => library.bases?.[type] ?? [],
    isType: (name: string): boolean => library.bases?.[name] !== undefined,
    recordFieldsArgument: () => undefined,
    isRecordDecorator: (): boolean => false,
    isRecordBase: (): boolean => false,
    callbacksOf: (): readonly never[] => [],
    callbackNames: (): readonly string[] => [],
    fillerNames: (): readonly string[] => [],
    propagatorsOf: (): readonly never[] => [],
    constant: (): undefined => undefined,
    constantNames: (): ReadonlySet<string> => new Set(),
  }
  return types
}
