import { areDisjoint, unionOf, type CharacterSet } from './character-set.ts'
import type { Alternatives, Piece } from './regex-parse.ts'

/** Repetitions beyond this count as unbounded. */
const MANY = 50

/** A repetition of a fixed number gives nothing away: up to this many it costs an attempt no more than that. */
const MANY_FIXED = 500

/** So many rounds of an ambiguous group still cost only a power of the text's length. */
const FEW = 4

/**
 * Whether a backtracking engine could need exponential time: a repeated group
 * whose content can match the same text in several ways. Conservative: what is
 * not recognised as unambiguous is called explosive.
 */
export function isExplosive(body: Alternatives): boolean {
  return pieces(body).some((piece) => {
    return piece.type === 'repeat' && piece.max > FEW && piece.of.type !== 'set' && !isUnambiguous(piece)
  })
}

/**
 * The power of the text's length that one attempt can cost, less one: how many
 * repetitions can give characters to one another or to what follows.
 */
export function ambiguity(body: Alternatives): number {
  return Math.max(0, ...body.map((sequence) => ambiguityOf(sequence)))
}

/** Whether some match can contain a line end. */
export function canCrossLines(body: Alternatives): boolean {
  return pieces(body).some((piece) => piece.type === 'set' && piece.set[10] === 1)
}

function isUnambiguous(repeat: Extract<Piece, { type: 'repeat' }>): boolean {
  const body = bodyOf(repeat.of)
  if (body === undefined) return false
  if (body.length === 1) {
    const [sequence = []] = body
    return !isEmptyPossible(sequence) && isForced(sequence)
  }
  if (body.some((sequence) => isEmptyPossible(sequence))) return false
  const firsts = body.map((sequence) => firstSet(sequence))
  const areApart = firsts.every((one, at) => {
    return firsts.slice(at + 1).every((other) => one && other && areDisjoint(one, other))
  })
  return areApart && body.every((sequence) => isForced(sequence))
}

/**
 * Whether the extent of every piece of varying length is forced by what comes
 * next, going round: then a round has one way to match.
 */
function isForced(sequence: readonly Piece[]): boolean {
  return sequence.every((piece, at) => {
    if (!isVariable(piece)) return true
    if (!isRepeatedSet(piece)) return false
    const own = unionOf(setsIn(piece))
    for (const next of [...sequence.slice(at + 1), ...sequence.slice(0, at + 1)]) {
      if (next.type === 'assertion' || next.type === 'look') continue
      const first = firstSet([next]) ?? unionOf(setsIn(next))
      if (next.type === 'reference' || !areDisjoint(own, first)) return false
      if (isAlwaysThere(next)) return true
    }
    return false
  })
}

function isRepeatedSet(piece: Piece): boolean {
  return piece.type === 'repeat' && piece.of.type === 'set'
}

/** Whether a piece can match texts of different lengths. */
function isVariable(piece: Piece): boolean {
  switch (piece.type) {
    case 'repeat':
      return piece.min !== piece.max || isVariable(piece.of)
    case 'group':
    case 'atomic':
      return piece.body.length > 1 || piece.body.some((sequence) => sequence.some(isVariable))
    case 'reference':
      return true
    default:
      return false
  }
}

function isEmptyPossible(sequence: readonly Piece[]): boolean {
  return sequence.every((piece) => {
    if (piece.type === 'repeat') return piece.min === 0 || isEmptyPossible([piece.of])
    const body = bodyOf(piece)
    return body === undefined ? piece.type !== 'set' : body.some((each) => isEmptyPossible(each))
  })
}

/** Characters that a sequence can begin with; `undefined` when that is not known. */
function firstSet(sequence: readonly Piece[]): CharacterSet | undefined {
  const [first] = sequence
  if (first?.type === 'set') return first.set
  if (first?.type === 'repeat' && first.min > 0) return firstSet([first.of])
  const body = first && bodyOf(first)
  if (body === undefined) return undefined
  const sets = body.map((each) => firstSet(each))
  return sets.includes(undefined) ? undefined : unionOf(sets.filter((each) => each !== undefined))
}

function ambiguityOf(sequence: readonly Piece[]): number {
  let count = 0
  for (const [at, piece] of sequence.entries()) {
    const inner = bodyOf(piece.type === 'repeat' ? piece.of : piece)
    if (inner !== undefined) count += ambiguity(inner) * (piece.type === 'repeat' ? Math.min(piece.max, FEW) : 1)
    if (piece.type !== 'repeat' || piece.max <= (piece.min === piece.max ? MANY_FIXED : MANY)) continue
    const sets = unionOf(setsIn(piece))
    const following = sequence.slice(at + 1).find((each) => isAlwaysThere(each))
    const isEndKnown = following !== undefined && areDisjoint(sets, firstSet([following]) ?? sets)
    if (!isEndKnown || at === 0) count++
  }
  return count
}

function isAlwaysThere(piece: Piece): boolean {
  return piece.type !== 'assertion' && piece.type !== 'look' && !isEmptyPossible([piece])
}

function bodyOf(piece: Piece): Alternatives | undefined {
  return piece.type === 'group' || piece.type === 'atomic' || piece.type === 'look' ? piece.body : undefined
}

function setsIn(piece: Piece): CharacterSet[] {
  return pieces([[piece]]).flatMap((each) => (each.type === 'set' ? [each.set] : []))
}

/** Every piece, those inside others included. */
function pieces(body: Alternatives): Piece[] {
  const found: Piece[] = []
  const waiting: Piece[] = body.flat()
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    found.push(next)
    if (next.type === 'repeat') waiting.push(next.of)
    else waiting.push(...(bodyOf(next)?.flat() ?? []))
  }
  return found
}
