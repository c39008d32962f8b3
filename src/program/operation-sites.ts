import { Op } from '../flow/facts.ts'
import type { FlowFeatures } from '../tree/language.ts'
import type { Classes } from './classes.ts'
import type { FunctionRef, Ref } from './program.ts'
import type { Space } from './space.ts'

/** Operations that hand a method of an object more than the object. */
const HANDING: ReadonlySet<number> = new Set([Op.SetAttr, Op.SetIndex, Op.Index, Op.Delete, Op.Binary])

/** Finds the operations that might run a method, by what they are, so that no others are resolved. */
export class OperationSites {
  readonly #space: Space
  readonly #classes: Classes
  #table: ReadonlyMap<string, readonly Ref[]> | undefined

  constructor(space: Space, classes: Classes) {
    this.#space = space
    this.#classes = classes
  }

  /** Operations among which are all that may run a method and hand it anything besides its object; comparisons are left out. */
  of(target: FunctionRef): readonly Ref[] {
    const file = this.#space.fileOfFunction(target)
    const facts = file.facts.functions[target - file.functionBase]
    const features = this.#space.languageOf(file).flow
    if (!facts || !features || facts.parameters.length < 2 || !this.#classes.receiver(target)) return []
    const keys = this.#classes.isSetter(target) ? [keyOf(Op.SetAttr, facts.name)] : keysFor(features, facts.name)
    if (keys.length === 0) return []
    this.#table ??= this.#index()
    return keys.flatMap((key) => this.#table?.get(key) ?? [])
  }

  #index(): ReadonlyMap<string, readonly Ref[]> {
    const table = new Map<string, Ref[]>()
    const add = (key: string, value: Ref): void => {
      const list = table.get(key)
      if (list) list.push(value)
      else table.set(key, [value])
    }
    for (const { facts, valueBase } of this.#space.files) {
      for (let at = 0; at < facts.op.length; at++) {
        const op = facts.op[at] ?? -1
        if (!HANDING.has(op)) continue
        const text = op === Op.SetAttr ? facts.b[at] : op === Op.Binary ? facts.args[facts.argStart[at] ?? 0] : undefined
        add(keyOf(op, text === undefined ? '' : facts.strings[text] ?? ''), valueBase + at)
        if (op === Op.SetAttr) add(keyOf(op, ''), valueBase + at)
      }
    }
    return table
  }
}

function keyOf(op: number, text: string): string {
  return `${op} ${text}`
}

/** The operations that a method of this name gives a meaning. */
function keysFor({ protocols, operators = {}, reversedComparisons = {} }: FlowFeatures, name: string): readonly string[] {
  const binary = [...Object.entries(operators), ...Object.entries(reversedComparisons)]
  const keys = binary.filter(([, method]) => method === name).map(([operator]) => keyOf(Op.Binary, operator))
  if (name === protocols.index) keys.push(keyOf(Op.Index, ''))
  if (name === protocols['set-index']) keys.push(keyOf(Op.SetIndex, ''))
  if (name === protocols['delete-index']) keys.push(keyOf(Op.Delete, ''))
  if (name === protocols['set-attribute'] || name === protocols.set) keys.push(keyOf(Op.SetAttr, ''))
  return keys
}
