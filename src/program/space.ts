import { CallFlag, Op } from '../flow/facts.ts'
import type { FileFacts } from '../flow/facts.ts'
import type { Language } from '../tree/language.ts'
import { Numbering } from './numbering.ts'
import type { ClassRef, FunctionRef, ProgramFile, Ref } from './program.ts'

/** A file handed to the linker. */
export interface LinkInput {
  readonly path: string
  readonly facts: FileFacts
  readonly language: Language
  readonly isTest: boolean
  /** Names that the code uses without binding them, with the canonical names of what they are taken for. */
  readonly assumed?: ReadonlyMap<string, string>
}

/** Ops that stand for a method of their first operand's class. */
const IMPLICIT: ReadonlySet<number> = new Set([
  Op.Attr, Op.Index, Op.Element, Op.Enter, Op.Binary, Op.SetAttr, Op.SetIndex, Op.Delete,
])

/** The program's numbering: which file, function and class a number stands for. */
export class Space {
  readonly files: readonly ProgramFile[]
  readonly languages: readonly Language[]
  readonly #indices = new Map<ProgramFile, number>()
  readonly #byValue: Numbering
  readonly #byFunction: Numbering
  readonly #byClass: Numbering
  /** The functions of all files, by their values. */
  readonly #functions: Numbering
  readonly #builtins = new Map<string, ReadonlySet<string>>()

  /** Files are numbered in the order given, which the caller sorts by path. */
  constructor(inputs: readonly LinkInput[], moduleNames: readonly string[]) {
    let values = 0
    let functions = 0
    let classes = 0
    this.files = inputs.map(({ path, facts, isTest, assumed }, index) => {
      const file: ProgramFile = {
        path, facts, isTest, module: moduleNames[index] ?? '', assumed: assumed ?? new Map<string, string>(),
        valueBase: values, functionBase: functions, classBase: classes,
      }
      values += facts.op.length
      functions += facts.functions.length
      classes += facts.classes.length
      return file
    })
    this.languages = inputs.map((input) => input.language)
    for (const [index, file] of this.files.entries()) this.#indices.set(file, index)
    this.#byValue = new Numbering(Int32Array.from(this.files, (file) => file.valueBase), values)
    this.#byFunction = new Numbering(Int32Array.from(this.files, (file) => file.functionBase), functions)
    this.#byClass = new Numbering(Int32Array.from(this.files, (file) => file.classBase), classes)
    this.#functions = new Numbering(firstValues(this.files, functions), values)
  }

  fileOf(value: Ref): ProgramFile {
    return this.#file(this.#byValue, value)
  }

  fileOfFunction(of: FunctionRef): ProgramFile {
    return this.#file(this.#byFunction, of)
  }

  fileOfClass(of: ClassRef): ProgramFile {
    return this.#file(this.#byClass, of)
  }

  /** Position of a file in `files`. */
  indexOf(file: ProgramFile): number {
    const index = this.#indices.get(file)
    if (index === undefined) throw new Error(`${file.path} is not in the program`)
    return index
  }

  languageOf(file: ProgramFile): Language {
    const language = this.languages[this.indexOf(file)]
    if (!language) throw new Error(`no language for ${file.path}`)
    return language
  }

  /** The values of an instruction's list. */
  list(value: Ref): Ref[] {
    const { facts, valueBase } = this.fileOf(value)
    const at = value - valueBase
    const found: Ref[] = []
    for (let entry = facts.argStart[at] ?? 0; entry < (facts.argStart[at + 1] ?? 0); entry++) {
      found.push(valueBase + (facts.args[entry] ?? 0))
    }
    return found
  }

  /** Whether a name needs no import in a file's language. */
  isBuiltin(file: ProgramFile, name: string): boolean {
    const language = this.languageOf(file)
    let names = this.#builtins.get(language.id)
    if (!names) {
      names = new Set(language.flow?.builtins ?? [])
      this.#builtins.set(language.id, names)
    }
    return names.has(name)
  }

  /** Whether a value is of an expression that may run a function without being a call. */
  isImplicit(value: Ref): boolean {
    const { facts, valueBase } = this.fileOf(value)
    return IMPLICIT.has(facts.op[value - valueBase] ?? -1)
  }

  /** Whether a call is the language's way to the parent class. */
  isParentCall(value: Ref): boolean {
    const { facts, valueBase } = this.fileOf(value)
    const at = value - valueBase
    return facts.op[at] === Op.Call && ((facts.b[at] ?? 0) & CallFlag.Parent) !== 0
  }

  functionOf(value: Ref): FunctionRef {
    return this.#functions.indexOf(value)
  }

  #file(numbers: Numbering, number: number): ProgramFile {
    const file = this.files[numbers.indexOf(number)]
    if (!file) throw new Error('a reference into an empty program')
    return file
  }
}

/** Where the values of each function of the program start. */
function firstValues(files: readonly ProgramFile[], count: number): Int32Array {
  const starts = new Int32Array(count)
  for (const { facts, functionBase, valueBase } of files) {
    for (const [index, { firstValue }] of facts.functions.entries()) starts[functionBase + index] = valueBase + firstValue
  }
  return starts
}
