import type { Model } from '../models/model.ts'
import type { Spelling } from '../tree/language.ts'

/** Other names of one thing that are spelled beside the canonical one. */
const MAX_ALIASES = 6

/** Base classes followed upwards from one class. */
const MAX_BASES = 64

/** How a model's canonical name stands in source. */
export interface SpelledName {
  /** Ready for a pattern: `os.system`, or `$OBJ.execute` for a method. */
  readonly text: string
  /** The class of the receiver `$OBJ`; `undefined` for what a module offers. */
  readonly receiver: string | undefined
}

/** Metavariable of a receiver whose type a pattern does not tell. */
export const RECEIVER = '$OBJ'

/**
 * Canonical names of models as source code has them: a method's class becomes
 * a receiver, or the value of a module that has this type
 * (`flask.request` for `flask.Request`).
 */
export class NameSpeller {
  readonly #spelling: Spelling
  readonly #classes: ReadonlySet<string>
  readonly #called: ReadonlySet<string>
  readonly #bases: ReadonlyMap<string, readonly string[]>
  /** Class to the module values of that type. */
  readonly #values: ReadonlyMap<string, readonly string[]>
  readonly #aliases: readonly (readonly [name: string, means: string])[]

  /** Models of one language. */
  constructor(models: readonly Model[], spelling: Spelling) {
    this.#spelling = spelling
    const types = models.flatMap((model) => model.types)
    const named = new Set([
      ...types.flatMap((each) => [each.type, ...each.bases, ...each.attributes.values()]),
      ...models.flatMap((model) => model.returns.map((each) => each.type)),
    ])
    const modules = new Set(types.map((each) => each.type).filter((name) => isModule(name, named)))
    this.#classes = new Set([...named].filter((name) => !modules.has(name)))
    this.#called = new Set(models.flatMap((model) => model.sinks.map((each) => each.call)))
    this.#bases = new Map(types.map((each) => [each.type, each.bases]))
    this.#values = groupedValues(types.filter((each) => modules.has(each.type)))
    this.#aliases = models.flatMap((model) => model.aliases.map((each) => [each.name, each.means] as const))
  }

  /** A function, method or class that is called, or a value that is denoted, under each of its names. */
  spell(canonical: string): readonly SpelledName[] {
    const [owner, member] = split(canonical)
    if (this.#classes.has(owner)) return [{ text: `${RECEIVER}.${member}`, receiver: owner }]
    return this.#names(canonical).map((text) => ({ text, receiver: undefined }))
  }

  /** As `spell`, with values of modules as receivers where models know some of the class or its subclasses. */
  spellOnValues(canonical: string): readonly SpelledName[] {
    const [owner, member] = split(canonical)
    const values = this.#classes.has(owner) ? this.#valuesOf(owner) : []
    if (values.length === 0) return this.spell(canonical)
    return values.map((value) => ({ text: `${this.#spelling.name(value)}.${member}`, receiver: undefined }))
  }

  /** Whether models know this name as a class or a call, so that it stands with arguments too. */
  isCalled(canonical: string): boolean {
    return this.#classes.has(canonical) || this.#called.has(canonical)
  }

  /** The canonical name and its aliases; built-ins have none worth writing. */
  #names(canonical: string): readonly string[] {
    const own = this.#spelling.name(canonical)
    if (!own.includes('.')) return [own]
    const others = this.#aliases
      .filter(([, means]) => canonical === means || canonical.startsWith(`${means}.`))
      .map(([name, means]) => name + canonical.slice(means.length))
    return [own, ...others.slice(0, MAX_ALIASES)]
  }

  #valuesOf(type: string): readonly string[] {
    const found: string[] = []
    for (const [valueType, values] of this.#values) if (this.#descends(valueType, type)) found.push(...values)
    return found.sort()
  }

  #descends(type: string, from: string): boolean {
    const seen = new Set([type])
    for (const each of seen) {
      if (each === from) return true
      if (seen.size > MAX_BASES) return false
      for (const base of this.#bases.get(each) ?? []) seen.add(base)
    }
    return false
  }
}

/** A type entry describes a module when it is no dotted name or when classes are named below it. */
function isModule(name: string, named: ReadonlySet<string>): boolean {
  return !name.includes('.') || [...named].some((each) => each.startsWith(`${name}.`))
}

function groupedValues(
  modules: readonly { readonly type: string, readonly attributes: ReadonlyMap<string, string> }[],
): Map<string, string[]> {
  const values = new Map<string, string[]>()
  for (const { type, attributes } of modules) {
    for (const [name, of] of attributes) {
      const known = values.get(of)
      if (known) known.push(`${type}.${name}`)
      else values.set(of, [`${type}.${name}`])
    }
  }
  return values
}

function split(canonical: string): [owner: string, member: string] {
  const at = canonical.lastIndexOf('.')
  return [canonical.slice(0, Math.max(0, at)), canonical.slice(at + 1)]
}
