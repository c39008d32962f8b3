import type { Knowledge } from '../../models/knowledge.ts'
import type { Program } from '../../program/program.ts'
import type { MissingRule, Rule } from '../../rules/rule.ts'
import type { EntryPoints } from '../entry-points.ts'
import type { Place } from '../place.ts'
import { guardPlaces, type Learnt } from './guard.ts'
import { invertedPlaces } from './inverted.ts'
import { testOperations } from './operations.ts'
import { orderPlaces } from './order.ts'
import { Protections } from './protection.ts'
import { recordPlaces } from './record.ts'
import { siblingPlaces } from './sibling.ts'
import { standInPlaces } from './stand-in.ts'

export interface MissingInput {
  readonly program: Program
  readonly knowledge: Knowledge
  readonly rules: readonly Rule[]
  readonly entryPoints: EntryPoints
  readonly protections: Protections
  /** What was learnt of handlers, by the kinds of checks that rules ask for. */
  readonly learnt: Map<string, readonly Learnt[]>
  /** Whether a file is under review. */
  isReviewed(path: string): boolean
}

/** Every place that rules of the mode `missing` consider, each with its one outcome. */
export function missingPlaces(given: Omit<MissingInput, 'protections' | 'learnt'>): readonly Place[] {
  const input = { ...given, protections: new Protections(given.program, given.knowledge), learnt: new Map<string, readonly Learnt[]>() }
  return given.rules.flatMap((rule) => (
    rule.missing === undefined ? [] : [...placesFor(input, rule, rule.missing), ...testOperations(input, rule, rule.missing)]
  ))
}

function placesFor(input: MissingInput, rule: Rule, missing: MissingRule): readonly Place[] {
  switch (missing.analysis) {
    case 'guard':
      return guardPlaces(input, rule, missing)
    case 'order':
      return orderPlaces(input, rule, missing)
    case 'inverted':
      return invertedPlaces(input, rule, missing)
    case 'record':
      return recordPlaces(input, rule, missing)
    case 'sibling':
      return siblingPlaces(input, rule, missing)
    case 'creation':
      return []
    case 'stand-in':
      return standInPlaces(input, rule, missing)
  }
}
