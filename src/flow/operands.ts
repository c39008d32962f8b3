import { Op } from './facts.ts'

/**
 * What an operand is:
 * - `none`: unused, -1
 * - `value`: a value of the same function; `value?`: or -1
 * - `string`: a `StringId`
 * - `number`: a small number or bits with a meaning of the op's own
 * - `function`, `class`, `import`: an index into that table
 */
export type OperandKind = 'none' | 'value' | 'value?' | 'string' | 'number' | 'function' | 'class' | 'import'

/**
 * What `args` holds:
 * - `values`: values of the same function
 * - `outer`: values of any function of the file
 * - `tagged`: pairs of `ArgTag` and value
 * - `keyed`: pairs as `tagged`, or with a key value as tag when `b` says dictionary
 * - `strings`: string ids
 */
export type ListKind = 'none' | 'values' | 'outer' | 'tagged' | 'keyed' | 'strings'

/** How many entries `args` may have: exactly so many, or any number for -1. */
export interface OperandShape {
  readonly a: OperandKind
  readonly b: OperandKind
  readonly args: ListKind
  readonly count: number
}

function shape(
  a: OperandKind, b: OperandKind = 'none', args: ListKind = 'none', count = args === 'none' ? 0 : -1,
): OperandShape {
  return { a, b, args, count }
}

const SHAPES_BY_NAME: Readonly<Record<keyof typeof Op, OperandShape>> = {
  Const: shape('string', 'number'),
  Param: shape('string', 'number'),
  Name: shape('string'),
  Capture: shape('string', 'none', 'outer'),
  Attr: shape('value', 'string'),
  Index: shape('value', 'value'),
  Slice: shape('value', 'number', 'values'),
  Call: shape('value', 'number', 'tagged'),
  Binary: shape('value', 'value', 'strings', 1),
  Unary: shape('value', 'none', 'strings', 1),
  Template: shape('none', 'number', 'values'),
  Container: shape('none', 'number', 'keyed'),
  Phi: shape('none', 'number', 'values'),
  Element: shape('value'),
  Unpack: shape('value', 'number'),
  Function: shape('function'),
  Class: shape('class'),
  Await: shape('value'),
  Yield: shape('value?', 'number'),
  Enter: shape('value'),
  Caught: shape('value?'),
  SetAttr: shape('value', 'string', 'values', 1),
  SetIndex: shape('value', 'value', 'values', 1),
  SetName: shape('string', 'none', 'values', 1),
  Return: shape('value?'),
  Raise: shape('value?'),
  Import: shape('import'),
  Annotated: shape('value?', 'value'),
  Unknown: shape('none', 'none', 'values'),
  Delete: shape('value', 'value?'),
  SetCapture: shape('string', 'none', 'values', 1),
  Refine: shape('value'),
}

const SHAPE_LIST: readonly (OperandShape | undefined)[] = byNumber(SHAPES_BY_NAME)
const NAME_LIST: readonly (string | undefined)[] = byNumber(
  Object.fromEntries(Object.keys(Op).map((name) => [name, name])),
)

function byNumber<T>(table: Readonly<Record<string, T>>): T[] {
  const list: T[] = []
  for (const [name, number] of Object.entries(Op)) {
    const entry = table[name]
    if (entry !== undefined) list[number] = entry
  }
  return list
}

/** Operands of an op; `undefined` for a number that is no op. */
export function operandShape(op: number): OperandShape | undefined {
  return SHAPE_LIST[op]
}

/** Name of an op, as in `Op`; `?` for a number that is no op. */
export function opName(op: number): string {
  return NAME_LIST[op] ?? '?'
}

/** Instructions that are statements: no expression has their value. */
export function isStatement(op: number): boolean {
  return STATEMENTS.has(op)
}

const STATEMENTS: ReadonlySet<number> = new Set([
  Op.SetAttr, Op.SetIndex, Op.SetName, Op.SetCapture, Op.Return, Op.Raise, Op.Delete, Op.Enter, Op.Annotated,
])
