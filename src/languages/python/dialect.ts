import { ConcreteFlag, type ConcreteTree } from '../../syntax/concrete.ts'
import type { Grammar } from '../../syntax/grammar.ts'

/**
 * Which Python a file is in, by what only one of them allows. What both allow
 * with different meaning (`except A, b:`) is then read by the answer.
 */
export class DialectReader {
  readonly #signs: readonly (Sign | undefined)[]

  constructor(grammar: Grammar) {
    this.#signs = grammar.kinds.map((name) => SIGNS.get(name))
  }

  /** Whether the file is Python 2. */
  isPython2(tree: ConcreteTree, grammar: Grammar, text: string): boolean {
    let two = 0
    let three = 0
    let undecided = false
    const place = { tree, grammar, text, at: 0 }
    for (let at = 0; at < tree.count; at++) {
      const sign = this.#signs[tree.kind[at] ?? 0]
      if (sign === undefined) continue
      place.at = at
      const answer = sign(place)
      if (answer === 2) two++
      else if (answer === 3) three++
      else if (answer === 'likely 2') undecided = true
    }
    if (two === 0 && three === 0) return undecided
    return two > three
  }
}

interface Place {
  readonly tree: ConcreteTree
  readonly grammar: Grammar
  readonly text: string
  readonly at: number
}

type Sign = (place: Place) => 2 | 3 | 'likely 2' | undefined

const two: Sign = () => 2
const three: Sign = () => 3

const SIGNS = new Map<string, Sign>([
  ['print_statement', two],
  ['exec_statement', two],
  ['<>', two],
  ['integer', ({ tree, text, at }) => {
    const first = tree.start[at] ?? 0
    const last = text.charCodeAt((tree.end[at] ?? 0) - 1) | 0x20
    if (last === 0x6c) return 2
    // A leading zero, as in `0777`: tested on the characters because numbers are many.
    if (text.charCodeAt(first) !== 0x30 || (tree.end[at] ?? 0) - first < 2) return undefined
    return /^0[0-7]*[1-7]/.test(text.slice(first, tree.end[at])) ? 2 : undefined
  }],
  ['string_start', ({ tree, text, at }) => {
    const length = (tree.end[at] ?? 0) - (tree.start[at] ?? 0)
    const first = text.charCodeAt(tree.start[at] ?? 0)
    if (first === BACKTICK) return 2
    if (length < 2 || first === QUOTE || first === DOUBLE_QUOTE) return undefined
    return /^ur/i.test(text.slice(tree.start[at], tree.end[at])) ? 2 : undefined
  }],
  ['parameters', tupleParameter],
  ['lambda_parameters', tupleParameter],
  // `for x in a, b` in a comprehension.
  ['for_in_clause', ({ tree, grammar, at }) => {
    const right = grammar.field('right')
    return children(tree, at).filter((each) => tree.field[each] === right).length > 1 ? 2 : undefined
  }],
  ['except_clause', exceptClause],
  ['raise_statement', ({ tree, grammar, at }) => {
    for (const each of children(tree, at)) if (grammar.kinds[tree.kind[each] ?? 0] === 'expression_list') return 2
    return undefined
  }],
  ['interpolation', three], ['type', three], ['nonlocal_statement', three], ['named_expression', three],
  ['match_statement', three], ['await', three], ['keyword_separator', three], ['positional_separator', three],
  ['type_alias_statement', three],
])

const BACKTICK = 0x60
const QUOTE = 0x27
const DOUBLE_QUOTE = 0x22

/** `def f(a, (b, c)):` */
function tupleParameter({ tree, grammar, at }: Place): 2 | undefined {
  for (const each of children(tree, at)) if (grammar.kinds[tree.kind[each] ?? 0] === 'tuple_pattern') return 2
  return undefined
}

/** `except (A, B), e:` is Python 2; `except A, e:` likely, when the second is no class by its name. */
function exceptClause({ tree, grammar, text, at }: Place): 2 | 3 | 'likely 2' | undefined {
  const value = grammar.field('value')
  const values = children(tree, at).filter((each) => tree.field[each] === value)
  const [first, second] = values
  if (values.length !== 2 || first === undefined || second === undefined) return values.length > 2 ? 3 : undefined
  if (grammar.kinds[tree.kind[second] ?? 0] !== 'identifier') return undefined
  if (grammar.kinds[tree.kind[first] ?? 0] === 'tuple') return 2
  return /^[a-z_]/.test(text.slice(tree.start[second], tree.end[second])) ? 'likely 2' : undefined
}

function children(tree: ConcreteTree, at: number): number[] {
  const found: number[] = []
  const stop = tree.next[at] ?? 0
  for (let each = at + 1; each < stop; each = tree.next[each] ?? stop) {
    if (((tree.flags[each] ?? 0) & ConcreteFlag.Named) !== 0) found.push(each)
  }
  return found
}
