import type { Problem } from '../core/problem.ts'
import type { Span } from '../core/text.ts'
import type { Node } from './node.ts'

/**
 * What the engine knows of a language. One folder under `src/languages` exports
 * one value of this type as `language` from its `language.ts`; the engine never
 * asks which language it has, only for what is declared here.
 *
 * A front end without flow (configuration, markup) leaves out `flow` and `modules`.
 */
export interface Language {
  /** As rules name it; also the folder under `rules/` and `models/`. */
  readonly id: string
  /** As people write it. */
  readonly title: string
  /** Other names accepted in a rule's `languages`. */
  readonly aliases: readonly string[]
  /** File name endings with their dot, lower case. */
  readonly extensions: readonly string[]
  /** Whole file names. */
  readonly fileNames: readonly string[]
  /** Interpreter names in a first line `#!`. */
  readonly shebangs: readonly string[]
  /** Openers of line comments. */
  readonly lineComments: readonly string[]
  /** Bumped when the tree changes for the same bytes; part of the cache key. */
  readonly version: string

  /** Makes the parser; called once per process or worker, before the first file. */
  open(): Promise<FrontEnd>

  /** Its rules are for every file, whatever language that is in besides. */
  readonly ofAnyFile?: true
  readonly flow?: FlowFeatures
  readonly modules?: ModuleSystem
  /** How patterns made from models are written; absent: rules of kinds cannot be exported for the language. */
  readonly spelling?: Spelling
  /** Whether a path holds test code, by the conventions of the language's test tools. */
  isTest(path: string): boolean
  /** The package root a path belongs to, by marker files the language's packaging uses. */
  readonly rootMarkers: readonly string[]
  /** Files that make a folder part of the package around it, so that no root lies there. */
  readonly partMarkers?: readonly string[]
  /**
   * The encoding that a file declares in its first lines, as a WHATWG label;
   * `undefined` when it declares none. The beginning is given as Latin-1.
   */
  declaredEncoding?(beginning: string): string | undefined
}

/** A ready parser of one language. */
export interface FrontEnd {
  /** Patterns are words and punctuation of a text; `parsePattern` reads none. */
  readonly hasTextPatterns?: true
  /** Reads a whole file. Never throws for any text. */
  parse(text: string): ParsedFile
  /**
   * Reads code that stands alone without being a file: an indented method, a few
   * lines of a function. Offsets refer to `text` as given.
   */
  parseFragment(text: string): ParsedFile
  /**
   * Reads one rule pattern: every way it can be understood (an expression,
   * statements, a partial construct), most specific first. An empty list with
   * a reason when it cannot be read.
   */
  parsePattern(text: string): PatternParse
}

export interface ParsedFile {
  /** Kind `module`. */
  readonly root: Node
  /** Comments in order of place. */
  readonly comments: readonly Span[]
  /** Regions not understood; `path` is left `''` for the caller to fill in. */
  readonly problems: readonly Problem[]
  /** The dialect decided for this file by evidence in it, as `python2`; `''` for the language's own. */
  readonly dialect: string
}

export interface PatternParse {
  readonly readings: readonly PatternReading[]
  /** Why there is no reading; `''` otherwise. */
  readonly reason: string
}

/**
 * - `expression`: one expression; matches any expression
 * - `statements`: a sequence, matched inside any block with implicit `...` around it
 * - `partial`: one construct of which parts are left out (a class header, a decorator, a keyword argument)
 */
export interface PatternReading {
  readonly form: 'expression' | 'statements' | 'partial'
  /** `module` for statements, else the node itself. */
  readonly root: Node
}

/** What the flow lowering must know; everything else is in the tree. */
export interface FlowFeatures {
  /** Methods declare their receiver as first parameter. */
  readonly explicitReceiver: boolean
  /** A name assigned anywhere in a function is local to all of it. */
  readonly functionScope: boolean
  /** Class bodies are scopes that nested functions skip. */
  readonly classScopeSkipped: boolean
  /** Name by which a method reaches its parent class's methods, as `super`. */
  readonly parentCall: string
  /** Methods that construct an instance, as `__init__`. */
  readonly constructors: readonly string[]
  /** Methods that a constructor runs which a library makes. */
  readonly constructorHooks?: readonly string[]
  /** Names of decorators by which a method has no receiver, or the class as receiver, or is read like a field. */
  readonly staticDecorators: readonly string[]
  readonly classDecorators: readonly string[]
  readonly propertyDecorators: readonly string[]
  /** Attribute of a property that makes a decorator by which a method is run where the property is assigned, as `setter`. */
  readonly setterDecorator?: string
  /** Names that need no import. */
  readonly builtins: readonly string[]
  /** Methods of built-in types and of what is used like them: a call of one is never resolved by its name alone. */
  readonly builtinMethods?: readonly string[]
  /** Last names of calls that make a context manager which ends exceptions raised in its body, as `suppress`. */
  readonly suppressing?: readonly string[]
  /** Functions that tell whether their first argument is an instance of their second, as `builtins.isinstance`. */
  readonly typeTests?: readonly string[]
  /** The attribute that is an object's class, and functions that give the class of their only argument. */
  readonly classAttribute?: string
  /** The class from which every other descends. */
  readonly rootClass?: string
  /** Decorators of functions for which others are registered, by a decorator that is this attribute of them. */
  readonly dispatch?: { readonly decorators: readonly string[], readonly register: string }
  /** Functions that give the length of their only argument. */
  readonly lengthFunctions?: readonly string[]
  /** The attribute that is the mapping in which an object keeps its attributes. */
  readonly attributeTable?: string
  readonly classFunctions?: readonly string[]
  /** Functions that import the module named by their first argument, as `importlib.import_module`. */
  readonly moduleFunctions?: readonly string[]
  /** Functions that make a type variable, as `typing.TypeVar`. */
  readonly typeVariables?: readonly string[]
  /** Module-level name whose list of strings says what the module declares public, as `__all__`. */
  readonly exportList?: string
  /** Name of the module under which builtins are modelled, as `builtins`. */
  readonly builtinModule: string
  /** Canonical types of literals, as `{ string: 'builtins.str' }`. */
  readonly literalTypes: Readonly<Partial<Record<LiteralType, string>>>
  /**
   * Methods that entering a context manager, iterating, calling, indexing an instance mean, and reading an
   * attribute that it does not have; `next` gives the element of an instance that is its own iterator. `get` and
   * `set` are of an object in a class's body, run where the attribute is read or assigned; `text` makes part of a
   * string, `inherited` is run by a parent class for each class that is made from it.
   */
  readonly protocols: Readonly<Partial<Record<Protocol, string>>>
  /** Methods of the left operand that operators call, as `{ '/': '__truediv__' }`; what they give is the result. */
  readonly operators?: Readonly<Record<string, string>>
  /** Methods that decide a comparison: of the left operand, and of the right one, as `{ in: '__contains__' }`. */
  readonly comparisons?: Readonly<Record<string, string>>
  readonly reversedComparisons?: Readonly<Record<string, string>>
  /** Methods of the operand that unary operators call, those tried first. */
  readonly unaryOperators?: Readonly<Record<string, readonly string[]>>
}

export type LiteralType = 'string' | 'bytes' | 'number' | 'boolean' | 'list' | 'tuple' | 'set' | 'dict' | 'null'
export type Protocol =
  | 'enter' | 'enter-async' | 'iterate' | 'iterate-async' | 'next' | 'next-async' | 'call' | 'index' | 'set-index'
  | 'missing-attribute' | 'exit' | 'exit-async' | 'set-attribute' | 'delete-index' | 'get' | 'set' | 'text' | 'inherited'

/**
 * Writes parts of rule patterns in the language's syntax. Values handed in are
 * spelled already, or metavariables and ellipses of the rule language.
 */
export interface Spelling {
  /** A canonical name as source writes it after an import; built-ins without their module. */
  name(canonical: string): string
  /** A constant from source-neutral text: `true`, `0`, `SHA1`. */
  constant(value: string): string
  /** A string literal with a metavariable or ellipsis as its content. */
  text(content: string): string
  /** Any literal that makes a value of this type, where calling the type does the same. */
  literal(type: string): string | undefined
  call(callee: string, args: readonly string[]): string
  /** An argument given by name. */
  keyword(name: string, value: string): string
  returned(value: string): string
  /** A function with a decorator (annotation) and any body. */
  decorated(decorator: string, name: string, parameters: readonly string[]): string
  /** A method with any body; `parameters` without the receiver. */
  method(name: string, parameters: readonly string[]): string
  /** A class with a base among others, and any body. */
  subclass(name: string, base: string): string
}

/** How files find one another. All paths are project-relative with `/`. */
export interface ModuleSystem {
  /** Directories from which absolute module names are looked up, derived from the files present. */
  roots(files: FileSet): readonly string[]
  /** The canonical dotted name of a file's module, as `shop.db`. */
  moduleName(path: string, roots: readonly string[], files: FileSet): string
  /**
   * The file a specifier means when written in `from`; `undefined` when it is not in the project.
   * A specifier may be relative as the language writes it.
   */
  resolve(specifier: string, from: string, roots: readonly string[], files: FileSet): string | undefined
  /** A specifier as a canonical library name: relative ones made absolute, as `shop.db`. */
  canonical(specifier: string, from: string, roots: readonly string[], files: FileSet): string
  /** Whether a file is a package that its submodules are attributes of. */
  isPackage(path: string): boolean
  /**
   * Whether a text may import a module, by its canonical name: told without parsing,
   * and false only where it surely does not, names that are computed aside.
   */
  mayImport(text: string, module: string): boolean
}

export interface FileSet {
  has(path: string): boolean
  /** Whether any file lies below this directory. */
  hasDirectory(path: string): boolean
  readonly paths: readonly string[]
}
