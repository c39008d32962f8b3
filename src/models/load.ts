import { Ajv, type ErrorObject } from 'ajv'
import { LineCounter, type Document, isNode, parseDocument } from 'yaml'
import type { Problem } from '../core/problem.ts'
import { buildModel, type ModelFile } from './build.ts'
import type { Model } from './model.ts'
import { modelSchema } from './schema.ts'

/** A model file as read: its path for messages, and its YAML text. */
export interface ModelText {
  readonly path: string
  readonly text: string
}

export interface LoadedModels {
  /** In order of their ids. */
  readonly models: readonly Model[]
  /** One per defect; a file with a defect gives no model. */
  readonly problems: readonly Problem[]
}

/** Aliases that one file may expand; far more than a model needs, far fewer than an expansion attack. */
const MAX_ALIASES = 200

/** Largest model file, in characters. */
const MAX_TEXT = 2_000_000

/** Defects named per file; the rest follow from these as a rule. */
const MAX_DEFECTS = 10

/**
 * Reads model files. What is wrong in one is a problem with its line, and that
 * file is left out; the others are loaded.
 */
export function loadModels(files: readonly ModelText[]): LoadedModels {
  const validate = new Ajv({ allErrors: true, strict: false, formats: { regex: isExpression } }).compile(modelSchema)
  const models: Model[] = []
  const problems: Problem[] = []
  const seen = new Set<string>()
  for (const file of files) {
    const parsed = parseModel(file)
    if ('problems' in parsed) {
      problems.push(...parsed.problems)
      continue
    }
    if (!validate(parsed.value)) {
      problems.push(...schemaProblems(file, parsed, validate.errors ?? []))
      continue
    }
    const model = buildModel(parsed.value as ModelFile)
    if (seen.has(model.model)) {
      problems.push(problem(file, `the model ${model.model} exists already; this file is left out`))
      continue
    }
    seen.add(model.model)
    models.push(model)
  }
  models.sort((a, b) => (a.model < b.model ? -1 : a.model > b.model ? 1 : 0))
  return { models, problems }
}

function isExpression(text: string): boolean {
  try {
    return new RegExp(text, 'u').source !== ''
  } catch {
    return false
  }
}

interface ParsedModel {
  readonly value: unknown
  readonly document: Document
  readonly lines: LineCounter
}

function parseModel(file: ModelText): ParsedModel | { readonly problems: readonly Problem[] } {
  if (file.text.length > MAX_TEXT) {
    return { problems: [problem(file, `the model file is longer than ${MAX_TEXT} characters and is left out`)] }
  }
  const lines = new LineCounter()
  try {
    const document = parseDocument(file.text, { lineCounter: lines, prettyErrors: false, merge: true })
    const errors = document.errors.slice(0, MAX_DEFECTS)
    if (errors.length > 0) {
      return { problems: errors.map((e) => problem(file, e.message, e.pos[0], lines.linePos(e.pos[0]).line)) }
    }
    return { value: document.toJS({ maxAliasCount: MAX_ALIASES }), document, lines }
  } catch (error) {
    // The YAML reader throws for alias expansion and for nesting beyond its stack.
    return { problems: [problem(file, `the model file cannot be read: ${describe(error)}`)] }
  }
}

function schemaProblems(file: ModelText, parsed: ParsedModel, errors: readonly ErrorObject[]): readonly Problem[] {
  const told = new Set<string>()
  const problems: Problem[] = []
  for (const error of mostSpecific(errors)) {
    const offset = offsetOf(parsed.document, error.instancePath)
    const where = error.instancePath === '' ? 'the file' : error.instancePath.slice(1).replaceAll('/', '.')
    const extra = error.keyword === 'additionalProperties' ? ` (${String(error.params['additionalProperty'])})` : ''
    const message = `${where} ${error.message ?? 'is not valid'}${extra}`
    if (told.has(message) || problems.length >= MAX_DEFECTS) continue
    told.add(message)
    problems.push(problem(file, message, offset, parsed.lines.linePos(offset).line))
  }
  return problems
}

/** Leaves out what only says that one of the alternatives failed, when a deeper reason is known. */
function mostSpecific(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const structural = new Set(['if', 'anyOf', 'oneOf'])
  const specific = errors.filter((e) => !structural.has(e.keyword))
  return specific.length > 0 ? specific : errors
}

/** Offset of the value an instance path names, or of its nearest parent. */
function offsetOf(document: Document, instancePath: string): number {
  const path = instancePath.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  const keys = path.map((part) => (/^\d+$/.test(part) ? Number(part) : part))
  for (let length = keys.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(keys.slice(0, length), true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return 0
}

function problem(file: ModelText, message: string, offset?: number, line?: number): Problem {
  const place = line === undefined ? file.path : `${file.path}:${line}`
  const base = { kind: 'model', path: file.path, message: `${place}: ${message}` } as const
  return offset === undefined ? base : { ...base, span: { start: offset, end: offset } }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
