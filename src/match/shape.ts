import { Flag, child, type Kind, type Node } from '../tree/node.ts'
import { isAnyNumber, isMetavariable } from './metavariables.ts'
import { DECISIVE, hasOnlyParts, planOf, type Plan, type PlannedRole } from './plan.ts'
import { isLiteral, spelledName } from './names.ts'
import type { Target } from './target.ts'

/**
 * What can be said about a pattern's node beforehand. Matching proper binds,
 * supposes and tries all ways; most nodes of a file fail for something plainer:
 * another kind, another name at the end, another number of arguments. A shape
 * asks for that alone, and allocates nothing.
 */
interface Shape {
  readonly pattern: Node
  readonly plan: Plan
  /** What other kinds of nodes the pattern may match by an equivalence. */
  readonly otherwise: 'anything' | 'constant' | 'import' | 'name' | 'else-if' | 'nothing'
  /** The text that a node of the same kind must have; `undefined` when that is open. */
  readonly text: string | undefined
  /** Of a name: its last part, and the part before that; `''` where it is open. */
  readonly last: string
  readonly qualifier: string
  /** Whether the name is written out: then only its last part must agree, the program knows the rest. */
  readonly isSpelled: boolean
  /** Names of arguments that must be given. */
  readonly keywords: readonly string[]
}

/** Patterns are compiled once and asked about for every file. */
const shapes = new WeakMap<Node, Shape>()

/**
 * Whether a pattern's node could match a node; `false` only when `unify` surely
 * finds no way, whatever is bound. Looks no deeper than the pattern.
 */
export function couldMatch(target: Target, pattern: Node, node: Node): boolean {
  const shape = shapeOf(pattern)
  if (shape.otherwise === 'anything') return true
  if (node.kind === pattern.kind && couldBeDirect(target, shape, node)) return true
  switch (shape.otherwise) {
    case 'constant':
      return MAY_BE_CONSTANT.has(node.kind)
    case 'import':
      return node.kind !== pattern.kind && (node.kind === 'import' || node.kind === 'import-from')
    case 'name':
      return couldBeName(target, shape, node)
    case 'else-if':
      return node.kind === 'if'
    default:
      return false
  }
}

/** Kinds of expressions that may have a literal's value. */
export const MAY_BE_CONSTANT: ReadonlySet<Kind> = new Set<Kind>(['identifier', 'member', 'binary', 'template'])

function couldBeDirect(target: Target, shape: Shape, node: Node): boolean {
  const { pattern, plan } = shape
  if (shape.text !== undefined && shape.text !== node.text) return false
  if (pattern.kind === 'string') return true
  if ((pattern.flags & DECISIVE) !== (node.flags & DECISIVE)) return false
  if ((pattern.flags & Flag.Async) !== 0 && (node.flags & Flag.Async) === 0) return false
  if (!hasOnlyParts(plan, node)) return false
  for (const part of plan.roles) if (!couldHave(target, shape, part, node)) return false
  return true
}

function couldHave(target: Target, shape: Shape, { role, patterns, way }: PlannedRole, node: Node): boolean {
  switch (way) {
    case 'one': {
      const [wanted] = patterns
      const its = child(node, role)
      return wanted !== undefined && its !== undefined && couldMatch(target, wanted, its)
    }
    case 'subset':
      return patterns.every((wanted) => {
        return wanted.kind === 'ellipsis'
          || node.children.some((each) => each.role === role && couldMatch(target, wanted, each))
      })
    case 'arguments':
      return hasCount(patterns, role, node) && shape.keywords.every((keyword) => hasKeyword(node, keyword))
    case 'sequence':
      return hasCount(patterns, role, node)
    default:
      return true
  }
}

/** Whether there are as many parts as the pattern asks for: at least that many when some stand for any number. */
function hasCount(patterns: readonly Node[], role: Node['role'], node: Node): boolean {
  let wanted = 0
  for (const each of patterns) if (!isAnyNumber(each)) wanted++
  let given = 0
  for (const each of node.children) if (each.role === role) given++
  return wanted === patterns.length ? given === wanted : given >= wanted
}

function hasKeyword(node: Node, keyword: string): boolean {
  return node.children.some((each) => each.kind === 'keyword-argument' && child(each, 'name')?.text === keyword)
}

/** A name of the file may be another spelling of the pattern's, by an import. */
function couldBeName(target: Target, shape: Shape, node: Node): boolean {
  if (node.kind === 'member') return shape.isSpelled && child(node, 'name')?.text === shape.last
  if (node.kind !== 'identifier') return false
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

function shapeOf(pattern: Node): Shape {
  let shape = shapes.get(pattern)
  if (shape === undefined) {
    shape = makeShape(pattern)
    shapes.set(pattern, shape)
  }
  return shape
}

function makeShape(pattern: Node): Shape {
  const plan = planOf(pattern)
  const otherwise = equivalenceOf(pattern)
  const object = child(pattern, 'object')
  return {
    pattern, plan, otherwise,
    text: fixedText(pattern),
    last: lastNameOf(pattern),
    qualifier: object === undefined ? '' : lastNameOf(object),
    isSpelled: pattern.kind === 'member' && spelledName(pattern) !== undefined,
    keywords: plan.roles.flatMap(({ role, patterns }) => (role === 'argument' ? patterns.flatMap(keywordOf) : [])),
  }
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
    default:
      return isLiteral(pattern) ? 'constant' : 'nothing'
  }
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
