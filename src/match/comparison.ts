import { compileRegex, type SafeRegex } from './regex.ts'
import { durationIn } from './duration.ts'

/*
 * The expressions of `metavariable-comparison`: literals, metavariables, Boolean,
 * arithmetic and bit operators, comparisons, membership and a few functions, as
 * Python writes them. They are parsed when the rule is loaded; where one cannot
 * be evaluated for a match (a text minus a number), it does not hold.
 */

/** A parsed expression. */
export type Comparison =
  | { readonly type: 'value'; readonly value: Value }
  | { readonly type: 'metavariable'; readonly name: string }
  | { readonly type: 'list'; readonly of: readonly Comparison[] }
  | { readonly type: 'unary'; readonly operator: string; readonly of: Comparison }
  | { readonly type: 'binary'; readonly operator: string; readonly left: Comparison; readonly right: Comparison }
  /** `a < b <= c`: every neighbouring pair must hold. */
  | { readonly type: 'chain'; readonly first: Comparison; readonly more: readonly ChainLink[] }
  | { readonly type: 'call'; readonly function: FunctionName; readonly given: readonly Comparison[] }
  | { readonly type: 'regex'; readonly regex: SafeRegex; readonly of: Comparison }

interface ChainLink {
  readonly operator: string
  readonly of: Comparison
}

/** A value. `code` is the text of an expression that is no known constant. */
export type Value =
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'int'; readonly value: bigint }
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'code'; readonly value: string }
  | { readonly type: 'list'; readonly value: readonly Value[] }

const FUNCTIONS = ['int', 'float', 'str', 'bool', 'lower', 'upper', 'len', 'parse_promql_duration'] as const
type FunctionName = (typeof FUNCTIONS)[number]

/** Binary operators from the loosest; comparisons are between `|` and `not`. */
const LEVELS: readonly (readonly string[])[] = [['|'], ['^'], ['&'], ['<<', '>>'], ['+', '-'], ['*', '/', '//', '%']]
const COMPARISONS: readonly string[] = ['==', '!=', '<', '>', '<=', '>=', 'in', 'not in']

/** Deepest nesting of an expression. */
const MAX_DEPTH = 50

/** Longest number that arithmetic may make, in bits. */
const MAX_BITS = 4096

class ComparisonError extends Error {}

/** The expression, or why it cannot be used. */
export function parseComparison(source: string): { readonly comparison: Comparison | undefined, readonly problem: string } {
  try {
    return { comparison: new Parser(source).whole(), problem: '' }
  } catch (error) {
    if (error instanceof ComparisonError) return { comparison: undefined, problem: error.message }
    throw error
  }
}

/** Names of the metavariables that an expression asks for. */
export function metavariablesIn(of: Comparison): readonly string[] {
  switch (of.type) {
    case 'value':
      return []
    case 'metavariable':
      return [of.name]
    case 'list':
      return of.of.flatMap(metavariablesIn)
    case 'unary':
    case 'regex':
      return metavariablesIn(of.of)
    case 'binary':
      return [...metavariablesIn(of.left), ...metavariablesIn(of.right)]
    case 'chain':
      return [...metavariablesIn(of.first), ...of.more.flatMap((each) => metavariablesIn(each.of))]
    case 'call':
      return of.given.flatMap(metavariablesIn)
  }
}

const TOKEN = /\s+|#.*|(\$[A-Z_][A-Z0-9_]*)|(0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+)|(\d[\d_]*\.?\d*(?:[eE][+-]?\d+)?)|([rb]?"(?:[^"\\]|\\.)*"|[rb]?'(?:[^'\\]|\\.)*')|([A-Za-z_][\w.]*)|(\*\*|\/\/|<<|>>|[<>=!]=|[-+*/%<>&|^~(),[\]])/y

interface Token {
  readonly kind: 'metavariable' | 'integer' | 'number' | 'string' | 'word' | 'sign' | 'end'
  readonly text: string
}

class Parser {
  readonly #tokens: readonly Token[]
  #at = 0

  constructor(source: string) {
    this.#tokens = tokensOf(source)
  }

  whole(): Comparison {
    const found = this.#either(0)
    if (this.#next().kind !== 'end') throw new ComparisonError(`${JSON.stringify(this.#next().text)} is not understood there`)
    return found
  }

  #next(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '' }
  }

  /** Takes one of these signs or words, if it comes next. */
  #take(...texts: readonly string[]): string | undefined {
    const { kind, text } = this.#next()
    if ((kind !== 'sign' && kind !== 'word') || !texts.includes(text)) return undefined
    this.#at++
    return text
  }

  #expect(text: string): void {
    if (this.#take(text) === undefined) throw new ComparisonError(`${JSON.stringify(text)} is missing`)
  }

  #either(depth: number): Comparison {
    if (depth > MAX_DEPTH) throw new ComparisonError('it is nested too deeply')
    let left = this.#both(depth)
    while (this.#take('or') !== undefined) left = { type: 'binary', operator: 'or', left, right: this.#both(depth) }
    return left
  }

  #both(depth: number): Comparison {
    let left = this.#negation(depth)
    while (this.#take('and') !== undefined) left = { type: 'binary', operator: 'and', left, right: this.#negation(depth) }
    return left
  }

  #negation(depth: number): Comparison {
    if (depth > MAX_DEPTH) throw new ComparisonError('it is nested too deeply')
    if (this.#take('not') !== undefined) return { type: 'unary', operator: 'not', of: this.#negation(depth + 1) }
    const first = this.#level(0, depth)
    const more: ChainLink[] = []
    for (let operator = this.#comparison(); operator !== undefined; operator = this.#comparison()) {
      more.push({ operator, of: this.#level(0, depth) })
    }
    return more.length === 0 ? first : { type: 'chain', first, more }
  }

  #comparison(): string | undefined {
    const found = this.#take(...COMPARISONS)
    if (found !== undefined) return found
    if (this.#take('not') === undefined) return undefined
    this.#expect('in')
    return 'not in'
  }

  #level(level: number, depth: number): Comparison {
    const operators = LEVELS[level]
    if (operators === undefined) return this.#unary(depth)
    let left = this.#level(level + 1, depth)
    for (let operator = this.#take(...operators); operator !== undefined; operator = this.#take(...operators)) {
      left = { type: 'binary', operator, left, right: this.#level(level + 1, depth) }
    }
    return left
  }

  #unary(depth: number): Comparison {
    if (depth > MAX_DEPTH) throw new ComparisonError('it is nested too deeply')
    const operator = this.#take('-', '+', '~')
    if (operator !== undefined) return { type: 'unary', operator, of: this.#unary(depth + 1) }
    const base = this.#atom(depth)
    return this.#take('**') === undefined ? base : { type: 'binary', operator: '**', left: base, right: this.#unary(depth + 1) }
  }

  #atom(depth: number): Comparison {
    const { kind, text } = this.#next()
    this.#at++
    switch (kind) {
      case 'metavariable':
        return { type: 'metavariable', name: text }
      case 'integer':
        return { type: 'value', value: { type: 'int', value: BigInt(text.replaceAll('_', '').toLowerCase()) } }
      case 'number':
        return { type: 'value', value: numberIn(text.replaceAll('_', '')) }
      case 'string':
        return { type: 'value', value: { type: 'string', value: unquoted(text) } }
      case 'word':
        return this.#word(text, depth)
      default:
    }
    if (text === '(') {
      const inner = this.#either(depth + 1)
      this.#expect(')')
      return inner
    }
    if (text === '[') return { type: 'list', of: this.#list(']', depth) }
    throw new ComparisonError(kind === 'end' ? 'it ends too early' : `${JSON.stringify(text)} is not understood there`)
  }

  #word(text: string, depth: number): Comparison {
    if (text === 'True' || text === 'False') return { type: 'value', value: { type: 'boolean', value: text === 'True' } }
    this.#expect('(')
    const given = this.#list(')', depth)
    const [first, second] = given
    if (text === 're.match' && first !== undefined && second !== undefined) return matching(first, second)
    if (text === 'today' || text === 'strptime') throw new ComparisonError(`${text}() would make the result depend on the clock`)
    const name = FUNCTIONS.find((each) => each === text)
    if (name === undefined) throw new ComparisonError(`${text}() is not known; known are ${FUNCTIONS.join(', ')} and re.match`)
    return { type: 'call', function: name, given }
  }

  #list(closing: string, depth: number): Comparison[] {
    const found: Comparison[] = []
    while (this.#take(closing) === undefined) {
      found.push(this.#either(depth + 1))
      if (this.#take(',') === undefined) {
        this.#expect(closing)
        break
      }
    }
    return found
  }
}

function matching(expression: Comparison, of: Comparison): Comparison {
  if (expression.type !== 'value' || expression.value.type !== 'string') throw new ComparisonError('re.match needs an expression that is written out')
  const { regex, problem } = compileRegex(expression.value.value)
  if (regex === undefined) throw new ComparisonError(`the regular expression cannot be used: ${problem}`)
  return { type: 'regex', regex, of }
}

const KINDS = ['metavariable', 'integer', 'number', 'string', 'word', 'sign'] as const

function tokensOf(source: string): Token[] {
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < source.length) {
    const place = TOKEN.lastIndex
    const found = TOKEN.exec(source)
    if (found === null) throw new ComparisonError(`${JSON.stringify(source.slice(place, place + 20))} is not understood`)
    for (const [index, kind] of KINDS.entries()) {
      const text = found[index + 1]
      if (text !== undefined) tokens.push({ kind, text })
    }
  }
  return tokens
}

function unquoted(text: string): string {
  const isRaw = text.startsWith('r')
  const body = text.replace(/^[rb]/, '').slice(1, -1)
  return isRaw ? body : body.replaceAll(/\\(.)/gs, (_, letter: string) => ({ n: '\n', t: '\t', r: '\r' })[letter] ?? (/['"\\]/.test(letter) ? letter : `\\${letter}`))
}

/** A number as written, whole or not. */
function numberIn(text: string): Value {
  return /^\d+$/.test(text) ? { type: 'int', value: BigInt(text) } : { type: 'float', value: Number(text) }
}

/** Whether an expression holds, given what its metavariables stand for; an expression that cannot be evaluated does not. */
export function holdsComparison(of: Comparison, valueOf: (metavariable: string) => Value | undefined): boolean {
  const found = evaluate(of, valueOf)
  return found?.type === 'boolean' && found.value
}

type Lookup = (metavariable: string) => Value | undefined

function evaluate(of: Comparison, valueOf: Lookup): Value | undefined {
  switch (of.type) {
    case 'value':
      return of.value
    case 'metavariable':
      return valueOf(of.name)
    case 'list': {
      const values = of.of.flatMap((each) => evaluate(each, valueOf) ?? [])
      return values.length === of.of.length ? { type: 'list', value: values } : undefined
    }
    case 'unary':
      return unary(of.operator, evaluate(of.of, valueOf))
    case 'binary':
      return binary(of.operator, evaluate(of.left, valueOf), () => evaluate(of.right, valueOf))
    case 'chain':
      return chain(of.first, of.more, valueOf)
    case 'call':
      return call(of.function, of.given.flatMap((each) => evaluate(each, valueOf) ?? []))
    case 'regex': {
      const text = evaluate(of.of, valueOf)
      return text?.type === 'string' || text?.type === 'code' ? truth(of.regex.atStart(text.value) !== undefined) : undefined
    }
  }
}

function chain(first: Comparison, more: readonly ChainLink[], valueOf: Lookup): Value | undefined {
  let left = evaluate(first, valueOf)
  for (const link of more) {
    const right = evaluate(link.of, valueOf)
    const holds = left === undefined || right === undefined ? undefined : compare(link.operator, left, right)
    if (holds !== true) return holds === undefined ? undefined : truth(false)
    left = right
  }
  return truth(true)
}

function truth(value: boolean): Value {
  return { type: 'boolean', value }
}

function unary(operator: string, of: Value | undefined): Value | undefined {
  if (of === undefined) return undefined
  if (operator === 'not') return of.type === 'boolean' ? truth(!of.value) : undefined
  if (of.type === 'int') return { type: 'int', value: operator === '~' ? ~of.value : operator === '-' ? -of.value : of.value }
  if (of.type !== 'float' || operator === '~') return undefined
  return { type: 'float', value: operator === '-' ? -of.value : of.value }
}

function binary(operator: string, left: Value | undefined, second: () => Value | undefined): Value | undefined {
  if (left === undefined) return undefined
  if (operator === 'and' || operator === 'or') {
    if (left.type !== 'boolean') return undefined
    return left.value === (operator === 'or') ? left : second()
  }
  const right = second()
  if (right === undefined) return undefined
  if (left.type === 'int' && right.type === 'int') return whole(operator, left.value, right.value)
  if (left.type === 'string' && right.type === 'string') {
    return operator === '+' ? { type: 'string', value: left.value + right.value } : undefined
  }
  const [one, other] = [decimal(left), decimal(right)]
  return one === undefined || other === undefined ? undefined : fraction(operator, one, other)
}

function decimal(of: Value): number | undefined {
  return of.type === 'int' ? Number(of.value) : of.type === 'float' ? of.value : undefined
}

function whole(operator: string, left: bigint, right: bigint): Value | undefined {
  const value = wholeResult(operator, left, right)
  return value === undefined ? undefined : { type: 'int', value }
}

function wholeResult(operator: string, left: bigint, right: bigint): bigint | undefined {
  switch (operator) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return bits(left) + bits(right) > MAX_BITS ? undefined : left * right
    case '/':
    case '//':
      return right === 0n ? undefined : left / right
    case '%':
      return right === 0n ? undefined : left % right
    case '**':
      return right < 0n || bits(left) * Number(right) > MAX_BITS ? undefined : left ** right
    case '&':
      return left & right
    case '|':
      return left | right
    case '^':
      return left ^ right
    case '<<':
      return right < 0n || right > BigInt(MAX_BITS) ? undefined : left << right
    case '>>':
      return right < 0n ? undefined : left >> right
    default:
      return undefined
  }
}

function bits(of: bigint): number {
  return of.toString(16).length * 4
}

function fraction(operator: string, left: number, right: number): Value | undefined {
  const operations: Readonly<Record<string, (one: number, other: number) => number>> = {
    '+': (one, other) => one + other, '-': (one, other) => one - other, '*': (one, other) => one * other,
    '/': (one, other) => one / other, '//': (one, other) => Math.floor(one / other), '%': (one, other) => one % other,
    '**': (one, other) => one ** other,
  }
  const value = operations[operator]?.(left, right)
  return value === undefined || !Number.isFinite(value) ? undefined : { type: 'float', value }
}

/** `undefined` when the two cannot be compared so. */
function compare(operator: string, left: Value, right: Value): boolean | undefined {
  switch (operator) {
    case '==':
      return areEqual(left, right)
    case '!=':
      return !areEqual(left, right)
    case 'in':
      return isIn(left, right)
    case 'not in': {
      const found = isIn(left, right)
      return found === undefined ? undefined : !found
    }
    default:
  }
  const order = orderOf(left, right)
  if (order === undefined) return undefined
  switch (operator) {
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '>':
      return order > 0
    default:
      return order >= 0
  }
}

function orderOf(left: Value, right: Value): number | undefined {
  if (left.type === 'int' && right.type === 'int') return left.value < right.value ? -1 : left.value > right.value ? 1 : 0
  if (left.type === 'string' && right.type === 'string') return left.value < right.value ? -1 : left.value > right.value ? 1 : 0
  const [one, other] = [decimal(left), decimal(right)]
  return one === undefined || other === undefined ? undefined : one - other
}

function areEqual(left: Value, right: Value): boolean {
  if (left.type === 'list' && right.type === 'list') {
    return left.value.length === right.value.length && left.value.every((each, at) => {
      const other = right.value[at]
      return other !== undefined && areEqual(each, other)
    })
  }
  if (left.type === 'list' || right.type === 'list') return false
  const [one, other] = [decimal(left), decimal(right)]
  if (one !== undefined && other !== undefined) return left.type === 'int' && right.type === 'int' ? left.value === right.value : one === other
  return left.type === right.type && left.value === right.value
}

function isIn(left: Value, right: Value): boolean | undefined {
  if (right.type === 'list') return right.value.some((each) => areEqual(left, each))
  if (right.type !== 'string') return undefined
  return left.type === 'string' || left.type === 'code' ? right.value.includes(left.value) : undefined
}

function call(name: FunctionName, given: readonly Value[]): Value | undefined {
  const [of, ...more] = given
  if (of === undefined || more.length > 0) return undefined
  switch (name) {
    case 'int':
      return toInt(of)
    case 'float': {
      const value = of.type === 'string' || of.type === 'code' ? Number(of.value.trim() || NaN) : decimal(of)
      return value === undefined || Number.isNaN(value) ? undefined : { type: 'float', value }
    }
    case 'bool':
      return of.type === 'boolean' ? of : undefined
    case 'str':
      return { type: 'string', value: textOf(of) }
    case 'lower':
      return of.type === 'string' || of.type === 'code' ? { type: 'string', value: of.value.toLowerCase() } : undefined
    case 'upper':
      return of.type === 'string' || of.type === 'code' ? { type: 'string', value: of.value.toUpperCase() } : undefined
    case 'len':
      return of.type === 'string' || of.type === 'list' ? { type: 'int', value: BigInt(of.value.length) } : undefined
    case 'parse_promql_duration': {
      const duration = of.type === 'string' || of.type === 'code' ? durationIn(of.value) : undefined
      return duration === undefined ? undefined : { type: 'int', value: duration }
    }
  }
}

function toInt(of: Value): Value | undefined {
  if (of.type === 'int') return of
  if (of.type === 'float') return { type: 'int', value: BigInt(Math.trunc(of.value)) }
  if (of.type !== 'string' && of.type !== 'code') return undefined
  return integerIn(of.value)
}

/** A whole number in a text, as Python and its relatives write them; a leading zero alone is octal in none of them. */
export function integerIn(text: string): Value | undefined {
  if (text.length > MAX_BITS) return undefined
  const parts = /^([+-]?)(0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|\d+)$/.exec(text.trim().replaceAll('_', ''))
  if (parts === null) return undefined
  const value = BigInt((parts[2] ?? '0').toLowerCase())
  return { type: 'int', value: parts[1] === '-' ? -value : value }
}

function textOf(of: Value): string {
  switch (of.type) {
    case 'boolean':
      return of.value ? 'True' : 'False'
    case 'list':
      return `[${of.value.map(textOf).join(', ')}]`
    default:
      return String(of.value)
  }
}
