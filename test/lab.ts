import { judge } from '../src/analysis/judge.ts'
import type { Place } from '../src/analysis/place.ts'
import { SourceText } from '../src/core/text.ts'
import { factsOf } from '../src/flow/lower.ts'
import { language } from '../src/languages/python/language.ts'
import { Knowledge } from '../src/models/knowledge.ts'
import { loadModels } from '../src/models/load.ts'
import { linkProgram } from '../src/program/link.ts'
import type { Program } from '../src/program/program.ts'
import type { Rule } from '../src/rules/rule.ts'
import type { FrontEnd } from '../src/tree/language.ts'

/** A library made up for flow tests: one source, one sink, one of each kind of help. */
export const LAB_MODEL = `
model: lab
version: 1
language: python
library: lab
documentation: https://example.org/lab
types:
  - type: lab.Store
    bases: []
    doc: https://example.org/lab#store
sources:
  - call: lab.source
    kind: remote
    what: the laboratory
    doc: https://example.org/lab#source
  - read: lab.incoming
    kind: remote
    what: the laboratory's inbox
    doc: https://example.org/lab#incoming
  - call: lab.setting
    kind: local
    what: the laboratory's settings
    doc: https://example.org/lab#setting
sinks:
  - call: lab.sink
    argument: 0
    kind: danger
    what: does something dangerous
    advice: Do not.
    doc: https://example.org/lab#sink
sanitizers:
  - call: lab.clean
    kinds: [danger]
    what: lab.clean()
    doc: https://example.org/lab#clean
  - call: lab.clean_other
    kinds: [other]
    what: lab.clean_other()
    doc: https://example.org/lab#clean
propagators:
  - call: lab.same
    from: [0]
    to: result
    doc: https://example.org/lab#same
  - call: builtins.list.append
    any-receiver: true
    from: [0]
    to: receiver
    to-part: '[*]'
    doc: https://example.org/lab#append
guards:
  - call: lab.is_fine
    checks: 0
    when: 'true'
    kinds: [danger]
    doc: https://example.org/lab#fine
  - call: lab.require
    checks: 0
    when: returns
    kinds: [danger]
    doc: https://example.org/lab#require
entry-points:
  - decorator: lab.entry
    kind: remote
    what: a request
    doc: https://example.org/lab#entry
`

/** A rule that joins the laboratory's kinds. */
export const LAB_RULE: Rule = {
  id: 'lab', file: 'lab.yaml', languages: ['python'], message: '', severity: 'high', confidence: 'high', cwe: 74,
  otherCwes: [], mappingReason: '', title: 'danger', what: '', why: '', fix: '', references: [],
  formula: { mode: 'taint', sources: [], sinks: [], sanitizers: [], propagators: [] },
  missing: undefined,
  kinds: { sources: ['remote'], sinks: ['danger'], sanitizers: [], constants: undefined, callAlone: false },
  examples: [], paths: { include: [], exclude: [] }, options: new Map(), metadata: {}, origin: 'assay',
}

/** A model file as text. */
interface ModelFile {
  readonly path: string
  readonly text: string
}

let frontEnd: Promise<FrontEnd> | undefined

/** Links a program given as files, path to text. */
export async function programOf(files: Readonly<Record<string, string>>, knowledge: Knowledge = labKnowledge()): Promise<Program> {
  frontEnd ??= language.open()
  const parser = await frontEnd
  const inputs = Object.keys(files).sort().map((path) => ({
    path, facts: factsOf(parser.parse(files[path] ?? ''), language), language, isTest: language.isTest(path),
  }))
  return linkProgram(inputs, knowledge)
}

/** The laboratory's model, or another given as text, and more model files. */
export function labKnowledge(model: string = LAB_MODEL, more: readonly ModelFile[] = []): Knowledge {
  const { models, problems } = loadModels([{ path: 'models/python/lab.yaml', text: model }, ...more])
  if (problems.length > 0) throw new Error(problems.map((each) => each.message).join('\n'))
  return new Knowledge(models)
}

/** Judges the laboratory's rule over a program and says each outcome as `path:line outcome`. */
export async function outcomes(
  files: Readonly<Record<string, string>>, model: string = LAB_MODEL, more: readonly ModelFile[] = [],
): Promise<string[]> {
  const places = await placesOf(files, model, more)
  return places.map((place) => `${place.file.path}:${lineOf(files, place)} ${outcomeName(place)}`)
}

export async function placesOf(
  files: Readonly<Record<string, string>>, model: string = LAB_MODEL, more: readonly ModelFile[] = [],
): Promise<Place[]> {
  const knowledge = labKnowledge(model, more)
  const program = await programOf(files, knowledge)
  return judge({ program, knowledge, rules: [LAB_RULE], matches: new Map(), isReviewed: () => true })
}

/** `found`, `safe:guard`, `no-source`, `undecided:limit`. */
export function outcomeName(place: Place): string {
  switch (place.outcome.type) {
    case 'safe':
      return `safe:${place.outcome.by}`
    case 'undecided':
      return `undecided:${place.outcome.reason}`
    default:
      return place.outcome.type
  }
}

/**
 * What a source expects of itself: a line that ends in `#! outcome` holds a
 * considered place with that outcome.
 */
export function expectations(files: Readonly<Record<string, string>>): string[] {
  return Object.keys(files).sort().flatMap((path) => (files[path] ?? '').split('\n').flatMap((line, index) => {
    const expected = /#! (\S+)/.exec(line)?.[1]
    return expected === undefined ? [] : [`${path}:${index + 1} ${expected}`]
  }))
}

function lineOf(files: Readonly<Record<string, string>>, place: Place): number {
  return new SourceText(files[place.file.path] ?? '').position(place.span.start).line
}
