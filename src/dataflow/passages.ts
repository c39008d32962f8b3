import {
  ANY, asksKeys, attributeStep, EACH, fits, indexOf, isElement, keyStep, nthStep, SAME_NAME, SAME_NAME_ATTRIBUTE, VALUE, WHOLE,
} from './demand.ts'
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
  const seen: Seen = {}
  for (const [at, step] of parts.to.entries()) {
    const asked = path[at]
    // All of it is asked for, so this part too.
    if (asked === undefined) break
    if (!isMeant(asked, step, seen)) return undefined
  }
  const from = parts.from.flatMap((step) => stepFrom(step, seen))
  return [...from, ...path.slice(parts.to.length)].slice(0, LIMITS.accessPath)
}

/** What the part that is asked for says of steps that are the same on both sides. */
interface Seen {
  key?: string
  index?: string
  name?: string
}

/** Whether a step that is asked for may be one that something is passed to. */
function isMeant(asked: string, step: string, seen: Seen): boolean {
  switch (step) {
    case VALUE:
      seen.key = asked
      return isElement(asked) && !asksKeys(asked)
    case SAME_NAME: {
      const name = indexOf(asked)
      if (name !== undefined) seen.name = name
      return isElement(asked) && !asksKeys(asked)
    }
    case SAME_NAME_ATTRIBUTE:
      seen.name = asked.slice(1)
      return !isElement(asked)
    default: {
      const index = step === EACH && isElement(asked) ? indexOf(asked) : undefined
      if (index !== undefined) seen.index ??= index
      return fits(asked, step)
    }
  }
}

/** A step of what passes, with what is known from the other side; none where any part may be meant. */
function stepFrom(step: string, { key, index, name }: Seen): string[] {
  switch (step) {
    case VALUE:
      return [key ?? ANY]
    case SAME_NAME:
      return [name === undefined ? ANY : keyStep(name)]
    case SAME_NAME_ATTRIBUTE:
      return name === undefined ? [] : [attributeStep(name)]
    case EACH:
      return [index === undefined ? EACH : nthStep(index)]
    default:
      return [step]
  }
}

/** Whether what passes cannot be told apart afterwards. */
export function isMixed({ parts }: Passage): boolean {
  return parts?.to === undefined || parts.to === 'anywhere'
}
