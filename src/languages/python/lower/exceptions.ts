import type { Span } from '../../../core/text.ts'
import { Flag, node, type Node, type Role } from '../../../tree/node.ts'
import type { LowerTable, Lowering } from './context.ts'
import { blankedLine, body, elseOf } from './statements.ts'

/** `try`, `except` and `raise`, in the forms of both languages. */
export const EXCEPTIONS: LowerTable = {
  try_statement: tryStatement,
  raise_statement: raiseStatement,
}

function tryStatement(from: Lowering, at: number, role: Role): Node {
  const blanked = from.unit.blanked.get(from.start(at))
  if (blanked !== undefined) return blankedHeader(from, at, role, blanked)
  const children = [body(from, at)]
  const clauses = from.named(at)
  for (const each of clauses) if (from.kind(each) === 'except_clause') children.push(catchClause(from, each))
  children.push(...elseOf(from, at))
  const last = from.childOfKind(at, 'finally_clause')
  if (last >= 0) children.push(from.lower(from.childOfKind(last, 'block'), 'finally', from.end(last)))
  return node('try', role, from.start(at), from.endOf(children, at), children)
}

/** A line that heads a block and could not be read stands as `try`: its block is kept. */
function blankedHeader(from: Lowering, at: number, role: Role, line: Span): Node {
  const header = blankedLine(from, at, 'inner', line)
  const block = from.child(at, from.field.body)
  const inside = block < 0 ? [] : [from.lower(block, 'inner')]
  return node('error', role, from.start(at), from.end(at), [...header.children, ...inside])
}

function catchClause(from: Lowering, at: number): Node {
  const flags = from.childOfKind(at, '*') >= 0 ? Flag.Group : 0
  const block = from.lower(from.childOfKind(at, 'block'), 'body', from.end(at))
  return node('catch', 'catch', from.start(at), block.end, [...caught(from, at), block], '', flags)
}

/** What is caught and the name it is bound to. */
function caught(from: Lowering, at: number): Node[] {
  const values = from.childrenWith(at, from.field.value)
  const [first, second] = values
  const last = values.at(-1)
  if (first === undefined || last === undefined) return []
  const alias = from.child(at, from.field.alias)
  if (values.length === 1) {
    if (from.kind(first) === 'as_pattern') return typeAndName(from, first)
    return alias < 0 ? [from.lower(first, 'type')] : [from.lower(first, 'type'), from.lower(alias, 'name')]
  }
  if (from.unit.python2 && second !== undefined && values.length === 2) {
    return [from.lower(first, 'type'), from.lower(second, 'name')]
  }
  // Python 3.14: several types without parentheses.
  return [node('tuple', 'type', from.start(first), from.end(last), values.map((each) => from.lower(each, 'element')))]
}

function typeAndName(from: Lowering, at: number): Node[] {
  const alias = from.child(at, from.field.alias)
  const type = from.lower(from.firstNamed(at), 'type', from.start(at))
  return [type, from.lower(alias < 0 ? -1 : from.firstNamed(alias), 'name', from.end(at))]
}

/** Python 2's `raise E, v, tb` raises `E(v).with_traceback(tb)`. */
function raiseStatement(from: Lowering, at: number, role: Role): Node {
  const cause = from.child(at, from.field.cause)
  const value = from.named(at).find((each) => each !== cause)
  const children: Node[] = []
  if (value !== undefined) {
    children.push(from.kind(value) === 'expression_list' ? raisedCall(from, value) : from.lower(value, 'value'))
  }
  if (cause >= 0) children.push(from.lower(cause, 'cause'))
  return node('raise', role, from.start(at), from.end(at), children)
}

function raisedCall(from: Lowering, at: number): Node {
  const [type, value, traceback] = from.named(at)
  const callee = from.lower(type ?? -1, 'callee', from.start(at))
  const values = value === undefined ? [] : [from.lower(value, 'argument')]
  const end = value === undefined ? from.end(at) : from.end(value)
  const role = traceback === undefined ? 'value' : 'object'
  const raised = node('call', role, from.start(at), end, [callee, ...values], '', Flag.Synthetic)
  if (traceback === undefined) return raised
  const name = node('identifier', 'name', end, end, [], 'with_traceback', Flag.Synthetic)
  const method = node('member', 'callee', from.start(at), end, [raised, name], '', Flag.Synthetic)
  const argument = from.lower(traceback, 'argument')
  return node('call', 'value', from.start(at), from.end(at), [method, argument], '', Flag.Synthetic)
}
