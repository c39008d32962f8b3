import { ConstKind } from '../flow/facts.ts'
import type { Ref } from '../program/program.ts'
import type { Demand } from './demand.ts'
import { instruction, literal } from './reader.ts'
import { end, ingredient } from './steps.ts'
import type { SearchContext, Transfer } from './steps.ts'

/** A value built from parts, in order. */
export function built(context: SearchContext, demand: Demand, parts: readonly Ref[]): Transfer {
  if (context.query.exact) return end('unresolved', 'a computed value')
  const prefix = fixedPrefix(context, parts)
  if (prefix !== undefined) return end('fixed-prefix', prefix)
  return { edges: parts.map((part) => ingredient(demand, part, 'becomes part of a string')), ends: [] }
}

/** The fixed text in front, when it makes the rest harmless. */
function fixedPrefix(context: SearchContext, parts: readonly Ref[]): string | undefined {
  let prefix = ''
  for (const part of parts) {
    const known = literal(instruction(context.program, part))
    if (!known || known.kind !== ConstKind.String) return prefix !== '' && harmless(context, prefix) ? prefix : undefined
    prefix += known.text
  }
  return undefined
}

/** Whether a fixed text in front makes what follows harmless. */
export function harmless(context: SearchContext, prefix: string): boolean {
  return context.query.semantics.harmlessAfter?.test(prefix) ?? false
}
