import { ConcreteFlag, concreteTree, type ConcreteTree } from './concrete.ts'
import { ERROR_SYMBOL } from './cursor.ts'
import type { RuntimeLanguage, RuntimeMemory, RuntimeTree } from './runtime.ts'

/*
 * Reads subtrees straight out of the runtime's memory: about a tenth of the
 * cursor's cost. This file alone knows the inner layout (tree-sitter 0.25,
 * lib/src/subtree.h and parser.h, 32-bit little endian), which is why the
 * package `@vscode/tree-sitter-wasm` is pinned exactly and why `Grammar`
 * compares this reader with the cursor on a sample before trusting it.
 */

/** Offsets in `TSLanguage`, in bytes. */
const LANGUAGE = {
  aliasLength: 36, fieldSlices: 64, fieldEntries: 68, symbolMetadata: 72, publicSymbols: 76, aliasSequences: 84,
} as const

/** Offsets in `SubtreeHeapData`, in bytes. Children lie before it, 8 bytes each. */
const HEAP = {
  padding: 4, size: 16, errorCost: 32, childCount: 36, symbol: 40, bits: 44, moreBits: 45, visibleDescendants: 56,
  production: 66,
} as const

/** What one grammar's tables say, as addresses. */
export interface DecodeTables {
  readonly aliasLength: number
  readonly aliasSequences: number
  readonly fieldSlices: number
  readonly fieldEntries: number
  readonly symbolMetadata: number
  readonly publicSymbols: number
  readonly errorKind: number
}

/** Finds a grammar's tables in the runtime's memory. */
export function decodeTables(memory: RuntimeMemory, language: RuntimeLanguage, errorKind: number): DecodeTables {
  const at = language[0]
  const pointer = (offset: number): number => memory.HEAP32[(at + offset) >> 2] ?? 0
  return {
    aliasLength: memory.HEAPU16[(at + LANGUAGE.aliasLength) >> 1] ?? 0,
    aliasSequences: pointer(LANGUAGE.aliasSequences),
    fieldSlices: pointer(LANGUAGE.fieldSlices),
    fieldEntries: pointer(LANGUAGE.fieldEntries),
    symbolMetadata: pointer(LANGUAGE.symbolMetadata),
    publicSymbols: pointer(LANGUAGE.publicSymbols),
    errorKind,
  }
}

/** One open parent: where its children are and how far they have been read. */
interface Frames {
  child: Int32Array
  left: Int32Array
  structural: Int32Array
  production: Int32Array
  field: Int32Array
  /** Index of the visible node to close, -1 for a hidden parent. */
  out: Int32Array
}

function frames(size: number): Frames {
  return {
    child: new Int32Array(size), left: new Int32Array(size), structural: new Int32Array(size),
    production: new Int32Array(size), field: new Int32Array(size), out: new Int32Array(size),
  }
}

function doubled(old: Frames): Frames {
  const more = frames(old.child.length * 2)
  for (const key of ['child', 'left', 'structural', 'production', 'field', 'out'] as const) more[key].set(old[key])
  return more
}

/**
 * Reads a whole tree. Throws a RangeError when the memory does not look as
 * expected; the caller then uses the cursor.
 */
export function decodeTree(memory: RuntimeMemory, tree: RuntimeTree, tables: DecodeTables, base: number): ConcreteTree {
  return new Decoder(memory, tables, base).read(tree[0])
}

class Decoder {
  readonly #bytes: Uint8Array
  readonly #shorts: Uint16Array
  readonly #words: Int32Array
  readonly #tables: DecodeTables
  readonly #base: number
  #stack: Frames = frames(256)
  #depth = 0
  #out: ConcreteTree = concreteTree(0)
  #count = 0
  /** Subtrees that may still be read: more than fit into memory means that this is no tree. */
  #budget: number

  constructor(memory: RuntimeMemory, tables: DecodeTables, base: number) {
    this.#bytes = memory.HEAPU8
    this.#shorts = memory.HEAPU16
    this.#words = memory.HEAP32
    this.#tables = tables
    this.#base = base
    this.#budget = memory.HEAPU8.length >> 3
  }

  read(tree: number): ConcreteTree {
    const root = this.#words[tree >> 2] ?? 0
    if ((root & 1) !== 0) return this.#rootLeaf(tree)
    const visible = this.#childCount(root) === 0 ? 0 : this.#words[(root + HEAP.visibleDescendants) >> 2] ?? 0
    if (visible < 0 || visible * 8 > this.#bytes.length) throw new RangeError('implausible node count')
    this.#out = concreteTree(visible + 1)
    this.#out.broken = this.#words[(root + HEAP.errorCost) >> 2] !== 0
    const position = this.#words[(root + HEAP.padding) >> 2] ?? 0
    this.#node(tree, position, 0, 0, 0)
    this.#walk(position)
    if (this.#count !== visible + 1) throw new RangeError('node count differs')
    return this.#out
  }

  /** An empty file's root may be a leaf kept inline. */
  #rootLeaf(tree: number): ConcreteTree {
    this.#out = concreteTree(1)
    this.#node(tree, this.#bytes[tree + 6] ?? 0, 0, 0, 0)
    return this.#out
  }

  #childCount(heap: number): number {
    return this.#words[(heap + HEAP.childCount) >> 2] ?? 0
  }

  /** Visits children depth first; `position` is in bytes of UTF-16. */
  #walk(startPosition: number): void {
    const words = this.#words
    let position = startPosition
    let first = true
    while (this.#depth > 0) {
      const stack = this.#stack
      const top = this.#depth - 1
      const left = stack.left[top] ?? 0
      if (left === 0) {
        this.#depth = top
        const out = stack.out[top] ?? -1
        if (out >= 0) this.#out.next[out] = this.#count
        continue
      }
      if (this.#budget-- <= 0) throw new RangeError('more subtrees than memory holds')
      const slot = stack.child[top] ?? 0
      stack.child[top] = slot + 8
      stack.left[top] = left - 1
      const word = words[slot >> 2] ?? 0
      const inline = (word & 1) !== 0
      // A parent starts where its first child does: only later children add their padding.
      if (!first) position += inline ? this.#bytes[slot + 6] ?? 0 : words[(word + HEAP.padding) >> 2] ?? 0
      first = false
      const extra = (inline ? word >> 3 : (this.#bytes[word + HEAP.bits] ?? 0) >> 2) & 1
      if (this.#child(slot, position, top, extra)) first = true
      else position += inline ? this.#bytes[slot + 7] ?? 0 : words[(word + HEAP.size) >> 2] ?? 0
    }
  }

  /** Reads one child: its alias and field are its parent's to say. */
  #child(slot: number, position: number, top: number, extra: number): boolean {
    if (extra !== 0) return this.#node(slot, position, 0, 0, extra)
    const stack = this.#stack
    const index = stack.structural[top] ?? 0
    stack.structural[top] = index + 1
    const production = stack.production[top] ?? 0
    const alias = production === 0 ? 0 : this.#alias(production, index)
    const field = this.#field(production, index) || (stack.field[top] ?? 0)
    return this.#node(slot, position, alias, field, extra)
  }

  #alias(production: number, index: number): number {
    const { aliasLength, aliasSequences } = this.#tables
    if (index >= aliasLength) return 0
    return this.#shorts[(aliasSequences >> 1) + production * aliasLength + index] ?? 0
  }

  #field(production: number, index: number): number {
    const slice = (this.#tables.fieldSlices >> 1) + production * 2
    let entry = this.#tables.fieldEntries + (this.#shorts[slice] ?? 0) * 4
    for (let count = this.#shorts[slice + 1] ?? 0; count > 0; count--, entry += 4) {
      const inherited = this.#bytes[entry + 3] !== 0
      if (!inherited && this.#bytes[entry + 2] === index) return this.#shorts[entry >> 1] ?? 0
    }
    return 0
  }

  /** Writes the node at a slot if it is visible and opens it if it has children; says whether it did. */
  #node(slot: number, position: number, alias: number, field: number, extra: number): boolean {
    const word = this.#words[slot >> 2] ?? 0
    if ((word & 1) !== 0) {
      if (alias === 0 && (word & 2) === 0) return false
      const named = alias === 0 ? (word >> 2) & 1 : this.#namedAlias(alias)
      const missing = (word >> 5) & 1
      const end = position + (this.#bytes[slot + 7] ?? 0)
      this.#write(alias || ((word >> 8) & 0xff), field, position, end, named | (missing << 1) | (extra << 2))
      return false
    }
    const bits = this.#bytes[word + HEAP.bits] ?? 0
    const children = this.#childCount(word)
    let out = -1
    if (alias !== 0 || (bits & 1) !== 0) {
      const named = alias === 0 ? (bits >> 1) & 1 : this.#namedAlias(alias)
      const missing = ((this.#bytes[word + HEAP.moreBits] ?? 0) >> 1) & 1
      const end = position + (this.#words[(word + HEAP.size) >> 2] ?? 0)
      out = this.#count
      const symbol = alias || (this.#shorts[(word + HEAP.symbol) >> 1] ?? 0)
      this.#write(symbol, field, position, end, named | (missing << 1) | (extra << 2))
    }
    if (children === 0) return false
    this.#open(word, children, field, out)
    return true
  }

  #namedAlias(alias: number): number {
    return (this.#bytes[this.#tables.symbolMetadata + alias * 3 + 1] ?? 0) === 0 ? 0 : ConcreteFlag.Named
  }

  #write(symbol: number, field: number, start: number, end: number, flags: number): void {
    const out = this.#out
    const at = this.#count++
    if (at >= out.count) throw new RangeError('more nodes than announced')
    out.kind[at] = symbol === ERROR_SYMBOL
      ? this.#tables.errorKind
      : this.#shorts[(this.#tables.publicSymbols >> 1) + symbol] ?? 0
    out.field[at] = field
    out.start[at] = (start >> 1) + this.#base
    out.end[at] = (end >> 1) + this.#base
    out.next[at] = at + 1
    out.flags[at] = flags
  }

  #open(heap: number, children: number, field: number, out: number): void {
    if (children < 0 || children * 8 > heap) throw new RangeError('implausible child count')
    if (this.#depth === this.#stack.child.length) this.#stack = doubled(this.#stack)
    const stack = this.#stack
    const top = this.#depth++
    stack.child[top] = heap - children * 8
    stack.left[top] = children
    stack.structural[top] = 0
    stack.production[top] = this.#shorts[(heap + HEAP.production) >> 1] ?? 0
    // A field of a hidden node is its children's; a visible one keeps it to itself.
    stack.field[top] = out >= 0 ? 0 : field
    stack.out[top] = out
  }
}
