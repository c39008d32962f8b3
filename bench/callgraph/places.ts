import { readText } from '../../src/core/files.ts'
import { SourceText } from '../../src/core/text.ts'
import { Op } from '../../src/flow/facts.ts'
import { valueAt } from '../../src/flow/lookup.ts'
import type { FunctionRef, Program, ProgramFile, Ref } from '../../src/program/program.ts'
import type { RecordedFunction, RecordedSite } from './recorded.ts'

/** Finds in a linked program what the recorder names by lines and columns. */
export class Places {
  readonly #program: Program
  readonly #folder: string
  readonly #files: ReadonlyMap<string, ProgramFile>
  readonly #texts = new Map<string, SourceText>()

  constructor(program: Program, folder: string) {
    this.#program = program
    this.#folder = folder
    this.#files = new Map(program.files.map((file) => [file.path, file]))
  }

  file(path: string): ProgramFile | undefined {
    return this.#files.get(path)
  }

  /** The function of the program that a recorded one is. */
  function(of: RecordedFunction): FunctionRef | undefined {
    const file = this.#files.get(of.path)
    if (!file) return undefined
    const text = this.#text(of.path)
    const offset = this.#offset(of.path, of.line, of.column)
    let found: FunctionRef | undefined
    for (const [index, each] of file.facts.functions.entries()) {
      if (each.name !== of.name) continue
      const starts = [each.start, ...each.decorators.map((value) => file.facts.start[value] ?? 0)]
      const first = text.position(Math.min(...starts)).line
      const last = text.position(each.nameSpan.start).line
      const isHere = of.name === '<lambda>' ? each.start <= offset && offset < each.end : first <= of.line && of.line <= last
      if (isHere) found = file.functionBase + index
    }
    return found
  }

  /**
   * The values that an instruction is in the facts. A call may begin before the
   * place recorded for it, where a chain of methods goes over several lines; loops and `with`
   * are recorded at the expression that they take.
   */
  values(site: RecordedSite): readonly Ref[] {
    const file = this.#files.get(site.path)
    if (!file || site.line === null || site.endLine === null) return []
    const start = this.#offset(site.path, site.line, site.column ?? 0)
    const end = this.#offset(site.path, site.endLine, site.endColumn ?? 0)
    const wanted = opsOf(site.instruction)
    const { op, start: starts, end: ends } = file.facts
    const found: Ref[] = []
    for (let at = 0; at < op.length; at++) {
      const isSpan = ends[at] === end && (starts[at] === start || (wanted.has(Op.Call) && (starts[at] ?? 0) <= start))
      if (isSpan && wanted.has(op[at] ?? -1)) found.push(file.valueBase + at)
    }
    if (found.length > 0) return found
    const inHeader = this.#header(site.path, start, end)
    if (inHeader.length > 0) return inHeader
    const taken = valueAt(file.facts, { start, end })
    if (taken === undefined) return []
    const uses = this.#program.uses(file.valueBase + taken)
    const takers = uses.filter((use) => TAKES.has(file.facts.op[use - file.valueBase] ?? -1))
    return takers.length > 0 ? takers : [file.valueBase + taken]
  }

  /** What the header of a loop or `with` takes, where the place is the whole statement. */
  #header(path: string, start: number, end: number): readonly Ref[] {
    const file = this.#files.get(path)
    const text = this.#text(path).text.slice(start, end)
    if (!file || !/^(async\s+)?(for|with)\b/.test(text)) return []
    const until = start + headerLength(text)
    const { op, start: starts } = file.facts
    const found: Ref[] = []
    for (let at = 0; at < op.length; at++) {
      const from = starts[at] ?? 0
      if (from > start && from < until && TAKES.has(op[at] ?? -1)) found.push(file.valueBase + at)
    }
    return found
  }

  /** Text of the line of a place, for the lists of misses. */
  line(site: RecordedSite): string {
    return site.line === null ? '' : this.#text(site.path).line(site.line).trim()
  }

  #text(path: string): SourceText {
    let text = this.#texts.get(path)
    if (!text) {
      text = new SourceText(readText(`${this.#folder}/${path}`))
      this.#texts.set(path, text)
    }
    return text
  }

  #offset(path: string, line: number, column: number): number {
    const text = this.#text(path)
    const before = Buffer.from(text.line(line), 'utf8').subarray(0, column).toString('utf8').length
    return (text.lineStarts[line - 1] ?? 0) + before
  }
}

/** What loops and `with` make of the expression that they take. */
const TAKES: ReadonlySet<number> = new Set([Op.Element, Op.Enter, Op.Unpack])

/** Up to the colon that ends the header; colons in brackets are of slices and dictionaries. */
function headerLength(text: string): number {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? ''
    if ('([{'.includes(character)) depth++
    else if (')]}'.includes(character)) depth--
    else if (character === ':' && depth === 0) return at
  }
  return text.length
}

/** Kinds of instruction of the facts that an instruction of the interpreter can be. */
function opsOf(instruction: string): ReadonlySet<number> {
  const found = INSTRUCTIONS.find(([beginning]) => instruction.startsWith(beginning))
  return new Set(found?.[1] ?? [])
}

const INSTRUCTIONS: readonly (readonly [string, readonly number[]])[] = [
  ['CALL', [Op.Call]],
  ['LOAD_ATTR', [Op.Attr]],
  ['LOAD_SUPER_ATTR', [Op.Attr]],
  ['LOAD_METHOD', [Op.Attr]],
  ['BINARY_SUBSCR', [Op.Index]],
  ['BINARY_SLICE', [Op.Slice]],
  ['BINARY_OP', [Op.Binary]],
  ['COMPARE_OP', [Op.Binary]],
  ['CONTAINS_OP', [Op.Binary]],
  ['UNARY', [Op.Unary]],
  ['STORE_ATTR', [Op.SetAttr]],
  ['STORE_SUBSCR', [Op.SetIndex]],
  ['DELETE', [Op.Delete]],
]
