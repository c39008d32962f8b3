import type { ArgumentModel, ArgumentValue, Model } from '../../models/model.ts'

/** A part of a rule in the rule language, as it stands in YAML. */
export type Term = Readonly<Record<string, unknown>>

/** How canonical names of the models are written in patterns. */
export class Spelling {
  readonly #instanceTypes: ReadonlySet<string>
  readonly #builtinModule: string
  /** Values of a type: `flask.request` for `flask.Request`. */
  readonly #values: ReadonlyMap<string, readonly string[]>

  /** `builtinModule` is the name under which built-ins are modelled, `''` when the language has none. */
  constructor(models: readonly Model[], builtinModule: string) {
    this.#builtinModule = builtinModule
    this.#instanceTypes = instanceTypes(models)
    this.#values = this.#typedValues(models)
  }

  /** What is called, in a pattern: `os.system`, or `$R.execute` for a method. */
  callee(name: string, anyReceiver: boolean): string {
    const dot = name.lastIndexOf('.')
    const member = name.slice(dot + 1)
    if (anyReceiver || this.#isInstance(name.slice(0, Math.max(0, dot)))) return `$R.${member}`
    return this.#plain(name)
  }

  /** What is read, in patterns: a module's value by its name, an object's attribute by each value of its type. */
  read(name: string, anyReceiver: boolean): readonly string[] {
    const dot = name.lastIndexOf('.')
    const owner = name.slice(0, Math.max(0, dot))
    const member = name.slice(dot + 1)
    if (!this.#isInstance(owner)) return anyReceiver ? [`$R.${member}`] : [this.#plain(name)]
    const values = this.#values.get(owner) ?? []
    return anyReceiver || values.length === 0 ? [`$R.${member}`] : values.map((value) => `${this.#plain(value)}.${member}`)
  }

  #plain(name: string): string {
    const prefix = `${this.#builtinModule}.`
    return this.#builtinModule !== '' && name.startsWith(prefix) ? name.slice(prefix.length) : name
  }

  #isInstance(owner: string): boolean {
    return this.#instanceTypes.has(owner) || /(^|\.)[A-Z]\w*$/.test(owner)
      || (this.#builtinModule !== '' && owner.startsWith(`${this.#builtinModule}.`))
  }

  #typedValues(models: readonly Model[]): Map<string, string[]> {
    const bases = new Map(models.flatMap((model) => model.types).map((type) => [type.type, type.bases]))
    const values = new Map<string, string[]>()
    for (const type of models.flatMap((model) => model.types)) {
      if (this.#isInstance(type.type)) continue
      for (const [attribute, given] of type.attributes) {
        for (const each of lineage(given, bases)) push(values, each, `${type.type}.${attribute}`)
      }
    }
    return values
  }
}

/** Calls with the argument at hand spelled `value`: by position and by name. */
export function callsWith(callee: string, argument: ArgumentModel | undefined, value: string): readonly string[] {
  if (argument === undefined) return [`${callee}(...)`]
  if (argument.receiver === true) return callee.startsWith('$R.') ? [`${value}${callee.slice(2)}(...)`] : []
  if (argument.every === true) return [`${callee}(..., ${value}, ...)`]
  const calls: string[] = []
  if (argument.position !== undefined) {
    const before = Array.from({ length: argument.position }, () => '$_, ').join('')
    calls.push(`${callee}(${before}${value}, ...)`)
  }
  if (argument.name !== undefined) calls.push(`${callee}(..., ${argument.name}=${value}, ...)`)
  return calls
}

/** The forms of a call in which an argument has one of the values. */
export function callsWhere(callee: string, wanted: ArgumentValue): readonly Term[] {
  const terms: Term[] = []
  if (wanted.equals.length > 0) {
    for (const pattern of callsWith(callee, wanted.argument, '$V')) {
      terms.push({ patterns: [{ pattern }, regexCondition('$V', valuesRegex(wanted.equals))] })
    }
  }
  for (const name of wanted.denotes) terms.push(...callsWith(callee, wanted.argument, name).map((pattern) => ({ pattern })))
  const given = callsWith(callee, wanted.argument, '$V')
  if (wanted.equals.length + wanted.denotes.length === 0 && !wanted.absent) terms.push(...given.map((pattern) => ({ pattern })))
  if (wanted.absent) terms.push({ patterns: [{ pattern: `${callee}(...)` }, ...given.map((each) => ({ 'pattern-not': each }))] })
  return terms
}

/** A condition on the text of a metavariable. */
export function regexCondition(metavariable: string, regex: string): Term {
  return { 'metavariable-regex': { metavariable, regex, 'constant-propagation': true } }
}

/** An expression for source-neutral values as programs write them: `True`, `1`, `'SHA1'`, `modes.SHA1`. */
export function valuesRegex(values: readonly string[]): string {
  const each = values.map((value) => {
    if (value === 'true' || value === 'false') return `(?i:${value})`
    if (value === 'null') return '(?:None|null|nil|undefined)'
    if (/^-?\d+(\.\d+)?$/.test(value)) return escaped(value)
    return `(?:["']${escaped(value)}["']|[\\w.]*\\b${escaped(value)})`
  })
  return `(?:${each.join('|')})\\z`
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

/** Types that the models give to values; the others with attributes are modules. */
function instanceTypes(models: readonly Model[]): Set<string> {
  const types = new Set<string>()
  for (const model of models) {
    for (const type of model.types) {
      for (const base of type.bases) types.add(base)
      if (type.bases.length > 0) types.add(type.type)
      for (const attribute of type.attributes.values()) types.add(attribute)
    }
    for (const each of model.returns) types.add(each.type)
    for (const entry of model.entryPoints) {
      for (const type of entry.parameterTypes.values()) types.add(type)
      if (entry.firstParameterType !== undefined) types.add(entry.firstParameterType)
    }
  }
  return types
}

/** A type and its bases; the models are ours, but a cycle in them must not hang. */
function lineage(type: string, bases: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const found = new Set([type])
  for (const each of found) for (const base of bases.get(each) ?? []) found.add(base)
  return [...found]
}

function push(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}
