import { setWhere, type CharacterSet } from './character-set.ts'

/** A regular expression as alternatives of sequences, already spelled for JavaScript. */
export type Alternatives = readonly (readonly Piece[])[]

export type Piece =
  | { readonly type: 'set'; readonly source: string; readonly set: CharacterSet }
  | { readonly type: 'assertion'; readonly source: string }
  | { readonly type: 'reference'; readonly group: string | number }
  | Group
  | { readonly type: 'look'; readonly open: string; readonly body: Alternatives }
  | { readonly type: 'atomic'; readonly body: Alternatives }
  | Repeat

/** `capture`: the name or number by which the rule knows what it matched. */
interface Group {
  readonly type: 'group'
  readonly open: string
  readonly capture: string | number | undefined
  readonly body: Alternatives
}

/** `mode`: greedy, lazy or possessive. */
interface Repeat {
  readonly type: 'repeat'
  readonly of: Piece
  readonly min: number
  readonly max: number
  readonly mode: '' | '?' | '+'
}

/** A part of an expression that has no faithful translation. */
export class RegexError extends Error {}

/** Reads a PCRE2 expression in its multi-line mode. Throws `RegexError`. */
export function parseRegex(source: string): Alternatives {
  const parser = new Parser(source)
  const body = parser.alternatives({ ignoreCase: false, dotAll: false, extended: false }, 0)
  if (!parser.isAtEnd) throw new RegexError('a closing parenthesis has no opening one')
  return body
}

interface Flags {
  readonly ignoreCase: boolean
  readonly dotAll: boolean
  readonly extended: boolean
}

const MAX_DEPTH = 50


/** Assertions, spelled so that they mean what they mean in multi-line PCRE. */
const ASSERTIONS: Readonly<Record<string, string>> = {
  A: '(?<![\\s\\S])', Z: '(?=\\n?(?![\\s\\S]))', z: '(?![\\s\\S])', b: '\\b', B: '\\B',
}

const CONTROLS: Readonly<Record<string, string>> = {
  n: '\n', r: '\r', t: '\t', f: '\f', v: '\v', a: '\x07', e: '\x1b', 0: '\0',
}

const POSIX: Readonly<Record<string, string>> = {
  alpha: 'a-zA-Z', digit: '0-9', alnum: 'a-zA-Z0-9', upper: 'A-Z', lower: 'a-z', space: '\\s', word: '\\w',
  xdigit: '0-9a-fA-F',
  punct: '!-\\/:-@\\[-`\\{-~', blank: ' \\t',
}

class Parser {
  readonly #source: string
  #at = 0
  #groups = 0

  constructor(source: string) {
    this.#source = source
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#source.length
  }

  alternatives(given: Flags, depth: number): Alternatives {
    if (depth > MAX_DEPTH) throw new RegexError(`groups are nested more than ${MAX_DEPTH} deep`)
    let flags = given
    let sequence: Piece[] = []
    const all: Piece[][] = [sequence]
    while (!this.isAtEnd && this.#peek() !== ')') {
      if (this.#take('|')) {
        sequence = []
        all.push(sequence)
        continue
      }
      const changed = this.#inlineFlags(flags)
      if (changed !== undefined) flags = changed
      else if (!this.#skipComment(flags)) sequence.push(...this.#quantified(flags, depth))
    }
    return all
  }

  #peek(): string {
    return this.#source[this.#at] ?? ''
  }

  #take(text: string): boolean {
    if (!this.#source.startsWith(text, this.#at)) return false
    this.#at += text.length
    return true
  }

  #match(expression: RegExp): RegExpExecArray | undefined {
    const sticky = new RegExp(expression.source, 'yu')
    sticky.lastIndex = this.#at
    const found = sticky.exec(this.#source)
    if (found === null) return undefined
    this.#at += found[0].length
    return found
  }

  /** `(?i)` and its like hold to the end of the group. */
  #inlineFlags(flags: Flags): Flags | undefined {
    const found = this.#match(/\(\?([imnsxuUJ]*)(?:-([imnsxuUJ]+))?\)/)
    return found && changeFlags(flags, found[1] ?? '', found[2] ?? '')
  }

  #skipComment(flags: Flags): boolean {
    if (this.#match(/\(\?#[^)]*\)/) !== undefined) return true
    return flags.extended && this.#match(/\s+|#[^\n]*/) !== undefined
  }

  #quantified(flags: Flags, depth: number): Piece[] {
    const pieces = this.#atoms(flags, depth)
    const last = pieces.pop()
    if (last === undefined) return pieces
    let piece = last
    if (flags.extended) this.#match(/\s+/)
    const found = this.#match(/([*+?]|\{(\d+)(,(\d*))?\}|\{,(\d+)\})([?+]?)/)
    if (found !== undefined) {
      const [min, max] = bounds(found)
      if (piece.type === 'assertion') throw new RegexError('an assertion is repeated')
      piece = { type: 'repeat', of: piece, min, max, mode: found[6] === '+' ? '+' : found[6] === '?' ? '?' : '' }
    }
    return [...pieces, piece]
  }

  #atoms(flags: Flags, depth: number): Piece[] {
    const character = this.#source.slice(this.#at).match(/^[\s\S]/u)?.[0] ?? ''
    if (character === '(') return [this.#group(flags, depth)]
    if (character === '[') return [this.#class(flags)]
    if (character === '\\') return this.#escape(flags)
    this.#at += character.length
    if (character === '.') return [flags.dotAll ? ANYTHING : NO_LINE_END]
    if (character === '^') return [{ type: 'assertion', source: '(?<![^\\n])' }]
    if (character === '$') return [{ type: 'assertion', source: '(?![^\\n])' }]
    if ('*+?'.includes(character)) throw new RegexError(`nothing stands before ${character}`)
    return [literal(character, flags)]
  }

  #group(flags: Flags, depth: number): Piece {
    if (this.#take('(?>')) return { type: 'atomic', body: this.#body(flags, depth) }
    const look = this.#match(/\(\?(?:=|!|<=|<!)/)
    if (look !== undefined) return { type: 'look', open: look[0], body: this.#body(flags, depth) }
    const plain = this.#match(/\(\?([imnsxuUJ]*)(?:-([imnsxuUJ]+))?:/)
    if (plain !== undefined) {
      const own = changeFlags(flags, plain[1] ?? '', plain[2] ?? '')
      return { type: 'group', open: '(?:', capture: undefined, body: this.#body(own, depth) }
    }
    const named = this.#match(/\(\?P?<([A-Za-z_]\w*)>|\(\?'([A-Za-z_]\w*)'/)
    if (named !== undefined) {
      const name = named[1] ?? named[2] ?? ''
      this.#groups++
      return { type: 'group', open: `(?<${name}>`, capture: name, body: this.#body(flags, depth) }
    }
    const back = this.#match(/\(\?P=(\w+)\)/)
    if (back !== undefined) return { type: 'reference', group: back[1] ?? '' }
    if (this.#source.startsWith('(?', this.#at) || this.#source.startsWith('(*', this.#at)) {
      throw new RegexError(`${this.#source.slice(this.#at, this.#at + 4)} is not supported`)
    }
    this.#at++
    const capture = ++this.#groups
    return { type: 'group', open: '(', capture, body: this.#body(flags, depth) }
  }

  #body(flags: Flags, depth: number): Alternatives {
    const body = this.alternatives(flags, depth + 1)
    if (!this.#take(')')) throw new RegexError('a group is not closed')
    return body
  }

  #escape(flags: Flags): Piece[] {
    if (this.#take('\\Q')) {
      const end = this.#source.indexOf('\\E', this.#at)
      const quoted = this.#source.slice(this.#at, end < 0 ? undefined : end)
      this.#at = end < 0 ? this.#source.length : end + 2
      return [...quoted].map((each) => literal(each, flags))
    }
    const special = this.#match(/\\([AZzbB])/)
    if (special !== undefined) return [{ type: 'assertion', source: ASSERTIONS[special[1] ?? ''] ?? '' }]
    const back = this.#match(/\\(?:([1-9]\d?)|k<(\w+)>|k\{(\w+)\}|k'(\w+)')/)
    if (back !== undefined) {
      const name = back[2] ?? back[3] ?? back[4] ?? ''
      return [{ type: 'reference', group: back[1] === undefined ? name : Number(back[1]) }]
    }
    if (this.#take('\\R')) {
      const [carriage, line] = [literal('\r', flags), literal('\n', flags)]
      return [{ type: 'group', open: '(?:', capture: undefined, body: [[carriage, line], [line], [carriage]] }]
    }
    const escaped = this.#escapedSet(flags.ignoreCase)
    const test = new RegExp(`^[${escaped.source}]$`, 'u')
    return [set(escaped.isClass ? escaped.source : `[${escaped.source}]`, test, undefined)]
  }

  /** A backslash and what follows, spelled to stand in a class. */
  #escapedSet(ignoreCase: boolean): { source: string, isClass: boolean, character: string } {
    const named = this.#match(/\\([dDwWsS])/)
    if (named !== undefined) return { source: named[0], isClass: true, character: '' }
    if (this.#take('\\h')) return { source: ' \\t', isClass: false, character: '' }
    const property = this.#match(/\\[pP](?:\{\^?[\w&]+\}|[A-Z])/)
    if (property !== undefined) return { source: spellProperty(property[0]), isClass: true, character: '' }
    const code = this.#match(/\\x(?:\{([0-9a-fA-F]{1,6})\}|([0-9a-fA-F]{2}))|\\u([0-9a-fA-F]{4})/)
    if (code !== undefined) return spelled(characterOf(code[1] ?? code[2] ?? code[3] ?? '0'), ignoreCase)
    const simple = this.#match(/\\([\s\S])/)
    const character = simple?.[1]
    if (character === undefined) throw new RegexError('it ends in a backslash')
    const control = CONTROLS[character]
    if (control !== undefined) return spelled(control, ignoreCase)
    if (/[A-Za-z0-9]/.test(character)) throw new RegexError(`\\${character} is not supported`)
    return spelled(character, ignoreCase)
  }

  #class(flags: Flags): Piece {
    this.#at++
    const isNegated = this.#take('^')
    let inner = ''
    for (let isFirst = true; isFirst || this.#peek() !== ']'; isFirst = false) {
      if (this.isAtEnd) throw new RegexError('a class is not closed')
      inner += this.#classItem(flags)
    }
    this.#at++
    const source = `[${isNegated ? '^' : ''}${inner}]`
    return set(source, new RegExp(`^${source}$`, 'u'), undefined)
  }

  #classItem(flags: Flags): string {
    const posix = this.#match(/\[:(\^?)(\w+):\]/)
    if (posix !== undefined) {
      const known = POSIX[posix[2] ?? '']
      if (known === undefined || posix[1] !== '') throw new RegexError(`${posix[0]} is not supported`)
      return known
    }
    if (this.#take('\\b')) return '\\x08'
    const from = this.#classCharacter(flags)
    if (from.character === '' || !/^-[^\]]/u.test(this.#source.slice(this.#at, this.#at + 2))) return from.source
    this.#at++
    const to = this.#classCharacter(flags)
    if (to.character === '') return `${from.source}\\-${to.source}`
    if (from.character > to.character) throw new RegexError(`the range ${from.character}-${to.character} is empty`)
    const range = `${escapeCharacter(from.character)}-${escapeCharacter(to.character)}`
    return flags.ignoreCase ? range + bothCases(from.character, to.character) : range
  }

  #classCharacter(flags: Flags): { source: string, character: string } {
    if (this.#peek() === '\\') return this.#escapedSet(flags.ignoreCase)
    const character = this.#match(/[\s\S]/)?.[0] ?? ''
    return spelled(character, flags.ignoreCase)
  }
}

function changeFlags(flags: Flags, on: string, off: string): Flags {
  for (const letter of on + off) {
    // `m` is always on, `u` always; `s`, `x` and `i` are followed; others change what is matched.
    if (!'imsxu'.includes(letter)) throw new RegexError(`the flag ${letter} is not supported`)
  }
  if (off.includes('m')) throw new RegexError('the flag m cannot be switched off')
  const state = (letter: string, now: boolean): boolean => on.includes(letter) || (now && !off.includes(letter))
  return {
    ignoreCase: state('i', flags.ignoreCase), dotAll: state('s', flags.dotAll), extended: state('x', flags.extended),
  }
}

function bounds(found: RegExpExecArray): readonly [number, number] {
  const sign = found[1] ?? ''
  if (sign === '*') return [0, Infinity]
  if (sign === '+') return [1, Infinity]
  if (sign === '?') return [0, 1]
  if (found[5] !== undefined) return [0, Number(found[5])]
  const min = Number(found[2])
  const max = found[3] === undefined ? min : found[4] === '' ? Infinity : Number(found[4])
  if (max < min || min > 1000) throw new RegexError(`the repetition ${sign} is not possible`)
  return [min, max]
}

function set(source: string, test: RegExp | ((character: string) => boolean), others: boolean | undefined): Piece {
  const holds = test instanceof RegExp ? (character: string): boolean => test.test(character) : test
  // One letter from beyond ASCII cannot speak for all of them: a set is only without them if it lists none.
  const namesOthers = /[\u0080-\uffff]|\\[pPDWSsux]|\[\^/.test(source)
  const hasOthers = others ?? (namesOthers || ['\u00e9', '\u4e2d', '\u2028'].some(holds))
  return { type: 'set', source, set: setWhere(holds, hasOthers) }
}

const ANYTHING: Piece = set('[\\s\\S]', () => true, true)
const NO_LINE_END: Piece = set('[^\\n]', (character) => character !== '\n', true)

function characterOf(hexadecimal: string): string {
  const code = parseInt(hexadecimal, 16)
  if (code > 0x10ffff) throw new RegexError(`there is no character ${hexadecimal}`)
  return String.fromCodePoint(code)
}

function literal(character: string, flags: Flags): Piece {
  const { source } = spelled(character, flags.ignoreCase)
  return set(source.length === 1 ? source : `[${source}]`, new RegExp(`^[${source}]$`, 'u'), undefined)
}

function spelled(character: string, ignoreCase: boolean): { source: string, isClass: boolean, character: string } {
  const own = escapeCharacter(character)
  const other = ignoreCase ? swapCase(character) : ''
  return { source: other === '' ? own : own + escapeCharacter(other), isClass: false, character }
}

function swapCase(character: string): string {
  const upper = character.toUpperCase()
  const other = upper === character ? character.toLowerCase() : upper
  return other === character || [...other].length !== 1 ? '' : other
}

/** The letters of a range in their other case. */
function bothCases(from: string, to: string): string {
  let added = ''
  const last = Math.min(to.codePointAt(0) ?? 0, 127)
  for (let code = from.codePointAt(0) ?? 0; code <= last; code++) added += swapCase(String.fromCodePoint(code))
  return added
}

function escapeCharacter(character: string): string {
  if (/[\^$\\.*+?()[\]{}|/-]/.test(character)) return `\\${character}`
  const code = character.codePointAt(0) ?? 0
  return code < 32 || (code >= 127 && code < 160) || code > 0xffff ? `\\u{${code.toString(16)}}` : character
}

function spellProperty(written: string): string {
  const name = written.replace(/^\\[pP]\{?\^?/, '').replace('}', '')
  const isNegated = written.startsWith('\\P') !== written.includes('^')
  const source = `\\${isNegated ? 'P' : 'p'}{${name}}`
  try {
    new RegExp(source, 'u')
  } catch {
    throw new RegexError(`${written} is not supported`)
  }
  return source
}
