import { CallFlag, Op } from '../flow/facts.ts'
import type { Classes } from './classes.ts'
import type { LibraryTypes } from './knowledge.ts'
import type { Modules } from './modules.ts'
import type { ClassRef, FunctionRef, ProgramFile, Ref } from './program.ts'
import type { Space } from './space.ts'

/** What a value is known to stand for, without running anything. */
export type Denotation =
  | { readonly kind: 'function', readonly of: FunctionRef }
  | { readonly kind: 'class', readonly of: ClassRef }
  | { readonly kind: 'module', readonly of: ProgramFile }
  /** Something outside the program, by canonical name. */
  | { readonly kind: 'library', readonly name: string }

/** Steps from name to name before the search for a denotation gives up. */
const MAX_STEPS = 24
/** Alternatives kept for one value. */
const MAX_DENOTATIONS = 6

/** Resolves values to functions, classes, modules and library names. */
export class Denotations {
  readonly #space: Space
  readonly #modules: Modules
  readonly #library: LibraryTypes
  readonly #known = new Map<Ref, readonly Denotation[]>()
  readonly #open = new Set<Ref>()
  #classes: Classes | undefined
  /** Whether a cycle was cut while the current answer was made; such answers are not remembered. */
  #cut = false

  constructor(space: Space, modules: Modules, library: LibraryTypes) {
    this.#space = space
    this.#modules = modules
    this.#library = library
  }

  /** The class table needs denotations for base classes, and member look-up needs the table. */
  connect(classes: Classes): void {
    this.#classes = classes
  }

  of(value: Ref): readonly Denotation[] {
    const known = this.#known.get(value)
    if (known) return known
    if (this.#open.has(value) || this.#open.size >= MAX_STEPS * 8) {
      this.#cut = true
      return []
    }
    const isOutermost = this.#open.size === 0
    if (isOutermost) this.#cut = false
    this.#open.add(value)
    const found = distinct(this.#find(value))
    this.#open.delete(value)
    if (isOutermost || !this.#cut) this.#known.set(value, found)
    return found
  }

  /** Values that a module-level or imported name, or a member of a module, is bound to. */
  definitions(value: Ref): readonly Ref[] {
    const file = this.#space.fileOf(value)
    const { facts } = file
    const at = value - file.valueBase
    switch (facts.op[at]) {
      case Op.Name:
        return this.#modules.member(file, facts.strings[facts.a[at] ?? 0] ?? '')
      case Op.Import: {
        const declared = facts.imports[facts.a[at] ?? 0]
        if (!declared || declared.name === '' || declared.name === '*') return []
        const from = this.#modules.resolve(declared.module, file)
        return from ? this.#modules.member(from, declared.name).filter((each) => each !== value) : []
      }
      case Op.Attr: {
        const name = facts.strings[facts.b[at] ?? 0] ?? ''
        return this.of(file.valueBase + (facts.a[at] ?? 0)).flatMap((object) => {
          if (object.kind === 'module') return this.#modules.member(object.of, name)
          return object.kind === 'class' ? this.#classes?.member(object.of, name) ?? [] : []
        })
      }
      default:
        return []
    }
  }

  #find(value: Ref): Denotation[] {
    const file = this.#space.fileOf(value)
    const { facts } = file
    const at = value - file.valueBase
    const a = facts.a[at] ?? -1
    const list = (): Ref[] => Array.from(facts.args.subarray(facts.argStart[at] ?? 0, facts.argStart[at + 1] ?? 0), (each) => file.valueBase + each)
    switch (facts.op[at]) {
      case Op.Function:
        return [{ kind: 'function', of: file.functionBase + a }]
      case Op.Class:
        return [{ kind: 'class', of: file.classBase + a }]
      case Op.Import:
        return this.#imported(file, a, value)
      case Op.Name:
        return this.#named(file, facts.strings[a] ?? '', value)
      case Op.Capture:
      case Op.Phi:
        return list().flatMap((each) => [...this.of(each)])
      case Op.Attr:
        return this.#attribute(file.valueBase + a, facts.strings[facts.b[at] ?? 0] ?? '', value)
      case Op.Annotated:
      case Op.Refine:
      case Op.Await:
        return a < 0 ? [] : [...this.of(file.valueBase + a)]
      case Op.Call:
        // A decorator's result is called like what it decorates.
        return (facts.b[at] ?? 0) & CallFlag.Decorator ? list().slice(1, 2).flatMap((each) => [...this.of(each)]) : []
      case Op.Param:
        return this.#classReceiver(value)
      default:
        return []
    }
  }

  #imported(file: ProgramFile, index: number, value: Ref): Denotation[] {
    const declared = file.facts.imports[index]
    if (!declared) return []
    if (declared.name === '') {
      const top = declared.module.split('.')[0] ?? ''
      // `import a.b` binds `a`; `import a.b as c` binds the submodule.
      const module = declared.bound === top ? top : declared.module
      const found = this.#modules.resolve(module, file)
      return [found ? { kind: 'module', of: found } : { kind: 'library', name: this.#library.canonical(this.#modules.canonical(module, file)) }]
    }
    const from = this.#modules.resolve(declared.module, file)
    if (!from) {
      const module = this.#modules.canonical(declared.module, file)
      const whole = this.#modules.named(`${module}.${declared.name}`)
      return [whole ? { kind: 'module', of: whole } : { kind: 'library', name: this.#library.canonical(`${module}.${declared.name}`) }]
    }
    return this.#memberOf(from, declared.name, value)
  }

  #memberOf(module: ProgramFile, name: string, asking: Ref): Denotation[] {
    const values = this.#modules.member(module, name).filter((each) => each !== asking)
    if (values.length > 0) return values.flatMap((each) => [...this.of(each)])
    const submodule = this.#modules.submodule(module, name)
    if (submodule) return [{ kind: 'module', of: submodule }]
    return this.#modules.starLibraries(module).map((library) => ({ kind: 'library', name: this.#library.canonical(`${library}.${name}`) }))
  }

  #named(file: ProgramFile, name: string, asking: Ref): Denotation[] {
    const values = this.#modules.member(file, name).filter((each) => each !== asking)
    if (values.length > 0) return values.flatMap((each) => [...this.of(each)])
    const features = this.#space.languageOf(file).flow
    if (features?.builtins.includes(name)) return [{ kind: 'library', name: this.#library.canonical(`${features.builtinModule}.${name}`) }]
    return this.#modules.starLibraries(file).map((library) => ({ kind: 'library', name: this.#library.canonical(`${library}.${name}`) }))
  }

  #attribute(object: Ref, name: string, asking: Ref): Denotation[] {
    return this.of(object).flatMap((each): Denotation[] => {
      switch (each.kind) {
        case 'module':
          return this.#memberOf(each.of, name, asking)
        case 'class': {
          const members = this.#classes?.member(each.of, name) ?? []
          return members.flatMap((member) => [...this.of(member)])
        }
        case 'library':
          return [{ kind: 'library', name: this.#library.canonical(`${each.name}.${name}`) }]
        case 'function':
          return []
      }
    })
  }

  /** The first parameter of a class method stands for the class. */
  #classReceiver(value: Ref): Denotation[] {
    const owner = this.#space.functionOf(value)
    const classes = this.#classes
    if (!classes) return []
    const receiver = classes.receiver(owner)
    return receiver?.value === value && receiver.isClass ? [{ kind: 'class', of: receiver.of }] : []
  }
}

function distinct(list: readonly Denotation[]): readonly Denotation[] {
  const seen = new Set<string>()
  const kept: Denotation[] = []
  for (const each of list) {
    const key = each.kind === 'library' ? each.name : each.kind === 'module' ? `m:${each.of.path}` : `${each.kind}:${each.of}`
    if (seen.has(key)) continue
    seen.add(key)
    kept.push(each)
    if (kept.length >= MAX_DENOTATIONS) break
  }
  return kept
}
