import type { ErrorObject } from 'ajv'
import { jsonSchemaCheck } from '../core/json-schema.ts'
import type { Problem } from '../core/problem.ts'
import { YamlDocument, type YamlFile, type YamlPlace } from '../core/yaml.ts'
import { buildModel, type ModelFile } from './build.ts'
import type { Model } from './model.ts'
import { modelSchema } from './schema.ts'

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
export function loadModels(files: readonly YamlFile[]): LoadedModels {
  const models: Model[] = []
  const problems: Problem[] = []
  const seen = new Set<string>()
  for (const file of files) {
    const parsed = parseModel(file)
    if ('problems' in parsed) {
      problems.push(...parsed.problems)
      continue
    }
    // What is known beforehand was checked before.
    const defects = file.value === undefined ? check(parsed.value) : []
    if (defects.length > 0) {
      problems.push(...schemaProblems(file, parsed.document, defects))
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

const check = jsonSchemaCheck(() => modelSchema, { regex: isExpression })

function isExpression(text: string): boolean {
  try {
    return new RegExp(text, 'u').source !== ''
  } catch {
    return false
  }
}

function parseModel(file: YamlFile): { readonly value: unknown, readonly document: YamlDocument } | { readonly problems: readonly Problem[] } {
  if (file.text.length > MAX_TEXT) {
    return { problems: [problem(file, `the model file is longer than ${MAX_TEXT} characters and is left out`)] }
  }
  const document = new YamlDocument(file, { merge: true, maxAliases: MAX_ALIASES })
  try {
    const errors = document.errors.slice(0, MAX_DEFECTS)
    if (errors.length > 0) {
      return { problems: errors.map(({ message, offset }) => problem(file, message, offset, document.lineAt(offset))) }
    }
    return { value: document.value(), document }
  } catch (error) {
    // The YAML reader throws for alias expansion and for nesting beyond its stack.
    return { problems: [problem(file, `the model file cannot be read: ${describe(error)}`)] }
  }
}

function schemaProblems(file: YamlFile, document: YamlDocument, errors: readonly ErrorObject[]): readonly Problem[] {
  const told = new Set<string>()
  const problems: Problem[] = []
  for (const error of mostSpecific(errors)) {
    const offset = document.offsetOf(keysOf(error.instancePath))
    const where = error.instancePath === '' ? 'the file' : error.instancePath.slice(1).replaceAll('/', '.')
    const extra = error.keyword === 'additionalProperties' ? ` (${String(error.params['additionalProperty'])})` : ''
    const message = `${where} ${error.message ?? 'is not valid'}${extra}`
    if (told.has(message) || problems.length >= MAX_DEFECTS) continue
    told.add(message)
    problems.push(problem(file, message, offset, document.lineAt(offset)))
  }
  return problems
}

/** Leaves out what only says that one of the alternatives failed, when a deeper reason is known. */
function mostSpecific(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const structural = new Set(['if', 'anyOf', 'oneOf'])
  const specific = errors.filter((e) => !structural.has(e.keyword))
  return specific.length > 0 ? specific : errors
}

function keysOf(instancePath: string): YamlPlace {
  const path = instancePath.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  return path.map((part) => (/^\d+$/.test(part) ? Number(part) : part))
}

function problem(file: YamlFile, message: string, offset?: number, line?: number): Problem {
  const place = line === undefined ? file.path : `${file.path}:${line}`
  const base = { kind: 'model', path: file.path, message: `${place}: ${message}` } as const
  return offset === undefined ? base : { ...base, span: { start: offset, end: offset } }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
