import { Flag, node, type Node, type Role } from '../../../tree/node.ts'
import type { LowerTable, Lowering } from './context.ts'
import { canonicalName, dottedName } from './expressions.ts'

/** `match` and its patterns. */
export const CASES: LowerTable = { match_statement: matchStatement }

function matchStatement(from: Lowering, at: number, role: Role): Node {
  const subjects = from.childrenWith(at, from.field.subject)
  const children = [subject(from, at, subjects)]
  const block = from.child(at, from.field.body)
  if (block >= 0) {
    for (const each of from.named(block)) if (from.kind(each) === 'case_clause') children.push(caseClause(from, each))
  }
  return node('switch', role, from.start(at), from.endOf(children, at), children)
}

function subject(from: Lowering, at: number, subjects: readonly number[]): Node {
  const [first] = subjects
  const last = subjects.at(-1)
  if (first === undefined || last === undefined) return from.lower(-1, 'subject', from.end(at))
  if (subjects.length === 1 && from.childOfKind(at, ',') < 0) return from.lower(first, 'subject')
  const elements = subjects.map((each) => from.lower(each, 'element'))
  return node('tuple', 'subject', from.start(first), from.end(last), elements)
}

function caseClause(from: Lowering, at: number): Node {
  const patterns = from.named(at).filter((each) => from.kind(each) === 'case_pattern')
  const [first] = patterns
  const last = patterns.at(-1)
  const children: Node[] = []
  if (first !== undefined && last !== undefined) {
    const made = patterns.map((each) => pattern(from, each, 'pattern'))
    const isSequence = patterns.length > 1 || from.childOfKind(at, ',') >= 0
    if (isSequence) children.push(node('pattern-sequence', 'pattern', from.start(first), from.end(last), made))
    else children.push(...made)
  }
  const guard = from.child(at, from.field.guard)
  if (guard >= 0) children.push(from.lower(from.firstNamed(guard), 'guard', from.end(guard)))
  children.push(from.must(at, from.field.consequence, 'body'))
  return node('case', 'case', from.start(at), from.endOf(children, at), children)
}

/** Depth is bounded because every level goes through `Lowering.guarded`. */
function pattern(from: Lowering, at: number, role: Role): Node {
  return from.guarded(at, role, patternInside)
}

function patternInside(from: Lowering, at: number, role: Role): Node {
  const start = from.start(at)
  const end = from.end(at)
  switch (from.kind(at)) {
    case 'case_pattern':
      return alternativesOf(from, at)[0]?.(role) ?? node('error', role, start, end)
    case 'as_pattern': {
      const name = from.named(at).at(-1) ?? -1
      const [inner] = alternativesOf(from, at)
      const bound = from.lower(name, 'name', end)
      return named(inner?.('pattern') ?? node('error', 'pattern', start, start), bound, role, start, end)
    }
    case 'union_pattern':
      return node('pattern-or', role, start, end, alternativesOf(from, at).map((each) => each('pattern')))
    case 'list_pattern':
      return node('pattern-sequence', role, start, end, alternativesOf(from, at).map((each) => each('pattern')))
    case 'tuple_pattern':
      return grouped(from, at, role)
    case 'dict_pattern':
      return node('pattern-mapping', role, start, end, entries(from, at))
    case 'class_pattern':
      return classPattern(from, at, role)
    case 'keyword_pattern':
      return field(from, at, role)
    case 'splat_pattern':
      return rest(from, at, role)
    case 'dotted_name':
      return nameOrValue(from, at, role)
    default:
      return node('pattern-value', role, start, end, [from.lower(at, 'value')])
  }
}

/** In `A(x=p as y)` the grammar names the whole `x=p`; it is `p` that is named. */
function named(inner: Node, bound: Node, role: Role, start: number, end: number): Node {
  const [field, value] = inner.children
  if (inner.kind !== 'pattern-field' || field === undefined || value === undefined) {
    return node('pattern-as', role, start, end, [inner, bound])
  }
  const as = node('pattern-as', 'pattern', value.start, end, [value, bound])
  return node('pattern-field', role, start, end, [field, as])
}

type Make = (role: Role) => Node

/**
 * The patterns directly below a node. A sign stands before its number as a token
 * of its own, and `_` is a token too.
 */
function alternativesOf(from: Lowering, at: number): Make[] {
  const made: Make[] = []
  let sign = -1
  for (const each of from.tokens(at)) {
    const kind = from.kind(each)
    if (from.isNamed(each)) {
      const minus = sign
      made.push(minus < 0
        ? (role): Node => pattern(from, each, role)
        : (role): Node => negative(from, minus, each, role))
      sign = -1
    } else if (kind === '-') sign = each
    else if (kind === '_') made.push((role) => node('pattern-capture', role, from.start(each), from.end(each), [], '_'))
  }
  return made
}

function negative(from: Lowering, sign: number, at: number, role: Role): Node {
  const start = from.start(sign)
  const end = from.end(at)
  const value = node('unary', 'value', start, end, [from.lower(at, 'operand')], '-')
  return node('pattern-value', role, start, end, [value])
}

/** `(p)` is `p`; `(p,)` and `(p, q)` are sequences. */
function grouped(from: Lowering, at: number, role: Role): Node {
  const parts = alternativesOf(from, at)
  const [only] = parts
  if (parts.length === 1 && only !== undefined && from.childOfKind(at, ',') < 0) return only(role)
  return node('pattern-sequence', role, from.start(at), from.end(at), parts.map((each) => each('pattern')))
}

function entries(from: Lowering, at: number): Node[] {
  const made: Node[] = []
  let keyAt = -1
  let sign = -1
  for (const each of from.tokens(at)) {
    const kind = from.kind(each)
    if (kind === 'splat_pattern') made.push(rest(from, each, 'pattern'))
    else if (kind === '-' && !from.isNamed(each)) sign = each
    else if (from.isNamed(each) && from.tree.field[each] === from.field.value && keyAt >= 0) {
      const key = entryKey(from, sign, keyAt)
      made.push(node('pattern-entry', 'pattern', key.start, from.end(each), [key, pattern(from, each, 'pattern')]))
      keyAt = -1
      sign = -1
    } else if (from.isNamed(each)) keyAt = each
  }
  return made
}

function entryKey(from: Lowering, sign: number, at: number): Node {
  if (from.kind(at) === 'dotted_name') return dottedName(from, from.named(at), 'key')
  if (sign < 0) return from.lower(at, 'key')
  return node('unary', 'key', from.start(sign), from.end(at), [from.lower(at, 'operand')], '-')
}

function classPattern(from: Lowering, at: number, role: Role): Node {
  const [name] = from.named(at)
  const callee = name === undefined
    ? from.lower(-1, 'callee', from.start(at))
    : dottedName(from, from.named(name), 'callee')
  const parts = alternativesOf(from, at).slice(1).map((each) => each('pattern'))
  return node('pattern-class', role, from.start(at), from.end(at), [callee, ...parts])
}

function field(from: Lowering, at: number, role: Role): Node {
  const name = from.lower(from.firstNamed(at), 'name', from.start(at))
  const value = alternativesOf(from, at)[1]?.('pattern') ?? node('error', 'pattern', from.end(at), from.end(at))
  return node('pattern-field', role, from.start(at), from.end(at), [name, value])
}

function rest(from: Lowering, at: number, role: Role): Node {
  const name = from.firstNamed(at)
  const flags = from.childOfKind(at, '**') >= 0 ? Flag.Double : 0
  const text = name < 0 ? '_' : canonicalName(from.slice(name))
  return node('pattern-rest', role, from.start(at), from.end(at), [], text, flags)
}

/** A bare name binds, a dotted one is compared with. */
function nameOrValue(from: Lowering, at: number, role: Role): Node {
  const parts = from.named(at)
  const start = from.start(at)
  const end = from.end(at)
  if (parts.length > 1) return node('pattern-value', role, start, end, [dottedName(from, parts, 'value')])
  if (from.unit.pattern) {
    const made = from.lower(parts[0] ?? -1, role, start)
    if (made.kind !== 'identifier') return made
  }
  return node('pattern-capture', role, start, end, [], canonicalName(from.slice(at)))
}
