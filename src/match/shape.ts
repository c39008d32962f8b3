import { Flag, child, type Kind, type Node, type Role } from '../tree/node.ts'
import { isAnyNumber, isMetavariable } from './metavariables.ts'
import { isRegrouped } from './operators.ts'
import { DECISIVE, hasOnlyParts, planOf, type Plan, type PlannedRole } from './plan.ts'
import { isLiteral, spelledName } from './names.ts'
import type { Target } from './target.ts'

/**
 * What can be said about a pattern's node beforehand. Matching proper binds,
 * supposes and tries all ways; most nodes of a file fail for something plainer:
 * another kind, another name at the end, another number of arguments. A shape
 * asks for that alone, and allocates nothing.
 */
export interface Shape {
  /** Different for every other shape. */
  readonly id: number
  readonly pattern: Node
  readonly plan: Plan
  readonly parts: readonly PartShape[]
  /** What other kinds of nodes the pattern may match by an equivalence. */
  readonly otherwise: 'anything' | 'constant' | 'comprehension' | 'decorator' | 'import' | 'name' | 'else-if' | 'nothing'
  /** The text that a node of the same kind must have; `undefined` when that is open. */
  readonly text: string | undefined
  /** Of a name: its last part, and the part before that; `''` where it is open. */
  readonly last: string
  readonly qualifier: string
  /** Of a call. */
  readonly callee: Shape | undefined
  /** Whether the name is written out: then only its last part must agree, the program knows the rest. */
  readonly isSpelled: boolean
}

/** What is asked of the parts in one role. */
interface PartShape {
  readonly role: Role
  /** Each needs a part of its shape. */
  readonly each: readonly Shape[]
  readonly isCounted: boolean
  readonly atLeast: number
  readonly atMost: number
  /** Names of arguments that must be given. */
  readonly keywords: readonly string[]
}

const shapes = new WeakMap<Node, Shape>()

/** Rules repeat one another's patterns: what has the same shape has it once, and is looked for once in a file. */
const distinct = new Map<string, Shape>()

/** The shape of a pattern's node. Patterns that differ only in the names of metavariables have the same. */
export function shapeOf(pattern: Node): Shape {
  let shape = shapes.get(pattern)
  if (shape === undefined) {
    const key = keyOf(pattern)
    shape = distinct.get(key) ?? makeShape(pattern, distinct.size)
    distinct.set(key, shape)
    shapes.set(pattern, shape)
  }
  return shape
}

function keyOf({ kind, flags, text, children }: Node): string {
  const parts = children.map((each) => `${each.role}:${shapeOf(each).id}`)
  return [kind, flags, ...parts, isMetavariable(text) ? '$' : `=${text}`].join(' ')
}

/**
 * Whether a node could have a shape; `false` only when `unify` surely finds no
 * way, whatever is bound. Looks no deeper than the pattern.
 */
export function couldFit(target: Target, shape: Shape, node: Node): boolean {
  if (couldFitItself(target, shape, node)) return true
  const value = target.valueOfName(node)
  return value !== undefined && couldFit(target, shape, value)
}

function couldFitItself(target: Target, shape: Shape, node: Node): boolean {
  const { otherwise, pattern: { kind } } = shape
  if (otherwise === 'anything') return true
  // Of a name that is written out the last part decides, however it is matched.
  if (node.kind === kind && shape.isSpelled) return child(node, 'name')?.text === shape.last
  if (node.kind === kind && couldBeDirect(target, shape, node)) return true
  switch (otherwise) {
    case 'constant':
      return MAY_BE_CONSTANT.has(node.kind)
    case 'import':
      return node.kind !== kind && (node.kind === 'import' || node.kind === 'import-from')
    case 'comprehension':
      return node.kind === 'comprehension'
    case 'decorator':
      return node.role === 'decorator' && node.kind !== 'call' && (shape.callee === undefined || couldFit(target, shape.callee, node))
    case 'name':
      return couldBeName(target, shape, node)
    case 'else-if':
      return node.kind === 'if'
    case 'nothing':
      return false
  }
}

/** Kinds of expressions that may have a literal's value. */
export const MAY_BE_CONSTANT: ReadonlySet<Kind> = new Set<Kind>(['identifier', 'member', 'binary', 'template'])

function couldBeDirect(target: Target, shape: Shape, node: Node): boolean {
  const { pattern } = shape
  if (shape.text !== undefined && shape.text !== node.text) return false
  if (pattern.kind === 'string') return true
  if ((pattern.flags & DECISIVE) !== (node.flags & DECISIVE)) return false
  if ((pattern.flags & Flag.Async) !== 0 && (node.flags & Flag.Async) === 0) return false
  for (const part of shape.parts) if (!couldHave(target, part, node)) return false
  return hasOnlyParts(shape.plan, node)
}

function couldHave(target: Target, part: PartShape, node: Node): boolean {
  if (part.isCounted) {
    let count = 0
    for (const each of node.children) if (each.role === part.role) count++
    if (count < part.atLeast || count > part.atMost) return false
  }
  for (const keyword of part.keywords) if (!hasKeyword(node, keyword)) return false
  for (const each of part.each) if (!hasPart(target, part.role, each, node)) return false
  return true
}

function hasPart(target: Target, role: Role, wanted: Shape, node: Node): boolean {
  for (const each of node.children) {
    if (each.role !== role) continue
    if (couldFit(target, wanted, each)) return true
    // A decorator that is given nothing may be written as a call.
    const callee = role === 'decorator' && each.kind === 'call' ? child(each, 'callee') : undefined
    if (callee !== undefined && couldFit(target, wanted, callee)) return true
  }
  return false
}

function hasKeyword(node: Node, keyword: string): boolean {
  for (const each of node.children) {
    if (each.kind === 'keyword-argument' && child(each, 'name')?.text === keyword) return true
  }
  return false
}

/** A name of the file may be another spelling of the pattern's, by an import. */
function couldBeName(target: Target, shape: Shape, node: Node): boolean {
  if (node.kind === 'member') return shape.isSpelled && child(node, 'name')?.text === shape.last
  if (node.kind !== 'identifier' || node.role === 'name') return false
  if (shape.isSpelled && node.text === shape.last) return true
  return target.importedAs(node.text).some((name) => couldBeSpelled(shape, name))
}

function couldBeSpelled(shape: Shape, name: string): boolean {
  const dot = name.lastIndexOf('.')
  if (shape.last !== '' && name.slice(dot + 1) !== shape.last) return false
  if (shape.isSpelled || shape.qualifier === '') return true
  const before = name.slice(0, Math.max(0, dot))
  return before.slice(before.lastIndexOf('.') + 1) === shape.qualifier
}

function makeShape(pattern: Node, id: number): Shape {
  const plan = planOf(pattern)
  const object = child(pattern, 'object')
  const callee = pattern.kind === 'call' ? child(pattern, 'callee') : undefined
  return {
    id, pattern, plan,
    parts: isRegrouped(pattern) ? [] : plan.roles.flatMap((each) => partShape(each) ?? []).sort(byTelling),
    otherwise: equivalenceOf(pattern),
    text: fixedText(pattern),
    last: lastNameOf(pattern),
    qualifier: object === undefined ? '' : lastNameOf(object),
    callee: callee && shapeOf(callee),
    isSpelled: pattern.kind === 'member' && spelledName(pattern) !== undefined,
  }
}

/** `undefined` where nothing plain can be asked. */
function partShape({ role, patterns, way }: PlannedRole): PartShape | undefined {
  const fixed = patterns.filter((each) => !isAnyNumber(each))
  const atLeast = fixed.length
  const atMost = atLeast < patterns.length ? Infinity : atLeast
  switch (way) {
    case 'one':
    case 'subset':
      return { role, each: fixed.map(shapeOf), keywords: [], isCounted: false, atLeast, atMost }
    case 'arguments':
    case 'sequence':
    case 'unordered': {
      const each = fixed.map(shapeOf).filter(({ otherwise }) => otherwise !== 'anything')
      return { role, each, keywords: patterns.flatMap(keywordOf), isCounted: true, atLeast, atMost }
    }
    default:
      return undefined
  }
}

/** The names of things tell most, and cost least. */
function byTelling(one: PartShape, other: PartShape): number {
  const rank = ({ role, isCounted }: PartShape): number => (role === 'name' ? 0 : isCounted ? 2 : 1)
  return rank(one) - rank(other)
}

function equivalenceOf(pattern: Node): Shape['otherwise'] {
  switch (pattern.kind) {
    case 'metavariable':
    case 'typed-metavariable':
    case 'ellipsis':
    case 'deep':
    case 'ellipsis-member':
    case 'expression-statement':
      return 'anything'
    case 'import':
    case 'import-from':
      return 'import'
    case 'identifier':
    case 'member':
      return 'name'
    case 'block':
      return 'else-if'
    case 'list':
      return isOpenList(pattern) ? 'comprehension' : 'nothing'
    case 'call':
      return isOpenCall(pattern) ? 'decorator' : 'nothing'
    default:
      return isLiteral(pattern) ? 'constant' : 'nothing'
  }
}

/** Whether a pattern is a call of which every argument, if any, is left open. */
export function isOpenCall(pattern: Node): boolean {
  return pattern.kind === 'call' && pattern.children.every((each) => each.role === 'callee' || isAnyNumber(each))
}

/** Whether a pattern is `[...]`, any list: one that is computed too. */
export function isOpenList(pattern: Node): boolean {
  return pattern.kind === 'list' && pattern.children.length === 1 && pattern.children[0]?.kind === 'ellipsis'
}

function fixedText({ kind, text }: Node): string | undefined {
  // An import may name something within what the pattern names.
  if (kind === 'import-from' || kind === 'import-item' || isMetavariable(text)) return undefined
  return kind === 'string' && (text === '...' || text.startsWith('=~/')) ? undefined : text
}

function lastNameOf(pattern: Node): string {
  const name = pattern.kind === 'member' ? child(pattern, 'name') : pattern
  return name?.kind === 'identifier' && !isMetavariable(name.text) ? name.text : ''
}

function keywordOf(pattern: Node): readonly string[] {
  const name = pattern.kind === 'keyword-argument' ? child(pattern, 'name') : undefined
  return name?.kind === 'identifier' && !isMetavariable(name.text) ? [name.text] : []
}
