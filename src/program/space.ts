import { functionOfValue } from '../flow/lookup.ts'
import { CallFlag, Op } from '../flow/facts.ts'
import type { FileFacts } from '../flow/facts.ts'
import type { Language } from '../tree/language.ts'
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
  readonly #valueBases: Int32Array
  readonly #functionBases: Int32Array
  readonly #classBases: Int32Array
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
    this.#valueBases = Int32Array.from(this.files, (file) => file.valueBase)
    this.#functionBases = Int32Array.from(this.files, (file) => file.functionBase)
    this.#classBases = Int32Array.from(this.files, (file) => file.classBase)
  }

  fileOf(value: Ref): ProgramFile {
    return this.#file(this.#valueBases, value)
  }

  fileOfFunction(of: FunctionRef): ProgramFile {
    return this.#file(this.#functionBases, of)
  }

  fileOfClass(of: ClassRef): ProgramFile {
    return this.#file(this.#classBases, of)
  }

  /** Position of a file in `files`. */
  indexOf(file: ProgramFile): number {
    return lastAtMost(this.#valueBases, file.valueBase, file.path, this.files)
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
    const file = this.fileOf(value)
    return file.functionBase + Math.max(0, functionOfValue(file.facts, value - file.valueBase))
  }

  #file(bases: Int32Array, number: number): ProgramFile {
    let low = 0
    let high = bases.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((bases[middle] ?? 0) <= number) low = middle
      else high = middle - 1
    }
    const file = this.files[low]
    if (!file) throw new Error('a reference into an empty program')
    return file
  }
}

/** Empty files share a base with their successor, so the path decides. */
function lastAtMost(bases: Int32Array, base: number, path: string, files: readonly ProgramFile[]): number {
  let low = 0
  let high = bases.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((bases[middle] ?? 0) <= base) low = middle
    else high = middle - 1
  }
  while (low > 0 && files[low]?.path !== path) low--
  return low
}
