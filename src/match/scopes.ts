import type { Span } from '../core/text.ts'
import { Flag, child, childrenIn, has, type Kind, type Node, type Role } from '../tree/node.ts'

/** All that binds one name in one scope, in any order: matching follows no control flow. */
export interface NameEntry {
  /** Absolute dotted names imported under this name, each once. */
  readonly imports: string[]
  /** Where each of them is first imported. */
  readonly importedAt: number[]
  /** An import whose name only the program knows, as a relative one. */
  isProjectImport: boolean
  /** Values of plain assignments to the bare name. */
  readonly values: Node[]
  /** Where each of them is assigned. */
  readonly assigned: Surroundings[]
  /** Bound in any other way: a parameter, a loop, a definition, a part of a destructured value. */
  isOtherwiseBound: boolean
}

/** The block that a statement stands in, and the outermost loop around it in its scope. */
export interface Surroundings {
  readonly block: Span
  readonly loop: Span | undefined
}

/** A module, function or class body with the names it binds. */
export interface Scope extends Span {
  readonly kind: 'module' | 'function' | 'class'
  readonly parent: Scope | undefined
  readonly inner: Scope[]
  readonly names: Map<string, NameEntry>
  /** Names that this scope declares to be bound further out. */
  readonly outer: Set<string>
  /** Modules of which everything is imported. */
  readonly stars: string[]
}

/** Kinds of nodes that bind or declare names; see `record`. */
const BINDING: ReadonlySet<Kind> = new Set<Kind>([
  'function', 'class', 'parameter', 'assign', 'assign-expression', 'augmented-assign', 'for-each', 'with-item', 'delete',
  'comprehension-for', 'catch', 'type-alias', 'pattern-as', 'pattern-capture', 'pattern-rest', 'global', 'nonlocal',
  'import', 'import-from',
])

/** Parts of a definition that are evaluated where it stands. */
const OUTSIDE: ReadonlySet<Role> = new Set<Role>(['decorator', 'name', 'base', 'returns'])

/** The scopes of a file, the module's outermost. */
export function scopesOf(root: Node): Scope {
  const module = newScope('module', root, undefined)
  // Side by side: the nodes to come, and what each stands in.
  const waiting: Node[] = [root]
  const scopes: Scope[] = [module]
  const surroundings: Surroundings[] = [{ block: root, loop: undefined }]
  const late: (() => void)[] = []
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const scope = scopes.pop() ?? module
    const around = surroundings.pop() ?? { block: root, loop: undefined }
    const inside = BINDING.has(node.kind) ? record(node, scope, around, late) : scope
    const within = inside === scope ? surroundingsIn(node, around) : { block: node, loop: undefined }
    for (const each of node.children) {
      // Most nodes are names and literals, in which nothing is bound.
      if (each.children.length === 0 && !BINDING.has(each.kind)) continue
      const isOutside = OUTSIDE.has(each.role)
      waiting.push(each)
      scopes.push(isOutside ? scope : inside)
      surroundings.push(isOutside ? around : within)
    }
  }
  // Declarations of outer names may follow the names' use, so bindings are made at the end.
  for (const make of late) make()
  return module
}

function surroundingsIn(node: Node, around: Surroundings): Surroundings {
  if (node.kind === 'block') return { ...around, block: node }
  const isLoop = node.kind === 'while' || node.kind === 'for-each' || node.kind === 'for'
  return isLoop && around.loop === undefined ? { ...around, loop: node } : around
}

/** The innermost scope at an offset. */
export function scopeAt(module: Scope, offset: number): Scope {
  let scope = module
  for (;;) {
    const inner = innerAt(scope.inner, offset)
    if (inner === undefined) return scope
    scope = inner
  }
}

/** What a name means at a scope; class bodies are seen only from directly within. */
export function findEntry(from: Scope, name: string): NameEntry | undefined {
  for (let scope: Scope | undefined = from; scope !== undefined; scope = scope.parent) {
    if (scope.kind === 'class' && scope !== from) continue
    const entry = scope.names.get(name)
    if (entry !== undefined) return entry
  }
  return undefined
}

/**
 * The value that a variable has where it stands, when the last assignment before
 * surely is the last one made; `undefined` when control flow would have to tell.
 */
export function valueBefore(entry: NameEntry, scope: Scope, of: Span): Node | undefined {
  if (entry.isOtherwiseBound || entry.imports.length > 0 || entry.isProjectImport) return undefined
  let last: { readonly value: Node, readonly around: Surroundings } | undefined
  for (const [at, value] of entry.values.entries()) {
    const around = entry.assigned[at]
    if (around === undefined || value.start < scope.start || value.end > scope.end) return undefined
    const isBefore = value.end <= of.start
    // In a loop what is assigned later is there in the next round.
    if (!isBefore && around.loop !== undefined && contains(around.loop, of)) return undefined
    if (isBefore && (last === undefined || value.start > last.value.start)) last = { value, around }
  }
  return last !== undefined && contains(last.around.block, of) ? last.value : undefined
}

function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}

/** Modules of star imports that a name in this scope may come from. */
export function starsFor(from: Scope): readonly string[] {
  const stars: string[] = []
  for (let scope: Scope | undefined = from; scope !== undefined; scope = scope.parent) stars.push(...scope.stars)
  return stars
}

/** Scopes are sorted by place because each list is sorted before its first use. */
function innerAt(scopes: Scope[], offset: number): Scope | undefined {
  let low = 0
  let high = scopes.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const scope = scopes[middle]
    if (scope === undefined) return undefined
    if (offset < scope.start) high = middle - 1
    else if (offset >= scope.end) low = middle + 1
    else return scope
  }
  return undefined
}

function newScope(kind: Scope['kind'], span: Span, parent: Scope | undefined): Scope {
  const scope: Scope = {
    kind, parent, start: span.start, end: span.end, inner: [], names: new Map(), outer: new Set(), stars: [],
  }
  if (parent !== undefined) insertSorted(parent.inner, scope)
  return scope
}

function insertSorted(list: Scope[], scope: Scope): void {
  let at = list.length
  while (at > 0 && (list[at - 1]?.start ?? 0) > scope.start) at--
  list.splice(at, 0, scope)
}

/** Notes what a node binds; returns the scope its children are in. */
function record(node: Node, scope: Scope, around: Surroundings, late: (() => void)[]): Scope {
  const other = (target: Node | undefined): void => {
    for (const name of boundNames(target)) late.push(() => { entryFor(scope, name).isOtherwiseBound = true })
  }
  switch (node.kind) {
    case 'function':
    case 'class': {
      other(child(node, 'name'))
      const body = child(node, 'body')
      const start = childrenIn(node, 'parameter')[0]?.start ?? body?.start ?? node.end
      return newScope(node.kind, { start, end: node.end }, scope)
    }
    case 'parameter':
      other(child(node, 'name') ?? child(node, 'target'))
      break
    case 'assign':
    case 'assign-expression':
      recordAssignment(node, scope, around, late)
      break
    case 'augmented-assign':
    case 'for-each':
    case 'with-item':
    case 'delete':
    case 'comprehension-for':
      for (const target of childrenIn(node, 'target')) other(target)
      break
    case 'catch':
    case 'type-alias':
    case 'pattern-as':
      other(child(node, 'name'))
      break
    case 'pattern-capture':
    case 'pattern-rest':
      late.push(() => { entryFor(scope, node.text).isOtherwiseBound = true })
      break
    case 'global':
    case 'nonlocal':
      for (const name of childrenIn(node, 'name')) scope.outer.add(name.text)
      break
    case 'import':
    case 'import-from':
      recordImport(node, scope, late)
      break
    default:
  }
  return scope
}

function recordAssignment(node: Node, scope: Scope, around: Surroundings, late: (() => void)[]): void {
  const value = child(node, 'value')
  if (value === undefined) return
  for (const target of childrenIn(node, 'target')) {
    const isPlain = target.kind === 'identifier'
    for (const name of boundNames(target)) {
      late.push(() => {
        const entry = entryFor(scope, name)
        if (isPlain) {
          entry.values.push(value)
          entry.assigned.push(around)
        } else entry.isOtherwiseBound = true
      })
    }
  }
}

function recordImport(node: Node, scope: Scope, late: (() => void)[]): void {
  const { star, items } = readImport(node)
  if (star !== undefined) scope.stars.push(star)
  for (const { bound, name } of items) {
    late.push(() => {
      const entry = entryFor(scope, bound)
      if (name === undefined) entry.isProjectImport = true
      else recordName(entry, name, node.start)
    })
  }
}

function recordName(entry: NameEntry, name: string, at: number): void {
  const known = entry.imports.indexOf(name)
  if (known < 0) {
    entry.imports.push(name)
    entry.importedAt.push(at)
  } else entry.importedAt[known] = Math.min(at, entry.importedAt[known] ?? at)
}

/** What an import brings in. */
export interface ImportedThings {
  /** The module of which everything is imported, `''` for one that only the program knows. */
  readonly star: string | undefined
  /** Names bound and the absolute dotted names they stand for; `undefined` where only the program knows it. */
  readonly items: readonly { readonly bound: string, readonly name: string | undefined }[]
}

/** Reads an import or a from-import. */
export function readImport(node: Node): ImportedThings {
  const isRelative = node.text.startsWith('.')
  if (has(node, Flag.Star)) return { star: isRelative ? '' : node.text, items: [] }
  const isWhole = node.kind === 'import'
  const items = childrenIn(node, 'item').map((item) => {
    const alias = child(item, 'alias')?.text
    const first = item.text.split('.')[0] ?? item.text
    const bound = alias ?? (isWhole ? first : item.text)
    const name = isWhole ? (alias === undefined ? first : item.text) : `${node.text}.${item.text}`
    return { bound, name: isRelative ? undefined : name }
  })
  return { star: undefined, items }
}

/** Names that an assignment target binds; attributes and elements bind none. */
function boundNames(target: Node | undefined): string[] {
  const names: string[] = []
  const waiting: Node[] = target === undefined ? [] : [target]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.kind === 'identifier') names.push(next.text)
    else if (next.kind === 'tuple' || next.kind === 'list' || next.kind === 'spread') waiting.push(...next.children)
  }
  return names
}

function entryFor(scope: Scope, name: string): NameEntry {
  let owner = scope
  while (owner.outer.has(name) && owner.parent !== undefined) owner = owner.parent
  let entry = owner.names.get(name)
  if (entry === undefined) {
    entry = { imports: [], importedAt: [], isProjectImport: false, values: [], assigned: [], isOtherwiseBound: false }
    owner.names.set(name, entry)
  }
  return entry
}
