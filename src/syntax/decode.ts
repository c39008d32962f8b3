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
  symbolCount: 4, aliasCount: 8, productionCount: 28, aliasLength: 36, fieldSlices: 64, fieldEntries: 68,
  symbolMetadata: 72, publicSymbols: 76, aliasSequences: 84,
} as const

/** Offsets in `SubtreeHeapData`, in bytes. Children lie before it, 8 bytes each. */
const HEAP = {
  padding: 4, size: 16, errorCost: 32, childCount: 36, symbol: 40, bits: 44, moreBits: 45, visibleDescendants: 56,
  production: 66,
} as const

/** What one grammar's tables say, copied out of the runtime's memory. */
export interface DecodeTables {
  /** Public kind by symbol. */
  readonly kinds: Uint16Array
  /** Whether a symbol used as an alias is a named kind: `ConcreteFlag.Named` or 0. */
  readonly named: Uint8Array
  /** Per production, for `WIDEST` children: the child's alias, and above `FIELD_SHIFT` its field; each 0 for none. */
  readonly labels: Int32Array
  readonly errorKind: number
}

const FIELD_SHIFT = 16

/** Most children of a production that the format can give a field. */
const WIDEST = 256

/** Finds a grammar's tables in the runtime's memory. */
export function decodeTables(memory: RuntimeMemory, language: RuntimeLanguage, errorKind: number): DecodeTables {
  const at = language[0]
  const pointer = (offset: number): number => memory.HEAP32[(at + offset) >> 2] ?? 0
  const symbols = pointer(LANGUAGE.symbolCount) + pointer(LANGUAGE.aliasCount)
  const kinds = pointer(LANGUAGE.publicSymbols) >> 1
  const metadata = pointer(LANGUAGE.symbolMetadata)
  const named = new Uint8Array(Math.max(0, symbols))
  for (let symbol = 0; symbol < symbols; symbol++) {
    named[symbol] = memory.HEAPU8[metadata + symbol * 3 + 1] === 0 ? 0 : ConcreteFlag.Named
  }
  return { kinds: memory.HEAPU16.slice(kinds, kinds + symbols), named, labels: labelsOf(memory, pointer), errorKind }
}

function labelsOf(memory: RuntimeMemory, pointer: (offset: number) => number): Int32Array {
  const productions = pointer(LANGUAGE.productionCount)
  const aliasLength = pointer(LANGUAGE.aliasLength) & 0xffff
  const labels = new Int32Array(productions * WIDEST)
  for (let production = 0; production < productions; production++) {
    const row = production * WIDEST
    const aliases = (pointer(LANGUAGE.aliasSequences) >> 1) + production * aliasLength
    // Production 0 is that of all nodes without labels.
    const aliased = production === 0 ? 0 : Math.min(aliasLength, WIDEST)
    for (let child = 0; child < aliased; child++) labels[row + child] = memory.HEAPU16[aliases + child] ?? 0
    const slice = (pointer(LANGUAGE.fieldSlices) >> 1) + production * 2
    let entry = pointer(LANGUAGE.fieldEntries) + (memory.HEAPU16[slice] ?? 0) * 4
    for (let left = memory.HEAPU16[slice + 1] ?? 0; left > 0; left--, entry += 4) {
      const isInherited = memory.HEAPU8[entry + 3] !== 0
      const label = row + (memory.HEAPU8[entry + 2] ?? 0)
      const known = labels[label] ?? 0
      const field = memory.HEAPU16[entry >> 1] ?? 0
      if (!isInherited && known >> FIELD_SHIFT === 0) labels[label] = known | (field << FIELD_SHIFT)
    }
  }
  return labels
}

/** An open parent on the stack, in words: where its children are and how far they have been read. */
const FRAME = {
  child: 0, left: 1, structural: 2,
  /** Where its production's labels start. */
  labels: 3,
  field: 4,
  /** Index of the visible node to close, -1 for a hidden parent. */
  out: 5,
  size: 6,
} as const

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
  #stack = new Int32Array(256 * FRAME.size)
  #out: ConcreteTree = concreteTree(0)
  #count = 0

  constructor(memory: RuntimeMemory, tables: DecodeTables, base: number) {
    this.#bytes = memory.HEAPU8
    this.#shorts = memory.HEAPU16
    this.#words = memory.HEAP32
    this.#tables = tables
    this.#base = base
  }

  read(tree: number): ConcreteTree {
    const root = this.#words[tree >> 2] ?? 0
    // An empty file's root may be a leaf kept inline.
    const isInline = (root & 1) !== 0
    const isLeaf = isInline || this.#childCount(root) === 0
    const visible = isLeaf ? 0 : this.#words[(root + HEAP.visibleDescendants) >> 2] ?? 0
    if (visible < 0 || visible * 8 > this.#bytes.length) throw new RangeError('implausible node count')
    this.#out = concreteTree(visible + 1)
    this.#out.broken = !isInline && this.#words[(root + HEAP.errorCost) >> 2] !== 0
    this.#walk(tree)
    if (this.#count !== visible + 1) throw new RangeError('node count differs')
    return this.#out
  }

  #childCount(heap: number): number {
    return this.#words[(heap + HEAP.childCount) >> 2] ?? 0
  }

  /** Visits the subtree at an address and all below it depth first. Positions are in bytes of UTF-16. */
  #walk(root: number): void {
    const words = this.#words
    const bytes = this.#bytes
    // More subtrees than fit into memory mean that this is no tree.
    let budget = bytes.length >> 3
    let position = 0
    // A parent starts where its first child does: only later children add their padding.
    let isFirst = false
    let frame = this.#open(0, root, 1, 0, 0, -1)
    while (frame >= 0) {
      const stack = this.#stack
      const left = stack[frame + FRAME.left] ?? 0
      if (left === 0) {
        const out = stack[frame + FRAME.out] ?? -1
        if (out >= 0) this.#out.next[out] = this.#count
        frame -= FRAME.size
        continue
      }
      if (budget-- <= 0) throw new RangeError('more subtrees than memory holds')
      const slot = stack[frame + FRAME.child] ?? 0
      stack[frame + FRAME.child] = slot + 8
      stack[frame + FRAME.left] = left - 1
      const word = words[slot >> 2] ?? 0
      const isInline = (word & 1) !== 0
      const bits = isInline ? word >> 1 : bytes[word + HEAP.bits] ?? 0
      if (!isFirst) position += isInline ? bytes[slot + 6] ?? 0 : words[(word + HEAP.padding) >> 2] ?? 0
      isFirst = false
      // Extras, as comments, have no place in the production.
      const label = (bits & 4) === 0 ? this.#nextLabel(frame) : 0
      const size = isInline ? bytes[slot + 7] ?? 0 : words[(word + HEAP.size) >> 2] ?? 0
      const isVisible = (bits & 1) !== 0 || (label & 0xffff) !== 0
      const out = this.#count
      if (isVisible) this.#write(word, isInline, bits, label, position, position + size)
      const children = isInline ? 0 : this.#childCount(word)
      if (children === 0) {
        position += size
        continue
      }
      if (children < 0 || children * 8 > word) throw new RangeError('implausible child count')
      // A field of a hidden node is its children's; a visible one keeps it to itself.
      const field = isVisible ? 0 : label >> FIELD_SHIFT
      const row = (this.#shorts[(word + HEAP.production) >> 1] ?? 0) * WIDEST
      frame = this.#open(frame + FRAME.size, word - children * 8, children, row, field, isVisible ? out : -1)
      isFirst = true
    }
  }

  /** Alias and field of the next structural child of an open parent. */
  #nextLabel(frame: number): number {
    const stack = this.#stack
    const index = stack[frame + FRAME.structural] ?? 0
    stack[frame + FRAME.structural] = index + 1
    const label = index < WIDEST ? this.#tables.labels[(stack[frame + FRAME.labels] ?? 0) + index] ?? 0 : 0
    return label >> FIELD_SHIFT === 0 ? label | ((stack[frame + FRAME.field] ?? 0) << FIELD_SHIFT) : label
  }

  /** Writes a visible node; `bits` are its flags, visible, named and extra first. */
  #write(word: number, isInline: boolean, bits: number, label: number, start: number, end: number): void {
    const out = this.#out
    const at = this.#count++
    if (at >= out.count) throw new RangeError('more nodes than announced')
    const alias = label & 0xffff
    const own = isInline ? (word >> 8) & 0xff : this.#shorts[(word + HEAP.symbol) >> 1] ?? 0
    const symbol = alias === 0 ? own : alias
    const named = alias === 0 ? (bits >> 1) & 1 : this.#tables.named[alias] ?? 0
    const missing = isInline ? bits >> 4 : (this.#bytes[word + HEAP.moreBits] ?? 0) >> 1
    out.kind[at] = symbol === ERROR_SYMBOL ? this.#tables.errorKind : this.#tables.kinds[symbol] ?? 0
    out.field[at] = label >> FIELD_SHIFT
    out.start[at] = (start >> 1) + this.#base
    out.end[at] = (end >> 1) + this.#base
    out.next[at] = at + 1
    out.flags[at] = named | ((missing & 1) << 1) | (bits & 4)
  }

  /** Puts a parent on the stack, at the place given, which is returned. */
  #open(frame: number, child: number, left: number, labels: number, field: number, out: number): number {
    if (frame + FRAME.size > this.#stack.length) {
      const more = new Int32Array(this.#stack.length * 2)
      more.set(this.#stack)
      this.#stack = more
    }
    const stack = this.#stack
    stack[frame + FRAME.child] = child
    stack[frame + FRAME.left] = left
    stack[frame + FRAME.structural] = 0
    stack[frame + FRAME.labels] = labels
    stack[frame + FRAME.field] = field
    stack[frame + FRAME.out] = out
    return frame
  }
}
