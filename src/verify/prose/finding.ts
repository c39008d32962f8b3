import type { Span } from '../../core/text.ts'
import { REVIEW_LIMITS } from '../reader.ts'
import type { Claim, ForeignFinding, SeverityLevel } from '../claim.ts'
import { codeClaims } from './code-claims.ts'
import { fencePurpose } from './fence-purpose.ts'
import { listedFlow } from './flow-list.ts'
import { labelOf, levelOf, roleOf, type Role } from './labels.ts'
import type { ProseDocument, ProseLine } from './lines.ts'
import { cvssMentions, linesMentions, pathMentions, weaknessMentions } from './mentions.ts'
import { spanOfLines, type Segment } from './segment.ts'
import { sentencesIn } from './sentences.ts'
import { severityTag, withoutOrdinal } from './starts.ts'
import { statementsOf } from './statements.ts'
import { namedWeaknesses, plainTitleClaim } from './title-claims.ts'

/** A part of a finding with one role. */
interface Region {
  readonly role: Role
  /** Text of it, without label. */
  readonly span: Span
  /** Whether it is a heading or the title. */
  readonly isTitle: boolean
  /** Whether it is the title and a sentence as well, as in a list of findings. */
  readonly isProse?: boolean
}

/** Roles whose label stands for its own line only. */
const ONE_LINE: ReadonlySet<Role> = new Set(['location', 'line', 'severity', 'weakness', 'title', 'other'])

/** Understands the lines of one finding. */
export function readFinding(document: ProseDocument, segment: Segment): ForeignFinding {
  const regions = regionsOf(document, segment)
  const { text } = document
  const claims: Claim[] = [
    ...weaknessClaims(text, regions),
    ...placeClaims(text, regions),
    ...severityClaims(document, segment, regions),
    ...cvssClaims(text, regions),
    ...fenceClaims(document, segment, regions),
    ...regions.flatMap((region) => proseClaims(text, region)),
    ...flowClaims(document, segment),
    ...recommendationClaims(document, segment, regions),
  ]
  return {
    name: nameOf(document.lines[segment.first]),
    span: spanOfLines(document, segment.first, segment.last),
    claims: claims.slice(0, REVIEW_LIMITS.claims),
  }
}

/** `3` of `### 3. Title`, the id of `H-01: Title`. */
function nameOf(line: ProseLine | undefined): string {
  if (line === undefined) return ''
  if (line.number !== '') return line.number
  const title = line.text.replaceAll('**', '').trim()
  const rest = withoutOrdinal(title)
  const lead = rest === title ? '' : title.slice(0, Math.max(0, title.indexOf(rest)))
  return /[A-Za-z]{1,8}-\d{1,4}|\d{1,4}(?:\.\d{1,3})?/.exec(lead)?.[0] ?? ''
}

function regionsOf(document: ProseDocument, { first, last, form }: Segment): readonly Region[] {
  const regions: Region[] = []
  let role: Role = 'description'
  // Whether the last region goes on: the lines of a paragraph are one.
  let isOpen = false
  for (let at = first; at < last; at++) {
    const line = document.lines[at]
    if (line === undefined || ['blank', 'rule', 'fence', 'code'].includes(line.kind)) {
      isOpen = false
      continue
    }
    const isTitle = at === first && form !== 'document'
    const label = isTitle ? undefined : labelOf(line.text)
    if (line.kind === 'heading' && !isTitle) {
      role = roleOf(line.text) ?? label?.role ?? (form === 'document' && at === first ? role : 'description')
      regions.push({ role: 'title', isTitle: true, span: { start: line.textStart, end: line.span.end } })
      isOpen = false
      continue
    }
    const previous = regions.at(-1)
    if (isOpen && line.kind === 'text' && label === undefined && previous !== undefined) {
      regions[regions.length - 1] = { ...previous, span: { start: previous.span.start, end: line.span.end } }
      continue
    }
    isOpen = !isTitle && !(label !== undefined && ONE_LINE.has(label.role))
    if (label !== undefined) {
      const own = label.role
      role = ONE_LINE.has(own) ? 'description' : own
      regions.push({ role: own, isTitle: false, span: { start: line.textStart + label.valueAt, end: line.span.end } })
    } else
      regions.push({
        role: isTitle ? 'title' : role,
        isTitle,
        isProse: isTitle && line.kind !== 'heading',
        span: { start: line.textStart, end: line.span.end },
      })
  }
  return regions
}

/** Ids and their names: from labels and titles, else from the text, else from references. */
function weaknessClaims(text: string, regions: readonly Region[]): readonly Claim[] {
  const named = (wanted: (region: Region) => boolean): readonly Claim[] =>
    regions.filter(wanted).flatMap(({ span }) => namedWeaknesses(text.slice(span.start, span.end), span.start))
  const steps: readonly ((region: Region) => boolean)[] = [
    ({ role }) => role === 'weakness' || role === 'title',
    ({ role }) => role !== 'references' && role !== 'recommendation' && role !== 'attack',
    ({ role }) => role === 'references',
  ]
  const claims = steps.map(named).find((each) => each.length > 0) ?? []
  const [title] = regions
  const heading =
    title?.isTitle === true &&
    !claims.some(
      (each) => each.kind === 'title' && each.span.start >= title.span.start && each.span.end <= title.span.end,
    )
      ? plainTitleClaim(text.slice(title.span.start, title.span.end), title.span.start)
      : undefined
  return heading === undefined || weaknessMentions(heading.text).length > 0 ? claims : [heading, ...claims]
}

/** The first file and the first lines, from labels, then titles, then text. */
function placeClaims(text: string, regions: readonly Region[]): readonly Claim[] {
  const claims: Claim[] = []
  const order: readonly Role[][] = [
    ['location'],
    ['line'],
    ['title'],
    ['code', 'description', 'other', 'weakness', 'severity'],
    ['impact', 'references'],
  ]
  const sorted = order.flatMap((roles) => regions.filter(({ role }) => roles.includes(role)))
  for (const { span, role } of sorted) {
    const own = text.slice(span.start, span.end)
    const shift = (at: Span): Span => ({ start: span.start + at.start, end: span.start + at.end })
    const path = pathMentions(own, role === 'location')[0]
    const isReference = role === 'references' && (path?.commit ?? '') === ''
    if (path !== undefined && !isReference && !claims.some((each) => each.kind === 'file')) {
      claims.push({ kind: 'file', path: path.path, span: shift(path.span) })
      if (path.ranges.length > 0 && !hasLines(claims)) {
        claims.push({ kind: 'lines', ranges: path.ranges, isApproximate: false, span: shift(path.span) })
      }
    }
    const lines = linesMentions(own)[0] ?? (role === 'line' ? bareLines(own) : undefined)
    if (lines !== undefined && role !== 'references' && !hasLines(claims)) {
      claims.push({ kind: 'lines', ranges: lines.ranges, isApproximate: lines.isApproximate, span: shift(lines.span) })
    }
  }
  return claims
}

function hasLines(claims: readonly Claim[]): boolean {
  return claims.some((each) => each.kind === 'lines')
}

/** The value of a label "Line": `42`, `10-12`. */
function bareLines(own: string): ReturnType<typeof linesMentions>[number] | undefined {
  const [found] = linesMentions(`line ${own}`)
  return found === undefined ? undefined : { ...found, span: { start: 0, end: own.length } }
}

function severityClaims(
  document: ProseDocument,
  { first, group }: Segment,
  regions: readonly Region[],
): readonly Claim[] {
  const { text, lines } = document
  for (const { span } of regions.filter(({ role }) => role === 'severity')) {
    const own = text.slice(span.start, span.end)
    // `**Severity high.** Anybody can send it.` has its value in the label.
    const from = text.lastIndexOf('\n', span.start - 1) + 1
    for (const [part, start] of [
      [text.slice(from, span.start), from],
      [own, span.start],
    ] as const) {
      const word = part.split(/[^\p{L}]+/u).find((each) => levelOf(each) !== undefined)
      if (word !== undefined) return [severity(word, start + part.indexOf(word), levelOf(word))]
    }
    if (/^\p{L}/u.test(own)) return [severity(own.slice(0, 60), span.start, undefined)]
  }
  const title = lines[first]
  const tag = title === undefined ? undefined : severityTag(title.text)
  if (title !== undefined && tag !== undefined) {
    return [severity(tag.word, title.textStart + tag.index, levelOf(tag.word))]
  }
  const above = lines[group]
  const word = above?.text
    .split(/[^\p{L}]+/u)
    .find((each) => ['critical', 'high', 'medium', 'low'].includes(each.toLowerCase()))
  return above === undefined || word === undefined
    ? []
    : [severity(word, above.textStart + above.text.indexOf(word), levelOf(word))]
}

function severity(word: string, start: number, level: SeverityLevel | undefined): Claim {
  return {
    kind: 'severity',
    text: word,
    span: { start, end: start + word.length },
    ...(level === undefined ? {} : { level }),
  }
}

function cvssClaims(text: string, regions: readonly Region[]): readonly Claim[] {
  return regions
    .filter(({ role }) => role !== 'references')
    .flatMap(({ span }) => {
      // The label is part of the line; a vector or score may need it.
      const start = text.lastIndexOf('\n', Math.max(0, span.start - 1)) + 1
      return cvssMentions(text.slice(start, span.end)).map(({ vector, score, span: at }): Claim => ({
        kind: 'cvss',
        vector,
        ...(score === undefined ? {} : { score }),
        span: { start: start + at.start, end: start + at.end },
      }))
    })
    .slice(0, 2)
}

/** The roles of the lines of a finding, by place. */
function roleAt(regions: readonly Region[], at: number): Role {
  let role: Role = 'description'
  for (const region of regions) {
    if (region.span.start > at) break
    if (!region.isTitle) role = ONE_LINE.has(region.role) ? 'description' : region.role
  }
  return role
}

function fenceClaims(document: ProseDocument, { first, last }: Segment, regions: readonly Region[]): readonly Claim[] {
  return document.fences.filter(({ line }) => line >= first && line < last).flatMap((fence): readonly Claim[] => {
    const headings = headingRole(document, first, fence.line)
    const purpose = fencePurpose(document, fence, headings ?? roleAt(regions, fence.span.start))
    if (purpose.kind !== 'quote') return []
    return [{ kind: 'quote', form: 'block', text: purpose.text, span: fence.span }]
  })
}

/** The role of the nearest heading above a fence, when no label stands between. */
function headingRole({ lines }: ProseDocument, first: number, line: number): Role | undefined {
  for (let at = line - 1; at > first; at--) {
    const each = lines[at]
    if (each === undefined) continue
    const role = each.kind === 'heading' ? roleOf(each.text) : undefined
    if (role !== undefined) return role
    if (each.kind !== 'code' && labelOf(each.text) !== undefined) return undefined
  }
  return undefined
}

/** Roles whose sentences claim something of the code. */
const CLAIMING: ReadonlySet<Role> = new Set(['description', 'impact', 'code', 'location'])

function proseClaims(text: string, { role, span, isTitle, isProse }: Region): readonly Claim[] {
  if ((isTitle && !isProse) || !(isProse || CLAIMING.has(role))) return []
  return sentencesIn(text, span).flatMap((sentence) => {
    const code = role === 'impact' ? [] : codeClaims(sentence)
    const statements = role === 'location' ? [] : statementsOf(sentence)
    const claims = [...code, ...statements]
    const isPlace = linesMentions(sentence.text).length > 0 || pathMentions(sentence.text).length > 0
    return claims.length === 0 && !isPlace && !isTitle
      ? [{ kind: 'description', text: sentence.text, span: sentence.span }]
      : claims
  })
}

/** Lists of steps below a label or heading for them, up to the next one. */
function flowClaims({ lines, ...document }: ProseDocument, { first, last }: Segment): readonly Claim[] {
  const claims: Claim[] = []
  for (let at = first + 1; at < last; at++) {
    if (roleOfLine(lines[at]) !== 'flow') continue
    let end = at + 1
    while (end < last && roleOfLine(lines[end]) === undefined) end += 1
    claims.push(...listedFlow({ lines, ...document }, at, end))
    at = end - 1
  }
  return claims
}

function roleOfLine(line: ProseLine | undefined): Role | undefined {
  if (line === undefined || line.kind === 'code' || line.kind === 'fence') return undefined
  return line.kind === 'heading' ? roleOf(line.text) : labelOf(line.text)?.role
}

/** All advice of a finding as one claim, with the code of its fences. */
function recommendationClaims(
  document: ProseDocument,
  { first, last }: Segment,
  regions: readonly Region[],
): readonly Claim[] {
  const parts = regions.filter(({ role }) => role === 'recommendation')
  const [start] = parts
  const end = parts.at(-1)
  const code = document.fences.filter(
    ({ line, span }) => line >= first && line < last && roleAt(regions, span.start) === 'recommendation',
  )
  if (start === undefined || end === undefined) return []
  const text = parts
    .map(({ span }) => document.text.slice(span.start, span.end).trim())
    .filter((each) => each !== '')
    .join('\n')
  if (text === '' && code.length === 0) return []
  const stop = Math.max(end.span.end, ...code.map((each) => each.span.end))
  return [
    {
      kind: 'recommendation',
      text,
      code: code.map((each) => each.text).join('\n'),
      span: { start: start.span.start, end: stop },
    },
  ]
}
