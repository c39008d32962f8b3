import { Op } from '../flow/facts.ts'
import type { Program, Ref } from '../program/program.ts'
import { constantText } from './evaluate.ts'
import { instruction, operand, text, values } from './reader.ts'

/** Texts put together one inside the other that are looked into. */
const MAX_DEPTH = 6

/** Stands for a part of a text that is not known. */
const UNKNOWN = '\u0000'

/**
 * A text as far as it is known, with one character for each part that is not;
 * `undefined` when nothing is known.
 */
export function prefixOf(program: Program, value: Ref): string | undefined {
  const found = spelled(program, value, 0)
  return found === UNKNOWN ? undefined : found
}

function spelled(program: Program, value: Ref, depth: number): string {
  const known = constantText(program, value)
  if (known !== undefined) return known
  if (depth > MAX_DEPTH) return UNKNOWN
  const of = instruction(program, value)
  const join = (parts: readonly Ref[]): string => parts.map((part) => spelled(program, part, depth + 1)).join('')
  if (of.op === Op.Template && of.b !== 1) return join(values(of))
  if (of.op === Op.Binary && text(of, of.firstArg) === '+') return join([operand(of, of.a), operand(of, of.b)])
  const [only, ...others] = program.definitions(value)
  return only === undefined || others.length > 0 ? UNKNOWN : spelled(program, only, depth + 1)
}
