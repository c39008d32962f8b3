import { Op } from '../flow/facts.ts'
import type { Program, Ref } from '../program/program.ts'
import { instruction, values } from './reader.ts'
import type { Instruction } from './reader.ts'
import type { Subject } from './subject.ts'
import { isBelow, predecessors } from './ways.ts'

/** Ways into a join that are told apart. */
const MAX_WAYS = 16

/** A value that a variable may have, and the block at whose end control comes with it. */
export interface Arrival {
  readonly value: Ref
  readonly from: number
}

/**
 * By which ways which values come to a phi. `undefined` when that is not known, or
 * when a subject may have changed on the way, as in the last round of a loop.
 */
export function arrivesBy(program: Program, phi: Instruction, subject: Subject): readonly Arrival[] | undefined {
  const { facts, valueBase } = phi.file
  const isName = instruction(program, subject.root).op === Op.Name
  if (!isName && !isBelow(facts, facts.block[phi.ref - valueBase] ?? -1, facts.block[subject.root - valueBase] ?? -1)) return undefined
  let ofProgram = known.get(program)
  if (!ofProgram) {
    ofProgram = new Map()
    known.set(program, ofProgram)
  }
  let found = ofProgram.get(phi.ref)
  if (found === undefined) {
    found = findArrivals(phi)
    ofProgram.set(phi.ref, found)
  }
  return found.length === 0 ? undefined : found
}

/** By phi; none where the ways are not told apart. */
const known = new WeakMap<Program, Map<Ref, readonly Arrival[]>>()

function findArrivals(phi: Instruction): readonly Arrival[] {
  const { facts, valueBase } = phi.file
  const blockOf = (value: Ref): number => facts.block[value - valueBase] ?? -1
  const ways = predecessors(facts, blockOf(phi.ref))
  if (ways.length > MAX_WAYS) return []
  const found: Arrival[] = []
  const settled = new Map<number, Ref>()
  const possible = values(phi).map((value) => ({ value, ways: ways.filter((way) => isBelow(facts, way, blockOf(value))) }))
  // A value with one way left comes by that way, which no other value does then.
  for (let left = possible.length; left > 0; left--) {
    for (const each of possible) {
      const open = each.ways.filter((way) => !settled.has(way) || settled.get(way) === each.value)
      const [only] = open
      if (open.length === 1 && only !== undefined) settled.set(only, each.value)
    }
  }
  for (const each of possible) {
    for (const way of each.ways) if ((settled.get(way) ?? each.value) === each.value) found.push({ value: each.value, from: way })
  }
  return found
}
