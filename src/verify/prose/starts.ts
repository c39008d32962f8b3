import { isStructural, labelOf, levelOf, roleOf } from './labels.ts'
import type { ProseDocument, ProseLine } from './lines.ts'
import { linesMentions, pathMentions, weaknessMentions } from './mentions.ts'

/** A line at which a finding begins. */
export interface Start {
  /** Its number among the lines of the document. */
  readonly line: number
  /** Starts of the same form divide a review; others lie inside a finding. */
  readonly form: 'heading' | 'item' | 'bullet' | 'line'
  /** Heading level; 7 for items, 8 for single lines, 9 for bullets. */
  readonly level: number
}

/** Longest line that can be the title of a finding. */
const MAX_TITLE = 400

/** Lines of a section that are looked at for what a finding has. */
const MAX_SECTION = 400

/** Every line that looks like the beginning of a finding by itself. */
export function strongStarts(document: ProseDocument): readonly Start[] {
  const starts: Start[] = []
  for (const [at, line] of document.lines.entries()) {
    const start = startAt(document, at, line)
    if (start !== undefined) starts.push(start)
  }
  return starts.length > 0 ? starts : recordStarts(document)
}

/** Records of labelled lines, each beginning with the same label: `Finding: ...`, `Title: ...`. */
function recordStarts({ lines }: ProseDocument): readonly Start[] {
  const titles = lines.flatMap((line, at): readonly Start[] => {
    const isTitle = line.kind === 'text' && labelOf(line.text)?.role === 'title'
    return isTitle ? [{ line: at, form: 'line', level: 8 }] : []
  })
  return titles.length > 1 ? titles : []
}

function startAt(document: ProseDocument, at: number, line: ProseLine): Start | undefined {
  const title = line.text.slice(0, MAX_TITLE)
  if (title === '' || saysNoIssue(title)) return undefined
  switch (line.kind) {
    case 'heading':
      return isFindingTitle(title) ? { line: at, form: 'heading', level: line.level } : undefined
    case 'item':
      if (line.indent > 3) return undefined
      if (line.number !== '') {
        return isNumberedFinding(document, at, line) ? { line: at, form: 'item', level: 7 } : undefined
      }
      return isBulletFinding(title) ? { line: at, form: 'bullet', level: 9 } : undefined
    case 'text':
      return isTitleLine(document, at, title) ? { line: at, form: 'line', level: 8 } : undefined
    default:
      return undefined
  }
}

/** Whether a heading has ids and otherwise only words that frame them: "CWE-79 and CWE-89 coverage". */
function framesIds(title: string): boolean {
  const words = weaknessMentions(title).reduce(
    (rest, { span }) => `${rest.slice(0, span.start)}${' '.repeat(span.end - span.start)}${rest.slice(span.end)}`,
    title,
  )
  const own = words.replaceAll(/\b(?:references?|mappings?|coverage|summary|table|list|top)\b/gi, ' ')
  return own !== words && isStructural(own)
}

/** A heading or title with an id, a number, a severity, or a place. */
function isFindingTitle(title: string): boolean {
  if (roleOf(title) !== undefined || isLabelled(title)) return false
  const hasId = weaknessMentions(title).length > 0
  // A heading over ids, such as "CWE references", frames them.
  if (hasId) return !framesIds(title)
  const rest = withoutOrdinal(title)
  if (isStructural(rest) || roleOf(rest) !== undefined) return ORDINAL_WORD.test(title)
  return rest !== title.trim() || severityTag(title) !== undefined || hasPlace(title)
}

/** `Finding 3`, `Vuln 1:`, `Issue #2`: a counted finding whatever else the title says. */
const ORDINAL_WORD =
  /^\W{0,6}(?:finding|vuln(?:erability)?|issue|bug|problem|weakness|fund|befund)s?[\s#:.-]{1,3}(?:n[o°]\.? ?)?\d{1,4}\b/iu

const ORDINAL =
  /^\W{0,6}(?:(?:finding|vuln(?:erability)?|issue|bug|problem|weakness|fund|befund)[\s#:.-]{1,3})?(?:\d{1,3}\.\d{1,3}(?:\.\d{1,3})?(?=\s)|#? ?\d{1,4}(?:\.\d{1,3})?[.):\]]|#\d{1,4}|[A-Z]{1,8}-\d{1,4}\b[\]:.)]?)/iu

/** The title without the number before it; trimmed. */
export function withoutOrdinal(title: string): string {
  const plain = title.trim()
  if (/^\W{0,6}cwe/i.test(plain)) return plain
  return plain.replace(ORDINAL_WORD, '').replace(ORDINAL, '').replace(/^[\s:.\-\u2013\u2014*]+/, '').trim()
}

/** The severity in `[HIGH]`, `(Critical)`, `HIGH:`, a coloured circle before a word. */
export function severityTag(title: string): { readonly word: string; readonly index: number } | undefined {
  const tag =
    /[[(]\s?(critical|high|medium|moderate|low|informational|info)(?: (?:severity|risk))?\s?[\])]/i.exec(title) ??
    /^\W{0,8}(critical|high|medium|moderate|low)(?: (?:severity|risk))?\s?[:\-\u2013\u2014|]\s?/i.exec(title) ??
    /[:\-\u2013\u2014|]\s?\W{0,3}(critical|high|medium|moderate|low)(?: (?:severity|risk))?\W{0,4}$/i.exec(title)
  const word = tag?.[1]
  if (tag === null || word === undefined || levelOf(word) === undefined) return undefined
  return { word, index: tag.index + tag[0].toLowerCase().indexOf(word.toLowerCase()) }
}

function hasPlace(text: string): boolean {
  return (
    pathMentions(text).some((each) => each.ranges.length > 0) ||
    (pathMentions(text).length > 0 && linesMentions(text).length > 0)
  )
}

function isLabelled(title: string): boolean {
  const label = labelOf(title)
  return label !== undefined && label.role !== 'title'
}

/** A numbered item with an id, or with a bold lead and what findings have below it. */
function isNumberedFinding(document: ProseDocument, at: number, { text }: ProseLine): boolean {
  if (isLabelled(text)) return false
  if (weaknessMentions(text).length > 0) return true
  const isTitle =
    text.startsWith('**') ||
    text.startsWith('__') ||
    text.startsWith('`') ||
    severityTag(text) !== undefined ||
    (text.length < 100 && !/[.;,]$/.test(text))
  return isTitle && sectionHasSigns(document, at)
}

/** Whether place, severity or id stand below a line, before the next line of its form. */
export function sectionHasSigns(document: ProseDocument, at: number): boolean {
  const [first] = document.lines.slice(at, at + 1)
  for (let next = at; next < document.lines.length && next < at + MAX_SECTION; next++) {
    const line = document.lines[next]
    if (line === undefined || first === undefined) break
    const isNext =
      next > at &&
      ((line.kind === 'heading' && (first.kind !== 'heading' || line.level <= first.level)) ||
        (first.kind === 'item' && line.kind === 'item' && line.number !== '' && line.indent <= first.indent))
    if (isNext) break
    if (line.kind === 'code' || line.kind === 'blank') continue
    const role = labelOf(line.text)?.role
    if (role === 'location' || role === 'severity' || role === 'line' || role === 'weakness') return true
    if (weaknessMentions(line.text).length > 0 || hasPlace(line.text) || linesMentions(line.text).length > 0) {
      return true
    }
  }
  return false
}

/** A bullet that leads with an id or severity. */
function isBulletFinding(title: string): boolean {
  if (isLabelled(title)) return false
  const lead = title.slice(0, 80)
  const [mention] = weaknessMentions(lead)
  return (
    (mention !== undefined && mention.span.start < 12 && title.length > mention.span.end + 3) ||
    /^\W{0,4}\[(?:critical|high|medium|low)\]/i.test(lead)
  )
}

/** A line by itself that is a title: wholly bold, counted, or an id with its name. */
function isTitleLine(document: ProseDocument, at: number, title: string): boolean {
  if (isLabelled(title)) return false
  if (ORDINAL_WORD.test(title) && title.length < 200) return true
  if (/^\[(?:critical|high|medium|moderate|low|info)\]\s/i.test(title)) return true
  const before = document.lines[at - 1]
  const isAlone = before === undefined || before.kind === 'blank' || before.kind === 'rule' || before.kind === 'heading'
  if (!isAlone) return false
  const isBold = /^(\*\*|__)/.test(title) && /(\*\*|__):?$/.test(title)
  if (isBold) return isFindingTitle(title.replaceAll(/[*_]{2}/g, ''))
  const [mention] = weaknessMentions(title)
  return mention !== undefined && mention.span.start < 6 && title.length > mention.span.end + 3 && title.length < 200
}

/** A title that says there is nothing. */
export function saysNoIssue(title: string): boolean {
  const words = title
    .toLowerCase()
    .replaceAll(/[^a-z ]/g, ' ')
    .split(' ')
    .filter((word) => word !== '')
  if (/\b(?:not vulnerable|false positives?|none (?:found|identified))\b/.test(words.join(' '))) return true
  // "No issues found", "no security vulnerabilities": the thing denied follows within a few words.
  return words.some(
    (word, at) => (word === 'no' || word === 'zero') && words.slice(at + 1, at + 5).some((each) => THINGS.has(each)),
  )
}

const THINGS: ReadonlySet<string> = new Set([
  'issue', 'issues', 'finding', 'findings', 'vulnerability', 'vulnerabilities', 'problem', 'problems', 'weakness',
  'weaknesses',
])
