import { Flag, child, childrenIn, type Kind, type Node, type Role } from '../tree/node.ts'
import { isAnyNumber } from './metavariables.ts'

/** How the parts of a construct are matched, role by role; made once for each node of a pattern. */
export interface Plan {
  /** The pattern's own roles, in its order. */
  readonly roles: readonly PlannedRole[]
  /** Roles of which the construct may have parts although the pattern has none. */
  readonly omissible: readonly Role[]
}

export interface PlannedRole {
  readonly role: Role
  readonly patterns: readonly Node[]
  readonly way: Way
}

/**
 * - `one`: a single part against a single part
 * - `sequence`: in order, from end to end
 * - `subset`: in any order, others may be left over
 * - `unordered`: in any order, others only with `...`
 * - `block`, `members`, `arguments`, `parts`: statements, members of a class, arguments of a call, parts of a template
 */
type Way = 'one' | 'sequence' | 'subset' | 'unordered' | 'block' | 'members' | 'arguments' | 'parts'

/** Flags that tell constructs apart. `async` may be left out by a pattern; the others say how code was written. */
export const DECISIVE: number = Flag.Lambda | Flag.Rest | Flag.Double | Flag.Star | Flag.Group | Flag.Delegate

const plans = new WeakMap<Node, Plan>()

/** The plan of a pattern's node. */
export function planOf(pattern: Node): Plan {
  let plan = plans.get(pattern)
  if (plan === undefined) {
    const roles = [...new Set(pattern.children.map((each) => each.role))]
    plan = {
      roles: roles.map((role) => {
        const patterns = childrenIn(pattern, role)
        return { role, patterns, way: wayOf(pattern, role, patterns) }
      }),
      omissible: omissibleIn(pattern),
    }
    plans.set(pattern, plan)
  }
  return plan
}

/** Whether a node has no part of a role that the pattern would have to name. */
export function hasOnlyParts({ roles, omissible }: Plan, node: Node): boolean {
  for (const each of node.children) {
    if (!isPlanned(roles, each.role) && !omissible.includes(each.role)) return false
  }
  return true
}

function isPlanned(roles: readonly PlannedRole[], role: Role): boolean {
  for (const each of roles) if (each.role === role) return true
  return false
}

/** What a pattern may leave out of a construct. */
const OMISSIBLE: Readonly<Partial<Record<Kind, readonly Role[]>>> = {
  function: ['decorator', 'returns', 'type-parameter'],
  class: ['decorator', 'base', 'type-parameter'],
  parameter: ['annotation', 'default'],
  assign: ['annotation', 'value'],
  if: ['else'],
  while: ['else'],
  'for-each': ['else'],
  try: ['catch'],
  'import-item': ['alias'],
  raise: ['cause'],
  interpolation: ['format'],
}

const NAME: readonly Role[] = ['name']
const MESSAGE: readonly Role[] = ['message']
const ANYTHING: readonly Role[] = ['value', 'target']

/** `with $X` stands for a manager whether or not it is given a name; `with open()` only for one without. */
function omissibleIn(pattern: Node): readonly Role[] {
  // `assert ...` stands for whatever is asserted, and said about it.
  if (pattern.kind === 'assert' && child(pattern, 'test')?.kind === 'ellipsis') return MESSAGE
  // `except ...` stands for whatever is caught, and by which name.
  if (pattern.kind === 'catch' && child(pattern, 'type')?.kind === 'ellipsis') return NAME
  if (pattern.kind === 'with-item') return child(pattern, 'value')?.kind === 'metavariable' ? ANYTHING : []
  return OMISSIBLE[pattern.kind] ?? []
}

/** Parts of a construct that a pattern gives in any order, and may give only some of. */
const ANY_ORDER: Readonly<Partial<Record<Kind, readonly Role[]>>> = {
  function: ['decorator'],
  class: ['decorator', 'base'],
  try: ['catch'],
  switch: ['case'],
  with: ['item'],
  import: ['item'],
  'import-from': ['item'],
  assign: ['target'],
}

function wayOf(pattern: Node, role: Role, patterns: readonly Node[]): Way {
  if (ANY_ORDER[pattern.kind]?.includes(role) === true) return 'subset'
  if (role === 'statement') return 'block'
  if (role === 'argument') return 'arguments'
  if (role === 'part') return 'parts'
  if (role === 'body' && pattern.kind === 'class') return 'members'
  if (role === 'element' && (pattern.kind === 'dict' || pattern.kind === 'set')) return 'unordered'
  return patterns.length === 1 && !patterns.some(isAnyNumber) ? 'one' : 'sequence'
}
