import { styled } from './style.ts'
import { dedented } from './text.ts'
import type { Names } from './names.ts'
import type { Layout } from './layout.ts'

/** What a definition is, which decides the form of its name. */
export type Sort = 'function' | 'class' | 'constant'

/** Writes the text of a definition, given its name and the module it comes to stand in. */
export type Definition = (name: string, module: Module) => string

/** Where a definition may stand, seen from the module that uses it. */
export type Placement = 'any' | 'here' | 'other'

/**
 * One file of the program that is being written: its imports, its definitions
 * and what stands at its end. A module imports only modules that come later in
 * the program's list, so that no import runs in a circle by accident.
 */
export class Module {
  readonly layout: Layout
  readonly index: number
  /** Path from the program's folder. */
  readonly path: string
  /** Name that absolute imports use. */
  readonly dotted: string
  readonly #imports: string[] = []
  readonly #definitions: string[] = []
  readonly #tail: string[] = []
  readonly #references = new Map<string, string>()

  constructor(layout: Layout, index: number, path: string, dotted: string) {
    this.layout = layout
    this.index = index
    this.path = path
    this.dotted = dotted
  }

  get names(): Names {
    return this.layout.names
  }

  /** Adds a definition to this module, at its end so far. */
  add(text: string): void {
    this.#definitions.push(dedented(text))
  }

  /** Adds statements after every definition. */
  addLast(text: string): void {
    this.#tail.push(dedented(text))
  }

  addImport(line: string): void {
    if (!this.#imports.includes(line)) this.#imports.push(line)
  }

  /** Defines something in this module or in another; returns how this module refers to it. */
  define(sort: Sort, text: Definition, placement: Placement = 'any'): string {
    const name = this.names.global(sort)
    const holder = this.layout.placeFor(this, placement)
    const written = text(name, holder)
    holder.add(written)
    return this.reference(holder, name)
  }

  /** How this module refers to a name of another module; imports it in one of the ways there are. */
  reference(holder: Module, name: string): string {
    if (holder === this) return name
    const key = `${holder.dotted}.${name}`
    const known = this.#references.get(key)
    if (known !== undefined) return known
    const { line, expression } = this.layout.importOf(this, holder, name)
    this.addImport(line)
    this.#references.set(key, expression)
    return expression
  }

  /** How this module refers to something of a library, `use('functools', 'partial')`; imports it. */
  use(library: string, name?: string): string {
    const key = `${library}:${name ?? ''}`
    const known = this.#references.get(key)
    if (known !== undefined) return known
    const expression = this.#importLibrary(library, name)
    this.#references.set(key, expression)
    return expression
  }

  #importLibrary(library: string, name: string | undefined): string {
    const { random } = this.layout
    // A name that two libraries have is not imported bare from either.
    const isTaken = name !== undefined && this.#imports.some((line) => line.endsWith(` import ${name}`))
    const style = isTaken ? 0.7 : random.next()
    if (name !== undefined && !isTaken && (style < 0.5 || library.includes('.'))) {
      this.addImport(`from ${library} import ${name}`)
      return name
    }
    if (name !== undefined && style < 0.6) {
      const alias = `${name.toLowerCase()}_${library.replaceAll('.', '_')}`
      this.addImport(`from ${library} import ${name} as ${alias}`)
      return alias
    }
    if (style > 0.9) {
      const alias = `${library.replaceAll('.', '_')}_module`
      this.addImport(`import ${library} as ${alias}`)
      return name === undefined ? alias : `${alias}.${name}`
    }
    this.addImport(`import ${library}`)
    return name === undefined ? library : `${library}.${name}`
  }

  /** The file's text. */
  text(): string {
    const { style } = this.layout
    const parts = [this.#imports.join('\n'), ...this.#definitions, this.#tail.join('\n')].filter((part) => part !== '')
    return styled(`${parts.join('\n'.repeat(style.gap + 1))}\n`, style)
  }
}
