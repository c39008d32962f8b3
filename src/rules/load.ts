import type { Problem } from '../core/problem.ts'
import { YamlDocument, type YamlFile, type YamlPlace } from '../core/yaml.ts'
import type { Catalogue } from '../cwe/catalogue.ts'
import { describeProblem, primaryProblem } from '../cwe/usage.ts'
import { compileRegex } from '../match/regex.ts'
import { readFix } from './fix.ts'
import { FormulaError } from './formula-parts.ts'
import { readFormula } from './read-formula.ts'
import type { Confidence, ConstantTest, MissingRule, Rule, RuleExample, RuleKinds, Severity } from './rule.ts'

export interface LoadedRules {
  /** In order of file and place. */
  readonly rules: readonly Rule[]
  /** One per defect; a rule with a defect is left out, unless the line says that it is kept. */
  readonly problems: readonly Problem[]
  /** Everything that is written as a rule and has an id, understood or not. */
  readonly definitions: readonly RuleDefinition[]
}

/** A rule as its file has it. */
export interface RuleDefinition {
  readonly id: string
  readonly languages: readonly string[]
  readonly value: Readonly<Record<string, unknown>>
}

/** Aliases that one file may expand. */
const MAX_ALIASES = 200

type Mapping = Readonly<Record<string, unknown>>

/** A defect of one rule, with the keys that lead to it. */
class RuleDefect extends Error {
  readonly at: YamlPlace

  constructor(message: string, at: YamlPlace) {
    super(message)
    this.at = at
  }
}

/**
 * Reads rule files. A rule that is not understood is a problem with its line and
 * left out; the others are loaded. `taken`: rules loaded before, whose ids are given.
 */
export function loadRules(
  files: readonly YamlFile[], origin: Rule['origin'], catalogue: Catalogue, taken: readonly Rule[] = [],
): LoadedRules {
  const rules: Rule[] = []
  const problems: Problem[] = []
  const definitions: RuleDefinition[] = []
  const seen = new Map(taken.map((rule) => [rule.id, rule.file]))
  for (const file of files) {
    const document = new YamlDocument(file, { merge: false, maxAliases: MAX_ALIASES })
    const report = (message: string, offset: number): void => {
      problems.push({ kind: 'rule', path: file.path, message: `${file.path}:${document.lineAt(offset)}: ${message}` })
    }
    const broken = document.errors[0]
    if (broken) {
      report(`not valid YAML: ${broken.message}`, broken.offset)
      continue
    }
    for (const { value, at } of rulesIn(document, report)) {
      const id = typeof value['id'] === 'string' ? value['id'] : ''
      if (id !== '') definitions.push({ id, languages: listed(value['languages']), value })
      try {
        const rule = withOwnId(readRule(value, file.path, origin, catalogue), seen)
        seen.set(rule.id, file.path)
        rules.push(rule)
        for (const remark of remarksOn(rule, catalogue)) {
          report(`rule ${rule.id} is kept, but ${remark.message}`, document.offsetOf([...at, ...remark.at]))
        }
      } catch (error) {
        if (!(error instanceof RuleDefect) && !(error instanceof FormulaError)) throw error
        const named = id === '' ? '(without id)' : id
        report(`rule ${named} is left out: ${error.message}`, document.offsetOf([...at, ...error.at]))
      }
    }
  }
  return { rules, problems, definitions }
}

function listed(given: unknown): string[] {
  return Array.isArray(given) ? given.filter((each) => typeof each === 'string') : []
}

/**
 * An id is one rule's. Our own are never given twice; collections of others repeat
 * ids in other folders, where the dotted path of the file tells them apart.
 */
function withOwnId(rule: Rule, seen: ReadonlyMap<string, string>): Rule {
  const elsewhere = seen.get(rule.id)
  if (elsewhere === undefined) return rule
  const folder = rule.file.split('/').slice(0, -1).filter((part) => part !== '' && part !== '.')
  const id = [...folder, rule.id].join('.')
  if (rule.origin === 'assay' || elsewhere === rule.file || seen.has(id)) {
    throw new RuleDefect(`the id exists already in ${elsewhere}; give it another`, ['id'])
  }
  return { ...rule, id }
}

/** What is wrong in a user's rule but does not change what it finds: a weakness that is none to map to, wrong names. */
function remarksOn(rule: Rule, catalogue: Catalogue): readonly RuleDefect[] {
  if (rule.origin === 'assay') return []
  const primary = rule.cwe === 0 ? undefined : primaryProblem(catalogue, rule.cwe, rule.mappingReason)
  // That a review of the id is wanted is no defect of rules written for other engines, which cannot say its reason.
  const usage = primary === undefined || primary.kind === 'review' ? [] : [describeProblem(catalogue, primary).replace(/\.$/, '')]
  return [
    ...usage.map((message) => new RuleDefect(message, ['metadata', 'cwe'])),
    ...weaknessesIn(rule.metadata['cwe']).flatMap(({ id, name }) => wrongName(id, name, catalogue) ?? []),
  ]
}

function* rulesIn(
  document: YamlDocument, report: (message: string, offset: number) => void,
): Generator<{ value: Mapping, at: YamlPlace }> {
  let whole: unknown
  try {
    whole = document.value()
  } catch {
    report(`more than ${MAX_ALIASES} aliases are expanded`, 0)
    return
  }
  const isList = Array.isArray(whole)
  const list: unknown = isList ? whole : isMapping(whole) ? whole['rules'] : undefined
  if (!Array.isArray(list)) {
    report('no rules found; the file needs a list under `rules:`', 0)
    return
  }
  for (const [index, value] of list.entries()) {
    const at = isList ? [index] : ['rules', index]
    if (isMapping(value)) yield { value, at }
    else report('a rule is a mapping', document.offsetOf(at))
  }
}

function readRule(of: Mapping, file: string, origin: Rule['origin'], catalogue: Catalogue): Rule {
  const id = text(of, 'id')
  if (!/^[a-zA-Z0-9._-]+$/.test(id)) {
    throw new RuleDefect('an id holds letters, digits, dots, hyphens and underscores', ['id'])
  }
  const languages = strings(of['languages'], ['languages'])
  if (languages.length === 0) throw new RuleDefect('languages is needed', ['languages'])
  const metadata = isMapping(of['metadata']) ? of['metadata'] : {}
  const assay = readAssay(metadata)
  const kinds = readKinds(assay, origin)
  const missing = readMissing(of, assay)
  const cwes = readCwes(metadata['cwe'], catalogue, origin)
  const cwe = cwes[0] ?? 0
  const mappingReason = optional(assay, 'mapping-reason').trim()
  checkPrimary(cwe, mappingReason, catalogue, origin)
  const message = text(of, 'message').trim()
  const replacement = readFix(of)
  return {
    ...(replacement === undefined ? {} : { replacement }),
    id, file, languages, message, origin, metadata, cwe, mappingReason, kinds, missing,
    otherCwes: cwes.slice(1),
    severity: severityOf(of, assay),
    confidence: confidenceOf(metadata),
    title: optional(assay, 'title') || firstSentence(message),
    what: optional(assay, 'what').trim(),
    why: optional(assay, 'why').trim(),
    fix: optional(assay, 'fix').trim(),
    references: strings(metadata['references'], ['metadata', 'references']),
    formula: missing === undefined ? readFormula(of, kinds !== undefined) : NO_PATTERNS,
    examples: readExamples(assay),
    paths: readPaths(of['paths']),
    options: readOptions(of['options']),
  }
}

function firstSentence(message: string): string {
  return message.split(/(?<=[.!?])\s/)[0] ?? message
}

const SEVERITIES: ReadonlyMap<string, Severity> = new Map<string, Severity>([
  ['INFO', 'low'], ['LOW', 'low'], ['WARNING', 'medium'], ['MEDIUM', 'medium'], ['ERROR', 'high'], ['HIGH', 'high'],
  ['CRITICAL', 'critical'], ['INVENTORY', 'low'], ['EXPERIMENT', 'low'],
])

function severityOf(of: Mapping, assay: Mapping): Severity {
  const own = optional(assay, 'severity')
  const found = SEVERITIES.get(own === '' ? text(of, 'severity').toUpperCase() : own.toUpperCase())
  if (!found) throw new RuleDefect(`severity is one of ${[...SEVERITIES.keys()].join(', ')}`, ['severity'])
  return found
}

/** A rule that says nothing of its confidence is not trusted blindly. */
function confidenceOf(metadata: Mapping): Confidence {
  const given = optional(metadata, 'confidence').toLowerCase()
  return given === 'high' || given === 'low' ? given : 'medium'
}

/** Ids of the weaknesses, primary first; a name that is not the catalogue's is a defect of our own rules. */
function readCwes(given: unknown, catalogue: Catalogue, origin: Rule['origin']): number[] {
  return weaknessesIn(given).map(({ id, name }) => {
    const wrong = origin === 'assay' ? wrongName(id, name, catalogue) : undefined
    if (wrong !== undefined) throw wrong
    return id
  })
}

/** Ids and names out of `CWE-89: Name`, one or several; the name is `''` where there is none. */
function weaknessesIn(given: unknown): { readonly id: number, readonly name: string }[] {
  const list: readonly unknown[] = given === undefined ? [] : Array.isArray(given) ? given : [given]
  return list.map((each) => {
    const parts = typeof each === 'string' ? /^CWE-(\d+)(?::\s*(.*))?$/s.exec(each.trim()) : null
    if (!parts) throw new RuleDefect('cwe has the form "CWE-89" or "CWE-89: Name"', ['metadata', 'cwe'])
    return { id: Number(parts[1]), name: parts[2]?.trim() ?? '' }
  })
}

function wrongName(id: number, name: string, catalogue: Catalogue): RuleDefect | undefined {
  const its = catalogue.entry(id)?.record.name
  if (name === '' || its === undefined || name === its) return undefined
  const message = `the catalogue calls CWE-${id} ${JSON.stringify(its)}, not ${JSON.stringify(name)}`
  return new RuleDefect(message, ['metadata', 'cwe'])
}

/** Our own rules carry a weakness that CWE lets be mapped to; of the user's the id is taken when it exists. */
function checkPrimary(id: number, reason: string, catalogue: Catalogue, origin: Rule['origin']): void {
  if (id === 0) {
    if (origin === 'assay') throw new RuleDefect('metadata.cwe is needed', ['metadata'])
    return
  }
  const found = primaryProblem(catalogue, id, reason)
  if (found && (origin === 'assay' || found.kind === 'unknown')) {
    throw new RuleDefect(found.message, ['metadata', 'cwe'])
  }
}

/** What `metadata.assay` may hold; a misspelt key would silently mean nothing. */
const ASSAY_KEYS: ReadonlySet<string> = new Set([
  'title', 'what', 'why', 'fix', 'severity', 'mapping-reason', 'sources', 'sinks', 'sanitizers', 'constants',
  'call-alone', 'missing', 'examples',
])

function readAssay(metadata: Mapping): Mapping {
  const given = metadata['assay']
  if (given === undefined) return {}
  if (!isMapping(given)) throw new RuleDefect('assay is a mapping', ['metadata', 'assay'])
  for (const key of Object.keys(given)) {
    if (!ASSAY_KEYS.has(key)) {
      const message = `${key} is unknown here; known are ${[...ASSAY_KEYS].join(', ')}`
      throw new RuleDefect(message, ['metadata', 'assay', key])
    }
  }
  return given
}

function readPaths(given: unknown): Rule['paths'] {
  if (given === undefined) return { include: [], exclude: [] }
  if (!isMapping(given)) throw new RuleDefect('paths is a mapping', ['paths'])
  for (const key of Object.keys(given)) {
    if (key !== 'include' && key !== 'exclude') {
      throw new RuleDefect(`${key} is unknown here; known are include and exclude`, ['paths', key])
    }
  }
  return {
    include: strings(given['include'], ['paths', 'include']),
    exclude: strings(given['exclude'], ['paths', 'exclude']),
  }
}

function readKinds(assay: Mapping, origin: Rule['origin']): RuleKinds | undefined {
  if (assay['sinks'] === undefined) return undefined
  return {
    sources: strings(assay['sources'], ['metadata', 'assay', 'sources']),
    sinks: strings(assay['sinks'], ['metadata', 'assay', 'sinks']),
    sanitizers: strings(assay['sanitizers'], ['metadata', 'assay', 'sanitizers']),
    constants: readConstants(assay['constants'], origin),
    callAlone: assay['call-alone'] === true,
  }
}

/** A rule of the mode `missing` has no patterns: its places are found by kinds. */
const NO_PATTERNS: Rule['formula'] = { mode: 'taint', sources: [], sinks: [], sanitizers: [], propagators: [] }

const ANALYSES: readonly MissingRule['analysis'][] = ['guard', 'order', 'inverted', 'record', 'sibling', 'creation', 'stand-in']

function isAnalysis(given: unknown): given is MissingRule['analysis'] {
  return ANALYSES.some((each) => each === given)
}

function readMissing(of: Mapping, assay: Mapping): MissingRule | undefined {
  const given = assay['missing']
  if (of['mode'] !== 'missing') {
    if (given === undefined) return undefined
    throw new RuleDefect('a rule that says what is missing has mode: missing', ['mode'])
  }
  const at = ['metadata', 'assay', 'missing']
  if (!isMapping(given)) throw new RuleDefect('a rule of this mode says under metadata.assay.missing what is missing', at)
  const { analysis } = given
  if (!isAnalysis(analysis)) throw new RuleDefect(`analysis is one of ${ANALYSES.join(', ')}`, [...at, 'analysis'])
  const needs = strings(given['needs'], [...at, 'needs'])
  if (needs.length === 0) throw new RuleDefect('needs names kinds of acts', [...at, 'needs'])
  return { analysis, needs }
}

function readConstants(given: unknown, origin: Rule['origin']): ConstantTest | undefined {
  if (given === undefined) return undefined
  const at = ['metadata', 'assay', 'constants']
  if (!isMapping(given)) throw new RuleDefect('constants is a mapping', at)
  const mask = given['mask']
  const test = {
    equals: strings(given['equals'], at), mask: typeof mask === 'number' ? mask : 0,
    matches: optional(given, 'matches'), not: optional(given, 'not'),
  }
  for (const each of [test.matches, test.not]) {
    if (!isExpression(each)) throw new RuleDefect(`${JSON.stringify(each)} is no regular expression`, at)
    // It is run on constants of the reviewed code: together the two could take any time.
    const { problem } = compileRegex(each)
    if (origin === 'user' && problem !== '') throw new RuleDefect(`the expression ${JSON.stringify(each)} cannot be used: ${problem}`, at)
  }
  return test
}

function isExpression(source: string): boolean {
  try {
    return new RegExp(source, 'su') instanceof RegExp
  } catch {
    return false
  }
}

function readExamples(assay: Mapping): RuleExample[] {
  const given = assay['examples']
  if (given === undefined) return []
  const at = ['metadata', 'assay', 'examples']
  if (!Array.isArray(given)) throw new RuleDefect('examples is a list', at)
  return given.map((each: unknown, index) => {
    const title = isMapping(each) ? optional(each, 'title') : ''
    const code = isMapping(each) ? each['code'] : undefined
    if (typeof code === 'string') return { title, files: new Map([['example', code]]) }
    const files = isMapping(each) ? each['files'] : undefined
    if (!isMapping(files)) throw new RuleDefect('an example has a title, and code or files', [...at, index])
    const texts = Object.entries(files).map(([name, content]) => [name, textOf(content, [...at, index])] as const)
    return { title, files: new Map(texts) }
  })
}

function textOf(value: unknown, at: YamlPlace): string {
  if (typeof value !== 'string') throw new RuleDefect('the code of a file is a text', at)
  return value
}

function readOptions(given: unknown): ReadonlyMap<string, string | number | boolean> {
  const options = new Map<string, string | number | boolean>()
  if (!isMapping(given)) return options
  for (const [key, value] of Object.entries(given)) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') options.set(key, value)
  }
  return options
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function text(of: Mapping, key: string): string {
  const value = of[key]
  if (typeof value !== 'string' || value === '') throw new RuleDefect(`${key} is needed`, [key])
  return value
}

function optional(of: Mapping, key: string): string {
  const value = of[key]
  return typeof value === 'string' ? value : ''
}

function strings(given: unknown, at: YamlPlace): string[] {
  if (given === undefined || given === null) return []
  const list: readonly unknown[] = Array.isArray(given) ? given : [given]
  return list.map((each) => {
    if (typeof each !== 'string') throw new RuleDefect('a list of texts is needed', at)
    return each
  })
}
