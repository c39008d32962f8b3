import { ANY, asksKeys, EACH, fits, indexOf, isElement, nthStep, VALUE, WHOLE } from './demand.ts'
import type { AccessPath } from './demand.ts'
import { LIMITS } from '../core/limits.ts'
import type { Passage } from './search.ts'

/**
 * The part of an operand that a part of what it reaches is; `undefined` when that
 * part comes from elsewhere.
 */
export function partAsked({ parts }: Passage, path: AccessPath): AccessPath | undefined {
  if (!parts) return WHOLE
  if (parts.to === 'anywhere') return parts.from
  let index: string | undefined
  let key = ANY
  for (const [at, step] of parts.to.entries()) {
    const asked = path[at]
    // All of it is asked for, so this part too.
    if (asked === undefined) break
    if (step === VALUE ? !isElement(asked) || asksKeys(asked) : !fits(asked, step)) return undefined
    if (step === VALUE) key = asked
    if (step === EACH && isElement(asked)) index ??= indexOf(asked)
  }
  const rest = path.slice(parts.to.length)
  const from = parts.from.map((step) => (step === VALUE ? key : step === EACH && index !== undefined ? nthStep(index) : step))
  return [...from, ...rest].slice(0, LIMITS.accessPath)
}

/** Whether what passes cannot be told apart afterwards. */
export function isMixed({ parts }: Passage): boolean {
  return parts?.to === undefined || parts.to === 'anywhere'
}
