import type { Span } from '../core/text.ts'
import type { ForeignReview } from './claim.ts'
import { MAX_UNREAD, type Coverage, type UnreadText } from './result.ts'
import { isSpace } from './tokens.ts'
import { oneLine } from './words.ts'

/** Shorter rests between two claims are punctuation and labels. */
const SHORTEST_REST = 25

/** Which text of a review became no claim, and which share did. */
export function coverageOf(review: ForeignReview): Coverage {
  const { text } = review
  const covered = new Uint8Array(text.length)
  const cover = ({ start, end }: Span): void => {
    covered.fill(1, Math.max(0, start), Math.max(0, Math.min(text.length, end)))
  }
  for (const span of review.neutral) cover(span)
  for (const { span } of [...review.revisions, ...review.conclusions]) cover(span)
  for (const { claims } of review.findings) {
    for (const claim of claims) if (claim.kind !== 'description') cover(claim.span)

  }
  const unread: UnreadText[] = []
  let unreadCount = 0
  let open = 0
  let all = 0
  for (let at = 0; at < text.length;) {
    if (covered[at] === 1) {
      all += countOf(text, at, at + 1)
      at += 1
      continue
    }
    let end = at
    while (end < text.length && covered[end] === 0) end += 1
    const characters = countOf(text, at, end)
    all += characters
    if (characters >= SHORTEST_REST) {
      open += characters
      unreadCount += 1
      if (unread.length < MAX_UNREAD) unread.push(unreadText(text, at, end))
    }
    at = end
  }
  return { share: all === 0 ? 1 : Math.round((1 - open / all) * 1000) / 1000, unread, unreadCount }
}

function unreadText(text: string, start: number, end: number): UnreadText {
  let from = start
  let to = end
  // Marks that close what stood before belong to it.
  while (from < to && (isSpace(text.charCodeAt(from)) || '`*_|)]:.,;'.includes(text[from] ?? ' '))) from += 1
  while (to > from && isSpace(text.charCodeAt(to - 1))) to -= 1
  return { span: { start: from, end: to }, text: oneLine(text.slice(from, to)) }
}

/** Characters that are no white space. */
function countOf(text: string, from: number, to: number): number {
  let count = 0
  for (let at = from; at < to; at++) if (!isSpace(text.charCodeAt(at))) count += 1
  return count
}
