import { Op } from '../flow/facts.ts'
import type { Classes } from './classes.ts'
import type { Denotations } from './denote.ts'
import type { Modules } from './modules.ts'
import type { ProgramFile, Ref } from './program.ts'
import type { Space } from './space.ts'

/**
 * Values that are put from elsewhere into what a module or a class binds in its
 * own body: `settings.NAME = value`, `Class.name = value`. What tests put into
 * code that is no test is left out: it is there only while they run.
 */
export class Reassigned {
  readonly #space: Space
  readonly #denotations: Denotations
  readonly #modules: Modules
  readonly #classes: Classes
  /** By the value that is bound in the body. */
  #table: ReadonlyMap<Ref, readonly Ref[]> | undefined

  constructor(space: Space, denotations: Denotations, modules: Modules, classes: Classes) {
    this.#space = space
    this.#denotations = denotations
    this.#modules = modules
    this.#classes = classes
  }

  /** Definitions with what else is put in their place, in order. */
  with(definitions: readonly Ref[]): readonly Ref[] {
    if (definitions.length === 0) return definitions
    this.#table ??= this.#index()
    const more = definitions.flatMap((each) => this.#table?.get(each) ?? [])
    return more.length === 0 ? definitions : [...new Set([...definitions, ...more])].sort((one, other) => one - other)
  }

  #index(): ReadonlyMap<Ref, readonly Ref[]> {
    const table = new Map<Ref, Ref[]>()
    for (const file of this.#space.files) {
      const { facts, valueBase } = file
      for (let at = 0; at < facts.op.length; at++) {
        if (facts.op[at] !== Op.SetAttr) continue
        const name = facts.strings[facts.b[at] ?? 0] ?? ''
        const value = valueBase + (facts.args[facts.argStart[at] ?? 0] ?? 0)
        for (const definition of this.#bound(file, valueBase + (facts.a[at] ?? 0), name)) {
          const values = table.get(definition)
          if (values) values.push(value)
          else table.set(definition, [value])
        }
      }
    }
    return table
  }

  /** What the module or class that an object is binds to a name. */
  #bound(file: ProgramFile, object: Ref, name: string): readonly Ref[] {
    return this.#denotations.of(object).flatMap((each) => {
      if (each.kind !== 'module' && each.kind !== 'class') return []
      const owner = each.kind === 'module' ? each.of : this.#space.fileOfClass(each.of)
      if (file.isTest && !owner.isTest) return []
      return each.kind === 'module' ? this.#modules.member(each.of, name) : this.#classes.ownMember(each.of, name)
    })
  }
}
