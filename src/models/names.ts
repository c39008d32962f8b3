import { firstPart, lastPart, setOnce } from './entry-index.ts'
import type { Model, TypeModel } from './model.ts'

/** Hops through aliases, typed attributes and base classes before a name is taken as it is. */
const MAX_HOPS = 12

/** Classes visited while walking the bases of one. */
const MAX_BASES = 64

/**
 * Names and classes of libraries: aliases, typed values (`flask.request.args` is
 * attribute `args` of a `flask.Request`) and base classes.
 */
export class LibraryNames {
  readonly #types = new Map<string, TypeModel>()
  readonly #aliases = new Map<string, string>()
  readonly #usual = new Map<string, string>()
  readonly #libraries = new Set<string>()
  readonly #canonical = new Map<string, string>()

  /** For two entries of one type or alias the first counts. */
  constructor(models: readonly Model[]) {
    for (const model of models) {
      for (const name of namesIn(model)) this.#libraries.add(firstPart(name))
      for (const each of model.types) setOnce(this.#types, each.type, each)
      for (const each of model.aliases) setOnce(each.isUsual ? this.#usual : this.#aliases, each.name, each.means)
    }
  }

  /** Whether a model covers the library a dotted name belongs to, by its first part. */
  isKnownLibrary(name: string): boolean {
    return this.#libraries.has(firstPart(this.canonical(name))) || this.#libraries.has(firstPart(name))
  }

  /** What is usually imported under a name, where that is something of a library that a model covers. */
  usualMeaning(name: string): string | undefined {
    return this.#usual.get(name) ?? (this.isKnownLibrary(name) ? name : undefined)
  }

  /** What the models say of a class. */
  type(name: string): TypeModel | undefined {
    return this.#types.get(this.canonical(name))
  }

  /** Type of an attribute, of the class or of a base. A module counts as a class whose attributes are its values. */
  attributeType(type: string, attribute: string): string | undefined {
    for (const each of this.lineage(type)) {
      const found = this.#types.get(each)?.attributes.get(attribute)
      if (found !== undefined) return this.canonical(found)
    }
    return undefined
  }

  /** Direct base classes of a library type, as canonical names. */
  bases(type: string): readonly string[] {
    return (this.#types.get(this.canonical(type))?.bases ?? []).map((base) => this.canonical(base))
  }

  /** The documented name of what a name denotes, through aliases of itself or of a prefix; the name when there is none. */
  alias(name: string): string {
    let current = name
    for (let hop = 0; hop < MAX_HOPS; hop++) {
      const next = this.#aliasOnce(current)
      if (next === undefined || next === current) break
      current = next
    }
    return current
  }

  /** The name under which models know a value: aliases followed, and typed values replaced by their type. */
  canonical(name: string): string {
    const known = this.#canonical.get(name)
    if (known !== undefined) return known
    const found = this.#canonicalise(name)
    this.#canonical.set(name, found)
    return found
  }

  /** A type and all its base classes, itself first, each once. */
  lineage(type: string): readonly string[] {
    const order: string[] = []
    const seen = new Set<string>()
    const queue = [this.alias(type)]
    for (let at = 0; at < queue.length && order.length < MAX_BASES; at++) {
      const each = queue[at]
      if (each === undefined || seen.has(each)) continue
      seen.add(each)
      order.push(each)
      for (const base of this.#types.get(each)?.bases ?? []) queue.push(this.alias(base))
    }
    return order
  }

  /** Last parts of names, and of the aliases that stand for them. */
  called(names: readonly string[]): readonly string[] {
    const called = new Set(names.map(lastPart))
    for (const [alias, meant] of this.#aliases) if (called.has(lastPart(meant))) called.add(lastPart(alias))
    return [...called].sort()
  }

  /** The first answer for a member of a class or, in order, of its bases. */
  inherited<T>(name: string, answer: (member: string) => T | undefined): T | undefined {
    const dot = name.lastIndexOf('.')
    if (dot <= 0) return undefined
    const owner = name.slice(0, dot)
    if (!this.#types.has(owner)) return undefined
    for (const each of this.lineage(owner)) {
      const found = answer(each + name.slice(dot))
      if (found !== undefined) return found
    }
    return undefined
  }

  #canonicalise(name: string): string {
    const parts = this.alias(name).split('.')
    let prefix = parts[0] ?? ''
    for (let at = 1; at < parts.length && at <= MAX_HOPS; at++) {
      const part = parts[at] ?? ''
      const type = at < parts.length - 1 ? this.#attributeOf(prefix, part) : undefined
      prefix = this.alias(type ?? `${prefix}.${part}`)
    }
    const rest = parts.slice(MAX_HOPS + 1)
    return rest.length === 0 ? prefix : `${prefix}.${rest.join('.')}`
  }

  #attributeOf(type: string, attribute: string): string | undefined {
    for (const each of this.lineage(type)) {
      const found = this.#types.get(each)?.attributes.get(attribute)
      if (found !== undefined) return found
    }
    return undefined
  }

  #aliasOnce(name: string): string | undefined {
    const own = this.#aliases.get(name)
    if (own !== undefined) return own
    for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
      const means = this.#aliases.get(name.slice(0, dot))
      if (means !== undefined) return means + name.slice(dot)
    }
    return undefined
  }
}

/** Every name a model says something about. */
function namesIn(model: Model): readonly string[] {
  const calls = [
    model.returns, model.sinks, model.sanitizers, model.propagators, model.guards, model.exits, model.callbacks,
  ].flatMap((entries) => entries.map((e) => e.call))
  const acts = model.acts.map((e) => e.call ?? e.read ?? e.base ?? '')
  const sources = model.sources.map((e) => e.read ?? e.call ?? '')
  const entries = model.entryPoints.map((e) => e.decorator ?? e.base ?? e.call ?? '')
  const names = [...model.types.map((e) => e.type), ...model.aliases.map((e) => (e.isUsual ? e.means : e.name)), ...model.constants.map((e) => e.name)]
  return [...names, ...calls, ...sources, ...entries, ...acts].filter((name) => name !== '')
}
