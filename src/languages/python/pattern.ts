import type { PatternParse } from '../../tree/language.ts'
import type { Prepared } from './lower/context.ts'

/** Reads one rule pattern. */
export function readPattern(_prepared: Prepared, _text: string): PatternParse {
  return { readings: [], reason: 'not yet' }
}
