import { CONSTRUCTS } from './catalogue.ts'
import type { Construct } from './construct.ts'

/*
 * Kinds of constructs: what belongs to one kind is one thing written in several
 * ways. Every two kinds meet in a run; that every two of their many members do
 * would take tens of thousands of programs.
 */

/** Kind and members, the first that fits; what fits none is a kind by its family. */
const KINDS: readonly (readonly [string, RegExp])[] = [
  ['unpacking', /^assign\.(unpacked|swapped|starred|nested)$/],
  ['walrus', /^assign\.walrus$/],
  ['overwritten key or index', /^(dict\.(overwritten-key|update-overwrites|setdefault)|list\.(overwritten-index|cleared))$/],
  ['list changed in place', /^list\.(append|insert|pop|extended-joined|aliased)$/],
  ['dictionary changed in place', /^dict\.(stored-key|update|pop-key)$/],
  ['copied or merged container', /^(dict\.(copied|merged)|list\.sliced)$/],
  ['nested container', /^(dict|list)\.nested$/],
  ['container looped over', /^(dict\.looped|list\.(sorted-loop|enumerated|zipped)|set\.member|iterator\.chained)$/],
  ['library container', /^(defaultdict|deque)\./],
  ['constant key', /^dict\./],
  ['constant index', /^(list|tuple)\./],
  ['property', /^object\.(property|property-setter|cached-property)$/],
  ['class attribute', /^object\.class-attribute/],
  ['data class', /^object\.(dataclass|dataclass-post-init|named-tuple|namespace)$/],
  ['attribute by name', /^object\.(getattr|setattr|getattr-method|vars)$/],
  ['object with an object', /^object\.(nested|mutated-by-function|container-inside)$/],
  ['builder', /^class\.(builder|method-chain-overwritten)$/],
  ['super', /^class\.super/],
  ['mixin or abstract', /^class\.(mixin|template-method|abstract-implementations)$/],
  ['operator of a class', /^class\..*(-operator|descriptor|dict-subclass)$/],
  ['inheritance', /^class\./],
  ['text format', /^text\.(f-string|percent|format|template)/],
  ['text from text', /^text\.(cased|replaced|split|partitioned|regex)/],
  ['encoded text', /^text\.(encoded|base64|json|hash)/],
  ['default or keyword argument', /^call\.(keyword|default|keyword-only|mutable-default)$/],
  ['star argument', /^call\.(star|keyword-rest|forwarded)/],
  ['returned tuple or dictionary', /^call\.(tuple|dict)-returned$/],
  ['argument changed by callee', /^call\.(dict|list)-filled$/],
  ['recursion', /^call\..*recursive$/],
  ['goes on in a callee', /^call\.continues/],
  ['partial', /^callable\.partial/],
  ['closure', /^callable\.closure/],
  ['nonlocal', /^callable\.nonlocal$/],
  ['table of functions', /^callable\..*table/],
  ['callback stored', /^callable\.(stored-called-later|in-attribute|returned-bound-method)$/],
  ['decorator that wraps', /^decorator\.(wraps|changes-argument|with-arguments|class|cached)$/],
  ['conditional value', /^branch\.(conditional-expression|or-default|and)$/],
  ['overwritten on paths', /^branch\./],
  ['constant elsewhere', /^constant\.(other-file|from-function|argument)/],
  ['try and finally', /^try\./],
  ['generator', /^(generator\.(yielded|next|sent|unpacked)|comprehension\.generator)$/],
  ['yield from', /^generator\./],
  ['gather and tasks', /^async\.(gathered|task)$/],
  ['allowlist', /^guard\.(membership|dictionary|equality|helper-expression)/],
  ['regular expression check', /^guard\.(fullmatch|anchored|search|compiled|helper-regex)$/],
  ['check in a helper', /^guard\.helper/],
  ['check by type', /^guard\.(isinstance|converted-in-try)$/],
  ['validating decorator', /^guard\.validating-decorator$/],
  ['sanitizer, misused', /^sanitizer\.(result-thrown-away|before-more-text|other-variable|on-one-path)$/],
  ['circular import', /^import\.circular$/],
  ['global', /^environment\./],
]

export interface Kind {
  readonly name: string
  readonly members: readonly Construct[]
}

/** The kind a construct belongs to. */
export function kindOf(construct: Construct): string {
  const fitting = KINDS.find(([, pattern]) => pattern.test(construct.name))
  return fitting?.[0] ?? construct.name.slice(0, construct.name.indexOf('.'))
}

/** Kinds with their members, sorted by name. */
export function kindsOf(constructs: readonly Construct[] = CONSTRUCTS): Kind[] {
  const members = new Map<string, Construct[]>()
  for (const each of constructs) members.set(kindOf(each), [...members.get(kindOf(each)) ?? [], each])
  return [...members].map(([name, of]) => ({ name, members: of })).sort((a, b) => (a.name < b.name ? -1 : 1))
}
