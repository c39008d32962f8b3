import { Op } from '../flow/facts.ts'
import type { FileFacts } from '../flow/facts.ts'
import type { Program, ProgramFile, Ref } from '../program/program.ts'
import { instruction, operand, text } from './reader.ts'

/** Reads of one name that are looked at for one object; the rest of a name that everything uses is left out. */
const MAX_READS = 400

/** Attributes of a library's module one inside the other. */
const MAX_LIBRARY_DEPTH = 4

/**
 * Finds the other places at which an object is changed: where it is read back
 * from an attribute, a module's variable or an enclosing function's, and something
 * is put into it there; where it is what a parameter has that is left out; of an
 * object that a library offers under a name, wherever that name is read. Only reads
 * at which something is put in are indexed.
 */
export class Aliases {
  readonly #program: Program
  readonly #fills: (method: string) => boolean
  readonly #byAttribute = new Map<string, Ref[]>()
  readonly #byName = new Map<string, Ref[]>()
  readonly #byCaptured = new Map<Ref, Ref[]>()
  /** What is bound of a value that a type is declared for. */
  readonly #declared = new Map<Ref, Ref>()
  readonly #byDefault = new Map<Ref, Ref[]>()
  readonly #boundNames = new Map<Ref, string[]>()
  readonly #classNames = new Map<Ref, string[]>()

  /** `fills` says whether a method of a name may put something into its object. */
  constructor(program: Program, fills: (method: string) => boolean) {
    this.#program = program
    this.#fills = fills
    for (const file of program.files) {
      this.#indexBindings(file)
      this.#indexChanges(file)
    }
  }

  /** Reads through which the object that a value is may be changed elsewhere. */
  of(value: Ref): readonly Ref[] {
    const found = new Set<Ref>([...this.#byCaptured.get(value) ?? [], ...this.#byDefault.get(value) ?? []])
    const bound = this.#declared.get(value) ?? value
    for (const name of this.#boundNames.get(bound) ?? []) {
      for (const read of this.#byName.get(name) ?? []) if (this.#program.definitions(read).includes(bound)) found.add(read)
      for (const read of this.#byAttribute.get(name) ?? []) if (this.#program.definitions(read).includes(bound)) found.add(read)
    }
    for (const name of [...this.#storedNames(bound), ...this.#classNames.get(bound) ?? []]) {
      for (const read of this.#byAttribute.get(name) ?? []) if (this.#reads(read, name, bound)) found.add(read)
    }
    for (const name of libraryNames(this.#program, value)) {
      const last = name.slice(name.lastIndexOf('.') + 1)
      for (const read of [...this.#byName.get(last) ?? [], ...this.#byAttribute.get(last) ?? []]) {
        if (read !== value && libraryNames(this.#program, read).includes(name)) found.add(read)
      }
    }
    return [...found].sort((one, other) => one - other).slice(0, MAX_READS)
  }

  /** Names of the attributes in which a value is stored. */
  #storedNames(value: Ref): readonly string[] {
    return this.#program.uses(value).flatMap((user) => {
      const of = instruction(this.#program, user)
      return of.op === Op.SetAttr && operand(of, of.firstArg) === value ? [text(of, of.b)] : []
    })
  }

  #reads(read: Ref, name: string, value: Ref): boolean {
    const of = instruction(this.#program, read)
    return this.#program.attributeStores(this.#program.types(operand(of, of.a)), name).includes(value)
  }

  #indexBindings({ facts, valueBase }: ProgramFile): void {
    for (const { kind, bindings, parameters } of facts.functions) {
      // Every call that leaves a parameter out gets the same object.
      for (const each of parameters) if (each.default >= 0) push(this.#byDefault, valueBase + each.default, valueBase + each.value)
      const table = kind === 'class-body' ? this.#classNames : this.#boundNames
      for (const { name, value } of bindings) push(table, valueBase + value, facts.strings[name] ?? '')
    }
  }

  #indexChanges({ facts, valueBase }: ProgramFile): void {
    const seen = new Set<number>()
    // What is imported under another name is looked for under its own.
    const imported = new Map(facts.imports.filter((each) => each.name !== '' && each.name !== each.bound).map((each) => [each.bound, each.name]))
    for (let at = 0; at < facts.op.length; at++) {
      const declared = facts.op[at] === Op.Annotated ? facts.a[at] ?? -1 : -1
      if (declared >= 0) this.#declared.set(valueBase + declared, valueBase + at)
      const object = this.#changed(facts, at)
      if (object < 0 || seen.has(object)) continue
      seen.add(object)
      const name = (id: number | undefined): string => facts.strings[id ?? 0] ?? ''
      const op = facts.op[object]
      if (op === Op.Attr) push(this.#byAttribute, name(facts.b[object]), valueBase + object)
      else if (op === Op.Name) push(this.#byName, imported.get(name(facts.a[object])) ?? name(facts.a[object]), valueBase + object)
      else if (op === Op.Import) push(this.#byName, facts.imports[facts.a[object] ?? 0]?.name ?? '', valueBase + object)
      else if (op === Op.Capture) {
        for (let entry = facts.argStart[object] ?? 0; entry < (facts.argStart[object + 1] ?? 0); entry++) {
          push(this.#byCaptured, valueBase + (facts.args[entry] ?? 0), valueBase + object)
        }
      }
    }
  }

  /** The object that an instruction may change: into which it stores, or whose method it calls; -1 for none. */
  #changed(facts: FileFacts, at: number): number {
    const op = facts.op[at]
    if (op === Op.SetIndex || op === Op.SetAttr) return facts.a[at] ?? -1
    if (op !== Op.Call) return -1
    const callee = facts.a[at] ?? -1
    const isMethod = facts.op[callee] === Op.Attr && this.#fills(facts.strings[facts.b[callee] ?? 0] ?? '')
    return isMethod ? facts.a[callee] ?? -1 : -1
  }
}

/**
 * The names under which a library offers the object that a value reads, as `flask.g`:
 * everyone who reads one of them has the same object.
 */
export function libraryNames(program: Program, value: Ref, depth = 0): readonly string[] {
  const of = instruction(program, value)
  const isName = of.op === Op.Import || of.op === Op.Name
  if (!isName && of.op !== Op.Attr || depth > MAX_LIBRARY_DEPTH) return []
  const made = isName ? program.definitions(value) : [operand(of, of.a)]
  return made.some((each) => libraryNames(program, each, depth + 1).length === 0) ? [] : program.names(value)
}

function push<K, V>(table: Map<K, V[]>, key: K, value: V): void {
  const list = table.get(key)
  if (list) list.push(value)
  else table.set(key, [value])
}
