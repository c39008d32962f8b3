import type { Knowledge } from '../../models/knowledge.ts'
import type { Program } from '../../program/program.ts'
import type { Rule } from '../../rules/rule.ts'
import type { EntryPoints } from '../entry-points.ts'
import type { Place } from '../place.ts'
import { guardPlaces } from './guard.ts'

export interface MissingInput {
  readonly program: Program
  readonly knowledge: Knowledge
  readonly rules: readonly Rule[]
  readonly entryPoints: EntryPoints
}

/** Every place that rules of the mode `missing` consider, each with its one outcome. */
export function missingPlaces(input: MissingInput): readonly Place[] {
  return input.rules.flatMap((rule) => (rule.missing === undefined ? [] : guardPlaces(input, rule, rule.missing)))
}
