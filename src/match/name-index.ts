import { child, childrenIn, type Kind, type Node } from '../tree/node.ts'
import type { Target } from './target.ts'

/**
 * Where names stand in a file. Most patterns name what they call: their places
 * are looked up here, not searched for among all calls. A name is found under
 * its last part and, under `.x`, by the part before that; a bare name also under
 * those of what an import may make it stand for.
 */
export class NameIndex {
  readonly #target: Target
  #names: ReadonlyMap<string, readonly Node[]> | undefined
  #calls: ReadonlyMap<string, readonly Node[]> | undefined

  constructor(target: Target) {
    this.#target = target
  }

  /** Identifiers and members that may be a name with such a last part, or such a part before the last. */
  names(key: string): readonly Node[] {
    this.#names ??= this.#indexNames()
    return this.#names.get(key) ?? NONE
  }

  /** Calls of those, and decorators that are such a name alone. */
  calls(key: string): readonly Node[] {
    this.#calls ??= this.#indexCalls()
    return this.#calls.get(key) ?? NONE
  }

  #indexNames(): ReadonlyMap<string, readonly Node[]> {
    const index = new Map<string, Node[]>()
    for (const kind of NAMES) for (const each of this.#target.expressionsOf(kind)) this.#add(index, each, each)
    return index
  }

  #indexCalls(): ReadonlyMap<string, readonly Node[]> {
    const index = new Map<string, Node[]>()
    for (const each of this.#target.expressionsOf('call')) {
      const callee = child(each, 'callee')
      if (callee !== undefined) this.#add(index, callee, each)
    }
    for (const kind of DECORATED) {
      for (const each of this.#target.ofKind(kind)) {
        for (const decorator of childrenIn(each, 'decorator')) this.#add(index, decorator, decorator)
      }
    }
    return index
  }

  #add(to: Map<string, Node[]>, name: Node, node: Node): void {
    if (name.kind === 'identifier') {
      put(to, name.text, node)
      for (const each of this.#target.importedAs(name.text)) {
        const [before, last] = lastTwo(each)
        put(to, last, node)
        if (before !== '') put(to, `.${before}`, node)
      }
    } else if (name.kind === 'member') {
      put(to, child(name, 'name')?.text ?? '', node)
      const object = child(name, 'object')
      if (object?.kind === 'member') put(to, `.${child(object, 'name')?.text ?? ''}`, node)
      else if (object?.kind === 'identifier') {
        put(to, `.${object.text}`, node)
        for (const each of this.#target.importedAs(object.text)) put(to, `.${lastTwo(each)[1]}`, node)
      }
    }
  }
}

const NAMES: readonly Kind[] = ['identifier', 'member']
const DECORATED: readonly Kind[] = ['function', 'class']

const NONE: readonly Node[] = []

/** The last part of a dotted name and the one before it. */
function lastTwo(name: string): readonly [before: string, last: string] {
  const dot = name.lastIndexOf('.')
  if (dot < 0) return ['', name]
  return [name.slice(name.lastIndexOf('.', dot - 1) + 1, dot), name.slice(dot + 1)]
}

function put(to: Map<string, Node[]>, key: string, node: Node): void {
  const known = to.get(key)
  if (known === undefined) to.set(key, [node])
  else if (known[known.length - 1] !== node) known.push(node)
}
