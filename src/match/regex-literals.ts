import type { CharacterSet } from './character-set.ts'
import type { Alternatives, Piece } from './regex-parse.ts'

/** Literals shorter than this stand in nearly every text. */
const SHORTEST = 3

/** Alternatives of which one must be there; more cost more to look for than they save. */
const MOST = 20

/**
 * Texts in lower case of which one must stand, in any case, wherever an
 * expression matches; empty when none is known. Depth is bounded by the parser.
 */
export function requiredLiterals(body: Alternatives): readonly string[] {
  const all: string[] = []
  for (const sequence of body) {
    const best = bestOf(sequence)
    if (best.length === 0 || all.length + best.length > MOST) return []
    all.push(...best)
  }
  return all
}

/** Whether a text can hold a match of an expression with such literals. */
export function holdsLiteral(literals: readonly string[], text: string): boolean {
  if (literals.length === 0) return true
  if (latest.text !== text) latest = { text, lower: text.toLowerCase() }
  return literals.some((each) => latest.lower.includes(each))
}

/** The text last asked about: all expressions ask about the same one in turn. */
let latest = { text: '', lower: '' }

function bestOf(sequence: readonly Piece[]): readonly string[] {
  let best: readonly string[] = []
  let run = ''
  const consider = (candidate: readonly string[]): void => {
    if (weight(candidate) > weight(best)) best = candidate
  }
  for (const piece of sequence) {
    const character = piece.type === 'set' ? onlyCharacter(piece.set) : ''
    if (piece.type === 'assertion' || piece.type === 'look') continue
    if (character !== '') {
      run += character
      continue
    }
    consider([run])
    run = ''
    if (piece.type === 'group' || piece.type === 'atomic') consider(requiredLiterals(piece.body))
    if (piece.type === 'repeat' && piece.min > 0) consider(bestOf([piece.of]))
  }
  consider([run])
  return weight(best) >= SHORTEST ? best : []
}

function weight(candidate: readonly string[]): number {
  return candidate.length === 0 ? 0 : Math.min(...candidate.map((each) => each.length))
}

/** The character that a set stands for, in lower case; `''` for a set of several. */
function onlyCharacter(set: CharacterSet): string {
  let only = ''
  for (let code = 0; code < set.length; code++) {
    if (set[code] !== 1) continue
    const character = code < 128 ? String.fromCharCode(code).toLowerCase() : ''
    if (character === '' || (only !== '' && only !== character)) return ''
    only = character
  }
  return only
}
