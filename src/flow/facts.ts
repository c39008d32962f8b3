import type { Span } from '../core/text.ts'

/**
 * The facts of one file: a pure function of its bytes. They know no rule, no
 * model and no other file. A name that needs the program to be understood stays
 * symbolic (`Name`, `Import`) and is resolved when the program is linked.
 *
 * Values are in static single assignment form: each has one defining
 * instruction, and instruction and value share a number, `ValueId`, unique in
 * the file. Instructions are kept in parallel arrays so that a file of a
 * thousand lines costs a few hundred kilobytes and crosses worker borders as
 * plain buffers.
 */
export interface FileFacts {
  /** Language id. */
  readonly language: string
  readonly dialect: string
  /** Every string the arrays refer to, by `StringId`. Sorted by first use. */
  readonly strings: readonly string[]

  /** Per value: what it is, an `Op`. */
  readonly op: Uint8Array
  /** Per value: source place, offsets in UTF-16 units. */
  readonly start: Int32Array
  readonly end: Int32Array
  /** Per value: its basic block. */
  readonly block: Int32Array
  /** Per value: first and second operand; the meaning depends on the op. */
  readonly a: Int32Array
  readonly b: Int32Array
  /** Per value, one more than there are values: where its list starts in `args`. */
  readonly argStart: Int32Array
  readonly args: Int32Array

  /**
   * Per block: the block that immediately dominates it, always one with a smaller number; -1 for a
   * function's entry. Code after a jump is dominated by what stands before the jump, so that its
   * variables and conditions are known too; it is no block's successor.
   */
  readonly dominator: Int32Array
  /**
   * Per block: the condition known when control is here and was not known in the
   * dominator: a value, or -1. The block is reached only while the condition's
   * truth equals `sense` (1 true, 0 false).
   */
  readonly condition: Int32Array
  readonly sense: Uint8Array
  /** Per block, one more than there are blocks: where its successors start. */
  readonly successorStart: Int32Array
  readonly successors: Int32Array

  /**
   * Places where a variable stands, read or assigned, or an attribute or element is
   * assigned, with the value it has there, sorted by start. Reading a local variable
   * is no instruction, so these and the instructions together know the value of
   * every expression (see `valueAt`).
   */
  readonly readStart: Int32Array
  readonly readEnd: Int32Array
  readonly readValue: Int32Array

  /** Function 0 is the module's top level. Sorted by start; a function comes after the one that holds it. */
  readonly functions: readonly FunctionFacts[]
  /** Sorted by start. */
  readonly classes: readonly ClassFacts[]
  readonly imports: readonly ImportFacts[]
  /** Names the module declares public (`__all__` and its like); `undefined` when it declares none. */
  readonly exports: readonly string[] | undefined
  /** Regions that were not understood. */
  readonly unparsed: readonly Span[]
  /** Functions left without a body because a limit was reached, by index. */
  readonly unlowered: readonly number[]
}

export type ValueId = number
export type StringId = number
export type BlockId = number

/**
 * Instructions. `a`, `b`, `args` as each comment says; -1 where absent.
 *
 * Every expression has one value, with the expression's exact span, except reads
 * of local variables (see `readStart`), a string that stands alone as a statement,
 * and `and`, `or`, `not` that are only tested: those are in the blocks' conditions.
 * Inside a block, values are in the order of execution, phis and captures first.
 */
export const Op: Readonly<Record<OpName, number>> = {
  /** A literal. a: text (StringId), b: `ConstKind`. */
  Const: 0,
  /** A parameter. a: name, `''` for a destructured one, b: its index in the function's `parameters`. */
  Param: 1,
  /** A name that is no local: module level or built in. a: name. */
  Name: 2,
  /**
   * A variable of an enclosing function. a: name, args: every value assigned to it there, or by a
   * `SetCapture` further in; where these are many, another `Capture` that lists them. A function that
   * shares a variable with such a `SetCapture` captures it from itself.
   */
  Capture: 3,
  /** `a.b`. a: object, b: name. Also a class pattern's field. */
  Attr: 4,
  /** `a[b]`. a: object, b: key value. */
  Index: 5,
  /** Part of a sequence. a: object, b: `SliceBound` bits, args: the bounds that are given, in order. */
  Slice: 6,
  /** A call. a: callee value, args: pairs of tag and value (see `ArgTag`), b: `CallFlag` bits. */
  Call: 7,
  /**
   * Two operands, comparisons included. a, b: operands, args: [operator text]. Made here: `==` of a
   * value pattern, `instanceof` of a class pattern, `format` of a value and its format in a `Template`.
   */
  Binary: 8,
  /** a: operand, args: [operator text]. Made here: `!r` and its like, a conversion in a `Template`. */
  Unary: 9,
  /** A built string. args: the parts in order, each a value; b: 1 when evaluation is deferred to a library. */
  Template: 10,
  /**
   * A container literal or comprehension. b: `ContainerKind`, args: pairs of tag and value; a dict's tag
   * is the key value, else `ArgTag`.
   */
  Container: 11,
  /**
   * One of several values, by the path taken: of a variable where paths meet (its span is empty), of
   * `a and b`, `a or b`, `a if c else b`, of a chain of comparisons. b: `PhiKind`, args: values, in no
   * order of paths unless the kind says so.
   */
  Phi: 12,
  /** An element of an iterated value. a: the iterable. */
  Element: 13,
  /** A part of a destructured value. a: value, b: index from 0, or -1 for a starred or unknown part. */
  Unpack: 14,
  /** A function or lambda. a: index in `functions`. */
  Function: 15,
  /** A class. a: index in `classes`. */
  Class: 16,
  /** a: awaited value. */
  Await: 17,
  /** a: yielded value or -1, b: 1 for delegation. Its own value is what was sent in. */
  Yield: 18,
  /** What entering a context manager gives. a: the manager. */
  Enter: 19,
  /** A caught exception. a: type value or -1. */
  Caught: 20,
  /** `a.b = v`. a: object, b: name, args: [v]. */
  SetAttr: 21,
  /** `a[b] = v`. a: object, b: key value, args: [v]. */
  SetIndex: 22,
  /** A module-level or `global` variable is assigned inside a function. a: name, args: [v]. */
  SetName: 23,
  /** a: value or -1. */
  Return: 24,
  /** a: value or -1. */
  Raise: 25,
  /** What an import binds. a: index in `imports`. */
  Import: 26,
  /** Same value with a declared type. a: value or -1, b: annotation value. */
  Annotated: 27,
  /** Something not understood. args: the values it contains. */
  Unknown: 28,
  /** `del a[b]`, `del a.b`. a: object, b: key value or -1. */
  Delete: 29,
  /** A variable of an enclosing function is assigned (`nonlocal`). a: name, args: [v]. */
  SetCapture: 30,
  /** a: a value made earlier, on one way into a phi. Stands in the block of that way, whose conditions hold for it. */
  Refine: 31,
}

type OpName =
  | 'Const' | 'Param' | 'Name' | 'Capture' | 'Attr' | 'Index' | 'Slice' | 'Call' | 'Binary' | 'Unary' | 'Template'
  | 'Container' | 'Phi' | 'Element' | 'Unpack' | 'Function' | 'Class' | 'Await' | 'Yield' | 'Enter' | 'Caught'
  | 'SetAttr' | 'SetIndex' | 'SetName' | 'Return' | 'Raise' | 'Import' | 'Annotated' | 'Unknown' | 'Delete'
  | 'SetCapture' | 'Refine'

/** Kinds of literal, operand b of `Const`. */
export const ConstKind: Readonly<Record<'String' | 'Number' | 'Boolean' | 'Null' | 'Bytes' | 'Other', number>> = {
  String: 0, Number: 1, Boolean: 2, Null: 3, Bytes: 4, Other: 5,
}

/** Operand b of `Container`. Comprehensions are containers whose elements are computed. */
export const ContainerKind: Readonly<Record<'List' | 'Tuple' | 'Set' | 'Dict' | 'Generator', number>> = {
  List: 0, Tuple: 1, Set: 2, Dict: 3, Generator: 4,
}

/**
 * Operand b of `Phi`. `Ways`: of a variable or a conditional expression. `And`, `Or`: of a logical expression,
 * whose operands `args` are in order.
 */
export const PhiKind: Readonly<Record<'Ways' | 'And' | 'Or', number>> = { Ways: 0, And: 1, Or: 2 }

/** Tag of an argument or element: a keyword's name (a StringId, >= 0), or one of these. */
export const ArgTag: Readonly<Record<'Positional' | 'Spread' | 'DoubleSpread', number>> = {
  Positional: -1, Spread: -2, DoubleSpread: -3,
}

/** Bits of operand b of `Slice`: the bounds that it has. */
export const SliceBound: Readonly<Record<'Lower' | 'Upper' | 'Step', number>> = { Lower: 1, Upper: 2, Step: 4 }

/** Bits of operand b of `Call`. */
export const CallFlag: Readonly<Record<'New' | 'Awaited' | 'Decorator' | 'Parent', number>> = {
  New: 1, Awaited: 2,
  /** Made by applying a decorator; the argument is the decorated function or class. */
  Decorator: 4,
  /** The language's way to reach the parent class, as `super()`. */
  Parent: 8,
}

export interface FunctionFacts extends Span {
  /** `''` for a module, a lambda's is `<lambda>`. */
  readonly name: string
  /** Enclosing classes and functions joined by `.`, its own name last: `Shop.orders.<lambda>`. */
  readonly qualifiedName: string
  readonly kind: 'module' | 'function' | 'lambda' | 'class-body'
  /** Index of the enclosing function (a class body counts), -1 for the module. */
  readonly parent: number
  /** Index of the class whose body directly holds it or is it, -1 otherwise. */
  readonly classIndex: number
  readonly isAsync: boolean
  readonly isGenerator: boolean
  readonly parameters: readonly ParameterFacts[]
  /** Decorator values, evaluated in the parent, outermost first. */
  readonly decorators: readonly ValueId[]
  /** Span of the name, for reports. */
  readonly nameSpan: Span
  /** Values of this function are `firstValue .. firstValue + valueCount - 1`. */
  readonly firstValue: ValueId
  readonly valueCount: number
  readonly firstBlock: BlockId
  readonly blockCount: number
  /** `Return` instructions, in order. */
  readonly returns: readonly ValueId[]
  /** Annotation of the result, a value of the parent, or -1. */
  readonly returnAnnotation: ValueId
  /**
   * For a module and a class body: every assignment to a name of that scope, in order.
   * `SetName` from functions is added when the program is linked.
   */
  readonly bindings: readonly Binding[]
}

export interface Binding {
  readonly name: StringId
  readonly value: ValueId
}

export interface ParameterFacts {
  readonly name: string
  readonly kind: 'positional' | 'positional-only' | 'keyword-only' | 'rest' | 'keyword-rest'
  /** The `Param` value, in the function itself. */
  readonly value: ValueId
  /** Default and annotation are values of the parent function, or -1. */
  readonly default: ValueId
  readonly annotation: ValueId
}

export interface ClassFacts extends Span {
  readonly name: string
  readonly qualifiedName: string
  /** Function in which it is defined. */
  readonly parent: number
  /** Values of the base expressions, in the parent; keyword arguments (metaclass) are left out. */
  readonly bases: readonly ValueId[]
  readonly decorators: readonly ValueId[]
  /** Index of the function of kind `class-body`, whose bindings are the members. */
  readonly body: number
  readonly nameSpan: Span
}

export interface ImportFacts extends Span {
  /** As written, leading dots included; `''` never. */
  readonly module: string
  /** Imported name; `''` when the module itself is bound; `*` for a star import. */
  readonly name: string
  /** Name bound in the importing scope; `''` for a star import. `import a.b` binds `a`. */
  readonly bound: string
  /** Scope: function index. */
  readonly function: number
  /** Inside a branch or `try`: one of several ways to get the name. */
  readonly conditional: boolean
}
