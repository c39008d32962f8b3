import { child, Flag, has } from '../../tree/node.ts'
import type { Node } from '../../tree/node.ts'

/**
 * Scopes of a file and the names each binds, found before any of it is lowered:
 * a name assigned anywhere in a function is local to all of it, and a function
 * further in may assign a variable of this one.
 */
export interface Scopes {
  /** One per function, class body and the module, in order of place; the module is 0. */
  readonly units: readonly Unit[]
  /** Class nodes in order of place. */
  readonly classes: readonly Node[]
  /** Number of the unit a function or class node makes. */
  readonly unitOf: ReadonlyMap<Node, Unit>
  readonly classOf: ReadonlyMap<Node, number>
  /** Scopes of comprehensions. */
  readonly comprehensions: ReadonlyMap<Node, Scope>
}

/** What becomes one entry of `FileFacts.functions`. */
export class Unit {
  /** Set once all are found. */
  index: number
  readonly kind: 'module' | 'function' | 'lambda' | 'class-body'
  readonly node: Node
  /** The unit it is written in; `undefined` for the module. */
  readonly parent: Unit | undefined
  readonly scope: Scope
  /** All variables of the unit, those of its comprehensions included, by number. */
  readonly variables: Variable[] = []

  constructor(index: number, kind: Unit['kind'], node: Node, outer: Scope | undefined) {
    this.index = index
    this.kind = kind
    this.node = node
    this.parent = outer?.unit
    this.scope = { unit: this, parent: outer, isComprehension: false, variables: new Map() }
  }
}

/** A region in which names are bound. */
export interface Scope {
  readonly unit: Unit
  readonly parent: Scope | undefined
  readonly isComprehension: boolean
  readonly variables: Map<string, Variable>
}

export interface Variable {
  readonly name: string
  /** Number in its unit. */
  readonly number: number
  readonly unit: Unit
  /** `global` and `nonlocal`: declared here, but a variable of the module or an enclosing function. */
  readonly kind: 'local' | 'global' | 'nonlocal'
  /** Assigned by a function further in too, so that no read may rely on the last assignment seen. */
  shared: boolean
  /** Final numbers of all values assigned to it. */
  readonly values: number[]
}

/** Finds all scopes of a module. The work list keeps deep code from exhausting the stack. */
export function scopesOf(root: Node): Scopes {
  return new ScopeFinder(root).find()
}

class ScopeFinder {
  readonly #units: Unit[] = []
  readonly #classes: Node[] = []
  readonly #unitOf = new Map<Node, Unit>()
  readonly #comprehensions = new Map<Node, Scope>()
  /** Nodes still to be visited, and the scope of each. */
  readonly #waiting: Node[] = []
  readonly #scopes: Scope[] = []
  readonly #root: Node

  constructor(root: Node) {
    this.#root = root
  }

  find(): Scopes {
    const module = this.#newUnit('module', this.#root, undefined)
    this.#push(this.#root.children, module.scope)
    for (let node = this.#waiting.pop(); node !== undefined; node = this.#waiting.pop()) {
      this.#visit(node, this.#scopes.pop() ?? module.scope)
    }
    this.#units.sort((x, y) => x.node.start - y.node.start || y.node.end - x.node.end || x.index - y.index)
    this.#units.forEach((unit, index) => (unit.index = index))
    this.#classes.sort((x, y) => x.start - y.start || y.end - x.end)
    this.#markShared()
    return {
      units: this.#units, classes: this.#classes, unitOf: this.#unitOf,
      classOf: new Map(this.#classes.map((node, index) => [node, index])), comprehensions: this.#comprehensions,
    }
  }

  #newUnit(kind: Unit['kind'], node: Node, outer: Scope | undefined): Unit {
    const unit = new Unit(this.#units.length, kind, node, outer)
    this.#units.push(unit)
    this.#unitOf.set(node, unit)
    return unit
  }

  #push(nodes: readonly Node[], scope: Scope): void {
    for (let index = nodes.length - 1; index >= 0; index--) {
      const node = nodes[index]
      if (node === undefined || isEmptyLeaf(node)) continue
      this.#waiting.push(node)
      this.#scopes.push(scope)
    }
  }

  #visit(node: Node, scope: Scope): void {
    if (BINDS.has(node.kind)) this.#binding(node, scope)
    else this.#push(node.children, scope)
  }

  #binding(node: Node, scope: Scope): void {
    switch (node.kind) {
      case 'function':
        this.#function(node, scope)
        return
      case 'class':
        this.#class(node, scope)
        return
      case 'comprehension':
        this.#comprehension(node, scope)
        return
      case 'global':
      case 'nonlocal':
        for (const each of node.children) declare(scope, each.text, node.kind)
        return
      case 'import':
      case 'import-from':
        for (const item of node.children) bind(scope, importedName(node, item))
        return
      case 'assign-expression':
        bindTargets(node.children, outside(scope))
        break
      case 'catch':
      case 'pattern-as':
      case 'type-alias':
        bind(scope, child(node, 'name')?.text ?? '')
        break
      case 'pattern-capture':
      case 'pattern-rest':
        if (node.text !== '_') bind(scope, node.text)
        break
      default:
        bindTargets(node.children, scope)
    }
    this.#push(node.children, scope)
  }

  #function(node: Node, scope: Scope): void {
    bind(scope, child(node, 'name')?.text ?? '')
    const unit = this.#newUnit(has(node, Flag.Lambda) ? 'lambda' : 'function', node, scope)
    const inner: Node[] = []
    const outer: Node[] = []
    for (const each of node.children) {
      if (each.role === 'body') inner.push(each)
      else if (each.role === 'parameter') {
        for (const part of each.children) {
          if (part.role === 'name') bind(unit.scope, part.text)
          else if (part.role === 'target') bindTarget(part, unit.scope)
          else outer.push(part)
        }
      } else outer.push(each)
    }
    this.#push(inner, unit.scope)
    this.#push(outer, scope)
  }

  #class(node: Node, scope: Scope): void {
    bind(scope, child(node, 'name')?.text ?? '')
    this.#classes.push(node)
    const unit = this.#newUnit('class-body', node, scope)
    this.#push(node.children.filter((each) => each.role === 'body'), unit.scope)
    this.#push(node.children.filter((each) => each.role !== 'body'), scope)
  }

  #comprehension(node: Node, scope: Scope): void {
    const inner: Scope = { unit: scope.unit, parent: scope, isComprehension: true, variables: new Map() }
    this.#comprehensions.set(node, inner)
    this.#push(node.children, inner)
  }

  /** Marks the variables that a `global` or `nonlocal` declaration further in assigns. */
  #markShared(): void {
    const module = this.#units[0]
    for (const unit of this.#units) {
      for (const variable of unit.variables) {
        if (variable.kind === 'global' && module && unit !== module) {
          const owner = module.scope.variables.get(variable.name)
          if (owner) owner.shared = true
        } else if (variable.kind === 'nonlocal') {
          const owner = ownerOf(variable)
          if (owner) owner.shared = true
        }
      }
    }
  }
}

/** The variable of an enclosing function that a `nonlocal` one is; `undefined` when there is none. */
export function ownerOf(variable: Variable): Variable | undefined {
  for (let scope = variable.unit.scope.parent; scope; scope = scope.parent) {
    if (scope.unit.kind === 'class-body' || scope.unit.kind === 'module') continue
    const found = scope.variables.get(variable.name)
    if (found?.kind === 'local') return found
  }
  return undefined
}

/** Kinds that bind a name or have a scope of their own; most nodes of a file are none of them. */
const BINDS: ReadonlySet<string> = new Set([
  'function', 'class', 'comprehension', 'global', 'nonlocal', 'import', 'import-from', 'assign-expression', 'catch',
  'pattern-as', 'type-alias', 'pattern-capture', 'pattern-rest', 'assign', 'augmented-assign', 'for-each',
  'with-item', 'delete', 'comprehension-for',
])

/** Whether nothing is bound in a node, as it holds no others and is no pattern. */
function isEmptyLeaf(node: Node): boolean {
  return node.children.length === 0 && node.kind !== 'pattern-capture' && node.kind !== 'pattern-rest'
}

/** The scope that `:=` assigns in: comprehensions have none of their own. */
function outside(scope: Scope): Scope {
  let at = scope
  while (at.isComprehension && at.parent) at = at.parent
  return at
}

function bindTargets(children: readonly Node[], scope: Scope): void {
  for (const each of children) if (each.role === 'target') bindTarget(each, scope)
}

/** The name an import's item binds: `import a.b` binds `a`. */
export function importedName(statement: Node, item: Node): string {
  const alias = child(item, 'alias')
  if (alias) return alias.text
  return statement.kind === 'import' ? item.text.split('.')[0] ?? '' : item.text
}

/** Binds the names of an assignment target. */
function bindTarget(target: Node, scope: Scope): void {
  const stack = [target]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.kind === 'identifier') bind(scope, node.text)
    else if (node.kind === 'tuple' || node.kind === 'list' || node.kind === 'spread') stack.push(...node.children)
  }
}

function bind(scope: Scope, name: string): void {
  if (name !== '' && !scope.variables.has(name)) add(scope, name, 'local')
}

function declare(scope: Scope, name: string, kind: 'global' | 'nonlocal'): void {
  const place = outside(scope)
  const known = place.variables.get(name)
  // At module level `global` says nothing; elsewhere the declaration wins over assignments seen before it.
  if (name === '' || place.unit.kind === 'module' || known?.kind === kind) return
  add(place, name, kind)
}

function add(scope: Scope, name: string, kind: Variable['kind']): void {
  const { unit } = scope
  const variable: Variable = { name, number: unit.variables.length, unit, kind, shared: false, values: [] }
  unit.variables.push(variable)
  scope.variables.set(name, variable)
}
