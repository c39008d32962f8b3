import { errorCode } from '../core/files.ts'
import { UsageError } from '../core/problem.ts'
import { YamlDocument, type YamlPlace } from '../core/yaml.ts'
import type { Confidence, Severity } from '../rules/rule.ts'
import type { FileTree } from './tree.ts'

/** The project's own configuration, at its root. */
export const CONFIGURATION_FILE = 'assay.yaml'

/**
 * What the project's own `assay.yaml` asks for. The file comes with the code
 * under review: it can only say what to leave out and which further rules of the
 * project to run, and all of that is in the report.
 */
export interface ProjectConfiguration {
  /** Rule files or folders inside the root, relative to it. */
  readonly rules: readonly string[]
  /** Rules that are not run, with the lines that say so. */
  readonly disabled: readonly { readonly id: string, readonly line: number }[]
  readonly exclude: readonly string[]
  readonly severity: Severity | undefined
  readonly confidence: Confidence | undefined
  readonly failOn: Severity | undefined
}

/** A project without `assay.yaml`. */
export const NO_CONFIGURATION: ProjectConfiguration = {
  rules: [], disabled: [], exclude: [], severity: undefined, confidence: undefined, failOn: undefined,
}

/** Largest configuration, in bytes, and aliases that it may expand. */
const MAX_BYTES = 200_000
const MAX_ALIASES = 20

const SEVERITIES: readonly Severity[] = ['low', 'medium', 'high', 'critical']
const CONFIDENCES: readonly Confidence[] = ['low', 'medium', 'high']

const REMEDY = 'Correct the file, or add --no-project-config.'

/** Reads `assay.yaml` at the root of a tree. Throws a `UsageError` with the line of what is not understood. */
export function readConfiguration(tree: FileTree): ProjectConfiguration {
  let bytes: ReturnType<FileTree['read']>
  try {
    const kind = tree.status(CONFIGURATION_FILE)?.kind
    if (kind === undefined) return NO_CONFIGURATION
    if (kind !== 'file') throw refusal('it is not a regular file', 1)
    bytes = tree.read(CONFIGURATION_FILE, MAX_BYTES)
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw refusal(`it cannot be read (${errorCode(error)})`, 1)
  }
  if (typeof bytes === 'string') throw refusal(`it is ${bytes}`, 1)
  return parseConfiguration(new TextDecoder().decode(bytes))
}

/** The configuration that a text says. Throws a `UsageError` with the line of what is not understood. */
export function parseConfiguration(text: string): ProjectConfiguration {
  const reader = new ConfigurationReader(text)
  const top = reader.mapping([], ['rules', 'exclude', 'thresholds'])
  const rules = reader.mapping(['rules'], ['config', 'disable'], top['rules'])
  const thresholds = reader.mapping(['thresholds'], ['severity', 'confidence', 'fail-on'], top['thresholds'])
  return {
    rules: reader.texts(['rules', 'config'], rules['config']).map((path, at) => {
      return reader.insidePath(path, ['rules', 'config', at])
    }),
    disabled: reader.texts(['rules', 'disable'], rules['disable']).map((id, at) => {
      return { id, line: reader.line(['rules', 'disable', at]) }
    }),
    exclude: reader.texts(['exclude'], top['exclude']),
    severity: reader.oneOf(SEVERITIES, ['thresholds', 'severity'], thresholds['severity']),
    confidence: reader.oneOf(CONFIDENCES, ['thresholds', 'confidence'], thresholds['confidence']),
    failOn: reader.oneOf(SEVERITIES, ['thresholds', 'fail-on'], thresholds['fail-on']),
  }
}

class ConfigurationReader {
  readonly #document: YamlDocument
  readonly #whole: unknown

  constructor(text: string) {
    this.#document = new YamlDocument({ path: CONFIGURATION_FILE, text }, { merge: false, maxAliases: MAX_ALIASES })
    const broken = this.#document.errors[0]
    if (broken !== undefined) throw refusal(`not valid YAML: ${broken.message}`, this.#document.lineAt(broken.offset))
    try {
      this.#whole = this.#document.value()
    } catch {
      throw refusal(`more than ${MAX_ALIASES} aliases are expanded`, 1)
    }
  }

  /** A mapping with no keys but these; an absent one is empty. */
  mapping(at: YamlPlace, keys: readonly string[], value: unknown = at.length === 0 ? this.#whole : undefined): Readonly<Record<string, unknown>> {
    if (value === undefined || value === null) return {}
    if (typeof value !== 'object' || Array.isArray(value)) throw this.#refuse(at, `${nameOf(at)} is a mapping of ${keys.join(', ')}`)
    const unknown = Object.keys(value).find((key) => !keys.includes(key))
    if (unknown === undefined) return value as Readonly<Record<string, unknown>>
    throw this.#refuse([...at, unknown], `${JSON.stringify(unknown.slice(0, 40))} is no setting; known here: ${keys.join(', ')}`)
  }

  texts(at: YamlPlace, value: unknown): readonly string[] {
    if (value === undefined || value === null) return []
    const list: readonly unknown[] = Array.isArray(value) ? value : [value]
    return list.map((each, index) => {
      if (typeof each === 'string' && each !== '') return each
      throw this.#refuse([...at, index], `${nameOf(at)} is a list of texts`)
    })
  }

  oneOf<Value extends string>(values: readonly Value[], at: YamlPlace, given: unknown): Value | undefined {
    if (given === undefined || given === null) return undefined
    const found = values.find((value) => value === given)
    if (found !== undefined) return found
    throw this.#refuse(at, `${nameOf(at)} is one of ${values.join(', ')}`)
  }

  /** A relative path that does not lead out of the root by its own words. */
  insidePath(path: string, at: YamlPlace): string {
    const clean = path.replaceAll('\\', '/')
    if (!/^([a-z]:|\/|~)/i.test(clean) && !clean.split('/').includes('..')) return clean
    throw this.#refuse(at, `${JSON.stringify(path.slice(0, 60))} leads out of the root`)
  }

  /** The line of the value at these keys, or of its nearest parent. */
  line(at: YamlPlace): number {
    return this.#document.lineAt(this.#document.offsetOf(at))
  }

  #refuse(at: YamlPlace, message: string): UsageError {
    return refusal(message, this.line(at))
  }
}

function nameOf(at: YamlPlace): string {
  return at.length === 0 ? CONFIGURATION_FILE : at.join('.')
}

function refusal(message: string, line: number): UsageError {
  return new UsageError(message, `${CONFIGURATION_FILE}:${line}`, REMEDY)
}
