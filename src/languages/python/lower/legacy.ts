import { Flag, has, node, type Node, type Role } from '../../../tree/node.ts'
import type { LowerTable, Lowering } from './context.ts'
import { expressionAt } from './reparse.ts'

/** Statements of Python 2 that became functions; they are lowered to calls of those. */
export const LEGACY: LowerTable = {
  print_statement: printStatement,
  exec_statement: (from, at, role) => {
    const values = from.named(at).map((each) => from.lower(each, 'argument'))
    return statementCall(from, at, role, 'exec', values)
  },
}

function printStatement(from: Lowering, at: number, role: Role): Node {
  const values: Node[] = []
  for (const each of from.named(at)) {
    if (from.kind(each) === 'chevron') values.push(file(from, each))
    else values.push(from.lower(each, 'argument'))
  }
  return statementCall(from, at, role, 'print', values)
}

/**
 * In Python 2, `print (a), b`, `print -1` and `print [x]`: the grammar takes the
 * `print` for a name there. `undefined` when the statement is none of these.
 */
export function printedExpression(from: Lowering, at: number, role: Role): Node | undefined {
  const start = from.start(at)
  const end = from.end(at)
  if (!from.unit.python2 || !/^print[ \t]/.test(from.text.slice(start, start + 6))) return undefined
  const value = expressionAt(from, start + 'print'.length, end)
  if (value === undefined) return undefined
  const isList = value.kind === 'tuple' && !has(value, Flag.Parenthesized)
  const values = isList ? value.children : [value]
  return statementCall(from, at, role, 'print', values.map((each) => ({ ...each, role: 'argument' })))
}

/** `>>f` is the argument `file=f`. */
function file(from: Lowering, at: number): Node {
  const start = from.start(at)
  const name = node('identifier', 'name', start, start + 2, [], 'file', Flag.Synthetic)
  const value = from.lower(from.firstNamed(at), 'value', from.end(at))
  return node('keyword-argument', 'argument', start, from.end(at), [name, value])
}

function statementCall(from: Lowering, at: number, role: Role, name: string, values: readonly Node[]): Node {
  const start = from.start(at)
  const end = from.end(at)
  const callee = node('identifier', 'callee', start, start + name.length, [], name)
  const call = node('call', 'value', start, end, [callee, ...values])
  return node('expression-statement', role, start, end, [call])
}

/** Whether an assignment is `exec x in y`, respelled for the grammar: there is no `=` in the text. */
export function isExec(from: Lowering, at: number): boolean {
  const left = from.child(at, from.field.left)
  return left >= 0 && /^\s/.test(from.text.charAt(from.end(left))) && from.slice(left) === 'exec'
    && !/^\s*[=:]/.test(from.text.slice(from.end(left), from.end(left) + 20))
}

/** `exec code in globals, locals` */
export function execStatement(from: Lowering, at: number, role: Role): Node {
  const right = from.child(at, from.field.right)
  const [first, ...rest] = right >= 0 && from.kind(right) === 'expression_list' ? from.named(right) : [right]
  const code = first ?? -1
  const isIn = code >= 0 && from.kind(code) === 'comparison_operator' && from.childOfKind(code, 'in') >= 0
  const parts = [...(isIn ? from.named(code) : [code]), ...rest]
  return statementCall(from, at, role, 'exec', parts.map((each) => from.lower(each, 'argument', from.end(at))))
}
