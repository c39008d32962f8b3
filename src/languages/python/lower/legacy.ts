import { Flag, node, type Node, type Role } from '../../../tree/node.ts'
import type { LowerTable, Lowering } from './context.ts'

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
