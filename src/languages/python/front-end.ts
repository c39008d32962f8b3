import type { Problem } from '../../core/problem.ts'
import type { Span } from '../../core/text.ts'
import { ConcreteFlag, type ConcreteTree } from '../../syntax/concrete.ts'
import { openGrammar, type Grammar } from '../../syntax/grammar.ts'
import type { FrontEnd, ParsedFile, PatternParse } from '../../tree/language.ts'
import { node } from '../../tree/node.ts'
import { DialectReader } from './dialect.ts'
import { completeFragment, ownPart } from './fragment.ts'
import { statementsOf } from './lower/blocks.ts'
import { Lowering, prepare, type Prepared, type Unit } from './lower/context.ts'
import { LOWER } from './lower/table.ts'
import { readPattern } from './pattern.ts'
import { parseRepaired } from './repair.ts'
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
    return this.#lower(text, 0, lineFeeds(text))
  }

  parseFragment(text: string): ParsedFile {
    const { before, shown } = completeFragment(lineFeeds(text), (each) => parseRepaired(this.#grammar, each).weight)
    return this.#lower(text, before.length, before + shown)
  }

  /**
   * Lowers `shown`, which is the text after `before` characters that complete it
   * to a program; only the text's own part is in the result.
   */
  #lower(text: string, before: number, shown: string): ParsedFile {
    const { tree, blanked, hasExec } = parseRepaired(this.#grammar, shown)
    const python2 = hasExec || this.#dialect.isPython2(tree, this.#grammar, shown)
    const unit: Unit = {
      ...this.#prepared, text: shown, python2, pattern: false, problems: [], blanked,
      reparse: { left: 1000 + shown.length * REPARSE_FACTOR },
    }
    const statements = statementsOf(new Lowering(unit, tree), 0)
    const lines = [...blanked.values()].map(unread)
    const problems = joined([...this.#unparsed(tree, shown), ...lines, ...unit.problems], shown)
    const file = {
      root: node('module', 'root', 0, shown.length, statements), problems, comments: this.#comments(tree),
      dialect: python2 ? 'python2' : '',
    }
    return before === 0 ? file : ownPart(file, before, text.length)
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
  #unparsed(tree: ConcreteTree, text: string): Problem[] {
    if (!tree.broken) return []
    const problems: Problem[] = []
    for (let at = 0; at < tree.count; at++) {
      const isError = tree.kind[at] === this.#error
      if (!isError && ((tree.flags[at] ?? 0) & ConcreteFlag.Missing) === 0) continue
      const span = { start: tree.start[at] ?? 0, end: tree.end[at] ?? 0 }
      problems.push({ kind: 'unparsed', path: '', span, message: isError ? NOT_READ : MISSING })
      at = Math.max(at, (tree.next[at] ?? 0) - 1)
    }
    return [...problems, ...missingLineEnds(tree, this.#grammar.kinds, text)]
  }
}

/** Places where two statements stand on one line and nothing parts them: no node of the tree shows that. */
function missingLineEnds(tree: ConcreteTree, kinds: readonly string[], text: string): Problem[] {
  const problems: Problem[] = []
  for (let at = 0; at < tree.count; at++) {
    const kind = kinds[tree.kind[at] ?? 0]
    if (kind !== 'module' && kind !== 'block') continue
    let last = -1
    const stop = tree.next[at] ?? 0
    for (let each = at + 1; each < stop; each = tree.next[each] ?? stop) {
      if (((tree.flags[each] ?? 0) & (ConcreteFlag.Named | ConcreteFlag.Extra)) !== ConcreteFlag.Named) continue
      const span = { start: last, end: tree.start[each] ?? 0 }
      if (last >= 0 && !/[\n\r;]/.test(text.slice(span.start, span.end))) {
        problems.push({ kind: 'unparsed', path: '', span, message: MISSING })
      }
      last = tree.end[each] ?? 0
    }
  }
  return problems
}

const NOT_READ = 'This region could not be read as Python; only what is understood inside is analysed.'
const MISSING = 'Something is missing here; the code around it is analysed as if it were there.'

/** A lone carriage return ends a line, which the grammar does not know. */
function lineFeeds(text: string): string {
  return text.includes('\r') ? text.replaceAll(/\r(?!\n)/g, '\n') : text
}

/** Problems in order of place; neighbours of one kind with nothing between them are one region. */
function joined(problems: readonly Problem[], text: string): Problem[] {
  const sorted = problems.toSorted((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0))
  const regions: Problem[] = []
  for (const each of sorted) {
    const last = regions.at(-1)
    const isNeighbour = last?.span !== undefined && each.span !== undefined && last.message === each.message
      && (each.span.start <= last.span.end || /^\s*$/.test(text.slice(last.span.end, each.span.start)))
    if (isNeighbour) {
      const end = Math.max(last.span.end, each.span.end)
      regions[regions.length - 1] = { ...last, span: { start: last.span.start, end } }
    } else regions.push(each)
  }
  return regions
}

function unread({ start, end }: Span): Problem {
  return { kind: 'unparsed', path: '', span: { start, end }, message: NOT_READ }
}
