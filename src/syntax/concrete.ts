/**
 * A concrete syntax tree as parallel arrays in preorder: node 0 is the root, the
 * first child of `i` is `i + 1` when `next[i] > i + 1`, and the next sibling of a
 * child `c` is `next[c]` while that is below the parent's `next`. Only visible
 * nodes are there, anonymous tokens included.
 *
 * One file of this form costs a tenth of what the runtime's cursor costs, and
 * nothing of it points into the runtime's memory.
 */
export interface ConcreteTree {
  /** Number of nodes. */
  readonly count: number
  /** Kind by number, to be looked up in `Grammar.kinds`. */
  readonly kind: Uint16Array
  /** Field by number, to be looked up in `Grammar.fields`; 0 for none. */
  readonly field: Uint8Array
  /** UTF-16 offsets. */
  readonly start: Int32Array
  readonly end: Int32Array
  /** Index after the node's last descendant. */
  readonly next: Int32Array
  /** `ConcreteFlag` bits. */
  readonly flags: Uint8Array
  /** Whether anything in the tree is an error, also where nothing visible shows it (a missing line end). */
  broken: boolean
}

/** Bits of `ConcreteTree.flags`. */
export const ConcreteFlag = {
  Named: 1,
  /** Not in the text: the parser assumed it to go on. */
  Missing: 2,
  /** Outside the grammar's structure: a comment, a line continuation, an error between siblings. */
  Extra: 4,
} as const

/** Empty arrays for `count` nodes. */
export function concreteTree(count: number): ConcreteTree {
  return {
    count,
    kind: new Uint16Array(count),
    field: new Uint8Array(count),
    start: new Int32Array(count),
    end: new Int32Array(count),
    next: new Int32Array(count),
    flags: new Uint8Array(count),
    broken: false,
  }
}

/** Whether two trees are the same in every node. */
export function sameTree(a: ConcreteTree, b: ConcreteTree): boolean {
  if (a.count !== b.count || a.broken !== b.broken) return false
  for (let at = 0; at < a.count; at++) {
    const same = a.kind[at] === b.kind[at] && a.field[at] === b.field[at] && a.start[at] === b.start[at]
      && a.end[at] === b.end[at] && a.next[at] === b.next[at] && a.flags[at] === b.flags[at]
    if (!same) return false
  }
  return true
}
