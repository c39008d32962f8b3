import type { Span } from '../core/text.ts'

/**
 * The language-neutral tree. Every front end produces it; the matcher and the
 * flow lowering read nothing else. `SHAPES` says, kind by kind, which roles the
 * children play and what `text` holds.
 */
export interface Node extends Span {
  readonly kind: Kind
  /** What this node is to its parent. */
  readonly role: Role
  /** Name, operator, decoded literal, module specifier: see `SHAPES`. `''` when the kind has none. */
  readonly text: string
  /** A union of `Flag` bits. */
  readonly flags: number
  /** In source order, except that a kind's table may put shared parts first. Spans are inside the parent's. */
  readonly children: readonly Node[]
}

/** What a node is. */
export type Kind =
  | 'module' | 'block' | 'function' | 'class' | 'parameter' | 'type-parameter' | 'expression-statement' | 'assign'
  | 'augmented-assign' | 'if' | 'while' | 'for-each' | 'for' | 'switch' | 'case' | 'try' | 'catch' | 'with'
  | 'with-item' | 'return' | 'raise' | 'assert' | 'delete' | 'global' | 'nonlocal' | 'break' | 'continue'
  | 'pass' | 'import' | 'import-from' | 'import-item' | 'type-alias' | 'error' | 'pattern-value'
  | 'pattern-capture' | 'pattern-sequence' | 'pattern-mapping' | 'pattern-entry' | 'pattern-class'
  | 'pattern-field' | 'pattern-or' | 'pattern-as' | 'pattern-rest' | 'identifier' | 'string' | 'template'
  | 'interpolation' | 'number' | 'boolean' | 'null' | 'constant' | 'regex' | 'list' | 'tuple' | 'set' | 'dict'
  | 'pair' | 'spread' | 'call' | 'new' | 'keyword-argument' | 'member' | 'index' | 'slice' | 'unary'
  | 'binary' | 'logical' | 'chain' | 'conditional' | 'comprehension' | 'comprehension-for'
  | 'comprehension-if' | 'await' | 'yield' | 'assign-expression' | 'metavariable' | 'typed-metavariable'
  | 'ellipsis' | 'deep' | 'ellipsis-member'

/** Bits of `Node.flags`. */
export const Flag: Readonly<Record<FlagName, number>> = {
  /** `async` function, loop, `with`, comprehension clause. */
  Async: 1,
  /** A function written as an expression (lambda, arrow). */
  Lambda: 2,
  /** The body yields. */
  Generator: 4,
  /** Parameter or pattern that takes all remaining positional values. */
  Rest: 8,
  /** `**` : keyword rest parameter, mapping spread. */
  Double: 16,
  /** Parameter that can only be given by keyword. */
  KeywordOnly: 32,
  /** Parameter that can only be given by position. */
  PositionalOnly: 64,
  /** Byte string. */
  Bytes: 128,
  /** `from x import *`, `export *`. */
  Star: 256,
  /** No source of its own: the lowering made it; its span is the construct it came from. */
  Synthetic: 512,
  /** Put together by the front end because the grammar could not; its span is exact. */
  Recovered: 1024,
  /** `except*`. */
  Group: 2048,
  /** `yield from`. */
  Delegate: 4096,
  /** In parentheses in the source (only where it matters: tuples, generator arguments). */
  Parenthesized: 8192,
  /** Pattern only: `$...X`, a metavariable for a sequence. */
  Sequence: 16384,
  /** A template evaluated lazily by library code (t-strings, tagged templates), not a built string. */
  Deferred: 32768,
}

type FlagName =
  | 'Async' | 'Lambda' | 'Generator' | 'Rest' | 'Double' | 'KeywordOnly' | 'PositionalOnly' | 'Bytes' | 'Star'
  | 'Synthetic' | 'Recovered' | 'Group' | 'Delegate' | 'Parenthesized' | 'Sequence' | 'Deferred'

/** What a child is to its parent. */
export type Role =
  | 'root' | 'body' | 'statement' | 'decorator' | 'name' | 'type-parameter' | 'parameter' | 'returns'
  | 'base' | 'annotation' | 'default' | 'target' | 'value' | 'test' | 'then' | 'else' | 'iterable'
  | 'init' | 'update' | 'subject' | 'case' | 'pattern' | 'guard' | 'catch' | 'finally' | 'type'
  | 'item' | 'alias' | 'cause' | 'message' | 'callee' | 'argument' | 'object' | 'key' | 'element'
  | 'part' | 'operand' | 'left' | 'right' | 'lower' | 'upper' | 'step' | 'clause' | 'format' | 'inner'

/** How often a role may occur: exactly once, at most once, any number. */
export type Count = 'one' | 'optional' | 'many'

export interface Shape {
  /** What `text` holds; absent when it is always `''`. */
  readonly text?: string
  readonly roles: Readonly<Partial<Record<Role, Count>>>
}

const block: Shape = { roles: { statement: 'many' } }
const leaf = (text: string): Shape => ({ text, roles: {} })

/**
 * Each kind's children by role. The validator enforces this table in every test
 * of every language, so it is the contract between front ends and engine.
 */
export const SHAPES: Readonly<Record<Kind, Shape>> = {
  // Structure
  module: block,
  block,
  function: {
    // A lambda has no name and its body is an expression.
    roles: { decorator: 'many', name: 'optional', 'type-parameter': 'many', parameter: 'many', returns: 'optional', body: 'one' },
  },
  class: { roles: { decorator: 'many', name: 'optional', 'type-parameter': 'many', base: 'many', body: 'one' } },
  // `target` instead of `name` for a destructured parameter. Flags: Rest, Double, KeywordOnly, PositionalOnly.
  parameter: { roles: { name: 'optional', target: 'optional', annotation: 'optional', default: 'optional' } },
  'type-parameter': { roles: { name: 'one', annotation: 'optional', default: 'optional' } },

  // Statements
  'expression-statement': { roles: { value: 'one' } },
  // `a = b = v` has two targets; a bare declaration `x: T` has no value.
  assign: { roles: { target: 'many', annotation: 'optional', value: 'optional' } },
  'augmented-assign': { text: 'the operator without `=`, as `+`', roles: { target: 'one', value: 'one' } },
  // A following `elif`/`else if` is an `if` in role `else`.
  if: { roles: { test: 'one', then: 'one', else: 'optional' } },
  while: { roles: { test: 'one', body: 'one', else: 'optional' } },
  'for-each': { roles: { target: 'one', iterable: 'one', body: 'one', else: 'optional' } },
  for: { roles: { init: 'optional', test: 'optional', update: 'optional', body: 'one' } },
  switch: { roles: { subject: 'one', case: 'many' } },
  case: { roles: { pattern: 'many', guard: 'optional', body: 'one' } },
  try: { roles: { body: 'one', catch: 'many', else: 'optional', finally: 'optional' } },
  catch: { roles: { type: 'optional', name: 'optional', body: 'one' } },
  with: { roles: { item: 'many', body: 'one' } },
  'with-item': { roles: { value: 'one', target: 'optional' } },
  return: { roles: { value: 'optional' } },
  raise: { roles: { value: 'optional', cause: 'optional' } },
  assert: { roles: { test: 'one', message: 'optional' } },
  delete: { roles: { target: 'many' } },
  global: { roles: { name: 'many' } },
  nonlocal: { roles: { name: 'many' } },
  break: { roles: {} },
  continue: { roles: {} },
  pass: { roles: {} },
  // `import a.b as c`: one item per module, item text `a.b`.
  import: { roles: { item: 'many' } },
  // `from M import a as b`: `text` is M as written, leading dots included. Flag Star: no items.
  'import-from': { text: 'module specifier', roles: { item: 'many' } },
  'import-item': { text: 'the imported dotted name', roles: { alias: 'optional' } },
  'type-alias': { roles: { name: 'one', 'type-parameter': 'many', value: 'one' } },
  // A region the front end could not understand; what it did understand inside is kept.
  error: { roles: { inner: 'many' } },

  // Case patterns
  'pattern-value': { roles: { value: 'one' } },
  'pattern-capture': { text: 'the name, or `_` which binds nothing', roles: {} },
  'pattern-sequence': { roles: { pattern: 'many' } },
  'pattern-mapping': { roles: { pattern: 'many' } },
  'pattern-entry': { roles: { key: 'one', pattern: 'one' } },
  'pattern-class': { roles: { callee: 'one', pattern: 'many' } },
  // A keyword inside a class pattern.
  'pattern-field': { roles: { name: 'one', pattern: 'one' } },
  'pattern-or': { roles: { pattern: 'many' } },
  'pattern-as': { roles: { pattern: 'one', name: 'one' } },
  // `*rest` or, with flag Double, `**rest`.
  'pattern-rest': { text: 'the name, or `_`', roles: {} },

  // Expressions
  identifier: leaf('the name'),
  string: leaf('the decoded value; the spelling is in the span. Flag Bytes'),
  // Interpolated string. Parts are `string` and `interpolation` nodes.
  template: { roles: { part: 'many' } },
  // `format`: a nested format specification, itself a template or string.
  interpolation: { text: 'the conversion letter, or empty', roles: { value: 'one', format: 'optional' } },
  number: leaf('the value in canonical decimal form where it is finite, else as written'),
  boolean: leaf('`true` or `false`'),
  null: leaf(''),
  constant: leaf('another built-in constant, as `Ellipsis`'),
  regex: leaf('the expression without its delimiters'),
  list: { roles: { element: 'many' } },
  tuple: { roles: { element: 'many' } },
  set: { roles: { element: 'many' } },
  // Elements are `pair` and `spread` (flag Double).
  dict: { roles: { element: 'many' } },
  pair: { roles: { key: 'one', value: 'one' } },
  spread: { roles: { value: 'one' } },
  call: { roles: { callee: 'one', argument: 'many' } },
  new: { roles: { callee: 'one', argument: 'many' } },
  // A positional argument is the bare expression in role `argument`.
  'keyword-argument': { roles: { name: 'one', value: 'one' } },
  member: { roles: { object: 'one', name: 'one' } },
  index: { roles: { object: 'one', key: 'one' } },
  slice: { roles: { lower: 'optional', upper: 'optional', step: 'optional' } },
  unary: { text: 'the operator, as `-`, `~`, `not`', roles: { operand: 'one' } },
  // Comparison is binary too: `==`, `in`, `not in`, `is`, `is not`.
  binary: { text: 'the operator', roles: { left: 'one', right: 'one' } },
  logical: { text: '`and`, `or` or `??`', roles: { left: 'one', right: 'one' } },
  // `a < b <= c`
  chain: { text: 'the operators, joined by one space each', roles: { operand: 'many' } },
  conditional: { roles: { test: 'one', then: 'one', else: 'one' } },
  // `key`+`value` for a dict, `element` else. Clauses are in source order.
  comprehension: { text: '`list`, `set`, `dict` or `generator`', roles: { element: 'optional', key: 'optional', value: 'optional', clause: 'many' } },
  'comprehension-for': { roles: { target: 'one', iterable: 'one' } },
  'comprehension-if': { roles: { test: 'one' } },
  await: { roles: { value: 'one' } },
  yield: { roles: { value: 'optional' } },
  'assign-expression': { roles: { target: 'one', value: 'one' } },

  // Only in rule patterns
  metavariable: leaf('with its `$`, as `$X`; flag Sequence for `$...X`'),
  'typed-metavariable': { text: 'as `$X`', roles: { type: 'one' } },
  ellipsis: leaf(''),
  // `<... P ...>`
  deep: { roles: { value: 'one' } },
  // A member chain's `. ... .`: any number of links between object and what follows.
  'ellipsis-member': { roles: { object: 'one' } },
}

/** Makes a node. Front ends use this and nothing else. */
export function node(
  kind: Kind, role: Role, start: number, end: number, children: readonly Node[] = NO_CHILDREN, text = '', flags = 0,
): Node {
  return { kind, role, start, end, text, flags, children }
}

const NO_CHILDREN: readonly Node[] = []

/** The same node in another role. */
export function withRole(of: Node, role: Role): Node {
  return of.role === role ? of : { ...of, role }
}

/** First child in a role. */
export function child(of: Node, role: Role): Node | undefined {
  for (const each of of.children) if (each.role === role) return each
  return undefined
}

/** All children in a role, in order. */
export function childrenIn(of: Node, role: Role): Node[] {
  return of.children.filter((each) => each.role === role)
}

/** Whether a flag bit is set. */
export function has(of: Node, flag: number): boolean {
  return (of.flags & flag) !== 0
}
