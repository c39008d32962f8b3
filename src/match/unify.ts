import { Flag, child, childrenIn, withRole, type Node, type Role } from '../tree/node.ts'
import { matchArguments } from './calls.ts'
import type { Candidates } from './candidates.ts'
import type { Context, MatchOptions } from './context.ts'
import type { Budget } from './budget.ts'
import { NONE, suppose, unique, type Environment } from './environment.ts'
import { isOtherSpelling } from './imports.ts'
import { bindNode, bindText, isMetavariable, matchTyped } from './metavariables.ts'
import { constantOf, importedNames, isLiteral, mayBeElsewhere, nameTree, spelledName } from './names.ts'
import { isRegrouped, matchOperation } from './operators.ts'
import { DECISIVE, hasOnlyParts, planOf, type PlannedRole } from './plan.ts'
import { matchInAnyOrder, matchSequence, matchSubset, type SequenceRules } from './sequences.ts'
import { MAY_BE_CONSTANT, isOpenCall, isOpenList } from './shape.ts'
import { matchBlock, matchStatement, matchWithin } from './statements.ts'
import { matchParts, matchString } from './strings.ts'
import type { Target } from './target.ts'

/** A matcher of one rule in one file. */
export function createContext(
  target: Target, candidates: Candidates, budget: Budget, options: MatchOptions,
): Context {
  const context: Context = {
    target, candidates, budget, options,
    unify: (pattern, node, environment) => (budget.step() ? unify(context, pattern, node, environment) : NONE),
  }
  return context
}

/** A node itself and, where names are followed, what it is a name of. */
function unify(context: Context, pattern: Node, node: Node, environment: Environment): readonly Environment[] {
  const found = unifyItself(context, pattern, node, environment)
  const value = pattern.kind === 'ellipsis' ? undefined : context.target.valueOfName(node)
  return value === undefined ? found : unique([...found, ...context.unify(pattern, withRole(value, node.role), environment)])
}

function unifyItself(context: Context, pattern: Node, node: Node, environment: Environment): readonly Environment[] {
  // Part of a sequence is no element: only a pattern that says so means it.
  if (node.kind === 'slice' && pattern.kind !== 'slice') return NONE
  if (node.role === 'decorator' && node.kind === 'call' && pattern.role === 'decorator' && pattern.kind !== 'call') {
    return matchEmptyCall(context, pattern, node, environment)
  }
  switch (pattern.kind) {
    case 'metavariable':
      return bindNode(context, pattern.text, node, environment)
    case 'typed-metavariable':
      return matchTyped(context, pattern, node, environment)
    case 'ellipsis':
      return [environment]
    case 'expression-statement':
      return matchStatement(context, pattern, node, environment)
    case 'deep': {
      const inner = child(pattern, 'value')
      return inner === undefined ? NONE : matchWithin(context, inner, node, environment)
    }
    case 'ellipsis-member':
      return matchAnyLinks(context, pattern, node, environment)
    default:
  }
  const direct = matchDirectly(context, pattern, node, environment)
  if (isRegrouped(pattern)) return unique([...direct, ...matchOperation(context, pattern, node, environment)])
  if (direct.length > 0) return direct
  if (node.role === 'decorator' && isOpenCall(pattern)) return matchBareDecorator(context, pattern, node, environment)
  if (isLiteral(pattern)) return matchConstant(context, pattern, node, environment)
  if (isOtherSpelling(pattern, node)) return [environment]
  const isName = pattern.kind === 'member' || pattern.kind === 'identifier'
  return isName ? matchByName(context, pattern, node, environment) : NONE
}

function matchDirectly(
  context: Context, pattern: Node, node: Node, environment: Environment,
): readonly Environment[] {
  if (pattern.kind === 'string') return matchString(context, pattern, node, environment)
  if (pattern.kind === 'import' && node.kind === 'import-from') return matchModule(pattern, node, environment)
  if (node.kind === 'comprehension' && isOpenList(pattern) && node.text === 'list') return [environment]
  if (pattern.kind === 'block' && node.kind === 'if') return matchElseIf(context, pattern, node, environment)
  if (pattern.kind !== node.kind) return NONE
  if ((pattern.flags & DECISIVE) !== (node.flags & DECISIVE)) return NONE
  if ((pattern.flags & Flag.Async) !== 0 && (node.flags & Flag.Async) === 0) return NONE
  const plan = planOf(pattern)
  if (!hasOnlyParts(plan, node)) return NONE
  let environments = matchText(pattern, node, environment)
  for (const part of plan.roles) {
    const [first] = environments
    if (first === undefined) return NONE
    environments = environments.length === 1
      ? matchRole(context, part, node, first)
      : unique(environments.flatMap((each) => matchRole(context, part, node, each)))
  }
  return environments
}

function matchText(pattern: Node, node: Node, environment: Environment): readonly Environment[] {
  const { start, end } = node
  if (isMetavariable(pattern.text)) return bindText({ name: pattern.text, start, end, text: node.text }, environment)
  if (pattern.text === node.text) return [environment]
  const hasAlias = child(pattern, 'alias') !== undefined
  const isModule = pattern.kind === 'import-from' || (pattern.kind === 'import-item' && !hasAlias)
  return isModule && pattern.text !== '' && node.text.startsWith(`${pattern.text}.`) ? [environment] : NONE
}

function matchRole(
  context: Context, { role, patterns, way }: PlannedRole, node: Node, environment: Environment,
): readonly Environment[] {
  if (way === 'one') return matchOnly(context, patterns[0], role, node, environment)
  if (way === 'block') return matchBlock(context, patterns, node, environment)
  const nodes = childrenIn(node, role)
  switch (way) {
    case 'subset':
      return matchSubset(context, patterns, nodes, environment)
    case 'arguments':
      return matchArguments(context, patterns, nodes, environment)
    case 'parts':
      return matchParts(context, patterns, nodes, environment)
    case 'members':
      return matchMembers(context, patterns[0], nodes[0], environment)
    case 'unordered':
      return matchUnordered(context, patterns, nodes, environment)
    case 'sequence':
      return matchSequence(context, patterns, nodes, environment, IN_ORDER)
  }
}

/** `f(...)` also means the decorator `@f`, which is given nothing. */
function matchBareDecorator(context: Context, pattern: Node, node: Node, environment: Environment): readonly Environment[] {
  const callee = child(pattern, 'callee')
  return callee === undefined || node.kind === 'call' ? NONE : context.unify(callee, node, environment)
}

/** The decorator `@f` of a pattern also means `@f()`, but not one that is given something. */
function matchEmptyCall(context: Context, pattern: Node, node: Node, environment: Environment): readonly Environment[] {
  const callee = child(node, 'callee')
  return callee === undefined || node.children.length > 1 ? NONE : context.unify(pattern, callee, environment)
}

const IN_ORDER: SequenceRules = {
  isEllipsis: (pattern) => pattern.kind === 'ellipsis',
  matchOne: (context, pattern, node, environment) => context.unify(pattern, node, environment),
}

/** A part that stands alone in its role, on both sides. */
function matchOnly(
  context: Context, pattern: Node | undefined, role: Role, node: Node, environment: Environment,
): readonly Environment[] {
  let only: Node | undefined
  for (const each of node.children) {
    if (each.role !== role) continue
    if (only !== undefined) return NONE
    only = each
  }
  return pattern === undefined || only === undefined ? NONE : context.unify(pattern, only, environment)
}

/** `import M` also means `from M import x`. */
function matchModule(pattern: Node, node: Node, environment: Environment): readonly Environment[] {
  const [item, ...more] = pattern.children
  return item === undefined || more.length > 0 || item.children.length > 0 ? NONE : matchText(item, node, environment)
}

/** The block of an `else` against an `else if`: that is its one statement. */
function matchElseIf(
  context: Context, pattern: Node, node: Node, environment: Environment,
): readonly Environment[] {
  return node.role === 'else' ? matchBlock(context, pattern.children, node, environment) : NONE
}

/** Members of a class in any order; others may stand between. */
function matchMembers(
  context: Context, pattern: Node | undefined, body: Node | undefined, environment: Environment,
): readonly Environment[] {
  if (pattern === undefined || body === undefined) return NONE
  return matchSubset(context, pattern.children, body.children, environment)
}

/** Elements without an order; left over only with `...`. */
function matchUnordered(
  context: Context, patterns: readonly Node[], nodes: readonly Node[], environment: Environment,
): readonly Environment[] {
  const wanted = patterns.filter((each) => each.kind !== 'ellipsis')
  const isOpen = wanted.length < patterns.length
  if (isOpen ? wanted.length > nodes.length : wanted.length !== nodes.length) return NONE
  return unique(matchInAnyOrder(context, wanted, nodes, environment).map((each) => each.environment))
}

/** `. ... .`: what stands before any number of members, calls and elements taken off the end. */
function matchAnyLinks(context: Context, pattern: Node, node: Node, environment: Environment): readonly Environment[] {
  const wanted = child(pattern, 'object')
  if (wanted === undefined) return NONE
  const found: Environment[] = []
  for (let at: Node | undefined = node; at !== undefined; at = linkBefore(at)) {
    found.push(...context.unify(wanted, at, environment))
  }
  return unique(found)
}

function linkBefore(of: Node): Node | undefined {
  if (of.kind === 'member' || of.kind === 'index') return child(of, 'object')
  if (of.kind === 'await') return child(of, 'value')
  if (of.kind !== 'call') return undefined
  const callee = child(of, 'callee')
  return callee?.kind === 'member' ? child(callee, 'object') : undefined
}

/** A literal of a pattern against an expression that has that value. */
function matchConstant(
  context: Context, pattern: Node, node: Node, environment: Environment,
): readonly Environment[] {
  if (!context.options.constantPropagation || !MAY_BE_CONSTANT.has(node.kind)) return NONE
  const constant = constantOf(context.target, node)
  if (constant === undefined) return NONE
  if (constant !== 'unknown') return matchDirectly(context, pattern, constant, environment)
  const at = { start: node.start, end: node.end }
  if (pattern.kind === 'string') {
    if (pattern.text === '...') return [suppose(environment, { kind: 'constant', at })]
    if (isMetavariable(pattern.text) || pattern.text.startsWith('=~')) return NONE
  }
  return [suppose(environment, { kind: 'constant', at, text: pattern.text })]
}

/** A dotted name of a pattern against a name that an import gives another spelling. */
function matchByName(context: Context, pattern: Node, node: Node, environment: Environment): readonly Environment[] {
  if (node.kind !== 'identifier' && node.kind !== 'member') return NONE
  // What follows a dot, or is being defined, is no name that an import could explain.
  if (node.role === 'name') return NONE
  if (node.kind === 'identifier' && (node.flags & Flag.Synthetic) === 0) {
    const found: Environment[] = []
    // What everything of a module holds is not known: only a name that is written out can be meant.
    for (const name of importedNames(context.target, node, spelledName(pattern) !== undefined)) {
      found.push(...matchDirectly(context, pattern, nameTree(name, node), environment))
    }
    if (found.length > 0) return unique(found)
  }
  return matchElsewhere(context, pattern, node, environment)
}

/** The same last name under another one from an import: the program knows what it is. */
function matchElsewhere(context: Context, pattern: Node, node: Node, environment: Environment): readonly Environment[] {
  const name = pattern.kind === 'member' && (node.flags & Flag.Synthetic) === 0 ? spelledName(pattern) : undefined
  const spelled = name === undefined ? undefined : spelledName(node)
  if (name === undefined || spelled === undefined || !mayBeElsewhere(context.target, node)) return NONE
  const possible = [spelled, ...importedNames(context.target, node)]
  if (!possible.some((each) => last(each) === last(name))) return NONE
  return [suppose(environment, { kind: 'name', at: { start: node.start, end: node.end }, name })]
}

function last(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1)
}
