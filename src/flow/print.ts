import { ArgTag, ContainerKind, Op } from './facts.ts'
import type { FileFacts, FunctionFacts, ValueId } from './facts.ts'
import { opName, operandShape } from './operands.ts'
import type { OperandKind } from './operands.ts'

/**
 * A function's instructions, one per line, for tests and for reading:
 * `v3 = Call v1(v2, shell=v4) @b0`. Blocks are named where they begin, with
 * dominator and condition.
 */
export function printFunction(facts: FileFacts, index: number): string {
  const of = facts.functions[index]
  if (!of) return ''
  const lines: string[] = []
  let value = of.firstValue
  for (let block = of.firstBlock; block < of.firstBlock + of.blockCount; block++) {
    lines.push(blockLine(facts, of, block))
    for (; value < of.firstValue + of.valueCount && facts.block[value] === block; value++) {
      lines.push(`  v${value} = ${printValue(facts, value)}`)
    }
  }
  return lines.join('\n')
}

/** Listing of every function, each under its name. */
export function printFacts(facts: FileFacts): string {
  return facts.functions
    .map((of, index) => `${of.kind} ${of.qualifiedName || '-'}\n${printFunction(facts, index)}`)
    .join('\n')
}

function blockLine(facts: FileFacts, of: FunctionFacts, block: number): string {
  const parts = [`b${block - of.firstBlock}:`]
  const dominator = facts.dominator[block] ?? -1
  if (dominator >= 0) parts.push(`in b${dominator - of.firstBlock}`)
  const condition = facts.condition[block] ?? -1
  if (condition >= 0) parts.push(`if ${facts.sense[block] === 1 ? '' : 'not '}v${condition}`)
  const next = Array.from(
    facts.successors.subarray(facts.successorStart[block] ?? 0, facts.successorStart[block + 1] ?? 0),
    (each) => `b${each - of.firstBlock}`,
  )
  if (next.length > 0) parts.push(`-> ${next.join(' ')}`)
  return parts.join(' ')
}

/** One instruction without its number. */
export function printValue(facts: FileFacts, value: ValueId): string {
  const op = facts.op[value] ?? -1
  const shape = operandShape(op)
  const name = opName(op)
  if (!shape) return name
  const a = operandText(facts, shape.a, facts.a[value] ?? -1)
  const b = operandText(facts, shape.b, facts.b[value] ?? -1)
  const list = listText(facts, value)
  switch (op) {
    case Op.Call:
      return `Call ${a}(${list})${(facts.b[value] ?? 0) > 0 ? ` flags ${b}` : ''}`
    case Op.Attr:
      return `Attr ${a}.${(facts.strings[facts.b[value] ?? -1]) ?? '?'}`
    case Op.Index:
      return `Index ${a}[${b}]`
    case Op.Binary:
      return `Binary ${a} ${list} ${b}`
    case Op.Unary:
      return `Unary ${list} ${a}`
    case Op.SetAttr:
      return `SetAttr ${a}.${facts.strings[facts.b[value] ?? -1] ?? '?'} = ${list}`
    case Op.SetIndex:
      return `SetIndex ${a}[${b}] = ${list}`
    case Op.Phi:
      return `Phi ${PHIS[facts.b[value] ?? 0] ?? ''}(${list})`
    case Op.Container:
      return `Container ${CONTAINERS[facts.b[value] ?? 0] ?? '?'}(${list})`
    default:
      return [name, a, b, list === '' ? '' : `(${list})`].filter((part) => part !== '').join(' ')
  }
}

const PHIS = ['', 'and ', 'or ']
const CONTAINERS = ['list', 'tuple', 'set', 'dict', 'generator']

function operandText(facts: FileFacts, kind: OperandKind, operand: number): string {
  switch (kind) {
    case 'none':
      return ''
    case 'value':
      return `v${operand}`
    case 'value?':
      return operand < 0 ? '' : `v${operand}`
    case 'string':
      return JSON.stringify(facts.strings[operand] ?? '?')
    case 'number':
      return String(operand)
    case 'function':
      return facts.functions[operand]?.qualifiedName ?? '?'
    case 'class':
      return facts.classes[operand]?.qualifiedName ?? '?'
    default: {
      const found = facts.imports[operand]
      return found ? [found.module, found.name].filter((part) => part !== '').join(' ') : '?'
    }
  }
}

function listText(facts: FileFacts, value: ValueId): string {
  const entries = facts.args.subarray(facts.argStart[value] ?? 0, facts.argStart[value + 1] ?? 0)
  const kind = operandShape(facts.op[value] ?? -1)?.args
  if (kind === 'strings') return Array.from(entries, (each) => facts.strings[each] ?? '?').join(' ')
  if (kind !== 'tagged' && kind !== 'keyed') return Array.from(entries, (each) => `v${each}`).join(', ')
  const isDict = kind === 'keyed' && facts.b[value] === ContainerKind.Dict
  const parts: string[] = []
  for (let at = 0; at + 1 < entries.length; at += 2) {
    parts.push(`${tagText(facts, entries[at] ?? -1, isDict)}v${entries[at + 1] ?? -1}`)
  }
  return parts.join(', ')
}

function tagText(facts: FileFacts, tag: number, isDict: boolean): string {
  if (tag === ArgTag.Spread) return '*'
  if (tag === ArgTag.DoubleSpread) return '**'
  if (tag < 0) return ''
  return isDict ? `v${tag}: ` : `${facts.strings[tag] ?? '?'}=`
}
