import { ArgTag, Op } from '../flow/facts.ts'
import type { Annotations } from './annotations.ts'
import type { Denotations } from './denote.ts'
import type { ProgramFile, Ref } from './program.ts'
import type { Space } from './space.ts'

/** Blocks around a use in which a test is looked for. */
const MAX_BLOCKS = 32

/** How a class pattern's test is written in the facts. */
const INSTANCE_OF = 'instanceof'

/** Finds what conditions around a use say of a value's type. */
export class TypeTests {
  readonly #space: Space
  readonly #denotations: Denotations
  readonly #annotations: Annotations

  constructor(space: Space, denotations: Denotations, annotations: Annotations) {
    this.#space = space
    this.#denotations = denotations
    this.#annotations = annotations
  }

  /** Types of which a value is one where another instruction stands, by the nearest test that holds there. */
  of(value: Ref, use: Ref): readonly string[] {
    const file = this.#space.fileOf(use)
    const { facts, valueBase } = file
    const tested = value - valueBase
    let block = facts.block[use - valueBase] ?? -1
    for (let steps = 0; block >= 0 && steps < MAX_BLOCKS; steps++) {
      const condition = facts.condition[block] ?? -1
      if (condition >= 0 && facts.sense[block] === 1) {
        const types = this.#tested(file, condition, tested)
        if (types.length > 0) return types
      }
      block = facts.dominator[block] ?? -1
    }
    return []
  }

  #tested(file: ProgramFile, condition: number, tested: number): readonly string[] {
    const { facts, valueBase } = file
    const at = facts.argStart[condition] ?? 0
    if (facts.op[condition] === Op.Binary) {
      const isTest = facts.a[condition] === tested && facts.strings[facts.args[at] ?? 0] === INSTANCE_OF
      return isTest ? this.#annotations.types(valueBase + (facts.b[condition] ?? 0)) : []
    }
    if (facts.op[condition] !== Op.Call || (facts.argStart[condition + 1] ?? 0) - at !== 4) return []
    const isPlain = facts.args[at] === ArgTag.Positional && facts.args[at + 2] === ArgTag.Positional
    if (!isPlain || facts.args[at + 1] !== tested || !this.#isTest(file, facts.a[condition] ?? 0)) return []
    return this.#annotations.types(valueBase + (facts.args[at + 3] ?? 0))
  }

  #isTest(file: ProgramFile, callee: number): boolean {
    const known = this.#space.languageOf(file).flow?.typeTests ?? []
    return known.length > 0 && this.#denotations.of(file.valueBase + callee)
      .some((each) => each.kind === 'library' && known.includes(each.name))
  }
}
