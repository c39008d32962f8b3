import type { Span } from '../core/text.ts'
import type { ClassFacts, FileFacts, FunctionFacts } from '../flow/facts.ts'

/**
 * The linked program: facts of all files, with names resolved across them.
 *
 * Values, functions and classes of the whole program are numbered through:
 * a `Ref` is a file's base plus the number inside the file, so a reference is one
 * integer and files in sorted order give the same numbers on every run.
 */
export interface Program {
  readonly files: readonly ProgramFile[]

  // Places
  fileOf(value: Ref): ProgramFile
  /** The number inside its file. */
  local(value: Ref): number
  functionOf(value: Ref): FunctionRef
  function(of: FunctionRef): FunctionFacts
  fileOfFunction(of: FunctionRef): ProgramFile
  class(of: ClassRef): ClassFacts
  fileOfClass(of: ClassRef): ProgramFile
  /** Global reference of a value number of a file. */
  ref(file: ProgramFile, value: number): Ref
  /** Innermost function (or module) whose span holds the offset. */
  enclosing(file: ProgramFile, offset: number): FunctionRef
  span(value: Ref): Span

  // Names
  /**
   * Canonical dotted names a value may denote, sorted: `os.path.join`, `shop.db.query`,
   * `sqlite3.Cursor.execute`. Library names go through model aliases. Empty when unknown.
   */
  names(value: Ref): readonly string[]
  /** Canonical type names a value may be an instance of, sorted; base classes are not included. */
  types(value: Ref): readonly string[]
  /** Says what type a framework passes to a parameter. Before the first question about types or calls. */
  giveType(parameter: Ref, type: string): void
  /** Whether a type is another or descends from it, through the program's and the models' classes. */
  isSubtype(type: string, of: string): boolean
  /** Canonical names of the library classes that a class descends from directly or through the program's own; not that of every class. */
  libraryBases(of: ClassRef): readonly string[]
  /**
   * Parameters of the constructor that a library makes for a class, in order, which
   * are the attributes that it keeps them in; `undefined` for a class with its own.
   */
  recordFields(of: ClassRef): readonly string[] | undefined
  /** The same of the class that a call makes an object of, where the class itself was made by a library's call. */
  recordMade(call: Ref): readonly string[] | undefined
  /** A class of the program by its canonical name. */
  classNamed(name: string): ClassRef | undefined
  /**
   * Values a module-level or built-in name stands for (`Op.Name`), across files;
   * empty when it is not in the program.
   */
  definitions(value: Ref): readonly Ref[]
  /** The text that a library offers under the name that a value is a read of. */
  libraryText(value: Ref): string | undefined

  /** The value whose length a call of the language's own function gives. */
  lengthOperand(call: Ref): Ref | undefined
  /** Whether a value is read as the mapping in which its language keeps an object's attributes. */
  isAttributeTable(value: Ref): boolean

  // Calls
  /** What a call may run; of an expression that is no call, its `implicitTargets`. */
  targets(call: Ref): CallTargets
  /** Functions that are run when a value is called. */
  functionsCalled(value: Ref): readonly FunctionRef[]
  /**
   * Methods of this name that an object may have; `object` tells its types, and
   * whether it was just made, so that no descendant's method can stand in for it.
   */
  methodsOf(object: Ref, name: string): readonly FunctionRef[]
  /**
   * Functions of the program that an expression runs without being a call: the
   * property that an attribute is, the methods that indexing, iterating, entering
   * a context and operators mean for an object's class.
   */
  implicitTargets(value: Ref): readonly FunctionRef[]
  /**
   * Functions of the program that an expression or a statement runs without being a call and without their result
   * being its value: setters of properties, what assigning an element, comparing and leaving a context mean.
   */
  besides(value: Ref): readonly FunctionRef[]
  /** Methods of the program that give an `Op.Element` of an object that is its own iterator. */
  nextTargets(element: Ref): readonly FunctionRef[]
  /**
   * Calls among which are all that may reach a library's function, method or class
   * with one of these last names. Much cheaper than asking each call for its targets.
   */
  callsReaching(names: readonly string[]): ReadonlySet<Ref>
  /** Calls that may reach a function, sorted. Without those in tests it is much cheaper. */
  callers(of: FunctionRef, withTests: boolean): readonly Ref[]
  /** The receiver parameter of a function that is a method. */
  receiver(of: FunctionRef): Ref | undefined
  /** Argument of a call that a parameter of a target receives. */
  argumentFor(call: Ref, target: FunctionRef, parameter: number): readonly ArgumentValueRef[]

  // Heap, by class and name
  /** Values stored in an attribute of instances of these classes or their relatives, anywhere in the program. */
  attributeStores(types: readonly string[], name: string): readonly Ref[]
  /** Uses of a value inside its function, as instructions that have it as an operand; sorted. */
  uses(value: Ref): readonly Ref[]
}

/** A value anywhere in the program. */
export type Ref = number
export type FunctionRef = number
export type ClassRef = number

export interface ProgramFile {
  readonly path: string
  readonly facts: FileFacts
  /** Canonical dotted module name; `''` in a language without modules. */
  readonly module: string
  readonly isTest: boolean
  /** Names of a fragment that it does not import, with the canonical names of what they are taken for. */
  readonly assumed: ReadonlyMap<string, string>
  readonly valueBase: number
  readonly functionBase: number
  readonly classBase: number
}

/**
 * Whether a canonical name belongs to an object of which only the call that
 * made it is known, as `pool.connect().execute`.
 */
export function isAnonymous(name: string): boolean {
  return name.includes('()')
}

/** What a call may run. */
export interface CallTargets {
  /** Functions of the program. */
  readonly functions: readonly FunctionRef[]
  /** Canonical names of library functions, for the models. */
  readonly library: readonly string[]
  /** For a call that makes an instance: the class. */
  readonly constructs: readonly ClassRef[]
  /** `''` when resolved; else why not: `dynamic`, `unknown receiver`, `too many targets`, `not found`. */
  readonly unresolved: string
  /** Resolved by name alone, without knowing the receiver. */
  readonly guess: boolean
  /** Method name called, whatever the receiver; `''` for a plain call. */
  readonly method: string
}

/** One way a parameter gets its value at a call. */
export interface ArgumentValueRef {
  readonly value: Ref
  /** How: the value itself, an element of a spread or rest, or the function's default. */
  readonly how: 'value' | 'element' | 'default'
  /** Of an element: its index or key where that is known; or `same` when the rest parameter has all elements as they are. */
  readonly from?: ElementOf
  /** Of a rest parameter: the index or keyword under which it has the value. */
  readonly into?: string
}

/** Which element of a spread argument: a known one, or all of them under their own keys. */
export type ElementOf = { readonly key: string } | 'same'
