import type { Span } from '../../../core/text.ts'
import { Flag, node, type Node, type Role } from '../../../tree/node.ts'
import type { Lower, LowerTable, Lowering } from './context.ts'
import { sequence } from './collections.ts'
import { salvage, statementsOf } from './blocks.ts'
import { execStatement, isExec, printedExpression } from './legacy.ts'

/** Simple and compound statements. */
export const STATEMENTS: LowerTable = {
  expression_statement: expressionStatement,
  // Of their own only inside an error region; elsewhere their parents read them.
  assignment,
  augmented_assignment: (from, at, role) =>
    node('augmented-assign', role, from.start(at), from.end(at), [
      from.must(at, from.field.left, 'target'), from.must(at, from.field.right, 'value'),
    ], from.kind(from.child(at, from.field.operator)).slice(0, -1)),
  if_statement: ifStatement,
  while_statement: (from, at, role) =>
    compound(from, at, role, 'while', [
      from.must(at, from.field.condition, 'test'), body(from, at), ...elseOf(from, at),
    ]),
  for_statement: (from, at, role) =>
    compound(from, at, role, 'for-each', [
      from.must(at, from.field.left, 'target'), from.must(at, from.field.right, 'iterable'), body(from, at),
      ...elseOf(from, at),
    ]),
  with_statement: (from, at, role) => compound(from, at, role, 'with', [...withItems(from, at), body(from, at)]),
  return_statement: (from, at, role) => optionalValue(from, at, role, 'return'),
  delete_statement: deleteStatement,
  assert_statement: (from, at, role) => {
    const parts = from.named(at)
    const test = from.lower(parts[0] ?? -1, 'test', from.end(at))
    const message = parts[1] === undefined ? [] : [from.lower(parts[1], 'message')]
    return node('assert', role, from.start(at), from.end(at), [test, ...message])
  },
  global_statement: (from, at, role) => names(from, at, role, 'global'),
  nonlocal_statement: (from, at, role) => names(from, at, role, 'nonlocal'),
  pass_statement: (from, at, role) => node('pass', role, from.start(at), from.end(at)),
  break_statement: (from, at, role) => node('break', role, from.start(at), from.end(at)),
  continue_statement: (from, at, role) => node('continue', role, from.start(at), from.end(at)),
  block,
}

function compound(from: Lowering, at: number, role: Role, kind: 'while' | 'for-each' | 'with', parts: Node[]): Node {
  return node(kind, role, from.start(at), from.endOf(parts, at), parts, '', asyncFlag(from, at))
}

/** In a rule, a body that is left out stands for any body. */
function block(from: Lowering, at: number, role: Role): Node {
  const start = from.start(at)
  const statements = statementsOf(from, at)
  if (from.unit.pattern && statements.length === 0) {
    statements.push(node('ellipsis', 'statement', start, start, [], '', Flag.Synthetic))
  }
  return node('block', role, start, from.endOf(statements, at), statements)
}

function expressionStatement(from: Lowering, at: number, role: Role): Node {
  const blanked = from.unit.blanked.get(from.start(at))
  if (blanked !== undefined) return blankedLine(from, at, role, blanked)
  const printed = printedExpression(from, at, role)
  if (printed !== undefined) return printed
  const parts = from.named(at)
  const [only] = parts
  if (only === undefined) return from.notUnderstood(at, role)
  const kind = from.kind(only)
  if (kind === 'assignment' || kind === 'augmented_assignment') return from.lower(only, role)
  const isTuple = parts.length > 1 || from.childOfKind(at, ',') >= 0
  const value = isTuple ? sequence(from, 'tuple', at, parts, 'value') : from.lower(only, 'value')
  if (from.unit.pattern && standsForStatements(value)) return { ...value, role }
  return node('expression-statement', role, from.start(at), from.end(at), [value])
}

/** In a rule: `...` and `$...X` in place of a statement stand for any number of statements. */
function standsForStatements(value: Node): boolean {
  return value.kind === 'ellipsis' || (value.kind === 'metavariable' && (value.flags & Flag.Sequence) !== 0)
}

/** A line the grammar was not shown: what it reads of the line alone is kept. */
export function blankedLine(from: Lowering, at: number, role: Role, line: Span): Node {
  const inner = from.reparse(line.start, line.end)
  const children: Node[] = []
  if (inner !== undefined) salvage(inner, 0, children)
  const end = Math.max(from.start(at), Math.min(line.end, from.end(at)))
  const kept = children.filter((each) => each.end <= end && !isEmptyError(each))
    .map((each) => ({ ...each, role: 'inner' as const }))
  return node('error', role, from.start(at), end, kept)
}

function isEmptyError(node: Node): boolean {
  return node.kind === 'error' && node.children.length === 0
}

/** `a = b = v` nests in the grammar; the tree has one `assign` with two targets. */
function assignment(from: Lowering, at: number, role: Role): Node {
  const children: Node[] = []
  if (isExec(from, at)) return execStatement(from, at, role)
  let each = at
  for (;;) {
    children.push(from.must(each, from.field.left, 'target'))
    const type = from.child(each, from.field.type)
    if (type >= 0) children.push(from.lower(type, 'annotation'))
    const right = from.child(each, from.field.right)
    if (right < 0) break
    if (from.kind(right) !== 'assignment') {
      children.push(from.lower(right, 'value'))
      break
    }
    each = right
  }
  return node('assign', role, from.start(at), from.end(at), children)
}

function ifStatement(from: Lowering, at: number, role: Role): Node {
  const all = from.childrenWith(at, from.field.alternative)
  // Each `elif` is one level deeper.
  const alternatives = all.slice(0, from.room)
  const beyond = all[alternatives.length]
  let rest = beyond === undefined ? undefined : from.tooDeep(beyond, 'else')
  for (const each of alternatives.reverse()) {
    rest = from.kind(each) === 'elif_clause'
      ? branch(from, each, 'else', rest)
      : from.must(each, from.field.body, 'else')
  }
  return branch(from, at, role, rest)
}

function branch(from: Lowering, at: number, role: Role, rest: Node | undefined): Node {
  const test = from.must(at, from.field.condition, 'test')
  const then = from.must(at, from.field.consequence, 'then')
  return node('if', role, from.start(at), (rest ?? then).end, rest === undefined ? [test, then] : [test, then, rest])
}

/** The `body` block of a compound statement. */
export function body(from: Lowering, at: number): Node {
  return from.must(at, from.field.body, 'body')
}

/** The block of an `else` clause, if there is one. */
export function elseOf(from: Lowering, at: number): Node[] {
  const clause = from.childOfKind(at, 'else_clause')
  return clause < 0 ? [] : [from.must(clause, from.field.body, 'else')]
}

/** `Flag.Async` when the construct starts with `async`. */
export function asyncFlag(from: Lowering, at: number): number {
  return from.childOfKind(at, 'async') >= 0 ? Flag.Async : 0
}

function withItems(from: Lowering, at: number): Node[] {
  const clause = from.childOfKind(at, 'with_clause')
  if (clause < 0) return []
  return from.named(clause).filter((each) => from.kind(each) === 'with_item').flatMap((each) => withItem(from, each))
}

/** The grammar reads `(a as b, c as d)` as a tuple at times. */
function withItem(from: Lowering, at: number): Node[] {
  const value = from.child(at, from.field.value)
  if (value < 0) return []
  const kind = from.kind(value)
  const inner = kind === 'tuple' || kind === 'parenthesized_expression' ? from.named(value) : []
  if (inner.some((each) => from.kind(each) === 'as_pattern')) return inner.map((each) => oneItem(from, each))
  return [oneItem(from, value)]
}

function oneItem(from: Lowering, at: number): Node {
  if (from.kind(at) !== 'as_pattern') {
    return node('with-item', 'item', from.start(at), from.end(at), [from.lower(at, 'value')])
  }
  const value = from.lower(from.firstNamed(at), 'value', from.start(at))
  const alias = from.child(at, from.field.alias)
  const target = from.lower(alias < 0 ? -1 : from.firstNamed(alias), 'target', from.end(at))
  return node('with-item', 'item', from.start(at), from.end(at), [value, target])
}

function optionalValue(from: Lowering, at: number, role: Role, kind: 'return'): Node {
  const value = from.firstNamed(at)
  return node(kind, role, from.start(at), from.end(at), value < 0 ? [] : [from.lower(value, 'value')])
}

const deleteOne: Lower = (from, at) => from.lower(at, 'target')

function deleteStatement(from: Lowering, at: number, role: Role): Node {
  const value = from.firstNamed(at)
  const list = value >= 0 && from.kind(value) === 'expression_list' ? from.named(value) : [value]
  return node('delete', role, from.start(at), from.end(at), list.map((each) => deleteOne(from, each, 'target')))
}

function names(from: Lowering, at: number, role: Role, kind: 'global' | 'nonlocal'): Node {
  return node(kind, role, from.start(at), from.end(at), from.named(at).map((each) => from.lower(each, 'name')))
}
