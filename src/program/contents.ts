import { ArgTag, ConstKind, ContainerKind, Op } from '../flow/facts.ts'
import type { FileFacts } from '../flow/facts.ts'
import type { PropagatorModel } from '../models/model.ts'
import type { Denotations } from './denote.ts'
import type { LibraryTypes } from './knowledge.ts'
import type { ProgramFile, Ref } from './program.ts'
import type { Space } from './space.ts'

/** Values that are looked at in one container. */
const MAX_CONTENTS = 64

/**
 * What is put into the containers that attributes and variables hold, by the name
 * under which they are held: tables and lists of functions that are called later.
 */
export class Contents {
  readonly #space: Space
  readonly #denotations: Denotations
  readonly #library: LibraryTypes
  readonly #fillers: ReadonlySet<string>
  /** Values put into what an attribute or a variable of a name holds. */
  #put: ReadonlyMap<string, readonly Put[]> | undefined

  constructor(space: Space, denotations: Denotations, library: LibraryTypes) {
    this.#space = space
    this.#denotations = denotations
    this.#library = library
    this.#fillers = new Set(library.fillerNames())
  }

  /**
   * Values that an element of a container may be, the one under a key where that
   * is known; `stored` are the values its attribute may hold.
   */
  of(container: Ref, stored: readonly Ref[], key: string | undefined): readonly Ref[] {
    const found = new Set<Ref>()
    for (const each of [container, ...stored, ...this.#denotations.definitions(container)]) {
      for (const element of this.#elements(each)) if (mayBe(element, key)) found.add(element.value)
    }
    const { facts, valueBase } = this.#space.fileOf(container)
    const name = heldAs(this.#space.fileOf(container), container - valueBase)
    if (facts.op[container - valueBase] !== Op.Container && name !== '') {
      this.#put ??= this.#index()
      for (const each of this.#put.get(name) ?? []) if (mayBe(each, key)) found.add(each.value)
    }
    return [...found].slice(0, MAX_CONTENTS)
  }

  /** The part of a tuple or list that is written out; nothing for any other value. */
  part(value: Ref, index: number): readonly Ref[] {
    const { facts, valueBase } = this.#space.fileOf(value)
    const at = value - valueBase
    const isOrdered = facts.op[at] === Op.Container && facts.b[at] !== ContainerKind.Dict
    const entry = (facts.argStart[at] ?? 0) + 2 * index
    const isThere = isOrdered && index >= 0 && entry < (facts.argStart[at + 1] ?? 0) && facts.args[entry] === ArgTag.Positional
    return isThere ? [valueBase + (facts.args[entry + 1] ?? 0)] : []
  }

  #elements(value: Ref): readonly Put[] {
    const { facts, valueBase } = this.#space.fileOf(value)
    const at = value - valueBase
    if (facts.op[at] === Op.Call) return this.#given(value)
    if (facts.op[at] !== Op.Container) return []
    const isDict = facts.b[at] === ContainerKind.Dict
    const found: Put[] = []
    for (let entry = facts.argStart[at] ?? 0; entry < (facts.argStart[at + 1] ?? 0); entry += 2) {
      const tag = facts.args[entry] ?? ArgTag.Positional
      const key = isDict && tag >= 0 ? textOf(facts, tag) : undefined
      found.push({ value: valueBase + (facts.args[entry + 1] ?? 0), key })
    }
    return found
  }

  /** What a library's call puts into the mapping that it makes, each under the keyword it is given by. */
  #given(call: Ref): readonly Put[] {
    const { facts, valueBase } = this.#space.fileOf(call)
    const at = call - valueBase
    const named = this.#denotations.of(valueBase + (facts.a[at] ?? 0))
    if (!named.some((each) => each.kind === 'library' && this.#library.propagatorsOf(each.name).some(isByKeyword))) return []
    const found: Put[] = []
    for (let entry = facts.argStart[at] ?? 0; entry < (facts.argStart[at + 1] ?? 0); entry += 2) {
      const tag = facts.args[entry] ?? ArgTag.Positional
      if (tag >= 0) found.push({ value: valueBase + (facts.args[entry + 1] ?? 0), key: facts.strings[tag] })
    }
    return found
  }

  #index(): ReadonlyMap<string, readonly Put[]> {
    const table = new Map<string, Put[]>()
    for (const file of this.#space.files) {
      const { facts, valueBase } = file
      for (let at = 0; at < facts.op.length; at++) {
        const container = this.#filled(facts, at)
        const name = container < 0 ? '' : heldAs(file, container)
        if (name === '') continue
        const list = table.get(name) ?? []
        table.set(name, list)
        const isStore = facts.op[at] === Op.SetIndex
        const key = isStore ? textOf(facts, facts.b[at] ?? -1) : undefined
        // A call's operands have tags between them. An index or a key may come before what is put in.
        for (let entry = (facts.argStart[at] ?? 0) + (isStore ? 0 : 1); entry < (facts.argStart[at + 1] ?? 0); entry += isStore ? 1 : 2) {
          const local = facts.args[entry] ?? -1
          if (CALLABLE.has(facts.op[local] ?? -1)) list.push({ value: valueBase + local, key })
        }
      }
    }
    return table
  }

  /** The container that an instruction fills; -1 for none. */
  #filled(facts: FileFacts, at: number): number {
    if (facts.op[at] === Op.SetIndex) return facts.a[at] ?? -1
    const callee = facts.op[at] === Op.Call ? facts.a[at] ?? -1 : -1
    const isFilling = facts.op[callee] === Op.Attr && this.#fillers.has(facts.strings[facts.b[callee] ?? 0] ?? '')
    return isFilling ? facts.a[callee] ?? -1 : -1
  }
}

/** A value in a container, under a key where that is a known text. */
interface Put {
  readonly value: Ref
  readonly key: string | undefined
}

function isByKeyword({ to, parts }: PropagatorModel): boolean {
  const [step, ...rest] = parts?.to === 'anywhere' ? [] : parts?.to ?? []
  return to === 'result' && step?.kind === 'keyword' && rest.length === 0
}

function mayBe(put: Put, key: string | undefined): boolean {
  return key === undefined || put.key === undefined || put.key === key
}

/** The text of a literal, by its number in the file; `undefined` for any other value. */
export function textOf(facts: FileFacts, at: number): string | undefined {
  const isText = facts.op[at] === Op.Const && facts.b[at] === ConstKind.String
  return isText ? facts.strings[facts.a[at] ?? 0] : undefined
}

/** Ops whose value may be a function. */
const CALLABLE: ReadonlySet<number> = new Set([
  Op.Function, Op.Class, Op.Param, Op.Name, Op.Import, Op.Attr, Op.Capture, Op.Call, Op.Refine, Op.Phi,
])

/** The attribute or variable that holds a container where it is filled or read; `''` for any other value. */
function heldAs({ facts }: ProgramFile, at: number): string {
  const id = facts.op[at] === Op.Attr ? facts.b[at] : facts.op[at] === Op.Name ? facts.a[at] : undefined
  if (facts.op[at] === Op.Import) return facts.imports[facts.a[at] ?? 0]?.name ?? ''
  return id === undefined ? '' : facts.strings[id] ?? ''
}
