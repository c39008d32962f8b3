import type { Claim, TitleClaim } from '../claim.ts'
import { isStructural, labelOf, roleOf } from './labels.ts'
import { weaknessMentions, type WeaknessMention } from './mentions.ts'
import { withoutOrdinal } from './starts.ts'

/** Words of a title before an id that may be the name of the weakness; longer ones describe the finding. */
const MAX_NAME_WORDS = 6

/** Where a title ends although the line goes on: a place or an aside follows. */
const ENDS: readonly string[] = [
  '\n', ' in `', ' at `', ': `', ' in file', ' \u2014 ', ' \u2013 ', ' - ', ' | ', ' at line', ' on line', ' (line',
  ' (lines', ' [', '**', '. ', '; ', ' (`', ' (http', ' (see', ' (severity', ' (cvss', ' (high', ' (medium', ' (low',
  ' (critical', '](',
]

/** The ids of a text with the names given for them. `start` is where the text stands in the review. */
export function namedWeaknesses(text: string, start: number): readonly Claim[] {
  const mentions = weaknessMentions(text)
  return mentions.flatMap((mention, at) => {
    const span = { start: start + mention.span.start, end: start + mention.span.end }
    const title =
      titleAfter(text, mention, start, mentions[at + 1]) ?? (at === 0 ? titleBefore(text, mention, start) : undefined)
    return [{ kind: 'weakness' as const, id: mention.id, span }, ...(title === undefined ? [] : [title])]
  })
}

/** `CWE-89: SQL Injection`, `CWE-89 (SQL Injection)`, `CWE-89 - SQL Injection`, `[CWE-89] SQL Injection`. */
function titleAfter(
  text: string,
  { id, span }: WeaknessMention,
  start: number,
  next: WeaknessMention | undefined,
): TitleClaim | undefined {
  // In parentheses it follows the name.
  if (/[([]\s?$/.test(text.slice(0, span.start)) && /^\s?[)]/.test(text.slice(span.end))) return undefined
  const rest = text.slice(span.end, next?.span.start ?? text.length)
  const joint = /^(?:\]\([^)\s]{0,200}\))?[\])*`_]{0,4}\s{0,2}(?::|\u2014|\u2013|-|\()?[\s*_"]{0,4}/.exec(rest)
  const lead = joint?.[0] ?? ''
  const isOpened = lead.includes('(') && !lead.includes('](')
  const hasJoint = isOpened || /[:\u2014\u2013\-\]]/.test(lead)
  if (!hasJoint) return undefined
  const body = rest.slice(lead.length)
  const name = trimmed(isOpened ? untilClosing(body) : untilEnd(body))
  return name === '' || !/\p{L}{2}/u.test(name)
    ? undefined
    : { kind: 'title', role: 'weakness', id, text: name, span: spanOf(start + span.end + lead.length, name) }
}

/** `SQL Injection (CWE-89)`, `SQL Injection [CWE-89]`. */
function titleBefore(text: string, { id, span }: WeaknessMention, start: number): TitleClaim | undefined {
  const before = text.slice(0, span.start)
  if (!/[([]\s?[*_`]{0,3}$/.test(before) && !/[-\u2013\u2014:,]\s$/.test(before)) return undefined
  const name = trimmed(withoutOrdinal(before.replaceAll('**', '')).replace(/[\s([*_`\-\u2013\u2014:,]+$/, ''))
  const words = name.split(' ').filter((word) => word !== '')
  if (words.length === 0 || words.length > MAX_NAME_WORDS || !/\p{L}{2}/u.test(name)) return undefined
  const at = Math.max(0, text.indexOf(name))
  return { kind: 'title', role: 'heading', id, text: name, span: spanOf(start + at, name) }
}

/** A heading that names no id. */
export function plainTitleClaim(text: string, start: number): TitleClaim | undefined {
  // A record's first line names it after its label.
  const label = labelOf(text)
  if (label?.role === 'title') return plainTitleClaim(text.slice(label.valueAt), start + label.valueAt)
  const bold = /^\W{0,6}(\*\*|__)([^*_]{3,200})\1/.exec(text)?.[2]
  const name = trimmed(untilEnd(withoutOrdinal(bold ?? text.replaceAll('**', ''))))
  return name === '' || roleOf(name) !== undefined || isStructural(name)
    ? undefined
    : { kind: 'title', role: 'heading', text: name, span: spanOf(start + Math.max(0, text.indexOf(name)), name) }
}

function untilEnd(body: string): string {
  let end = body.length
  const lower = body.toLowerCase()
  for (const each of ENDS) {
    const at = lower.indexOf(each)
    if (at >= 0 && at < end) end = at
  }
  return body.slice(0, end)
}

/** Up to the parenthesis that closes one opened before; those inside belong to the name. */
function untilClosing(body: string): string {
  let depth = 1
  for (let at = 0; at < body.length; at++) {
    if (body[at] === '(') depth += 1
    if (body[at] === ')') depth -= 1
    if (depth === 0) return body.slice(0, at)
  }
  return body
}

function trimmed(name: string): string {
  const plain = name.trim().replace(/^[*_"`:\s]+/, '').replace(/[*_"`:,;\s]+$/, '')
  const end = plain.endsWith('.') ? plain.slice(0, -1) : plain
  // A parenthesis without its partner belongs to what stood around the name.
  return end.endsWith(')') && !end.includes('(') ? end.slice(0, -1).trim() : end
}

function spanOf(start: number, text: string): { readonly start: number, readonly end: number } {
  return { start, end: start + text.length }
}
