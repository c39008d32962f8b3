import { isNode, LineCounter, parseDocument } from 'yaml'
import type { Document } from 'yaml'
import type { Problem } from '../core/problem.ts'
import type { Catalogue } from '../cwe/catalogue.ts'
import { primaryProblem } from '../cwe/usage.ts'
import { FormulaError, readFormula } from './read-formula.ts'
import type { Confidence, ConstantTest, Rule, RuleExample, RuleKinds, Severity } from './rule.ts'

/** A rule file as read. */
export interface RuleText {
  /** For messages, with `/`. */
  readonly path: string
  readonly text: string
}

export interface LoadedRules {
  /** In order of file and place. */
  readonly rules: readonly Rule[]
  /** One per defect; a rule with a defect is left out. */
  readonly problems: readonly Problem[]
}

/** Aliases that one file may expand. */
const MAX_ALIASES = 200

type Mapping = Readonly<Record<string, unknown>>

/** A defect of one rule, with the keys that lead to it. */
class RuleDefect extends Error {
  readonly at: readonly (string | number)[]

  constructor(message: string, at: readonly (string | number)[]) {
    super(message)
    this.at = at
  }
}

/** Reads rule files. A rule that is not understood is a problem with its line and left out; the others are loaded. */
export function loadRules(files: readonly RuleText[], origin: Rule['origin'], catalogue: Catalogue): LoadedRules {
  const rules: Rule[] = []
  const problems: Problem[] = []
  const seen = new Map<string, string>()
  for (const file of files) {
    const lines = new LineCounter()
    const parsed = parseDocument(file.text, { lineCounter: lines, uniqueKeys: true })
    const report = (message: string, offset: number): void => {
      const line = lines.linePos(Math.max(0, offset)).line
      problems.push({ kind: 'rule', path: file.path, message: `${file.path}:${line}: ${message}` })
    }
    const broken = parsed.errors[0]
    if (broken) {
      report(`not valid YAML: ${broken.message.split('\n')[0] ?? ''}`, broken.pos[0])
      continue
    }
    for (const { value, at } of rulesIn(parsed, report)) {
      const id = typeof value['id'] === 'string' ? value['id'] : ''
      try {
        const rule = readRule(value, file.path, origin, catalogue)
        const elsewhere = seen.get(rule.id)
        if (elsewhere !== undefined && origin === 'assay') throw new RuleDefect(`the id exists already in ${elsewhere}`, ['id'])
        seen.set(rule.id, file.path)
        rules.push(elsewhere === undefined ? rule : { ...rule, id: qualified(rule) })
      } catch (error) {
        if (!(error instanceof RuleDefect) && !(error instanceof FormulaError)) throw error
        report(`rule ${id === '' ? '(without id)' : id} is left out: ${error.message}`, offsetOf(parsed, [...at, ...error.at]))
      }
    }
  }
  return { rules, problems }
}

/** An id that several files use is told apart by the dotted path of its file. */
function qualified(rule: Rule): string {
  const folder = rule.file.split('/').slice(0, -1).filter((part) => part !== '' && part !== '.')
  return [...folder, rule.id].join('.')
}

function* rulesIn(
  parsed: Document, report: (message: string, offset: number) => void,
): Generator<{ value: Mapping, at: readonly (string | number)[] }> {
  let whole: unknown
  try {
    whole = parsed.toJS({ maxAliasCount: MAX_ALIASES })
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
    else report('a rule is a mapping', offsetOf(parsed, at))
  }
}

function offsetOf(parsed: Document, at: readonly (string | number)[]): number {
  for (let length = at.length; length > 0; length--) {
    const found: unknown = parsed.getIn(at.slice(0, length), true)
    if (isNode(found) && found.range) return found.range[0]
  }
  return 0
}

function readRule(of: Mapping, file: string, origin: Rule['origin'], catalogue: Catalogue): Rule {
  const id = text(of, 'id')
  if (!/^[a-zA-Z0-9._-]+$/.test(id)) throw new RuleDefect('an id holds letters, digits, dots, hyphens and underscores', ['id'])
  const languages = strings(of['languages'], ['languages'])
  if (languages.length === 0) throw new RuleDefect('languages is needed', ['languages'])
  const metadata = isMapping(of['metadata']) ? of['metadata'] : {}
  const assay = isMapping(metadata['assay']) ? metadata['assay'] : {}
  const kinds = readKinds(assay)
  const cwes = readCwes(metadata['cwe'], catalogue, origin)
  const cwe = cwes[0] ?? 0
  const mappingReason = optional(assay, 'mapping-reason').trim()
  checkPrimary(cwe, mappingReason, catalogue, origin)
  const paths = isMapping(of['paths']) ? of['paths'] : {}
  const message = text(of, 'message').trim()
  return {
    id, file, languages, message, origin, metadata, cwe, mappingReason, kinds,
    otherCwes: cwes.slice(1),
    severity: severityOf(of, assay),
    confidence: confidenceOf(metadata),
    title: optional(assay, 'title') || firstSentence(message),
    what: optional(assay, 'what').trim(),
    why: optional(assay, 'why').trim(),
    fix: optional(assay, 'fix').trim(),
    references: strings(metadata['references'], ['metadata', 'references']),
    formula: readFormula(of, kinds !== undefined),
    examples: readExamples(assay),
    paths: { include: strings(paths['include'], ['paths', 'include']), exclude: strings(paths['exclude'], ['paths', 'exclude']) },
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

/** Ids out of `CWE-89: Name`, one or several; a name that is not the catalogue's is a defect of our own rules. */
function readCwes(given: unknown, catalogue: Catalogue, origin: Rule['origin']): number[] {
  const list = given === undefined ? [] : Array.isArray(given) ? given : [given]
  return list.map((each: unknown) => {
    const parts = typeof each === 'string' ? /^CWE-(\d+)(?::\s*(.*))?$/s.exec(each.trim()) : null
    if (!parts) throw new RuleDefect('cwe has the form "CWE-89" or "CWE-89: Name"', ['metadata', 'cwe'])
    const id = Number(parts[1])
    const name = parts[2]?.trim() ?? ''
    if (origin === 'assay' && name !== '' && name !== catalogue.nameOf(id)) {
      throw new RuleDefect(`the catalogue calls CWE-${id} ${JSON.stringify(catalogue.nameOf(id))}`, ['metadata', 'cwe'])
    }
    return id
  })
}

/** Our own rules carry a weakness that CWE lets be mapped to; for the user's rules the id is taken as given when it exists. */
function checkPrimary(id: number, reason: string, catalogue: Catalogue, origin: Rule['origin']): void {
  if (id === 0) {
    if (origin === 'assay') throw new RuleDefect('metadata.cwe is needed', ['metadata'])
    return
  }
  const found = primaryProblem(catalogue, id, reason)
  if (found && (origin === 'assay' || found.kind === 'unknown')) throw new RuleDefect(found.message, ['metadata', 'cwe'])
}

function readKinds(assay: Mapping): RuleKinds | undefined {
  if (assay['sinks'] === undefined) return undefined
  return {
    sources: strings(assay['sources'], ['metadata', 'assay', 'sources']),
    sinks: strings(assay['sinks'], ['metadata', 'assay', 'sinks']),
    sanitizers: strings(assay['sanitizers'], ['metadata', 'assay', 'sanitizers']),
    constants: readConstants(assay['constants']),
    callAlone: assay['call-alone'] === true,
  }
}

function readConstants(given: unknown): ConstantTest | undefined {
  if (given === undefined) return undefined
  const at = ['metadata', 'assay', 'constants']
  if (!isMapping(given)) throw new RuleDefect('constants is a mapping', at)
  const mask = given['mask']
  const test = { equals: strings(given['equals'], at), mask: typeof mask === 'number' ? mask : 0, matches: optional(given, 'matches'), not: optional(given, 'not') }
  for (const each of [test.matches, test.not]) {
    try {
      new RegExp(each, 'su')
    } catch {
      throw new RuleDefect(`${JSON.stringify(each)} is no regular expression`, at)
    }
  }
  return test
}

function readExamples(assay: Mapping): RuleExample[] {
  const given = assay['examples']
  if (given === undefined) return []
  const at = ['metadata', 'assay', 'examples']
  if (!Array.isArray(given)) throw new RuleDefect('examples is a list', at)
  return given.map((each: unknown) => {
    if (!isMapping(each) || !isMapping(each['files'])) throw new RuleDefect('an example has title and files', at)
    const files = Object.entries(each['files']).map(([name, content]): [string, string] => [name, String(content)])
    return { title: optional(each, 'title'), files: new Map(files) }
  })
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

function strings(given: unknown, at: readonly (string | number)[]): string[] {
  if (given === undefined || given === null) return []
  const list: readonly unknown[] = Array.isArray(given) ? given : [given]
  return list.map((each) => {
    if (typeof each !== 'string') throw new RuleDefect('a list of texts is needed', at)
    return each
  })
}
