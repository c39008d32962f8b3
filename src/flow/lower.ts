import type { Span } from '../core/text.ts'
import type { FlowFeatures, Language, ParsedFile } from '../tree/language.ts'
import { Strings } from './builder.ts'
import { exportsOf } from './exports.ts'
import type { FileFacts } from './facts.ts'
import { Instructions } from './instructions.ts'
import { ASSIGNMENTS } from './lower/assignments.ts'
import { CALLS } from './lower/calls.ts'
import { CONTAINERS } from './lower/containers.ts'
import { Lowering } from './lower/context.ts'
import type { FileLowering } from './lower/context.ts'
import { CONTROL } from './lower/control.ts'
import { DEFINITIONS, FUNCTION_EXPRESSIONS, lowerBody, lowerParameters, newDefinition } from './lower/definitions.ts'
import { EXCEPTIONS } from './lower/exceptions.ts'
import { EXPRESSIONS } from './lower/expressions.ts'
import { IMPORTS } from './lower/imports.ts'
import { PATTERNS } from './lower/patterns.ts'
import { Places } from './lower/places.ts'
import { Records } from './lower/records.ts'
import { scopesOf } from './lower/scopes.ts'
import type { Unit } from './lower/scopes.ts'
import { STATEMENTS } from './lower/statements.ts'
import { Tables } from './lower/tables.ts'
import { CHOICES } from './lower/conditions.ts'

const TABLES = {
  expressions: new Map([...EXPRESSIONS, ...CHOICES, ...CALLS, ...CONTAINERS, ...FUNCTION_EXPRESSIONS]),
  statements: new Map([
    ...STATEMENTS, ...ASSIGNMENTS, ...CONTROL, ...EXCEPTIONS, ...PATTERNS, ...DEFINITIONS, ...IMPORTS,
  ]),
}

/** The facts of a parsed file. A pure function of the tree and of what the language declares. */
export function factsOf(parsed: ParsedFile, language: Language): FileFacts {
  const expected = 64 + Math.trunc(parsed.root.end / CHARACTERS_PER_VALUE)
  const file: FileLowering = {
    features: language.flow ?? NO_FEATURES,
    tables: TABLES,
    strings: new Strings(),
    scopes: scopesOf(parsed.root),
    places: new Places(expected),
    instructions: INSTRUCTIONS,
    imports: [],
  }
  const tables = new Tables(expected)
  const records = new Records(file)
  for (const unit of file.scopes.units) lowerUnit(file, unit, tables, records)
  const values = {
    op: tables.op.toBytes(),
    start: tables.start.toArray(),
    end: tables.end.toArray(),
    block: tables.block.toArray(),
    a: tables.a.toArray(),
    b: tables.b.toArray(),
    ...tables.finishArgs(),
  }
  tables.successorStart.push(tables.successors.length)
  const facts = {
    language: language.id,
    dialect: parsed.dialect,
    ...values,
    dominator: tables.dominator.toArray(),
    condition: tables.condition.toArray(),
    sense: tables.sense.toBytes(),
    successorStart: tables.successorStart.toArray(),
    successors: tables.successors.toArray(),
    ...file.places.finish(),
    functions: records.functions,
    classes: records.classes(),
    imports: file.imports,
    unparsed: unparsed(parsed),
    unlowered: records.unlowered,
    strings: file.strings.list,
  }
  return { ...facts, exports: exportsOf(facts, file.features.exportList) }
}

/** One function is lowered at a time, so one memory does for all files. */
const INSTRUCTIONS = new Instructions()

/** Characters of source code for each value that comes of it, and for each place of a variable: few files have less. */
const CHARACTERS_PER_VALUE = 16

/** Lowers one function and adds it to the tables; beyond a limit only its parameters are kept. */
function lowerUnit(file: FileLowering, unit: Unit, tables: Tables, records: Records): void {
  const firstPlace = file.places.count
  let lowering = new Lowering(file, unit)
  let parameters = lowerParameters(lowering)
  lowerBody(lowering, parameters)
  let { definitions } = lowering
  if (lowering.builder.overflown) {
    records.unlowered.push(unit.index)
    file.places.truncate(firstPlace)
    definitions = definitions.map(({ unit: inner }) => newDefinition(inner, []))
    lowering = new Lowering(file, unit)
    parameters = lowerParameters(lowering)
  }
  const firstValue = tables.op.length
  const firstBlock = tables.dominator.length
  const renumber = tables.add(lowering)
  file.places.renumber(firstPlace, renumber)
  for (const each of definitions) records.define(each, renumber)
  records.add(lowering, parameters, renumber, {
    firstValue, firstBlock, valueCount: tables.op.length - firstValue, blockCount: tables.dominator.length - firstBlock,
  })
}

/** For a language that declares nothing of its flow. */
const NO_FEATURES: FlowFeatures = {
  explicitReceiver: false, functionScope: true, classScopeSkipped: false, parentCall: '', constructors: [],
  staticDecorators: [], classDecorators: [], propertyDecorators: [], builtins: [], builtinModule: '',
  literalTypes: {}, protocols: {},
}

function unparsed(parsed: ParsedFile): Span[] {
  const spans: Span[] = []
  for (const { kind, span } of parsed.problems) {
    if (kind === 'unparsed' && span) spans.push({ start: span.start, end: span.end })
  }
  return spans.sort((x, y) => x.start - y.start || x.end - y.end)
}
