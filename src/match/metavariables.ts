import type { Span } from '../core/text.ts'
import { Flag, has, type Kind, type Node } from '../tree/node.ts'
import { NONE, bind, suppose, type Bound, type Environment } from './environment.ts'
import type { Context } from './context.ts'
import { spelledName } from './names.ts'

/** Whether a text is a metavariable and nothing else. */
export function isMetavariable(text: string): boolean {
  return /^\$(\.\.\.)?[A-Z_][A-Z0-9_]*$/.test(text)
}

/** Whether a pattern's node stands for any number of nodes. */
export function isAnyNumber(pattern: Node): boolean {
  return pattern.kind === 'ellipsis' || isSequence(pattern)
}

/** Whether a pattern's node is `$...X`. */
export function isSequence(pattern: Node): boolean {
  return pattern.kind === 'metavariable' && has(pattern, Flag.Sequence)
}

/** Binds a metavariable to a node. */
export function bindNode(
  context: Context, name: string, node: Node, environment: Environment,
): readonly Environment[] {
  const { start, end } = node
  const text = has(node, Flag.Synthetic) ? spelledName(node) : undefined
  const written = context.target.slice(start, end)
  const bound = bind(environment, { name, start, end, text: text ?? written, nodes: [node] })
  return bound === undefined ? NONE : [bound]
}

/** Binds `$...X`, under that name, to a run of nodes; an empty run stands at `place`. */
export function bindRun(
  context: Context, name: string, nodes: readonly Node[], place: number, environment: Environment,
): readonly Environment[] {
  return bindPlace(context, `$...${name.slice(1)}`, nodes, { start: place, end: place }, environment)
}

/** Binds `$S` to all statements of a block. */
export function bindAll(
  context: Context, name: string, nodes: readonly Node[], environment: Environment,
): readonly Environment[] {
  return bindPlace(context, name, nodes, { start: 0, end: 0 }, environment)
}

function bindPlace(
  context: Context, name: string, nodes: readonly Node[], empty: Span, environment: Environment,
): readonly Environment[] {
  const start = nodes[0]?.start ?? empty.start
  const end = nodes.at(-1)?.end ?? empty.end
  const bound = bind(environment, { name, start, end, text: context.target.slice(start, end), nodes })
  return bound === undefined ? NONE : [bound]
}

/** Binds a metavariable to text that is no node of its own. */
export function bindText(bound: Omit<Bound, 'nodes'>, environment: Environment): readonly Environment[] {
  const extended = bind(environment, { ...bound, nodes: [] })
  return extended === undefined ? NONE : [extended]
}

/** `($X : T)`: any expression of that type, which a literal shows by itself and else the program decides. */
export function matchTyped(
  context: Context, pattern: Node, node: Node, environment: Environment,
): readonly Environment[] {
  const [type] = pattern.children
  const wanted = type && spelledName(type)
  return bindNode(context, pattern.text, node, environment).flatMap((bound) => {
    return wanted === undefined ? [bound] : supposeType(node, [wanted], bound)
  })
}

/** What must hold for an expression to be of one of the types, an environment for each way. */
export function supposeType(node: Node, types: readonly string[], environment: Environment): readonly Environment[] {
  const own = LITERAL_TYPES[node.kind]
  if (own !== undefined && types.some((each) => own.includes(each))) return [environment]
  const at = { start: node.start, end: node.end }
  return types.map((type) => suppose(environment, { kind: 'type', at, type }))
}

/** Names of the types that literals show, in any language. */
const LITERAL_TYPES: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  string: ['string', 'str', 'String'], template: ['string', 'str', 'String'],
  number: ['int', 'float', 'number'], boolean: ['bool', 'boolean'],
}
