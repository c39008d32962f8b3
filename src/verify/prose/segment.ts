import type { Span } from '../../core/text.ts'
import { isStructural, labelOf, roleOf } from './labels.ts'
import type { ProseDocument, ProseLine } from './lines.ts'
import { linesMentions, pathMentions, weaknessMentions } from './mentions.ts'
import { saysNoIssue, sectionHasSigns, strongStarts, type Start } from './starts.ts'

/** Lines of one finding: from `first` up to but without `last`. */
export interface Segment {
  readonly first: number
  readonly last: number
  readonly form: Start['form'] | 'row' | 'document'
  /** Line of the heading above that groups findings, such as one by severity; -1 without. */
  readonly group: number
}

/** The findings of a prose review and what lies around them. */
export interface Segments {
  readonly findings: readonly Segment[]
  /** Numbers of lines outside findings. */
  readonly around: readonly number[]
}

/** Divides a review into its findings. */
export function segment(document: ProseDocument): Segments {
  const findings = withoutConclusion(document, findingsOf(document))
  const inside = new Set<number>()
  for (const { first, last } of findings) for (let at = first; at < last; at++) inside.add(at)
  return { findings, around: document.lines.map((_, at) => at).filter((at) => !inside.has(at)) }
}

function findingsOf(document: ProseDocument): readonly Segment[] {
  const strong = outermost(document, strongStarts(document))
  if (strong.length > 0) return ended(document, strong)
  const weak = outermost(document, weakHeadings(document))
  if (weak.length > 0) return ended(document, weak)
  const rows = tableRows(document)
  if (rows.length > 0) return rows
  const items = placedItems(document)
  if (items.length > 0) return ended(document, items)
  return isOneFinding(document) ? [{ first: 0, last: document.lines.length, form: 'document', group: -1 }] : []
}

/** Starts that lie in no other finding. A heading over several others only groups them. */
function outermost(document: ProseDocument, starts: readonly Start[]): readonly Start[] {
  const kept: Start[] = []
  for (const [at, start] of starts.entries()) {
    const current = kept.at(-1)
    if (current === undefined || start.level <= current.level || endOf(document, current, starts) <= start.line) {
      if (!isGroup(document, start, starts.slice(at + 1))) kept.push(start)
    }
  }
  return kept
}

/** Whether a heading has nothing of its own and several findings below it. */
function isGroup(document: ProseDocument, start: Start, later: readonly Start[]): boolean {
  if (start.form !== 'heading') return false
  const end = endOf(document, start, [])
  const below = later.filter((each) => each.line < end && each.form === 'heading' && each.level > start.level)
  const [first] = below
  if (first === undefined) return false
  const own = document.lines.slice(start.line, first.line).map((each) => each.text).join('\n')
  const hasOwn = pathMentions(own).length > 0 || linesMentions(own).length > 0 || weaknessMentions(own).length > 0
  return !hasOwn
}

/** The first line after a finding. */
function endOf(document: ProseDocument, start: Start, starts: readonly Start[]): number {
  const next = starts.find((each) => each.line > start.line && each.level <= start.level)?.line ?? document.lines.length
  for (let at = start.line + 1; at < next; at++) {
    const line = document.lines[at]
    if (line !== undefined && endsFinding(line, start)) return at
  }
  return next
}

function endsFinding(line: ProseLine, start: Start): boolean {
  if (line.kind !== 'heading') return start.form === 'line' && line.kind === 'rule'
  if (start.form === 'heading') return line.level <= start.level
  // Below an item or a line, a heading names a part of the finding or ends it.
  return roleOf(line.text) === undefined || isStructural(line.text)
}

function ended(document: ProseDocument, starts: readonly Start[]): readonly Segment[] {
  return starts.map((start, at) => {
    const following = starts[at + 1]?.line ?? document.lines.length
    const last = Math.min(following, endOf(document, start, starts))
    return { first: start.line, last, form: start.form, group: groupOf(document, start) }
  })
}

/** Lines upwards that are looked at for a grouping heading. */
const MAX_UPWARDS = 2_000

/** The nearest heading above that is no finding and of a higher level. */
function groupOf(document: ProseDocument, start: Start): number {
  for (let at = start.line - 1; at >= 0 && at > start.line - MAX_UPWARDS; at--) {
    const line = document.lines[at]
    if (line?.kind === 'heading' && line.level < start.level) return isStructural(line.text) ? at : -1
  }
  return -1
}

/** Headings that are no label and frame nothing, with an id, a place or a severity below them. */
function weakHeadings(document: ProseDocument): readonly Start[] {
  const starts: Start[] = []
  for (const [at, line] of document.lines.entries()) {
    const isOther =
      line.kind !== 'heading' || isStructural(line.text) || roleOf(line.text) !== undefined || saysNoIssue(line.text)
    if (isOther || labelOf(line.text) !== undefined) continue
    if (!sectionHasSigns(document, at) || hasLowerHeadings(document, at, line)) continue
    starts.push({ line: at, form: 'heading', level: line.level })
  }
  return starts
}

/**
 * Whether the section has headings of its own that are no labels: then those are the findings, or the whole document
 * is one.
 */
function hasLowerHeadings(document: ProseDocument, at: number, { level }: ProseLine): boolean {
  for (const line of document.lines.slice(at + 1)) {
    if (line.kind !== 'heading') continue
    if (line.level <= level) return false
    return true
  }
  return false
}

/** Rows of a table that has columns for place, severity or id; the header row and the separator are none. */
function tableRows(document: ProseDocument): readonly Segment[] {
  const rows: Segment[] = []
  for (const [at, line] of document.lines.entries()) {
    if (line.kind !== 'table' || /^[|\s:-]+$/.test(line.text)) continue
    const isHeader = /^[|\s:-]+$/.test(document.lines[at + 1]?.text ?? '')
    if (isHeader) continue
    // A row with an id alone counts something.
    const has =
      pathMentions(line.text).length > 0 ||
      (weaknessMentions(line.text).length > 0 && /\b(?:critical|high|medium|low)\b/i.test(line.text))
    if (has) rows.push({ first: at, last: at + 1, form: 'row', group: -1 })
  }
  return rows
}

/** List items that name a place, in a list without anything better. */
function placedItems(document: ProseDocument): readonly Start[] {
  const items: Start[] = []
  for (const [at, line] of document.lines.entries()) {
    const paths = pathMentions(line.text.slice(0, MAX_ITEM))
    const isItem = line.kind === 'item' && line.indent <= 3 && labelOf(line.text) === undefined
    // `src/app.py:12: message`, as compilers write it.
    const isMessage =
      line.kind === 'text' && (paths[0]?.span.start ?? MAX_ITEM) <= 2 && (paths[0]?.ranges.length ?? 0) > 0
    if (!isItem && !isMessage) continue
    const hasPlace = paths.some((each) => each.ranges.length > 0) || linesMentions(line.text).length > 0
    if (hasPlace) items.push({ line: at, form: 'item', level: 7 })
  }
  return items
}

/** Characters of an item that are looked at for its place. */
const MAX_ITEM = 500

/** A report about one thing: it names a weakness, or a place, or has the parts that such reports have. */
function isOneFinding({ text, lines }: ProseDocument): boolean {
  if (lines.some((line) => line.kind === 'text' && saysNoIssue(line.text.slice(0, MAX_ITEM)))) return false
  const head = text.slice(0, MAX_READ)
  if (
    weaknessMentions(head).length > 0 ||
    linesMentions(head).length > 0 ||
    pathMentions(head).some((each) => each.ranges.length > 0)
  )
    return true
  const roles = new Set(lines.map((line) => (line.kind === 'heading' ? roleOf(line.text) : labelOf(line.text)?.role)))
  return (roles.has('impact') || roles.has('attack')) && (roles.has('description') || roles.has('recommendation'))
}

const MAX_READ = 200_000

/** Takes the closing words of a review off its last finding. */
function withoutConclusion(document: ProseDocument, findings: readonly Segment[]): readonly Segment[] {
  const last = findings.at(-1)
  if (last === undefined || last.form === 'document' || last.form === 'row') return findings
  const habit = findings.slice(0, -1)
  const isHabit = habit.length > 0 && habit.every((each) => tailAfterAdvice(document, each) === each.last)
  const tail = isHabit ? tailAfterAdvice(document, last) : last.last
  const closing = closingParagraph(document, last)
  const end = Math.min(tail, closing)
  return end === last.last ? findings : [...findings.slice(0, -1), { ...last, last: end }]
}

/** The first line of the paragraph after a recommendation that stands in one paragraph; `last` without. */
function tailAfterAdvice({ lines }: ProseDocument, { first, last }: Segment): number {
  let advice = -1
  for (let at = first; at < last; at++) if (labelOf(lines[at]?.text ?? '')?.role === 'recommendation') advice = at
  if (advice < 0) return last
  let at = advice
  while (at < last && lines[at]?.kind !== 'blank') at += 1
  while (at < last && lines[at]?.kind === 'blank') at += 1
  // Code, lists and further labels go on with the advice.
  const kind = lines[at]?.kind
  return kind === 'text' && labelOf(lines[at]?.text ?? '') === undefined ? at : last
}

const CLOSING =
  /^(?:\W{0,4})(?:overall|in conclusion|in summary|to conclude|to summari[sz]e|conclusion|in general|all in all|summary|insgesamt|zusammenfassend|en résumé|en conclusion|en resumen)\b/i

function closingParagraph({ lines }: ProseDocument, { first, last }: Segment): number {
  for (let at = first + 1; at < last; at++) {
    const line = lines[at]
    const isStart = line?.kind === 'text' && (lines[at - 1]?.kind === 'blank' || lines[at - 1]?.kind === 'rule')
    if (isStart && (CLOSING.test(line.text) || saysNoIssue(line.text))) return at
  }
  return last
}

/** The span of some lines. */
export function spanOfLines({ lines }: ProseDocument, first: number, last: number): Span {
  return { start: lines[first]?.span.start ?? 0, end: lines[Math.max(first, last - 1)]?.span.end ?? 0 }
}
