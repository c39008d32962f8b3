import { Flag, node, type Node, type Role } from '../../../tree/node.ts'
import type { LowerTable, Lowering } from './context.ts'
import { decodeEscapes } from './escapes.ts'
import { expressionAt } from './reparse.ts'

/** String literals, interpolated ones, and literals written side by side. */
export const STRINGS: LowerTable = {
  string: (from, at, role) => {
    const read = readLiteral(from, at)
    if (read.kind === 'backticks') return backticks(from, at, role)
    if (read.kind === 'template') return whole(from, at, role, [read])
    return node('string', role, from.start(at), from.end(at), NONE, read.text, read.flags)
  },
  concatenated_string: (from, at, role) => {
    const read = from.named(at).map((each) => readLiteral(from, each))
    return whole(from, at, role, read)
  },
  interpolation,
  format_expression: interpolation,
}

const NONE: readonly Node[] = []

/** One literal of a possible row of literals. */
interface Literal {
  readonly kind: 'plain' | 'template' | 'backticks'
  readonly flags: number
  /** The decoded text of a plain literal. */
  readonly text: string
  /** The parts of an interpolated one. */
  readonly parts: readonly Node[]
  readonly at: number
}

function readLiteral(from: Lowering, at: number): Literal {
  const opening = from.childOfKind(at, 'string_start')
  if (opening < 0) return { kind: 'plain', flags: 0, text: '', parts: NONE, at }
  const closing = from.childOfKind(at, 'string_end')
  const written = from.slice(opening)
  const prefix = isQuote(written.charCodeAt(0)) ? '' : written.replace(/["'`]+$/, '').toLowerCase()
  if (written.endsWith('`')) return { kind: 'backticks', flags: 0, text: '', parts: [], at }
  const isRaw = prefix.includes('r')
  const flags = prefix.includes('b') ? Flag.Bytes : 0
  if (prefix.includes('f') || prefix.includes('t')) {
    const deferred = prefix.includes('t') ? Flag.Deferred : 0
    return { kind: 'template', flags: flags | deferred, text: '', parts: parts(from, at, isRaw), at }
  }
  const end = closing < 0 ? from.end(at) : from.start(closing)
  const content = from.text.slice(from.end(opening), end)
  const text = isRaw ? content.replaceAll('\r\n', '\n') : decodeEscapes(content, flags !== 0)
  return { kind: 'plain', flags, text, parts: NONE, at }
}

function isQuote(character: number): boolean {
  return character === 0x22 || character === 0x27
}

/** The node for one literal or a row of them. */
function whole(from: Lowering, at: number, role: Role, literals: readonly Literal[]): Node {
  const start = from.start(at)
  const end = from.end(at)
  let flags = 0
  for (const each of literals) flags |= each.flags
  const isPlain = literals.every((each) => each.kind === 'plain')
  if (isPlain) return node('string', role, start, end, [], literals.map((each) => each.text).join(''), flags)
  const made = literals.flatMap((each) => (each.kind === 'plain'
    ? [node('string', 'part', from.start(each.at), from.end(each.at), [], each.text, each.flags)]
    : each.parts))
  const [only] = made
  // Without an interpolation an f-string is a string; in a rule it stays what it was written as.
  if (!from.unit.pattern && (flags & Flag.Deferred) === 0 && made.every((each) => each.kind === 'string')) {
    const text = made.length === 1 && only !== undefined ? only.text : made.map((each) => each.text).join('')
    return node('string', role, start, end, [], text, flags)
  }
  return node('template', role, start, end, made, '', flags)
}

/** Text between interpolations is a `string` part with its own span. */
function parts(from: Lowering, at: number, isRaw: boolean): Node[] {
  const made: Node[] = []
  let textStart = -1
  let textEnd = -1
  const flush = (): void => {
    if (textStart < 0) return
    const content = from.text.slice(textStart, textEnd).replaceAll('{{', '{').replaceAll('}}', '}')
    const text = isRaw ? content.replaceAll('\r\n', '\n') : decodeEscapes(content, false)
    made.push(node('string', 'part', textStart, textEnd, [], text))
    textStart = -1
  }
  for (const each of from.named(at)) {
    const kind = from.kind(each)
    if (kind === 'string_content') {
      if (textStart < 0) textStart = from.start(each)
      textEnd = from.end(each)
    } else if (kind === 'interpolation') {
      flush()
      made.push(from.lower(each, 'part'))
    }
  }
  flush()
  return made
}

function interpolation(from: Lowering, at: number, role: Role): Node {
  const value = from.child(at, from.field.expression)
  const conversion = from.child(at, from.field.type_conversion)
  const format = from.child(at, from.field.format_specifier)
  const letter = conversion < 0 ? '' : from.slice(conversion).slice(1)
  const start = from.start(at)
  const end = from.end(at)
  // `{x:=5}` is `x` in the format `=5`; the grammar reads an assignment.
  if (value >= 0 && from.kind(value) === 'named_expression') return formatted(from, at, value, role)
  const children = [from.lower(value, 'value', start)]
  if (format >= 0) children.push(formatNode(from, format))
  return node('interpolation', role, start, end, children, letter)
}

function formatted(from: Lowering, at: number, value: number, role: Role): Node {
  const shown = from.must(value, from.field.name, 'value')
  const text = from.text.slice(shown.end, from.end(value))
  const start = shown.end + text.indexOf(':')
  const end = from.end(value)
  const format = node('string', 'format', start, end, [], from.text.slice(start + 1, end), Flag.Recovered)
  return node('interpolation', role, from.start(at), from.end(at), [shown, format])
}

/** The part after the colon: a string, or a template when it holds interpolations itself. */
function formatNode(from: Lowering, at: number): Node {
  const start = from.start(at)
  const end = from.end(at)
  const nested = from.named(at).filter((each) => from.kind(each) === 'format_expression')
  if (nested.length === 0) return node('string', 'format', start, end, [], from.text.slice(start + 1, end))
  const made: Node[] = []
  let position = start + 1
  for (const each of nested) {
    pushText(from, made, position, from.start(each))
    made.push(from.lower(each, 'part'))
    position = from.end(each)
  }
  pushText(from, made, position, end)
  return node('template', 'format', start, end, made)
}

function pushText(from: Lowering, into: Node[], start: number, end: number): void {
  if (end > start) into.push(node('string', 'part', start, end, [], from.text.slice(start, end)))
}

/** Python 2: `` `x` `` is `repr(x)`. The grammar reads a string without a word. */
function backticks(from: Lowering, at: number, role: Role): Node {
  const start = from.start(at)
  const end = from.end(at)
  const value = expressionAt(from, start + 1, end - 1)
  if (value === undefined) {
    from.unit.problems.push({
      kind: 'unparsed', path: '', span: { start, end },
      message: 'A backtick expression could not be read; what is inside is not analysed.',
    })
    return node('error', role, start, end)
  }
  const callee = node('identifier', 'callee', start, start + 1, [], 'repr', Flag.Synthetic)
  return node('call', role, start, end, [callee, { ...value, role: 'argument' }], '', Flag.Recovered)
}
