import type { Layout } from './layout.ts'
import type { Definition, Module, Placement, Sort } from './module.ts'
import type { Random } from './random.ts'
import type { SinkKind } from './sinks.ts'
import { dedented } from './text.ts'
import { KEYS } from './words.ts'

/** A function whose body is being written. */
interface Frame {
  readonly module: Module
  readonly lines: string[]
  indent: number
  /** Indentation of the first line; a frame with nothing at it gets a `pass`. */
  readonly base: number
}

/** A function that goes on where another one left off. */
export interface Continuation {
  readonly module: Module
  readonly name: string
}

/**
 * The program while it is being written: the function whose body grows, and
 * what a construct may do with it. A construct adds statements to the body,
 * definitions beside it, or leaves it for a new function in which the rest of
 * the program then stands.
 */
export class Scene {
  readonly layout: Layout
  readonly random: Random
  readonly kind: SinkKind
  /** Whether the construct at work is to write its near miss. */
  twin = false
  readonly hints: (readonly [string, string])[] = []
  readonly #quote: '"' | "'"
  readonly #isTyped: boolean
  #frame: Frame

  constructor(layout: Layout, kind: SinkKind) {
    this.layout = layout
    this.random = layout.random
    this.kind = kind
    this.#quote = this.random.chance(0.6) ? "'" : '"'
    this.#isTyped = this.random.chance(0.35)
    const entry = layout.modules[0]
    if (entry === undefined) throw new Error('a program without files')
    this.#frame = { module: entry, lines: [], indent: 0, base: 0 }
  }

  get module(): Module {
    return this.#frame.module
  }

  // Names and literals

  /** A fresh variable for one text. */
  value(): string {
    return this.layout.names.value()
  }

  /** A fresh variable for a container or an object. */
  thing(): string {
    return this.layout.names.thing()
  }

  method(): string {
    return this.layout.names.method()
  }

  /** A parameter that holds text, annotated in programs that annotate. */
  text(name: string): string {
    return this.#isTyped ? `${name}: str` : name
  }

  /** A literal. */
  quoted(text: string): string {
    const escaped = text.replaceAll('\\', '\\\\').replaceAll(this.#quote, `\\${this.#quote}`)
    return `${this.#quote}${escaped}${this.#quote}`
  }

  /** A bare word that serves as a key or as an attribute. */
  word(): string {
    return this.random.pick(KEYS)
  }

  /** Two different words. */
  twoWords(): readonly [string, string] {
    const [first = 'name', second = 'kind'] = this.random.shuffled(KEYS)
    return [first, second]
  }

  key(): string {
    return this.quoted(this.word())
  }

  /** A literal that does no harm at the program's sink. */
  safe(): string {
    return this.quoted(this.random.pick(this.kind.harmless))
  }

  /** Text that may stand before and after the value without disarming an attack, as literals' content. */
  around(): readonly [string, string] {
    return this.random.pick(this.kind.around)
  }

  /** Text that must stand around an attack for it to pass this construct's check. */
  hint(before: string, after = ''): void {
    this.hints.push([before, after])
  }

  // Imports and definitions

  use(library: string, name?: string): string {
    return this.module.use(library, name)
  }

  /** Defines something here or in another file; returns how this function refers to it. */
  define(sort: Sort, text: Definition, placement: Placement = 'any'): string {
    return this.module.define(sort, text, placement)
  }

  // The body that grows

  line(text: string): void {
    this.#frame.lines.push(`${'    '.repeat(this.#frame.indent)}${text}`)
  }

  /** Several statements, with their own indentation. */
  lines(text: string): void {
    for (const line of dedented(text).split('\n')) this.line(line)
  }

  /** A statement's head; what follows stands inside it, up to `close`. */
  open(head: string): void {
    this.line(head)
    this.#frame.indent++
  }

  close(): void {
    this.#frame.indent--
  }

  /** A new function for the rest of the program; nothing is in it before `enter`. */
  continuation(placement: Placement = 'any'): Continuation {
    const module = this.layout.placeFor(this.module, placement)
    const name = this.layout.names.global('function')
    return { module, name }
  }

  /** How the function at hand refers to the one that goes on. */
  reference(next: Continuation): string {
    return this.module.reference(next.module, next.name)
  }

  /** Leaves the function at hand for good and goes on below the given heads. */
  enter(module: Module, ...heads: readonly string[]): void {
    this.finish()
    this.#frame = { module, lines: [], indent: 0, base: heads.length }
    for (const head of heads) this.open(head)
  }

  /** Goes on in a plain function that was named before. */
  enterFunction(next: Continuation, parameters: readonly string[]): void {
    this.enter(next.module, `def ${next.name}(${parameters.join(', ')}):`)
  }

  /** Puts the function at hand into its file. */
  finish(): void {
    const { lines, module, base } = this.#frame
    if (lines.length > base && this.random.chance(0.5)) {
      this.#frame.indent = base
      this.line(`return ${this.random.pick(["'ok'", "''", "'done'"])}`)
    }
    if (lines.length > 0) module.add([...lines, ...(this.#frame.lines.length === base ? [`${'    '.repeat(base)}pass`] : [])].join('\n'))
    this.#frame = { module, lines: [], indent: 0, base: 0 }
  }
}
