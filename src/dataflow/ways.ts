import type { FileFacts } from '../flow/facts.ts'

/** For the blocks of one file: from which blocks control comes to each. */
interface Ways {
  /** Per block, one more than there are: where its predecessors start. */
  readonly start: Int32Array
  readonly from: Int32Array
  /** Those asked for. */
  readonly known: Map<number, readonly number[]>
}

const ofFiles = new WeakMap<FileFacts, Ways>()

/** The predecessors of a file's blocks, listed when first asked for. */
function waysOf(facts: FileFacts): Ways {
  let known = ofFiles.get(facts)
  if (!known) {
    known = listed(facts)
    ofFiles.set(facts, known)
  }
  return known
}

function listed(facts: FileFacts): Ways {
  const count = facts.dominator.length
  const start = new Int32Array(count + 1)
  for (const to of facts.successors) start[to + 1] = (start[to + 1] ?? 0) + 1
  for (let block = 0; block < count; block++) start[block + 1] = (start[block + 1] ?? 0) + (start[block] ?? 0)
  const next = start.slice()
  const from = new Int32Array(facts.successors.length)
  for (let block = 0; block < count; block++) {
    for (let at = facts.successorStart[block] ?? 0; at < (facts.successorStart[block + 1] ?? 0); at++) {
      const to = facts.successors[at] ?? 0
      const place = next[to] ?? 0
      from[place] = block
      next[to] = place + 1
    }
  }
  return { start, from, known: new Map() }
}

/** Blocks from which control comes to a block, in order; those after it on every path are the ends of loops. */
export function predecessors(facts: FileFacts, block: number): readonly number[] {
  const { start, from, known } = waysOf(facts)
  let found = known.get(block)
  if (found === undefined) {
    found = [...from.subarray(start[block] ?? 0, start[block + 1] ?? 0)]
    known.set(block, found)
  }
  return found
}

/** Whether every path to a block leads through another, or is that block. */
export function isBelow(facts: FileFacts, block: number, above: number): boolean {
  let at = block
  // A dominator's number is smaller by the facts' invariants.
  while (at > above) at = facts.dominator[at] ?? -1
  return at === above
}

const conditionsOf = new WeakMap<FileFacts, ReadonlySet<number>>()

/** Whether some block is entered only by the truth of a value. */
export function isCondition(facts: FileFacts, local: number): boolean {
  let known = conditionsOf.get(facts)
  if (!known) {
    known = new Set(facts.condition)
    conditionsOf.set(facts, known)
  }
  return known.has(local)
}
