import type { Random } from './random.ts'
import { CONSTANT_ENDS, CONSTANTS, ENTRY_MODULES, FOLDERS, MODULES, NOUNS, OBJECTS, THINGS, VERBS } from './words.ts'
import type { Sort } from './module.ts'

/** Gives out names, each once in a program. */
export class Names {
  readonly #random: Random
  readonly #taken = new Set<string>()

  constructor(random: Random) {
    this.#random = random
  }

  /** Of a variable, a parameter or an attribute that holds one text. */
  value(): string {
    return this.#fresh(() => this.#random.pick(NOUNS))
  }

  /** Of a variable that holds a container or an object. */
  thing(): string {
    return this.#fresh(() => this.#random.pick(THINGS))
  }

  /** Of a method, which no other method of the program has. */
  method(): string {
    return this.global('function')
  }

  global(sort: Sort): string {
    const two = (): string => `${this.#random.pick(VERBS)}_${this.#random.pick(OBJECTS)}`
    if (sort === 'function') return this.#fresh(two)
    if (sort === 'class') return this.#fresh(() => capitalised(`${this.#random.pick(OBJECTS)}_${this.#random.pick(VERBS)}er`))
    return this.#fresh(() => `${this.#random.pick(CONSTANTS)}_${this.#random.pick(CONSTANT_ENDS)}`)
  }

  module(isEntry: boolean): string {
    return this.#fresh(() => this.#random.pick(isEntry ? ENTRY_MODULES : MODULES))
  }

  folder(): string {
    return this.#fresh(() => this.#random.pick(FOLDERS))
  }

  #fresh(make: () => string): string {
    let name = make()
    for (let tries = 0; this.#taken.has(name); tries++) name = tries < 8 ? make() : `${make()}_${tries}`
    this.#taken.add(name)
    return name
  }
}

function capitalised(words: string): string {
  return words.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}
