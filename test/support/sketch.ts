import type { Outcome, Place } from '../../src/analysis/place.ts'
import { SourceText } from '../../src/core/text.ts'
import type { Span } from '../../src/core/text.ts'
import type { Origin, OriginType } from '../../src/dataflow/search.ts'
import type { FileFacts, FunctionFacts } from '../../src/flow/facts.ts'
import { Op } from '../../src/flow/facts.ts'
import type { ProgramFile, Ref } from '../../src/program/program.ts'
import type { ReviewInput } from '../../src/review/input.ts'
import type { Review } from '../../src/review/review.ts'
import type { Weaknesses } from '../../src/review/weaknesses.ts'
import { writeReview } from '../../src/review/write.ts'
import type { Rule } from '../../src/rules/rule.ts'

/**
 * A program sketched for tests of the review: real text, and values named by the
 * code they stand for. It knows functions by their indentation, and no flow.
 */
export class Sketch {
  readonly texts: Map<string, SourceText> = new Map()
  readonly files: Map<string, ProgramFile> = new Map()
  readonly #values: { readonly file: ProgramFile; readonly span: Span }[] = []
  readonly #functions: { readonly file: ProgramFile; readonly facts: FunctionFacts }[] = []

  constructor(files: Readonly<Record<string, string>>) {
    for (const [path, content] of Object.entries(files)) {
      const text = new SourceText(content)
      this.texts.set(path, text)
      this.files.set(path, this.#file(path, text))
    }
  }

  /** The value written as `code`, in its `nth` occurrence (from 0). */
  value(path: string, code: string, nth: number = 0): Ref {
    const file = this.file(path)
    this.#values.push({ file, span: this.spanOf(path, code, nth) })
    return this.#values.length - 1
  }

  file(path: string): ProgramFile {
    const file = this.files.get(path)
    if (file === undefined) throw new Error(`the sketch has no ${path}`)
    return file
  }

  spanOf(path: string, code: string, nth: number = 0): Span {
    const text = this.texts.get(path)?.text ?? ''
    let start = -1
    for (let count = 0; count <= nth; count++) start = text.indexOf(code, start + 1)
    if (start < 0) throw new Error(`${path} does not hold ${code}`)
    return { start, end: start + code.length }
  }

  /** A route from the first to the last step; each step is path, code, and what happens. */
  route(
    type: OriginType,
    kind: string,
    what: string,
    steps: readonly (readonly [string, string, string])[],
    more: Partial<Origin> = {},
  ): Origin {
    const path = steps.map(([file, code, happens]) => ({ at: this.value(file, code), what: happens }))
    return { type, kind, what, at: path[0]?.at ?? 0, path, obscure: [], guessed: false, ...more }
  }

  /** A considered place: the call written as `code`. */
  place(rule: Rule, path: string, code: string, outcome: Outcome, more: Partial<Place> = {}): Place {
    const file = this.file(path)
    const sink = this.value(path, code)
    return {
      rule,
      file,
      span: this.spanOf(path, code),
      sink,
      callee: 'sqlite3.Cursor.execute',
      argument: 'argument 1',
      what: 'runs the text as SQL',
      advice: 'Pass the values as parameters: `execute(sql, (value,))`.',
      outcome,
      bindings: new Map(),
      ...more,
    }
  }

  review(places: readonly Place[], more: Partial<ReviewInput> = {}): Review {
    return writeReview(this.input(places, more))
  }

  input(places: readonly Place[], more: Partial<ReviewInput> = {}): ReviewInput {
    const files = [...this.files.values()]
    return {
      version: '0.1.0',
      subject: {
        paths: ['shop'],
        revision: '00a030403f',
        files: files.length,
        programFiles: files.length + 2,
        lines: [...this.texts.values()].reduce((sum, text) => sum + text.lineCount, 0),
        testFiles: files.filter((file) => file.isTest).length,
        missingContext: '',
      },
      catalogue: CATALOGUE,
      rules: [...new Set(places.map((place) => place.rule))],
      places,
      calls: undefined,
      program: {
        fileOf: (value) => this.#valueAt(value).file,
        span: (value) => this.#valueAt(value).span,
        function: (of) => this.#functionAt(of),
        enclosing: (file, offset) => this.#enclosing(file, offset),
      },
      texts: this.texts,
      comments: (path) => commentsIn(this.texts.get(path)?.text ?? ''),
      problems: [],
      switchedOff: [],
      suppressions: true,
      baseline: undefined,
      minimumSeverity: 'low',
      minimumConfidence: 'low',
      ...more,
    }
  }

  #valueAt(value: Ref): { readonly file: ProgramFile; readonly span: Span } {
    const found = this.#values[value]
    if (found === undefined) throw new Error(`no value ${value}`)
    return found
  }

  #functionAt(of: number): FunctionFacts {
    const found = this.#functions[of]
    if (found === undefined) throw new Error(`no function ${of}`)
    return found.facts
  }

  #enclosing(file: ProgramFile, offset: number): number {
    let best = file.functionBase
    for (const [at, each] of this.#functions.entries()) {
      if (each.file !== file || each.facts.start > offset || offset >= each.facts.end) continue
      if (each.facts.start >= this.#functionAt(best).start) best = at
    }
    return best
  }

  #file(path: string, text: SourceText): ProgramFile {
    const functions = functionsIn(text)
    const calls = callsIn(text)
    const facts = {
      functions: functions.map((each) => ({ ...each, firstValue: 0, valueCount: calls.length })),
      op: Uint8Array.from(calls, () => Op.Call),
      start: Int32Array.from(calls, (call) => call.start),
      end: Int32Array.from(calls, (call) => call.end),
      b: new Int32Array(calls.length),
    } as unknown as FileFacts
    const functionBase = this.#functions.length
    const file: ProgramFile = {
      path,
      facts,
      module: '',
      isTest: path.includes('test'),
      assumed: new Map(),
      valueBase: 0,
      functionBase,
      classBase: 0,
    }
    for (const each of facts.functions) this.#functions.push({ file, facts: each })
    return file
  }
}

/** Functions and classes by indentation, the module first. */
function functionsIn(text: SourceText): FunctionFacts[] {
  const found: FunctionFacts[] = [functionFacts('', 'module', 0, text.text.length, -1)]
  const open: { indent: number; index: number }[] = [{ indent: -1, index: 0 }]
  for (let line = 1; line <= text.lineCount; line++) {
    const head = /^( *)(def|class) (\w+)/.exec(text.line(line))
    if (head === null) continue
    const indent = (head[1] ?? '').length
    while ((open.at(-1)?.indent ?? -1) >= indent) open.pop()
    const parent = open.at(-1)?.index ?? 0
    const outer = found[parent]?.qualifiedName ?? ''
    const name = outer === '' ? (head[3] ?? '') : `${outer}.${head[3] ?? ''}`
    const start = text.lineStarts[line - 1] ?? 0
    open.push({ indent, index: found.length })
    found.push(
      functionFacts(
        name,
        head[2] === 'class' ? 'class-body' : 'function',
        start,
        endOfBlock(text, line, indent),
        parent,
      ),
    )
  }
  return found
}

function endOfBlock(text: SourceText, line: number, indent: number): number {
  for (let next = line + 1; next <= text.lineCount; next++) {
    const content = text.line(next)
    if (content.trim() !== '' && content.search(/\S/) <= indent) return text.lineStarts[next - 1] ?? 0
  }
  return text.text.length
}

function functionFacts(
  qualifiedName: string,
  kind: FunctionFacts['kind'],
  start: number,
  end: number,
  parent: number,
): FunctionFacts {
  return { qualifiedName, kind, start, end, parent } as unknown as FunctionFacts
}

/** Calls from their name to the bracket that closes them. */
function callsIn(text: SourceText): Span[] {
  const calls: Span[] = []
  for (const found of text.text.matchAll(/[\w.]+\(/g)) {
    let depth = 0
    let at = found.index + found[0].length - 1
    do {
      if (text.text[at] === '(') depth++
      if (text.text[at] === ')') depth--
      at++
    } while (depth > 0 && at < text.text.length)
    calls.push({ start: found.index, end: at })
  }
  return calls
}

/** Comments of sketched code: from `#` to the end of the line. Sketches hold no `#` in strings. */
export function commentsIn(text: string): readonly Span[] {
  return [...text.matchAll(/#[^\n]*/g)].map((found) => ({ start: found.index, end: found.index + found[0].length }))
}

const NAMES: Readonly<Record<number, string>> = {
  22: "Improper Limitation of a Pathname to a Restricted Directory ('Path Traversal')",
  74: "Improper Neutralization of Special Elements in Output Used by a Downstream Component ('Injection')",
  78: "Improper Neutralization of Special Elements used in an OS Command ('OS Command Injection')",
  89: "Improper Neutralization of Special Elements used in an SQL Command ('SQL Injection')",
  798: 'Use of Hard-coded Credentials',
}

const PARENTS: Readonly<Record<number, number>> = { 89: 74, 78: 74 }

/** A few weaknesses of the catalogue, with one level of parents. */
export const CATALOGUE: Weaknesses = {
  name: 'CWE',
  version: '4.20',
  date: '2026-04-30',
  title: (id) => `CWE-${id}: ${NAMES[id] ?? 'unknown'}`,
  isAncestor: (ancestor, id) => PARENTS[id] === ancestor,
}

/** A rule for SQL injection, changed as a test needs. */
export function rule(more: Partial<Rule> = {}): Rule {
  return {
    id: 'sql-injection',
    file: 'rules/sql-injection.yaml',
    languages: ['python'],
    message: 'SQL from untrusted data',
    severity: 'high',
    confidence: 'high',
    cwe: 89,
    otherCwes: [],
    mappingReason: '',
    title: 'SQL injection',
    what: 'SQL is built from untrusted data.',
    why: 'Whoever sends the data can read and change the database.',
    fix: 'Use parameters.',
    references: ['https://cwe.mitre.org/data/definitions/89.html'],
    formula: { mode: 'taint', sources: [], sinks: [], sanitizers: [], propagators: [] },
    kinds: undefined,
    missing: undefined,
    examples: [],
    paths: { include: [], exclude: [] },
    options: new Map(),
    metadata: {},
    origin: 'assay',
    ...more,
  }
}
