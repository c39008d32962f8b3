import { unionOf } from './character-set.ts'
import type { CharacterSet } from './character-set.ts'
import { parseRegex, RegexError } from './regex-parse.ts'
import type { Alternatives, Piece } from './regex-parse.ts'

/** What of a text an expression is compared with: all of it, its beginning, or any part. */
export type Extent = 'whole' | 'start' | 'part'

/**
 * Every character that a text may have which an expression matches; `undefined` when it
 * may have any, as beside a part, or the expression is not understood. A line end that
 * `$` lets stand behind the text is not counted.
 */
export function charactersMatched(expression: string, extent: Extent, areAnchorsFirm: boolean): CharacterSet | undefined {
  const body = parsed(expression)
  if (!body) return undefined
  const isFirm = (piece: Piece, sources: readonly string[]): boolean => (
    piece.type === 'assertion' && sources.includes(piece.source) && (areAnchorsFirm || !isLineAnchor(piece.source))
  )
  const isBegun = extent !== 'part' || isBounded(body, 0, (piece) => isFirm(piece, STARTS), 0)
  const isEnded = extent === 'whole' || isBounded(body, -1, (piece) => isFirm(piece, ENDS), 0)
  return isBegun && isEnded ? unionOf(consumed(body)) : undefined
}

/** The set that a class of an expression, without its brackets, lists. */
export function charactersListed(list: string): CharacterSet | undefined {
  return charactersMatched(`[${list}]`, 'whole', true)
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

/** Whether every alternative has an anchor at its first or last place, groups looked into. */
function isBounded(body: Alternatives, place: 0 | -1, isAnchor: (piece: Piece) => boolean, depth: number): boolean {
  return body.every((sequence) => {
    const piece = sequence.filter(({ type }) => type !== 'look').at(place)
    if (piece === undefined) return false
    const isGroup = piece.type === 'group' || piece.type === 'atomic'
    return isGroup ? depth < 50 && isBounded(piece.body, place, isAnchor, depth + 1) : isAnchor(piece)
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
