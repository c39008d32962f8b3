import type { ParsedFile } from '../tree/language.ts'
import type { Span } from '../core/text.ts'
import { childrenIn, Flag, node, withRole, type Kind, type Node } from '../tree/node.ts'
import { descendants } from '../tree/visit.ts'
import { findEntry, readImport, scopeAt, scopesOf, type Scope } from './scopes.ts'

/**
 * A parsed file prepared for matching; made once and shared by all rules. Every
 * part is made when it is first asked for: many files pass the word filter of
 * one rule and then need little of it.
 */
export class Target {
  readonly root: Node
  readonly text: string
  /** The part of the text that is meant: all of it, or what a metavariable stands for. */
  readonly extent: Span
  readonly #parsed: ParsedFile
  readonly #outer: Target | undefined
  readonly #expressionsByKind = new Map<Kind, readonly Node[]>()
  #tree: IndexedTree | undefined
  #expressions: readonly Node[] | undefined
  #flat: FlatStatements | undefined
  #starts: readonly StatementStart[] | undefined
  #scopes: Scope | undefined
  #imported: ImportedNames | undefined

  /** Names of local variables also stand for what they are assigned: symbolic propagation. */
  readonly followsNames: boolean

  constructor(
    parsed: ParsedFile, text: string, outer?: Target, extent: Span = { start: 0, end: text.length }, followsNames = false,
  ) {
    this.#parsed = parsed
    this.followsNames = followsNames
    this.#outer = outer
    this.root = parsed.root
    this.text = text
    this.extent = extent
  }

  /** Whether this is what a metavariable stands for, not a file. */
  get isPart(): boolean {
    return this.#outer !== undefined && this.root !== this.#outer.root
  }

  /** The same file for rules with symbolic propagation. */
  followingNames(): Target {
    return new Target(this.#parsed, this.text, this, this.extent, true)
  }

  /** What the only assignment to a variable gives it, where names are followed and that stands before. */
  valueOfName(of: Node): Node | undefined {
    if (!this.followsNames || of.kind !== 'identifier' || of.role === 'target' || of.role === 'name') return undefined
    const entry = findEntry(scopeAt(this.scopes, of.start), of.text)
    if (entry === undefined || entry.isOtherwiseBound || entry.imports.length > 0 || entry.values.length > 1) return undefined
    const [value] = entry.values
    // Going backward only, a chain of names ends.
    return value !== undefined && value.end <= of.start ? value : undefined
  }

  /** Some nodes of the file as a target of their own, in which names mean what they mean in the file. */
  within(nodes: readonly Node[], extent: Span): Target {
    const statements = nodes.map((each) => {
      if (!isExpression(each)) return withRole(each, 'statement')
      return node('expression-statement', 'statement', each.start, each.end, [withRole(each, 'value')], '', Flag.Synthetic)
    })
    const root = node('module', 'root', extent.start, extent.end, statements)
    return new Target({ ...this.#parsed, root }, this.text, this, extent, this.followsNames)
  }

  /** Comments in order of place. */
  get comments(): ParsedFile['comments'] {
    return this.#parsed.comments
  }

  get #index(): IndexedTree {
    this.#tree ??= indexTree(this.root)
    return this.#tree
  }

  /** Nodes of a kind, in order of place. */
  ofKind(kind: Kind): readonly Node[] {
    return this.#index.byKind.get(kind) ?? []
  }

  /** Everything that stands as an expression, in order of place. */
  get expressions(): readonly Node[] {
    this.#expressions ??= this.#index.nodes.filter(isExpression)
    return this.#expressions
  }

  /** Expressions of a kind, in order of place. */
  expressionsOf(kind: Kind): readonly Node[] {
    let found = this.#expressionsByKind.get(kind)
    if (found === undefined) {
      found = this.ofKind(kind).filter(isExpression)
      this.#expressionsByKind.set(kind, found)
    }
    return found
  }

  get scopes(): Scope {
    this.#scopes ??= this.#outer?.scopes ?? scopesOf(this.root)
    return this.#scopes
  }

  /** Dotted names that a bare name may stand for by an import anywhere in the file, itself left out. */
  importedAs(name: string): readonly string[] {
    if (this.#outer !== undefined) return this.#outer.importedAs(name)
    this.#imported ??= importsOf(this)
    const { byName, stars } = this.#imported
    const named = byName.get(name) ?? NO_NAMES
    return stars.length === 0 ? named : [...named, ...stars.map((module) => `${module}.${name}`)]
  }

  /** All statements with those nested in them; a block's are one run of it. */
  get flat(): FlatStatements {
    this.#flat ??= flatten(this.#index.nodes)
    return this.#flat
  }

  /** Where a run of statements may start: each statement of the module and of every block, block by block. */
  get starts(): readonly StatementStart[] {
    this.#starts ??= [this.root, ...this.ofKind('block')].flatMap((block) => startsIn(block, this.flat))
    return this.#starts
  }

  /** Source text of a place. */
  slice(start: number, end: number): string {
    return this.text.slice(start, end)
  }
}

const NO_NAMES: readonly string[] = []

interface IndexedTree {
  /** In order of place. */
  readonly nodes: readonly Node[]
  readonly byKind: ReadonlyMap<Kind, readonly Node[]>
}

function indexTree(root: Node): IndexedTree {
  const nodes = descendants(root)
  const byKind = new Map<Kind, Node[]>()
  for (const each of nodes) {
    const known = byKind.get(each.kind)
    if (known === undefined) byKind.set(each.kind, [each])
    else known.push(each)
  }
  return { nodes, byKind }
}

interface ImportedNames {
  readonly byName: ReadonlyMap<string, readonly string[]>
  readonly stars: readonly string[]
}

/** Imports of all scopes together: a name may mean more here than it does at any one place. */
function importsOf(target: Target): ImportedNames {
  const byName = new Map<string, string[]>()
  const stars: string[] = []
  for (const each of [...target.ofKind('import'), ...target.ofKind('import-from')]) {
    const { star, items } = readImport(each)
    if (star !== undefined && star !== '') stars.push(star)
    for (const { bound, name } of items) {
      if (name === undefined || name === bound) continue
      const known = byName.get(bound)
      if (known === undefined) byName.set(bound, [name])
      else known.push(name)
    }
  }
  return { byName, stars }
}

const EXPRESSIONS: ReadonlySet<Kind> = new Set<Kind>([
  'identifier', 'string', 'template', 'number', 'boolean', 'null', 'constant', 'regex', 'list', 'tuple', 'set', 'dict',
  'call', 'new', 'member', 'index', 'unary', 'binary', 'logical', 'chain', 'conditional', 'comprehension', 'await',
  'yield', 'assign-expression',
])

/** Whether a node stands as an expression; the name after a dot, of a parameter or of a keyword does not. */
export function isExpression(of: Node): boolean {
  if (of.role === 'name' || of.role === 'alias') return false
  if (of.kind === 'string' && of.role === 'part') return false
  return EXPRESSIONS.has(of.kind) || (of.kind === 'function' && of.role !== 'statement')
}

/** Every statement of a file in order of place, each followed by those nested in it. */
export interface FlatStatements {
  readonly statements: readonly Node[]
  /** Per statement: index of the first one after it and all that is nested in it. */
  readonly next: readonly number[]
  readonly indexOf: ReadonlyMap<Node, number>
  /** Indices of the statements of a kind. */
  readonly byKind: ReadonlyMap<Kind, readonly number[]>
}

function flatten(nodes: readonly Node[]): FlatStatements {
  const statements = nodes.filter((each) => each.role === 'statement' || (each.kind === 'if' && each.role === 'else'))
  const indexOf = new Map(statements.map((each, at) => [each, at]))
  const byKind = new Map<Kind, number[]>()
  const next: number[] = []
  const open: number[] = []
  for (const [at, statement] of statements.entries()) {
    const alike = byKind.get(statement.kind)
    if (alike === undefined) byKind.set(statement.kind, [at])
    else alike.push(at)
    for (let last = open.at(-1); last !== undefined; last = open.at(-1)) {
      const outer = statements[last]
      if (outer !== undefined && statement.start < outer.end) break
      next[last] = at
      open.pop()
    }
    open.push(at)
  }
  for (const each of open) next[each] = statements.length
  return { statements, next, indexOf, byKind }
}

/** A statement at which a run may start. */
export interface StatementStart {
  readonly statement: Node
  /** Its index in the flat list, and that of the first statement after its block. */
  readonly at: number
  readonly last: number
  readonly isFirst: boolean
}

function startsIn(block: Node, flat: FlatStatements): StatementStart[] {
  const [begin, last] = extentOf(flat, block)
  return childrenIn(block, 'statement').map((statement, index) => {
    return { statement, at: flat.indexOf.get(statement) ?? begin, last, isFirst: index === 0 }
  })
}

/** A block's run in the flat list, or that of an `else if`: its first index, and the one after its last. */
export function extentOf({ indexOf, next }: FlatStatements, block: Node): readonly [number, number] {
  const statements = block.kind === 'if' ? [block] : childrenIn(block, 'statement')
  const first = statements[0] && indexOf.get(statements[0])
  const final = statements.at(-1)
  const last = final && indexOf.get(final)
  return first === undefined || last === undefined ? [0, 0] : [first, next[last] ?? 0]
}
