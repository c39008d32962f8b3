import { Flag, child, node, type Node } from '../tree/node.ts'
import { findEntry, scopeAt, starsFor, type NameEntry } from './scopes.ts'
import type { Target } from './target.ts'

/** Links of an assignment chain followed to a constant. */
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

/** Dotted names that a bare name stands for through the imports of the file, its own spelling left out. */
export function importedNames(target: Target, identifier: Node): readonly string[] {
  const scope = scopeAt(target.scopes, identifier.start)
  const entry = findEntry(scope, identifier.text)
  if (entry !== undefined) return entry.imports.filter((name) => name !== identifier.text)
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
 * The literal a name is known to have in the file: it is bound once, to that
 * literal. `'unknown'` when the file does not decide it; `undefined` when it is
 * no constant.
 */
export function constantOf(target: Target, of: Node): Node | 'unknown' | undefined {
  let at = of
  for (let hop = 0; hop < MAX_HOPS; hop++) {
    if (at.kind !== 'identifier') break
    const entry = findEntry(scopeAt(target.scopes, at.start), at.text)
    if (entry === undefined) return mayBeElsewhere(target, at) ? 'unknown' : undefined
    if (entry.imports.length > 0 || entry.isProjectImport) return 'unknown'
    const [value, ...more] = entry.values
    if (value === undefined) return undefined
    if (more.length > 0 || entry.isOtherwiseBound) return 'unknown'
    if (isLiteral(value)) return value
    at = value
  }
  return at.kind === 'member' && spelledName(at) !== undefined ? 'unknown' : undefined
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
