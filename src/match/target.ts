import type { ParsedFile } from '../tree/language.ts'
import type { Kind, Node } from '../tree/node.ts'
import { visit } from '../tree/visit.ts'
import { scopesOf, type Scope } from './scopes.ts'

/** A parsed file prepared for matching; made once and shared by all rules. */
export class Target {
  readonly root: Node
  readonly text: string
  readonly #parsed: ParsedFile
  readonly #byKind = new Map<Kind, Node[]>()
  readonly #expressions: Node[] = []
  readonly #expressionsByKind = new Map<Kind, Node[]>()
  readonly #sequences: Node[] = []
  readonly #nodes: Node[] = []
  #flat: FlatStatements | undefined
  #scopes: Scope | undefined

  constructor(parsed: ParsedFile, text: string) {
    this.#parsed = parsed
    this.root = parsed.root
    this.text = text
    visit(parsed.root, (node) => {
      this.#add(node)
      return true
    })
  }

  #add(node: Node): void {
    this.#nodes.push(node)
    append(this.#byKind, node)
    if (isExpression(node)) {
      this.#expressions.push(node)
      append(this.#expressionsByKind, node)
    }
    if (node.kind === 'block' || node.kind === 'module') this.#sequences.push(node)
  }

  /** Comments in order of place. */
  get comments(): ParsedFile['comments'] {
    return this.#parsed.comments
  }

  /** Nodes of a kind, in order of place. */
  ofKind(kind: Kind): readonly Node[] {
    return this.#byKind.get(kind) ?? []
  }

  /** Everything that stands as an expression, in order of place. */
  get expressions(): readonly Node[] {
    return this.#expressions
  }

  /** Expressions of a kind, in order of place. */
  expressionsOf(kind: Kind): readonly Node[] {
    return this.#expressionsByKind.get(kind) ?? []
  }

  /** The module and every block. */
  get sequences(): readonly Node[] {
    return this.#sequences
  }

  get scopes(): Scope {
    this.#scopes ??= scopesOf(this.root)
    return this.#scopes
  }

  /** All statements with those nested in them; a block's are one run of it. */
  get flat(): FlatStatements {
    this.#flat ??= flatten(this.#nodes)
    return this.#flat
  }

  /** Source text of a place. */
  slice(start: number, end: number): string {
    return this.text.slice(start, end)
  }
}

function append(to: Map<Kind, Node[]>, node: Node): void {
  const known = to.get(node.kind)
  if (known === undefined) to.set(node.kind, [node])
  else known.push(node)
}

const EXPRESSIONS: ReadonlySet<Kind> = new Set<Kind>([
  'identifier', 'string', 'template', 'number', 'boolean', 'null', 'constant', 'regex', 'list', 'tuple', 'set', 'dict',
  'call', 'new', 'member', 'index', 'unary', 'binary', 'logical', 'chain', 'conditional', 'comprehension', 'await',
  'yield', 'assign-expression',
])

/** Whether a node stands as an expression; the name after a dot, of a parameter or of a keyword does not. */
export function isExpression(node: Node): boolean {
  if (node.role === 'name' || node.role === 'alias') return false
  if (node.kind === 'string' && node.role === 'part') return false
  return EXPRESSIONS.has(node.kind) || (node.kind === 'function' && node.role !== 'statement')
}

/** Every statement of a file in order of place, each followed by those nested in it. */
export interface FlatStatements {
  readonly statements: readonly Node[]
  /** Per statement: index of the first one after it and all that is nested in it. */
  readonly next: readonly number[]
  readonly indexOf: ReadonlyMap<Node, number>
}

function flatten(nodes: readonly Node[]): FlatStatements {
  const statements = nodes.filter((each) => each.role === 'statement' || (each.kind === 'if' && each.role === 'else'))
  const indexOf = new Map(statements.map((each, at) => [each, at]))
  const next: number[] = []
  const open: number[] = []
  for (const [at, statement] of statements.entries()) {
    for (let last = open.at(-1); last !== undefined; last = open.at(-1)) {
      const outer = statements[last]
      if (outer !== undefined && statement.start < outer.end) break
      next[last] = at
      open.pop()
    }
    open.push(at)
  }
  for (const each of open) next[each] = statements.length
  return { statements, next, indexOf }
}
