import { Flag, node, type Node, type Role } from '../../../tree/node.ts'
import type { LowerTable, Lowering } from './context.ts'
import { asyncFlag, body } from './statements.ts'
import { typeParameters } from './type-parameters.ts'

/** Functions, classes, their parameters and decorators. */
export const DEFINITIONS: LowerTable = {
  function_definition: (from, at, role) => functionNode(from, at, role, at, []),
  class_definition: (from, at, role) => classNode(from, at, role, at, []),
  decorated_definition: decorated,
  lambda,
  decorator: (from, at, role) => from.lower(from.firstNamed(at), role, from.end(at)),
}

function decorated(from: Lowering, at: number, role: Role): Node {
  const decorators = from.named(at).filter((each) => from.kind(each) === 'decorator')
    .map((each) => from.lower(from.firstNamed(each), 'decorator', from.end(each)))
  const definition = from.child(at, from.field.definition)
  if (definition < 0) return from.notUnderstood(at, role)
  return from.kind(definition) === 'class_definition'
    ? classNode(from, definition, role, at, decorators)
    : functionNode(from, definition, role, at, decorators)
}

/** `outer` is the node whose span the function has: its decorators are part of it. */
function functionNode(from: Lowering, at: number, role: Role, outer: number, decorators: readonly Node[]): Node {
  const children = [...decorators, from.must(at, from.field.name, 'name'), ...typeParameters(from, at)]
  const list = from.child(at, from.field.parameters)
  if (list >= 0) parameters(from, list, children)
  const returns = from.child(at, from.field.return_type)
  if (returns >= 0) children.push(from.lower(returns, 'returns'))
  const outside = from.yields
  from.yields = false
  children.push(body(from, at))
  const flags = asyncFlag(from, at) | (from.yields ? Flag.Generator : 0)
  from.yields = outside
  return node('function', role, from.start(outer), from.endOf(children, outer), children, '', flags)
}

function lambda(from: Lowering, at: number, role: Role): Node {
  const children: Node[] = []
  const list = from.child(at, from.field.parameters)
  if (list >= 0) parameters(from, list, children)
  const outside = from.yields
  from.yields = false
  children.push(body(from, at))
  const flags = Flag.Lambda | (from.yields ? Flag.Generator : 0)
  from.yields = outside
  return node('function', role, from.start(at), from.end(at), children, '', flags)
}

function classNode(from: Lowering, at: number, role: Role, outer: number, decorators: readonly Node[]): Node {
  const children = [...decorators, from.must(at, from.field.name, 'name'), ...typeParameters(from, at)]
  const bases = from.child(at, from.field.superclasses)
  if (bases >= 0) for (const each of from.named(bases)) children.push(from.lower(each, 'base'))
  children.push(body(from, at))
  return node('class', role, from.start(outer), from.endOf(children, outer), children)
}

/** Adds the parameters of a list; markers `/` and `*` become flags of their neighbours. */
function parameters(from: Lowering, list: number, into: Node[]): void {
  const parts = from.named(list)
  const positional = parts.findIndex((each) => from.kind(each) === 'positional_separator')
  let keywordOnly = 0
  parts.forEach((each, index) => {
    const kind = from.kind(each)
    if (kind === 'keyword_separator') keywordOnly = Flag.KeywordOnly
    if (kind === 'keyword_separator' || kind === 'positional_separator') return
    const made = parameter(from, each, kind, index < positional ? Flag.PositionalOnly : keywordOnly)
    if ((made.flags & Flag.Rest) !== 0) keywordOnly = Flag.KeywordOnly
    into.push(made)
  })
}

function parameter(from: Lowering, at: number, kind: string, flags: number): Node {
  const start = from.start(at)
  const end = from.end(at)
  if (kind === 'default_parameter' || kind === 'typed_default_parameter') {
    const children = [binding(from, from.child(at, from.field.name), end)]
    const type = from.child(at, from.field.type)
    if (type >= 0) children.push(from.lower(type, 'annotation'))
    children.push(from.must(at, from.field.value, 'default'))
    return node('parameter', 'parameter', start, end, children, '', flags)
  }
  if (kind === 'typed_parameter') {
    const what = from.firstNamed(at)
    const children = [binding(from, what, start), from.must(at, from.field.type, 'annotation')]
    return node('parameter', 'parameter', start, end, children, '', restFlags(from, what, flags))
  }
  const bound = binding(from, at, start)
  if (from.unit.pattern && standsForParameters(bound)) return { ...bound, role: 'parameter', start, end }
  return node('parameter', 'parameter', start, end, [bound], '', restFlags(from, at, flags))
}

/** `*args` is no keyword-only parameter itself. */
function restFlags(from: Lowering, at: number, flags: number): number {
  const kind = at < 0 ? '' : from.kind(at)
  if (kind === 'list_splat_pattern') return Flag.Rest
  return kind === 'dictionary_splat_pattern' ? Flag.Double : flags
}

/** The bound name, or the target that Python 2 allows: `def f(a, (b, c))`. */
function binding(from: Lowering, at: number, place: number): Node {
  if (at < 0) return from.lower(-1, 'target', place)
  const kind = from.kind(at)
  if (kind === 'list_splat_pattern' || kind === 'dictionary_splat_pattern') {
    return binding(from, from.firstNamed(at), from.end(at))
  }
  return from.lower(at, kind === 'identifier' ? 'name' : 'target')
}

/** In a rule: `...` and `$...X` in place of a parameter stand for any number of them. */
function standsForParameters(bound: Node): boolean {
  return bound.kind === 'ellipsis' || (bound.kind === 'metavariable' && (bound.flags & Flag.Sequence) !== 0)
}
