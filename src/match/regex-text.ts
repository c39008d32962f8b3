import { includes, setWhere, unionOf } from './character-set.ts'
import type { CharacterSet } from './character-set.ts'
import { parseRegex, RegexError } from './regex-parse.ts'
import type { Alternatives, Piece } from './regex-parse.ts'

/** What of a text an expression is compared with: all of it, its beginning, or any part. */
export type Extent = 'whole' | 'start' | 'part'

/** What texts an expression lets through. Conservative: what is not understood may be anything. */
export interface MatchedText {
  /** Every character that they may have. */
  readonly characters: CharacterSet
  /** Whether a character may stand twice in a row. */
  isDoubled(character: string): boolean
  /** Whether a character may stand first or last. */
  isOuter(character: string): boolean
}

/**
 * The texts which an expression matches; `undefined` when they may be any, as beside a
 * part, or the expression is not understood. A line end that `$` lets stand behind the
 * text is not counted. Where anchors are not firm, `^` and `$` may stand at every line.
 */
export function textMatched(expression: string, extent: Extent, areAnchorsFirm: boolean): MatchedText | undefined {
  const body = parsed(expression)
  if (!body) return undefined
  const isFirm = (piece: Piece, sources: readonly string[]): boolean => (
    piece.type === 'assertion' && sources.includes(piece.source) && (areAnchorsFirm || !isLineAnchor(piece.source))
  )
  const isBegun = extent !== 'part' || isBounded(body, 0, (piece) => isFirm(piece, STARTS), 0)
  const isEnded = extent === 'whole' || isBounded(body, -1, (piece) => isFirm(piece, ENDS), 0)
  return isBegun && isEnded ? textOf(body) : undefined
}

/** The texts that a group of an expression captures, by its number or name; `undefined` when there is no such group. */
export function textCaptured(expression: string, group: string): MatchedText | undefined {
  const body = parsed(expression)
  if (!body) return undefined
  const groups = groupsIn(body)
  const found = /^\d+$/.test(group) ? groups[Number(group) - 1] : groups.find((each) => each.capture === group)
  return found && textOf(found.body)
}

/**
 * What is left of a text when every part that an expression matches is replaced by a
 * text; `undefined` when it is not one character after the other that is replaced.
 */
export function textLeft(expression: string, replacement: string): MatchedText | undefined {
  const body = parsed(expression)
  const [piece, ...others] = body?.length === 1 ? body[0] ?? [] : []
  const one = piece?.type === 'repeat' && piece.min <= 1 ? piece.of : piece
  if (one?.type !== 'set' || others.length > 0) return undefined
  // Of letters beyond ASCII a set may have some only, so that others are left.
  const characters = setWhere((character) => !includes(one.set, character) || replacement.includes(character), true)
  return { characters, isDoubled: (character) => includes(characters, character), isOuter: (character) => includes(characters, character) }
}

/** The texts made of the characters that a class of an expression, without its brackets, lists. */
export function textListed(list: string): MatchedText | undefined {
  return textMatched(`[${list}]*`, 'whole', true)
}

function textOf(body: Alternatives): MatchedText {
  return {
    characters: unionOf(consumed(body)),
    isDoubled: (character) => placesOf(body, character).isDoubled,
    isOuter: (character) => {
      const { first, last } = placesOf(body, character)
      return first || last
    },
  }
}

const [LINE_START = '', TEXT_START = ''] = assertions('^\\A')
const [LINE_END = '', ...TEXT_ENDS] = assertions('$\\Z\\z')
const STARTS: readonly string[] = [LINE_START, TEXT_START]
const ENDS: readonly string[] = [LINE_END, ...TEXT_ENDS]

function assertions(expression: string): readonly string[] {
  return (parsed(expression) ?? []).flat().flatMap((piece) => (piece.type === 'assertion' ? [piece.source] : []))
}

function isLineAnchor(source: string): boolean {
  return source === LINE_START || source === LINE_END
}

function parsed(expression: string): Alternatives | undefined {
  try {
    return parseRegex(expression)
  } catch (error) {
    if (error instanceof RegexError) return undefined
    throw error
  }
}

/** Whether every alternative has an anchor at its first or last place, groups looked into. Groups are nested 50 deep at most. */
function isBounded(body: Alternatives, place: 0 | -1, isAnchor: (piece: Piece) => boolean, depth: number): boolean {
  return body.every((sequence) => {
    const piece = sequence.filter(({ type }) => type !== 'look').at(place)
    if (piece === undefined) return false
    const isGroup = piece.type === 'group' || piece.type === 'atomic'
    return isGroup ? depth < 60 && isBounded(piece.body, place, isAnchor, depth + 1) : isAnchor(piece)
  })
}

/** The sets of all pieces that take up characters; what is only looked at takes up none. */
function consumed(body: Alternatives): CharacterSet[] {
  const sets: CharacterSet[] = []
  const waiting: Piece[] = body.flat()
  for (let piece = waiting.pop(); piece !== undefined; piece = waiting.pop()) {
    if (piece.type === 'set') sets.push(piece.set)
    else if (piece.type === 'repeat') waiting.push(piece.of)
    else if (piece.type === 'group' || piece.type === 'atomic') waiting.push(...piece.body.flat())
  }
  return sets
}

/** Capturing groups in the order of their opening parentheses, which is that of their numbers. */
function groupsIn(body: Alternatives): Extract<Piece, { type: 'group' }>[] {
  const groups: Extract<Piece, { type: 'group' }>[] = []
  const waiting: Piece[] = body.flat().reverse()
  for (let piece = waiting.pop(); piece !== undefined; piece = waiting.pop()) {
    if (piece.type === 'group' && piece.capture !== undefined) groups.push(piece)
    if (piece.type === 'repeat') waiting.push(piece.of)
    else if (piece.type === 'group' || piece.type === 'atomic' || piece.type === 'look') waiting.push(...piece.body.flat().reverse())
  }
  return groups
}

/** Where one character may stand in what is matched. */
interface Places {
  readonly isEmpty: boolean
  readonly first: boolean
  readonly last: boolean
  readonly isDoubled: boolean
}

const NOWHERE: Places = { isEmpty: true, first: false, last: false, isDoubled: false }

/** Places by the alternatives; the parser bounds how deep they are nested. */
function placesOf(body: Alternatives, character: string): Places {
  const all = body.map((sequence) => sequence.map((piece) => placesIn(piece, character)).reduce(following, NOWHERE))
  return {
    isEmpty: all.some((each) => each.isEmpty),
    first: all.some((each) => each.first),
    last: all.some((each) => each.last),
    isDoubled: all.some((each) => each.isDoubled),
  }
}

function placesIn(piece: Piece, character: string): Places {
  switch (piece.type) {
    case 'set': {
      const has = includes(piece.set, character)
      return { isEmpty: false, first: has, last: has, isDoubled: false }
    }
    case 'assertion':
    case 'look':
      return NOWHERE
    case 'reference':
      // What the group matched, which is not followed.
      return { isEmpty: true, first: true, last: true, isDoubled: true }
    case 'group':
    case 'atomic':
      return placesOf(piece.body, character)
    case 'repeat': {
      const one = placesIn(piece.of, character)
      if (piece.max === 0) return NOWHERE
      const isNext = piece.max > 1 && one.first && one.last
      return { ...one, isEmpty: one.isEmpty || piece.min === 0, isDoubled: one.isDoubled || isNext }
    }
  }
}

function following(one: Places, next: Places): Places {
  return {
    isEmpty: one.isEmpty && next.isEmpty,
    first: one.first || one.isEmpty && next.first,
    last: next.last || next.isEmpty && one.last,
    isDoubled: one.isDoubled || next.isDoubled || one.last && next.first,
  }
}
