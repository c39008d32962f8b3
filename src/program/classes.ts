import { Op } from '../flow/facts.ts'
import { linearize } from './linearize.ts'
import type { Denotations } from './denote.ts'
import type { LibraryTypes } from './knowledge.ts'
import type { ClassRef, FunctionRef, ProgramFile, Ref } from './program.ts'
import type { Space } from './space.ts'

/** Ancestors kept for one class; deeper hierarchies are cut. */
const MAX_ANCESTORS = 64

/** Descendants found of one class; beyond it, what they override is too much to follow anyway. */
const MAX_DESCENDANTS = 1_024

/** Direct bases of a class. */
interface Bases {
  readonly own: readonly ClassRef[]
  /** Library classes by canonical name. */
  readonly names: readonly string[]
  /** Every base was resolved. */
  readonly isKnown: boolean
}

const NO_BASES: Bases = { own: [], names: [], isKnown: true }

/** The first parameter of a method, and the class it stands for. */
export interface Receiver {
  readonly value: Ref
  readonly of: ClassRef
  /** Whether it is the class itself and not an instance. */
  readonly isClass: boolean
}

/** The class hierarchy of the program, library bases included by name. */
export class Classes {
  readonly #space: Space
  readonly #denotations: Denotations
  readonly #library: LibraryTypes
  readonly #byName = new Map<string, ClassRef>()
  readonly #names: string[] = []
  readonly #order = new Map<ClassRef, Lineage>()
  readonly #descendants = new Map<ClassRef, readonly ClassRef[]>()
  readonly #families = new Map<ClassRef, ReadonlySet<ClassRef>>()
  readonly #receivers = new Map<FunctionRef, Receiver | null>()
  #members: ReadonlyMap<string, ReadonlyMap<ClassRef, readonly Ref[]>> | undefined
  #children: ReadonlyMap<ClassRef, readonly ClassRef[]> | undefined

  constructor(space: Space, denotations: Denotations, library: LibraryTypes) {
    this.#space = space
    this.#denotations = denotations
    this.#library = library
    for (const file of space.files) {
      for (const [index, each] of file.facts.classes.entries()) {
        const name = file.module === '' ? each.qualifiedName : `${file.module}.${each.qualifiedName}`
        this.#names[file.classBase + index] = name
        if (!this.#byName.has(name)) this.#byName.set(name, file.classBase + index)
      }
    }
    denotations.connect(this)
  }

  /** Canonical name of a class of the program. */
  name(of: ClassRef): string {
    return this.#names[of] ?? ''
  }

  named(name: string): ClassRef | undefined {
    return this.#byName.get(name)
  }

  /**
   * The class and its ancestors in the order in which members are looked up, and
   * the library classes they descend from.
   */
  lineage(of: ClassRef): Lineage {
    const known = this.#order.get(of)
    if (known) return known
    const { own, bases } = this.#collect(of)
    const library: string[] = []
    let isOpen = own.length >= MAX_ANCESTORS
    for (const each of own) {
      const { names, isKnown } = bases.get(each) ?? NO_BASES
      if (!isKnown) isOpen = true
      for (const name of names) if (!library.includes(name)) library.push(name)
    }
    const order = linearize(of, own, (each) => bases.get(each)?.own ?? [])
    const lineage: Lineage = { own: order, library, isOpen }
    if (!this.#denotations.isProvisional) this.#order.set(of, lineage)
    return lineage
  }

  /** Every ancestor, and each one's direct bases. */
  #collect(of: ClassRef): { readonly own: readonly ClassRef[], readonly bases: ReadonlyMap<ClassRef, Bases> } {
    const own: ClassRef[] = []
    const bases = new Map<ClassRef, Bases>()
    const queue: ClassRef[] = [of]
    for (let at = 0; at < queue.length && own.length < MAX_ANCESTORS; at++) {
      const each = queue[at]
      if (each === undefined || bases.has(each)) continue
      own.push(each)
      const direct = this.#bases(each)
      bases.set(each, direct)
      queue.push(...direct.own)
    }
    return { own, bases }
  }

  #bases(of: ClassRef): Bases {
    const { file, facts } = this.#facts(of)
    const own: ClassRef[] = []
    const names: string[] = []
    let isKnown = true
    for (const base of facts.bases) {
      // `Generic[T]` is `Generic`.
      const named = file.facts.op[base] === Op.Index ? file.facts.a[base] ?? base : base
      const denoted = this.#denotations.of(file.valueBase + named)
      if (denoted.length === 0) isKnown = false
      for (const one of denoted) {
        if (one.kind === 'class' && one.of !== of && !own.includes(one.of)) own.push(one.of)
        else if (one.kind === 'library' && !names.includes(one.name)) names.push(one.name)
      }
    }
    return { own, names, isKnown }
  }

  /** Classes that descend from a class, itself left out, in order of number. */
  descendants(of: ClassRef): readonly ClassRef[] {
    let known = this.#descendants.get(of)
    if (!known) {
      known = this.#findDescendants(of)
      this.#descendants.set(of, known)
    }
    return known
  }

  #findDescendants(of: ClassRef): readonly ClassRef[] {
    const children = this.#childTable()
    const found = new Set<ClassRef>()
    const queue = [...children.get(of) ?? []]
    for (let at = 0; at < queue.length && found.size < MAX_DESCENDANTS; at++) {
      const each = queue[at]
      if (each === undefined || found.has(each)) continue
      found.add(each)
      queue.push(...children.get(each) ?? [])
    }
    return [...found].sort((a, b) => a - b)
  }

  /** A class with its ancestors and descendants. */
  family(of: ClassRef): ReadonlySet<ClassRef> {
    const known = this.#families.get(of)
    if (known) return known
    const family = new Set([...this.lineage(of).own, ...this.descendants(of)])
    if (!this.#denotations.isProvisional) this.#families.set(of, family)
    return family
  }

  /** Values that a class binds to a name in its own body. */
  ownMember(of: ClassRef, name: string): readonly Ref[] {
    return this.declaring(name)?.get(of) ?? []
  }

  /** Classes that bind a name in their own body, with the values. */
  declaring(name: string): ReadonlyMap<ClassRef, readonly Ref[]> | undefined {
    this.#members ??= this.#memberTable()
    return this.#members.get(name)
  }

  /** Names with a beginning that any class binds in its body, sorted. */
  memberNames(beginning: string): readonly string[] {
    this.#members ??= this.#memberTable()
    return [...this.#members.keys()].filter((name) => name.startsWith(beginning)).sort()
  }

  /** Values a name of a class is bound to, in the class or its nearest ancestor. */
  member(of: ClassRef, name: string): readonly Ref[] {
    for (const each of this.lineage(of).own) {
      const found = this.ownMember(each, name)
      if (found.length > 0) return found
    }
    return []
  }

  /** As `member`, leaving out the class itself: what the way to the parent class reaches. */
  inherited(of: ClassRef, name: string): readonly Ref[] {
    for (const each of this.lineage(of).own) {
      const found = each === of ? [] : this.ownMember(each, name)
      if (found.length > 0) return found
    }
    return []
  }

  /** Whether a method is read like a field. */
  isProperty(of: FunctionRef): boolean {
    const file = this.#space.fileOfFunction(of)
    const known = this.#space.languageOf(file).flow?.propertyDecorators ?? []
    return known.length > 0 && this.decoratorNames(of).some((name) => known.includes(name))
  }

  /** Whether a method is run where a property is assigned. */
  isSetter(of: FunctionRef): boolean {
    const { facts, functionBase } = this.#space.fileOfFunction(of)
    const name = this.#space.languageOf(this.#space.fileOfFunction(of)).flow?.setterDecorator
    const decorators = facts.functions[of - functionBase]?.decorators ?? []
    return name !== undefined && decorators.some((at) => facts.op[at] === Op.Attr && facts.strings[facts.b[at] ?? 0] === name)
  }

  /** The receiver parameter of a function that is a method; `undefined` for any other. */
  receiver(of: FunctionRef): Receiver | undefined {
    let known = this.#receivers.get(of)
    if (known === undefined) {
      known = this.#findReceiver(of) ?? null
      if (!this.#denotations.isProvisional) this.#receivers.set(of, known)
    }
    return known ?? undefined
  }

  isSubtype(type: string, of: string): boolean {
    if (type === of) return true
    const own = this.#byName.get(type)
    const start = own === undefined ? [type] : this.lineage(own).library
    if (own !== undefined && this.lineage(own).own.some((each) => this.name(each) === of)) return true
    const queue = [...start]
    for (let at = 0; at < queue.length && at < MAX_ANCESTORS; at++) {
      const each = queue[at] ?? ''
      if (each === of || this.#library.canonical(each) === this.#library.canonical(of)) return true
      queue.push(...this.#library.bases(each))
    }
    return false
  }

  #findReceiver(of: FunctionRef): Receiver | undefined {
    const file = this.#space.fileOfFunction(of)
    const facts = file.facts.functions[of - file.functionBase]
    const features = this.#space.languageOf(file).flow
    const first = facts?.parameters[0]
    if (!facts || !features?.explicitReceiver || !first || facts.kind !== 'function') return undefined
    const body = file.facts.functions[facts.parent]
    if (body?.kind !== 'class-body' || first.kind === 'rest' || first.kind === 'keyword-rest') return undefined
    const decorators = this.decoratorNames(of)
    if (decorators.some((name) => features.staticDecorators.includes(name))) return undefined
    const isClass = decorators.some((name) => features.classDecorators.includes(name))
    return { value: file.valueBase + first.value, of: file.classBase + body.classIndex, isClass }
  }

  /** Names of a function's decorators: canonical, and built-in ones also by their bare name. */
  decoratorNames(of: FunctionRef): string[] {
    const file = this.#space.fileOfFunction(of)
    const facts = file.facts.functions[of - file.functionBase]
    const builtin = `${this.#space.languageOf(file).flow?.builtinModule ?? ''}.`
    return (facts?.decorators ?? []).flatMap((local) => {
      const value = file.valueBase + local
      const called = file.facts.op[local] === Op.Call ? file.valueBase + (file.facts.a[local] ?? 0) : value
      return this.#denotations.of(called).flatMap((each) => {
        if (each.kind !== 'library') return []
        return each.name.startsWith(builtin) ? [each.name, each.name.slice(builtin.length)] : [each.name]
      })
    })
  }

  #facts(of: ClassRef): { file: ProgramFile, facts: ProgramFile['facts']['classes'][number] } {
    const file = this.#space.fileOfClass(of)
    const facts = file.facts.classes[of - file.classBase]
    if (!facts) throw new Error(`no class ${of}`)
    return { file, facts }
  }

  #memberTable(): ReadonlyMap<string, ReadonlyMap<ClassRef, readonly Ref[]>> {
    const table = new Map<string, Map<ClassRef, Ref[]>>()
    for (const { facts, classBase, valueBase } of this.#space.files) {
      for (const [index, { body }] of facts.classes.entries()) {
        for (const { name, value } of facts.functions[body]?.bindings ?? []) {
          const text = facts.strings[name] ?? ''
          const classes = table.get(text) ?? new Map<ClassRef, Ref[]>()
          table.set(text, classes)
          const values = classes.get(classBase + index)
          if (values) values.push(valueBase + value)
          else classes.set(classBase + index, [valueBase + value])
        }
      }
    }
    return table
  }

  #childTable(): ReadonlyMap<ClassRef, readonly ClassRef[]> {
    if (this.#children) return this.#children
    const table = new Map<ClassRef, ClassRef[]>()
    for (const file of this.#space.files) {
      for (const [index, each] of file.facts.classes.entries()) {
        if (each.bases.length === 0) continue
        for (const base of this.#bases(file.classBase + index).own) {
          const list = table.get(base)
          if (list) list.push(file.classBase + index)
          else table.set(base, [file.classBase + index])
        }
      }
    }
    this.#children = table
    return table
  }
}

/** A class's ancestors. */
export interface Lineage {
  /** Classes of the program, the class itself first. */
  readonly own: readonly ClassRef[]
  /** Library classes by canonical name. */
  readonly library: readonly string[]
  /** A base could not be resolved, so members may come from elsewhere. */
  readonly isOpen: boolean
}
