import type { PatternParse, PatternReading } from '../../tree/language.ts'
import { child, childrenIn, node, type Node } from '../../tree/node.ts'
import { statementsOf } from './lower/blocks.ts'
import { Lowering, type Prepared, type Unit } from './lower/context.ts'
import { spellPattern } from './spell-pattern.ts'

/**
 * Reads one rule pattern. A statement `...` and `$...X` is an `ellipsis` or
 * `metavariable` directly in the block; so are they in arguments, parameters,
 * elements and items. `$S` as a statement stays an `expression-statement`. A body
 * that the pattern leaves out is a block of one synthetic `ellipsis`.
 */
export function readPattern(prepared: Prepared, text: string): PatternParse {
  if (text.trim() === '') return { readings: [], reason: 'the pattern is empty' }
  if (/[ǀǁǂǃ]/.test(text)) return { readings: [], reason: 'the pattern holds a letter that Assay keeps for itself' }
  const readings: PatternReading[] = []
  for (const spelled of spellPattern(text)) {
    const found = firstReading(prepared, spelled)
    if (found !== undefined) readings.push(found)
  }
  if (readings.length > 0) return { readings, reason: '' }
  const sign = /\$(?!\.\.\.)(?![A-Z_])\S*/.exec(text)?.[0]
  const hint = sign === undefined ? '' : ` (\`${sign}\` is no metavariable: those are written in capital letters)`
  const reason = 'the pattern is not Python, neither as expression nor as statements nor as part of a construct'
  return { readings: [], reason: reason + hint }
}

/** One way of completing a pattern to code, and of finding its node again. */
interface Context {
  readonly before: string
  readonly after: string
  /** Lines of a pattern that must begin like this for the context to be tried. */
  readonly when: RegExp
  readonly find: (module: Node) => PatternReading | undefined
}

const CONTEXTS: readonly Context[] = [
  { before: '', after: '', when: /^/, find: wholeCode },
  // Headers without their colon.
  { before: '', after: ':', when: /^\s*(@|class|def|async|if|for|while|with|try|match)/, find: wholeCode },
  { before: '', after: '\ndef ǃ(): pass', when: /^\s*@/, find: decoratorOnly },
  { before: 'try:\n ǃǃǃ\n', after: '', when: /^(except|finally)/, find: partOfTry },
  { before: 'try:\n ǃǃǃ\n', after: ':', when: /^(except|finally)/, find: partOfTry },
  { before: 'if ǃǃǃ:\n ǃǃǃ\n', after: '', when: /^(elif|else)/, find: elseOnly },
  { before: 'if ǃǃǃ:\n ǃǃǃ\n', after: ':', when: /^(elif|else)/, find: elseOnly },
  { before: 'match ǃǃǃ:\n ', after: '', when: /^case/, find: (module) => partial(child(only(module), 'case')) },
  { before: 'match ǃǃǃ:\n ', after: ':', when: /^case/, find: (module) => partial(child(only(module), 'case')) },
  { before: 'ǃ(', after: ')', when: /^/, find: (module) => single(value(module), 'argument') },
  { before: '{', after: '}', when: /^/, find: (module) => single(value(module), 'element') },
]

function firstReading(prepared: Prepared, spelled: string): PatternReading | undefined {
  for (const context of CONTEXTS) {
    if (!context.when.test(spelled)) continue
    const module = parsed(prepared, spelled, context)
    const found = module === undefined ? undefined : context.find(module)
    if (found === undefined) continue
    return { form: found.form, root: within(found.root, context.before.length, spelled.length) }
  }
  return undefined
}

function parsed(prepared: Prepared, spelled: string, context: Context): Node | undefined {
  const text = context.before + spelled.replace(/\s+$/, '') + context.after
  const tree = prepared.grammar.parse(text)
  if (tree.broken) return undefined
  const unit: Unit = {
    ...prepared, text, python2: /except\s[^\n]*,\s*\S+\s*:/.test(spelled), pattern: true, problems: [],
    blanked: new Map(), reparse: { left: text.length * 4 },
  }
  return node('module', 'root', 0, text.length, statementsOf(new Lowering(unit, tree), 0))
}

/** One expression, one construct with its body left out, or statements. */
function wholeCode(module: Node): PatternReading | undefined {
  const [first, ...more] = module.children
  if (first === undefined) return undefined
  if (more.length > 0) return { form: 'statements', root: module }
  if (first.kind === 'expression-statement') return expression(child(first, 'value'))
  if (first.kind === 'ellipsis' || first.kind === 'metavariable') return expression(first)
  return first.children.some(isLeftOut) ? partial(first) : { form: 'statements', root: module }
}

function isLeftOut(body: Node): boolean {
  const [first] = body.children
  return body.kind === 'block' && body.children.length === 1 && first?.kind === 'ellipsis' && first.start === first.end
}

function expression(root: Node | undefined): PatternReading | undefined {
  return root === undefined ? undefined : { form: 'expression', root: { ...root, role: 'root' } }
}

function partial(root: Node | undefined): PatternReading | undefined {
  return root === undefined ? undefined : { form: 'partial', root }
}

function only(module: Node): Node {
  return module.children[0] ?? module
}

function value(module: Node): Node {
  return child(only(module), 'value') ?? module
}

/** A keyword argument, `*x` or `**x`, a pair: the only one in its wrapping. */
function single(wrapping: Node, role: 'argument' | 'element'): PatternReading | undefined {
  const [first, ...more] = childrenIn(wrapping, role)
  return first === undefined || more.length > 0 ? undefined : partial(first)
}

function decoratorOnly(module: Node): PatternReading | undefined {
  const decorators = childrenIn(only(module), 'decorator')
  return decorators.length === 1 ? partial(decorators[0]) : undefined
}

function elseOnly(module: Node): PatternReading | undefined {
  return partial(child(only(module), 'else'))
}

function partOfTry(module: Node): PatternReading | undefined {
  const whole = only(module)
  const catches = childrenIn(whole, 'catch')
  return catches.length === 1 && child(whole, 'finally') === undefined ? partial(catches[0]) : partial(whole)
}

/** The same tree with offsets in the pattern: what was put before and after it is cut off. */
function within(root: Node, before: number, length: number): Node {
  const place = (offset: number): number => Math.max(0, Math.min(offset - before, length))
  const children = root.children.map((each) => within(each, before, length))
  return { ...root, start: place(root.start), end: place(root.end), children }
}
