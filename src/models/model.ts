import type { PartStep } from './parts.ts'

/**
 * What a library does, as data. One YAML file describes one library
 * (`models/<language>/<library>.yaml`); its JSON schema is
 * `schemas/model.schema.json`. Every entry carries the documentation that
 * supports it. Models say nothing about weaknesses: rules join kinds to a CWE.
 *
 * **Names.** A canonical name is the dotted path a value is documented under:
 * `os.system`, `flask.request.args`, `sqlite3.Cursor.execute` (a method, by the
 * class that declares it). Built-ins stand under the language's built-in module:
 * `builtins.open`, `builtins.str.join`. An unknown receiver matches a method
 * name only in entries that say `any-receiver: true`.
 */
export interface Model {
  readonly model: string
  /** Format version; 1. */
  readonly version: 1
  readonly language: string
  /** Library's name as people know it. */
  readonly library: string
  readonly documentation: string
  readonly types: readonly TypeModel[]
  readonly returns: readonly ReturnModel[]
  readonly sources: readonly SourceModel[]
  readonly sinks: readonly SinkModel[]
  readonly sanitizers: readonly SanitizerModel[]
  readonly propagators: readonly PropagatorModel[]
  readonly guards: readonly GuardModel[]
  readonly exits: readonly ExitModel[]
  readonly constants: readonly ConstantModel[]
  readonly entryPoints: readonly EntryPointModel[]
  readonly callbacks: readonly CallbackModel[]
  readonly records: readonly RecordModel[]
  readonly acts: readonly ActModel[]
  /** Other names under which the library offers the same thing: `flask.globals.request` is `flask.request`. */
  readonly aliases: readonly AliasModel[]
}

/** Where an entry's fact comes from. */
interface Documented {
  /** Link to the documentation. */
  readonly doc: string
}

export interface AliasModel extends Documented {
  readonly name: string
  readonly means: string
  /** The name under which it is usually imported; only for code that is reviewed without its imports. */
  readonly isUsual: boolean
}

/** A class of the library: its bases and the types of its attributes. */
export interface TypeModel extends Documented {
  readonly type: string
  readonly bases: readonly string[]
  /** Attribute name to canonical type; `[]` is an element. */
  readonly attributes: ReadonlyMap<string, string>
  /** A mapping: iterating it gives its keys. */
  readonly iteratesKeys: boolean
  /** Calling a class that descends from it with a value gives the member that has it, or raises. */
  readonly isEnumeration: boolean
  /** Its values hold no text of anybody's choosing, as numbers and dates do not. */
  readonly isPlain: boolean
  /** Objects of classes that descend from it hold in their fields only what these are declared to be. */
  readonly validates: boolean
}

/** The type of a call's result, and of an element of it. */
export interface ReturnModel extends Documented {
  readonly call: string
  readonly type: string
  /** Type of what the result holds, where its own type does not say it: `builtins.str` for `str.split`. */
  readonly element?: string
}

/**
 * An argument: position from 0 (the receiver not counted) and, where the
 * parameter has a name, its name; or `receiver`; or every argument.
 */
export interface ArgumentModel {
  readonly position?: number
  readonly name?: string
  readonly receiver?: boolean
  /** Every argument, or only those given by position or by name. */
  readonly every?: boolean | 'positional' | 'keyword'
}

/**
 * Untrusted data comes from here. Exactly one of `read` (a value or attribute
 * by canonical name), `call` (its result), or `callArgument` (a call fills it).
 */
export interface SourceModel extends Documented {
  readonly kind: string
  readonly read?: string
  readonly call?: string
  readonly anyReceiver: boolean
  /** Completes "comes from ...", as `the query string of the HTTP request`. */
  readonly what: string
}

export interface SinkModel extends Documented {
  readonly kind: string
  readonly call: string
  /** Absent: the call itself is the sink, whatever it is given. */
  readonly argument?: ArgumentModel
  readonly anyReceiver: boolean
  /** The argument that takes values apart from the text, as a query's parameters. */
  readonly parameters?: ArgumentModel
  /** Completes "which ...", as `runs the text as SQL`. */
  readonly what: string
  /** What to do instead with this library. */
  readonly advice: string
  /** The sink is not one when an argument has one of these constant values (or is absent, for `absent`). */
  readonly unless: readonly ArgumentValue[]
  /** The same of the call that made the receiver. */
  readonly unlessMadeWith: readonly ArgumentValue[]
  /** The sink is one only when all of these hold. */
  readonly when: readonly ArgumentValue[]
}

export interface ArgumentValue {
  readonly argument: ArgumentModel
  /** Constant values as source-neutral text: `true`, `0`, `SHA1`. Empty: any given value. */
  readonly equals: readonly string[]
  /** Canonical names the argument may denote instead, as `yaml.SafeLoader`. */
  readonly denotes: readonly string[]
  /** Also when the argument is not given. */
  readonly absent: boolean
}

/** The result of the call no longer carries these kinds. */
export interface SanitizerModel extends Documented {
  /** A call, or with `isRead` an attribute of which reading gives what is safe. */
  readonly call: string
  readonly isRead: boolean
  readonly anyReceiver: boolean
  /** Sink kinds it makes safe; `*` for all (a conversion to a number, say). */
  readonly kinds: readonly string[]
  /** Only where what is left after replacing the parts that an expression matches is harmless. */
  readonly replaced?: ReplaceModel
  /** Only where the result is what a group of a regular expression matched, and that is harmless. */
  readonly captured?: CaptureModel
  readonly what: string
}

/** What a call replaces in a text. */
export interface ReplaceModel {
  readonly pattern: ArgumentModel
  /** The call that compiled the expression, where `pattern` is what it gave. */
  readonly compiled?: CompileModel
  readonly by: ArgumentModel
  /** How many parts at most; where it is given, others are left. */
  readonly most?: ArgumentModel
}

/** What a call takes from the match of a regular expression. */
export interface CaptureModel {
  /** The match, which a guard with `matches` gave. */
  readonly match: ArgumentModel
  /** Number or name of the group. */
  readonly group: ArgumentModel
}

/**
 * Data passes through a call. The default for an unknown library call: arguments and receiver to result.
 *
 * Without parts, all that is in what passes is anywhere in what it reaches. With
 * them, a part of the one is a part of the other, and keeps its own parts; the
 * part that is not named is the whole of it.
 */
/**
 * What a call does to the order of its receiver's elements: puts argument 0, or
 * its elements, at the end; argument 1 at the index argument 0; takes out the
 * element at that index, or the last; turns the order round; makes it another; takes
 * out all.
 */
export type SequenceChange = 'append' | 'extend' | 'insert' | 'take' | 'reverse' | 'sort' | 'clear'

export interface PropagatorModel extends Documented {
  readonly call: string
  readonly anyReceiver: boolean
  readonly from: readonly ArgumentModel[]
  /** Not the argument, but what calling it gives. */
  readonly isCalled: boolean
  /** `result`, `receiver` or an argument. */
  readonly to: 'result' | ArgumentModel
  readonly parts?: {
    readonly from: readonly PartStep[]
    /** `anywhere`: what goes in cannot be told apart afterwards, as in a text. */
    readonly to: readonly PartStep[] | 'anywhere'
  }
  /** Only the arguments that a constant text names pass. */
  readonly fields?: FieldsModel
  /** Passes only where the part is missing that another entry of the call takes, or, of the receiver, puts in. */
  readonly isOtherwise: boolean
  /** The receiver holds nothing afterwards. */
  readonly clears: boolean
  /** The receiver may lack something afterwards that it had. */
  readonly removes: boolean
  readonly sequence: SequenceChange | undefined
  /** Calls whose first argument it gives back when it is given what they gave, whatever they did with it. */
  readonly undoes: readonly string[]
  /** Nothing else passes: a call with at least one entry passes only what its entries say. `none: true` passes nothing. */
  readonly none: boolean
}

/** A template that names the arguments it takes in. */
export interface FieldsModel {
  readonly template: ArgumentModel
  /** Regular expression of a field: group 1 is a name or a number, empty for the next number. */
  readonly pattern: string
}

/** A call or comparison that, when it answers as stated, proves its argument safe for these kinds. */
export interface GuardModel extends Documented {
  readonly call: string
  readonly anyReceiver: boolean
  readonly checks: ArgumentModel
  /**
   * The answer that proves it: truth of the result; `returns` when a normal return proves it (it raises
   * otherwise); `equal` when the result, or one of `parts` of it, is equal to something fixed.
   */
  readonly when: 'true' | 'false' | 'returns' | 'equal'
  /** Sink kinds it proves harmless, `*` for all. */
  readonly kinds: readonly string[]
  /** Attributes of the result that decide; none: the result itself. */
  readonly parts: readonly string[]
  /** What is checked is an outcome and has the same truth, or holds outcomes of which every one or some is then true. */
  readonly elements?: 'itself' | 'every' | 'some'
  /** It proves that the text is made of these characters only: what a class of a regular expression lists. */
  readonly characters?: string
  /** It proves that the text matches an expression. */
  readonly matches?: MatchModel
  /** It proves that the value is of the types that this argument names. */
  readonly types?: ArgumentModel
  /** It proves only that the value is in this argument, or among its keys. */
  readonly among?: ArgumentModel
  /** Its result is the type of what it checks: with `equal`, one whose values are harmless proves it. */
  readonly givesType: boolean
  /** It proves that the text begins with this argument. */
  readonly prefix?: ArgumentModel
  /** It tells whether the text begins with this argument, or with one of these texts; that alone proves nothing. */
  readonly begins?: ArgumentModel | readonly string[]
  /** Only what one of these calls gave is proven harmless, and with it what was given to the call. */
  readonly after: readonly string[]
}

/** How a call compares a text with a regular expression. */
export interface MatchModel {
  readonly pattern: ArgumentModel
  /** The call that compiled the expression, where `pattern` is what it gave. */
  readonly compiled?: CompileModel
  /** What of the text must match: all of it, its beginning, or any part. */
  readonly extent: 'whole' | 'start' | 'part'
  readonly flags?: ArgumentModel
  /** Names of the flags under which `^` and `$` stand at every line. */
  readonly lineFlags: readonly string[]
}

/** A call that compiles a regular expression. */
export interface CompileModel {
  readonly call: string
  readonly expression: ArgumentModel
  readonly flags?: ArgumentModel
}

/** A text that a library offers under a name. */
export interface ConstantModel extends Documented {
  readonly name: string
  readonly value: string
}

/**
 * What a call does that rules about missing behaviour speak of: it checks a policy, refuses
 * the caller, writes a record. Exactly one of `call`, which is also meant as a decorator, `read`, an
 * attribute, and `base`, a class that brings it to the methods of those that descend from it.
 *
 * Two kinds say where something else is run: a `dependency` runs the function in its
 * argument before what it stands with (a parameter, a class, a router), a `hook` before
 * everything that is registered with its receiver.
 */
export interface ActModel extends Documented {
  readonly kind: string
  readonly call?: string
  readonly read?: string
  readonly base?: string
  /** Only where the descending class sets this member. */
  readonly member?: string
  readonly anyReceiver: boolean
  readonly argument?: ArgumentModel
  /** It is one only when all of these hold. */
  readonly when: readonly ArgumentValue[]
  /** Completes "which ...", as `checks a policy`. */
  readonly what: string
}

/** A call that never returns normally. */
export interface ExitModel extends Documented {
  readonly call: string
}

/** Functions that a framework calls with data of its own. Exactly one of `decorator`, `base` (with `method`), `call` (registration). */
export interface EntryPointModel extends Documented {
  /** Kind of the untrusted data in the parameters. */
  readonly kind: string
  readonly decorator?: string
  /** A subclass of this type; `method` is a name or `*` for every public one. */
  readonly base?: string
  readonly methods?: readonly string[]
  /** A call that registers the function given in `argument`. */
  readonly call?: string
  readonly argument?: ArgumentModel
  /** Names of parameters that are not untrusted data but of a type: `request` is `django.http.HttpRequest`. */
  readonly parameterTypes: ReadonlyMap<string, string>
  /** Type of the first parameter after the receiver, whatever its name. */
  readonly firstParameterType?: string
  /**
   * Whether the other parameters carry untrusted data; `declared` where the framework fills them by their
   * annotations and defaults.
   */
  readonly parametersUntrusted: boolean | 'declared'
  /** Whether the function runs before or after handlers and is none itself. */
  readonly isPart: boolean
  /** Types of the framework's own objects, which it passes to parameters that are declared so. */
  readonly injects: readonly string[]
  /**
   * Parameters that the framework turns into numbers and the like before the call, as the text of the
   * registering call says: `/item/<int:number>`. Group 1 of the
   * pattern is the parameter's name.
   */
  readonly converts?: { readonly argument: ArgumentModel; readonly pattern: string; readonly type: string }
  /** Parameters that hold one segment of the request's path, without a slash: group 1 of the pattern in the text of the registering call. */
  readonly segments?: { readonly argument: ArgumentModel; readonly pattern: string }
  /** Sink kind that returned values reach, as `html`; absent when the framework escapes or serialises them. */
  readonly returnsTo?: string
  readonly what: string
}

/** A library calls back what it is given. */
export interface CallbackModel extends Documented {
  readonly call: string
  readonly argument: ArgumentModel
  /** What the callback's parameters receive, in order. */
  readonly receives: readonly ReceivedModel[]
  /** The call runs the callback later: what it gives is called like the callback, with the arguments that are left. */
  readonly binds: boolean
  /** Methods of the argument that the call runs; where there are none, it calls the argument itself. */
  readonly methods: readonly string[]
}

/**
 * A library gives a class a constructor that has one parameter for each annotated
 * name in the class's body, in their order, and keeps each value under that name.
 */
export interface RecordModel extends Documented {
  /** Classes with this decorator, or one made by calling it; `''` when it is not by a decorator. */
  readonly decorator: string
  /** Classes that descend from this one; `''` when it is not by a base. */
  readonly base: string
  /** Calls that give such a class, and the argument that has the names: a list of texts, or one text; `''` when it is no call. */
  readonly call: string
  readonly fields?: ArgumentModel
}

/** What one parameter of a callback receives. */
export interface ReceivedModel {
  readonly from: ArgumentModel
  /** Elements of the argument, and not the argument itself. */
  readonly element: boolean
  /**
   * Also the parameters after it: by the arguments after this one, and keywords by name;
   * with `element`, by the elements in order, and those of a dictionary by key.
   */
  readonly rest: boolean
}
