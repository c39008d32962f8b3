import { Flag, child, node, type Node } from '../tree/node.ts'
import { findEntry, scopeAt, starsFor, valueBefore, type NameEntry } from './scopes.ts'
import type { Target } from './target.ts'

/** Names and operators on the way to a constant. */
const MAX_HOPS = 5

/** The dotted name that an expression spells: `a.b.c`; `undefined` for anything else. */
export function spelledName(of: Node): string | undefined {
  const parts: string[] = []
  let at: Node | undefined = of
  while (at?.kind === 'member') {
    const name = child(at, 'name')
    if (name?.kind !== 'identifier') return undefined
    parts.push(name.text)
    at = child(at, 'object')
  }
  if (at?.kind !== 'identifier') return undefined
  parts.push(at.text)
  return parts.reverse().join('.')
}

/** What the first name of a dotted chain means in the file. */
export function rootEntry(target: Target, of: Node): NameEntry | undefined {
  const root = rootOf(of)
  return root && findEntry(scopeAt(target.scopes, root.start), root.text)
}

/**
 * Dotted names that a bare name stands for through the imports of the file that
 * stand before it, its own spelling left out. Of a later one only the program
 * knows whether it has run by then. `withStars`: also those that an import of
 * everything may have brought.
 */
export function importedNames(target: Target, identifier: Node, withStars = true): readonly string[] {
  // Scopes are made only for files in which they tell something.
  if (target.importedAs(identifier.text).length === 0) return []
  const scope = scopeAt(target.scopes, identifier.start)
  const entry = findEntry(scope, identifier.text)
  if (entry !== undefined) {
    return entry.imports.filter((name, at) => name !== identifier.text && (entry.importedAt[at] ?? 0) <= identifier.start)
  }
  if (!withStars) return []
  return starsFor(scope).filter((module) => module !== '').map((module) => `${module}.${identifier.text}`)
}

/** Whether only the program can say what the chain's first name is: it comes from an import. */
export function mayBeElsewhere(target: Target, of: Node): boolean {
  const root = rootOf(of)
  if (root === undefined) return false
  const scope = scopeAt(target.scopes, root.start)
  const entry = findEntry(scope, root.text)
  if (entry === undefined) return starsFor(scope).length > 0
  return entry.isProjectImport || entry.imports.length > 0
}

/** A dotted name as the tree it would have been written as, at the place of what stands for it. */
export function nameTree(name: string, at: Node): Node {
  const [first = '', ...rest] = name.split('.')
  const identifier = (text: string, role: Node['role']): Node =>
    node('identifier', role, at.start, at.end, [], text, Flag.Synthetic)
  let tree = identifier(first, rest.length === 0 ? at.role : 'object')
  for (const [index, part] of rest.entries()) {
    const role = index === rest.length - 1 ? at.role : 'object'
    tree = node('member', role, at.start, at.end, [tree, identifier(part, 'name')], '', Flag.Synthetic)
  }
  return tree
}

/**
 * The literal an expression is known to be in the file: a name that is bound once,
 * to a literal, and texts put together of such. `'unknown'` when the file does not
 * decide it; `undefined` when it is no constant.
 */
export function constantOf(target: Target, of: Node): Node | 'unknown' | undefined {
  return fold(target, of, MAX_HOPS)
}

function fold(target: Target, of: Node, hops: number): Node | 'unknown' | undefined {
  if (isLiteral(of)) return of
  if (hops === 0) return undefined
  switch (of.kind) {
    case 'identifier':
      return foldName(target, of, hops)
    case 'member':
      return spelledName(of) === undefined ? undefined : 'unknown'
    case 'binary':
      return of.text === '+' ? joined(of, of.children.map((each) => fold(target, each, hops - 1))) : undefined
    case 'template':
      return joined(of, of.children.map((part) => {
        const [value, ...more] = part.kind === 'interpolation' ? part.children : [part]
        return value === undefined || more.length > 0 || part.kind === 'interpolation' && part.text !== ''
          ? undefined : fold(target, value, hops - 1)
      }))
    default:
      return undefined
  }
}

function foldName(target: Target, of: Node, hops: number): Node | 'unknown' | undefined {
  const scope = scopeAt(target.scopes, of.start)
  const entry = findEntry(scope, of.text)
  if (entry === undefined) return mayBeElsewhere(target, of) ? 'unknown' : undefined
  if (entry.imports.length > 0 || entry.isProjectImport) return 'unknown'
  const [value, ...more] = entry.values
  if (value === undefined) return undefined
  if (more.length === 0 && !entry.isOtherwiseBound) return fold(target, value, hops - 1)
  const before = valueBefore(entry, scope, of)
  return before === undefined ? 'unknown' : fold(target, before, hops - 1)
}

/** One string made of several, when all are known strings. */
function joined(of: Node, parts: readonly (Node | 'unknown' | undefined)[]): Node | 'unknown' | undefined {
  let text = ''
  for (const part of parts) {
    if (part === undefined || part === 'unknown') return part
    if (part.kind !== 'string') return undefined
    text += part.text
  }
  return node('string', of.role, of.start, of.end, [], text, Flag.Synthetic)
}

/** Whether a node is a literal with a value. */
export function isLiteral(of: Node): boolean {
  return of.kind === 'string' || of.kind === 'number' || of.kind === 'boolean' || of.kind === 'null'
}

function rootOf(of: Node): Node | undefined {
  let at: Node | undefined = of
  while (at?.kind === 'member') at = child(at, 'object')
  return at?.kind === 'identifier' ? at : undefined
}
