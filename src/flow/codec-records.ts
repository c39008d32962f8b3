import type { Span } from '../core/text.ts'
import type { ByteReader, ByteWriter } from './bytes.ts'
import { readStrings, writeStrings } from './codec-strings.ts'
import { Strings } from './builder.ts'
import type { Binding, ClassFacts, FileFacts, FunctionFacts, ImportFacts, ParameterFacts } from './facts.ts'

/** The parts of facts that are lists of records. */
export type FactRecords = Pick<FileFacts, 'functions' | 'classes' | 'imports' | 'exports' | 'unparsed' | 'unlowered'>

type Kinds<T> = readonly [T, ...T[]]

const FUNCTION_KINDS: Kinds<FunctionFacts['kind']> = ['module', 'function', 'lambda', 'class-body']
const PARAMETER_KINDS: Kinds<ParameterFacts['kind']> = [
  'positional', 'positional-only', 'keyword-only', 'rest', 'keyword-rest',
]

/** Names of all records come first, each once. */
export function writeRecords(to: ByteWriter, facts: FactRecords): void {
  const names = new Strings()
  for (const { name, parameters } of facts.functions) {
    names.id(name)
    for (const each of parameters) names.id(each.name)
  }
  for (const { name } of facts.classes) names.id(name)
  for (const { module, name, bound } of facts.imports) for (const each of [module, name, bound]) names.id(each)
  for (const each of facts.exports ?? []) names.id(each)
  writeStrings(to, names.list)

  list(to, facts.functions, (each) => writeFunction(to, each, names))
  list(to, facts.classes, (each) => writeClass(to, each, names))
  list(to, facts.imports, (each) => {
    writeSpan(to, each)
    for (const text of [each.module, each.name, each.bound]) to.unsigned(names.id(text))
    to.unsigned(each.function)
    to.unsigned(each.conditional ? 1 : 0)
  })
  to.unsigned(facts.exports ? 1 : 0)
  list(to, facts.exports ?? [], (each) => to.unsigned(names.id(each)))
  list(to, facts.unparsed, (each) => writeSpan(to, each))
  numbers(to, facts.unlowered)
}

/** Reads the records. Ranges of numbers are checked by the validator. */
export function readRecords(from: ByteReader): FactRecords {
  const reader = new RecordReader(from, readStrings(from))
  const functions = reader.functions()
  const classes = reader.classes(functions)
  const imports = reader.list(7, () => reader.import())
  const hasExports = from.unsigned() === 1
  const exports = reader.list(1, () => reader.name())
  const unparsed = reader.list(2, () => reader.span())
  const unlowered = reader.numbers()
  return { functions, classes, imports, exports: hasExports ? exports : undefined, unparsed, unlowered }
}

function list<T>(to: ByteWriter, items: readonly T[], write: (item: T) => void): void {
  to.unsigned(items.length)
  items.forEach(write)
}

/** Numbers from -1, each as the difference to the one before. */
function numbers(to: ByteWriter, items: readonly number[]): void {
  to.unsigned(items.length)
  let last = 0
  for (const each of items) {
    to.signed(each - last)
    last = each
  }
}

function writeSpan(to: ByteWriter, { start, end }: Span): void {
  to.unsigned(start)
  to.unsigned(end - start)
}

function writeFunction(to: ByteWriter, of: FunctionFacts, names: Strings): void {
  writeSpan(to, of)
  to.unsigned(names.id(of.name))
  to.unsigned(FUNCTION_KINDS.indexOf(of.kind))
  to.unsigned(of.parent + 1)
  to.unsigned(of.classIndex + 1)
  to.unsigned((of.isAsync ? 1 : 0) + (of.isGenerator ? 2 : 0))
  list(to, of.parameters, (each) => {
    to.unsigned(names.id(each.name))
    to.unsigned(PARAMETER_KINDS.indexOf(each.kind))
    to.signed(each.value - of.firstValue)
    to.unsigned(each.default + 1)
    to.unsigned(each.annotation + 1)
  })
  numbers(to, of.decorators)
  to.signed(of.nameSpan.start - of.start)
  to.unsigned(of.nameSpan.end - of.nameSpan.start)
  for (const each of [of.firstValue, of.valueCount, of.firstBlock, of.blockCount]) to.unsigned(each)
  numbers(to, of.returns)
  to.unsigned(of.returnAnnotation + 1)
  list(to, of.bindings, (each) => {
    to.unsigned(each.name)
    to.unsigned(each.value)
  })
}

function writeClass(to: ByteWriter, of: ClassFacts, names: Strings): void {
  writeSpan(to, of)
  to.unsigned(names.id(of.name))
  to.unsigned(of.parent)
  numbers(to, of.bases)
  numbers(to, of.decorators)
  to.unsigned(of.body)
  to.signed(of.nameSpan.start - of.start)
  to.unsigned(of.nameSpan.end - of.nameSpan.start)
}

class RecordReader {
  readonly #from: ByteReader
  readonly #names: readonly string[]

  constructor(from: ByteReader, names: readonly string[]) {
    this.#from = from
    this.#names = names
  }

  /** Items of at least `bytes` bytes each, as long as there are bytes. */
  list<T>(bytes: number, read: () => T): T[] {
    const count = this.#from.count(bytes)
    const items: T[] = []
    for (let at = 0; at < count && !this.#from.failed; at++) items.push(read())
    return items
  }

  numbers(): number[] {
    let last = 0
    return this.list(1, () => (last += this.#from.signed()))
  }

  name(): string {
    const found = this.#names[this.#from.unsigned()]
    if (found === undefined) this.#from.fail()
    return found ?? ''
  }

  span(): Span {
    const start = this.#from.unsigned()
    return { start, end: start + this.#from.unsigned() }
  }

  functions(): FunctionFacts[] {
    const functions: FunctionFacts[] = []
    this.list(16, () => functions.push(this.#function(functions)))
    return functions
  }

  #function(before: readonly FunctionFacts[]): FunctionFacts {
    const from = this.#from
    const { start, end } = this.span()
    const name = this.name()
    const kind = this.#oneOf(FUNCTION_KINDS)
    const parent = from.unsigned() - 1
    const classIndex = from.unsigned() - 1
    const flags = from.unsigned()
    const parameters = this.list(5, () => this.#parameter())
    const decorators = this.numbers()
    const nameSpan = this.#nameSpan(start)
    const [firstValue, valueCount] = [from.unsigned(), from.unsigned()]
    const [firstBlock, blockCount] = [from.unsigned(), from.unsigned()]
    const returns = this.numbers()
    const returnAnnotation = from.unsigned() - 1
    const bindings = this.list(2, (): Binding => ({ name: from.unsigned(), value: from.unsigned() }))
    return {
      start, end, name, qualifiedName: qualified(before[parent]?.qualifiedName, name), kind, parent, classIndex,
      isAsync: (flags & 1) !== 0, isGenerator: (flags & 2) !== 0,
      parameters: parameters.map((each) => ({ ...each, value: each.value + firstValue })),
      decorators, nameSpan, firstValue, valueCount, firstBlock, blockCount, returns, returnAnnotation, bindings,
    }
  }

  #parameter(): ParameterFacts {
    const from = this.#from
    return {
      name: this.name(), kind: this.#oneOf(PARAMETER_KINDS), value: from.signed(),
      default: from.unsigned() - 1, annotation: from.unsigned() - 1,
    }
  }

  classes(functions: readonly FunctionFacts[]): ClassFacts[] {
    const from = this.#from
    return this.list(9, () => {
      const { start, end } = this.span()
      const name = this.name()
      const parent = from.unsigned()
      const bases = this.numbers()
      const decorators = this.numbers()
      const body = from.unsigned()
      const nameSpan = this.#nameSpan(start)
      const qualifiedName = qualified(functions[parent]?.qualifiedName, name)
      return { start, end, name, qualifiedName, parent, bases, decorators, body, nameSpan }
    })
  }

  import(): ImportFacts {
    const { start, end } = this.span()
    return {
      start, end, module: this.name(), name: this.name(), bound: this.name(),
      function: this.#from.unsigned(), conditional: this.#from.unsigned() === 1,
    }
  }

  #nameSpan(base: number): Span {
    const start = base + this.#from.signed()
    return { start, end: start + this.#from.unsigned() }
  }

  #oneOf<T>(values: Kinds<T>): T {
    const found = values[this.#from.unsigned()]
    if (found !== undefined) return found
    this.#from.fail()
    return values[0]
  }
}

/** Qualified names are not written: they follow from the names of what encloses. */
function qualified(outer: string | undefined, name: string): string {
  return outer === undefined || outer === '' ? name : `${outer}.${name}`
}
