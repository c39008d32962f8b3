import type { Span } from '../core/text.ts'
import { holdsLiteral, requiredLiterals } from './regex-literals.ts'
import { parseRegex, RegexError, type Alternatives, type Piece } from './regex-parse.ts'
import { ambiguity, canCrossLines, isExplosive } from './regex-safety.ts'

/**
 * Regular expressions of rules: PCRE2 in multi-line mode, translated to
 * JavaScript's. What has no faithful translation is refused with the reason.
 *
 * The engine backtracks, so time must be bounded by the expression and the text:
 * an expression that could need exponential time is refused; one whose worst
 * case is a power of the text's length is run on texts (for a search: lines,
 * where it cannot cross them) short enough for `WORK`, others are left out and
 * the caller is told.
 */
export interface SafeRegex {
  /** Whether it matches anywhere; `undefined` when the text is too long to try. */
  search(text: string): boolean | undefined
  /** Its match at the very start; `undefined` when there is none. */
  atStart(text: string): RegexMatch | undefined
  /** Every match in order, at most `most`. */
  all(text: string, most: number): RegexMatches
}

export interface RegexMatch extends Span {
  /** Groups that took part: named ones as `$NAME`, numbered ones as `$1`. */
  readonly groups: readonly RegexGroup[]
}

export interface RegexGroup extends Span {
  readonly name: string
  readonly text: string
}

export interface RegexMatches {
  readonly matches: readonly RegexMatch[]
  /** Parts of the text were too long for this expression, or there were more matches. */
  readonly isLimited: boolean
}

/** Steps that one run may cost in the worst case; nearly all cost a small part of it. */
const WORK = 1e9

/** The same for all lines of a text together. */
const WORK_IN_ALL = 1e10

const EXPLOSIVE = 'a repeated group can match the same text in several ways, which can take exponential time'

/** The expression, or why it cannot be used. */
export function compileRegex(source: string): { readonly regex: SafeRegex | undefined, readonly problem: string } {
  try {
    const body = parseRegex(source)
    if (isExplosive(body)) {
      return { regex: undefined, problem: EXPLOSIVE }
    }
    const spelling = new Spelling()
    const spelled = spelling.alternatives(body)
    const global = new RegExp(spelled, 'dgu')
    const sticky = new RegExp(spelled, 'dyu')
    return { regex: new Compiled(global, sticky, body, spelling.captures), problem: '' }
  } catch (error) {
    if (error instanceof RegexError || error instanceof SyntaxError) return { regex: undefined, problem: error.message }
    throw error
  }
}

const NO_MATCHES: RegexMatches = { matches: [], isLimited: false }

class Compiled implements SafeRegex {
  readonly #global: RegExp
  readonly #sticky: RegExp
  readonly #power: number
  readonly #longest: number
  readonly #byLines: boolean
  readonly #literals: readonly string[]
  readonly #captures: readonly (string | number | undefined)[]

  constructor(global: RegExp, sticky: RegExp, body: Alternatives, captures: readonly (string | number | undefined)[]) {
    this.#global = global
    this.#sticky = sticky
    this.#captures = captures
    this.#power = ambiguity(body)
    this.#longest = this.#power === 0 ? Infinity : Math.floor(WORK ** (1 / (this.#power + 1)))
    this.#literals = requiredLiterals(body)
    this.#byLines = !canCrossLines(body)
  }

  search(text: string): boolean | undefined {
    const found = this.all(text, 1)
    return found.matches.length > 0 ? true : found.isLimited ? undefined : false
  }

  atStart(text: string): RegexMatch | undefined {
    if (text.length > this.#longest) return undefined
    this.#sticky.lastIndex = 0
    const found = this.#sticky.exec(text)
    return found === null ? undefined : this.#read(found)
  }

  all(text: string, most: number): RegexMatches {
    if (!holdsLiteral(this.#literals, text)) return NO_MATCHES
    if (text.length <= this.#longest) return this.#run(text, 0, text.length, most)
    if (!this.#byLines) return { matches: [], isLimited: true }
    const matches: RegexMatch[] = []
    let isLimited = false
    let left = WORK_IN_ALL
    for (let start = 0; start <= text.length && matches.length < most;) {
      const newline = text.indexOf('\n', start)
      const end = newline < 0 ? text.length : newline
      const cost = (end - start) ** (this.#power + 1)
      if (end - start > this.#longest || cost > left) isLimited = true
      else {
        left -= cost
        const found = this.#run(text, start, end, most - matches.length)
        matches.push(...found.matches)
        isLimited ||= found.isLimited
      }
      start = end + 1
    }
    return { matches, isLimited }
  }

  /** Matches that lie between two places; look-arounds see the text around them. */
  #run(text: string, start: number, end: number, most: number): RegexMatches {
    const whole = start === 0 && end === text.length
    // One line end on each side is enough for every assertion of a line.
    const from = whole ? 0 : Math.max(0, start - 1)
    const part = whole ? text : text.slice(from, end + 1)
    this.#global.lastIndex = start - from
    const matches: RegexMatch[] = []
    for (let found = this.#global.exec(part); found !== null; found = this.#global.exec(part)) {
      if (from + found.index > end) break
      if (matches.length >= most) return { matches, isLimited: true }
      matches.push(shifted(this.#read(found), from))
      if (found[0] === '') this.#global.lastIndex++
    }
    return { matches, isLimited: false }
  }

  #read(found: RegExpExecArray): RegexMatch {
    const groups: RegexGroup[] = []
    for (const [at, capture] of this.#captures.entries()) {
      const place = found.indices?.[at + 1]
      if (capture === undefined || place === undefined) continue
      groups.push({ name: `$${capture}`, text: found[at + 1] ?? '', start: place[0], end: place[1] })
    }
    return { start: found.index, end: found.index + found[0].length, groups }
  }
}

function shifted(match: RegexMatch, by: number): RegexMatch {
  if (by === 0) return match
  const groups = match.groups.map((each) => ({ ...each, start: each.start + by, end: each.end + by }))
  return { start: match.start + by, end: match.end + by, groups }
}

/** Prints an expression for JavaScript, which has no atomic groups: a look-ahead and a reference to it are one. */
class Spelling {
  /** What each JavaScript group is to the rule: a name, a number, or `undefined` for one of ours. */
  readonly captures: (string | number | undefined)[] = []

  alternatives(body: Alternatives): string {
    return body.map((sequence) => sequence.map((piece) => this.#piece(piece)).join('')).join('|')
  }

  #piece(piece: Piece): string {
    switch (piece.type) {
      case 'set':
      case 'assertion':
        return piece.source
      case 'reference':
        return this.#reference(piece.group)
      case 'look':
        return `${piece.open}${this.alternatives(piece.body)})`
      case 'group':
        if (piece.capture !== undefined) this.captures.push(piece.capture)
        return `${piece.open}${this.alternatives(piece.body)})`
      case 'atomic':
        return this.#atomic(() => this.alternatives(piece.body))
      case 'repeat': {
        const counted = `{${piece.min},${piece.max === Infinity ? '' : piece.max}}`
        if (piece.mode === '+') return this.#atomic(() => `${this.#unit(piece.of)}${counted}`)
        return `${this.#unit(piece.of)}${counted}${piece.mode}`
      }
    }
  }

  #unit(piece: Piece): string {
    const spelled = this.#piece(piece)
    return piece.type === 'repeat' || piece.type === 'atomic' || piece.type === 'reference' ? `(?:${spelled})` : spelled
  }

  #atomic(inner: () => string): string {
    const at = this.captures.push(undefined)
    return `(?:(?=(${inner()}))\\${at}(?:))`
  }

  #reference(group: string | number): string {
    const at = this.captures.findIndex((each, index) => each === group || this.#countUpTo(index) === group)
    if (at < 0) throw new RegexError(`it refers to the group ${group}, which does not come before`)
    return `(?:\\${at + 1})`
  }

  /** The number a rule's author gives to a group: named ones count, ours do not. */
  #countUpTo(index: number): number {
    if (this.captures[index] === undefined) return -1
    return this.captures.slice(0, index + 1).filter((each) => each !== undefined).length
  }
}
