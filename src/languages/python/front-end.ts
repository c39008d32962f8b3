import type { Problem } from '../../core/problem.ts'
import type { Span } from '../../core/text.ts'
import { ConcreteFlag, type ConcreteTree } from '../../syntax/concrete.ts'
import { openGrammar, type Grammar } from '../../syntax/grammar.ts'
import type { FrontEnd, ParsedFile, PatternParse } from '../../tree/language.ts'
import { node } from '../../tree/node.ts'
import { DialectReader } from './dialect.ts'
import { statementsOf } from './lower/blocks.ts'
import { Lowering, prepare, type Prepared, type Unit } from './lower/context.ts'
import { LOWER } from './lower/table.ts'
import { readPattern } from './pattern.ts'
import { SAMPLE } from './sample.ts'

/** How often a file's length may be parsed again in all to recover constructs. */
const REPARSE_FACTOR = 4

/** Opens the Python front end. */
export async function openPython(): Promise<FrontEnd> {
  return new PythonFrontEnd(await openGrammar('tree-sitter-python.wasm', SAMPLE))
}

class PythonFrontEnd implements FrontEnd {
  readonly #grammar: Grammar
  readonly #prepared: Prepared
  readonly #dialect: DialectReader
  readonly #comment: number
  readonly #error: number

  constructor(grammar: Grammar) {
    this.#grammar = grammar
    this.#prepared = prepare(grammar, LOWER)
    this.#dialect = new DialectReader(grammar)
    this.#comment = grammar.kinds.indexOf('comment')
    this.#error = grammar.kinds.length - 1
  }

  parse(text: string): ParsedFile {
    const tree = this.#grammar.parse(text)
    const python2 = this.#dialect.isPython2(tree, this.#grammar, text)
    const unit: Unit = {
      ...this.#prepared, text, python2, pattern: false, problems: [], recovered: [], reparse: 1000 + text.length * REPARSE_FACTOR,
    }
    const root = node('module', 'root', 0, text.length, statementsOf(new Lowering(unit, tree), 0))
    const unread = this.#unparsed(tree).filter(({ span }) => !isInside(span, unit.recovered))
    const problems = [...unread, ...unit.problems].sort((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0))
    return { root, comments: this.#comments(tree), problems, dialect: python2 ? 'python2' : '' }
  }

  parseFragment(text: string): ParsedFile {
    return this.parse(text)
  }

  parsePattern(text: string): PatternParse {
    return readPattern(this.#prepared, text)
  }

  #comments(tree: ConcreteTree): Span[] {
    const spans: Span[] = []
    for (let at = 0; at < tree.count; at++) {
      if (tree.kind[at] === this.#comment) spans.push({ start: tree.start[at] ?? 0, end: tree.end[at] ?? 0 })
    }
    return spans
  }

  /** Outermost error regions, and places where something is missing. */
  #unparsed(tree: ConcreteTree): Problem[] {
    const problems: Problem[] = []
    for (let at = 0; at < tree.count; at++) {
      const isError = tree.kind[at] === this.#error
      if (!isError && ((tree.flags[at] ?? 0) & ConcreteFlag.Missing) === 0) continue
      const span = { start: tree.start[at] ?? 0, end: tree.end[at] ?? 0 }
      problems.push({ kind: 'unparsed', path: '', span, message: isError ? NOT_READ : MISSING })
      at = Math.max(at, (tree.next[at] ?? 0) - 1)
    }
    return problems
  }
}

const NOT_READ = 'This region could not be read as Python; only what is understood inside is analysed.'
const MISSING = 'Something is missing here; the code around it is analysed as if it were there.'

function isInside(span: Span | undefined, regions: readonly Span[]): boolean {
  return span !== undefined && regions.some((each) => each.start <= span.start && span.end <= each.end)
}
