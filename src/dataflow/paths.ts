import type { Program, Ref } from '../program/program.ts'

/**
 * Whether control can come from one instruction to another of the same function;
 * where `without` is given, without running it in between, when both are after it
 * on every path.
 */
export function reaches(program: Program, from: Ref, to: Ref, without: Ref | undefined): boolean {
  const { facts, valueBase } = program.fileOf(from)
  const blockOf = (value: Ref): number => facts.block[value - valueBase] ?? -1
  const start = blockOf(from)
  const wanted = blockOf(to)
  const barred = without === undefined ? -1 : blockOf(without)
  if (start === wanted && from < to) return true
  if (wanted === barred) return false
  const seen = new Set<number>([barred])
  const waiting = [start]
  for (let block = waiting.pop(); block !== undefined; block = waiting.pop()) {
    for (let at = facts.successorStart[block] ?? 0; at < (facts.successorStart[block + 1] ?? 0); at++) {
      const next = facts.successors[at] ?? -1
      if (next === wanted) return true
      if (next < 0 || seen.has(next)) continue
      seen.add(next)
      waiting.push(next)
    }
  }
  return false
}
