import type { LineRange } from './claim.ts'

/** Lines between what is cited and what is there, by class. */
export type DriftClass = 'none' | 'slight' | 'drift' | 'misplaced'

/** Last distance of each class; they fit how far the line numbers of reviewers are off. */
const SLIGHT = 3
const DRIFT = 10

/** Lines from the nearest cited range to a place; 0 when they overlap, negative when the place lies before. */
export function driftOf(
  place: { readonly line: number; readonly endLine: number },
  ranges: readonly LineRange[],
): number {
  let best: number | undefined
  for (const { start, end } of ranges) {
    const delta = place.endLine < start ? place.endLine - start : place.line > end ? place.line - end : 0
    if (best === undefined || Math.abs(delta) < Math.abs(best)) best = delta
  }
  return best ?? 0
}

export function driftClass(delta: number): DriftClass {
  const lines = Math.abs(delta)
  if (lines === 0) return 'none'
  if (lines <= SLIGHT) return 'slight'
  return lines <= DRIFT ? 'drift' : 'misplaced'
}
