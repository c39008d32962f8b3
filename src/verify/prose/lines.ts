import type { Span } from '../../core/text.ts'

/** A line of markdown or plain text, and what it begins. */
export interface ProseLine {
  /** Without the line end. */
  readonly span: Span
  /** Where the text of the line begins, after indentation and marker. */
  readonly textStart: number
  /** The text after the marker, without trailing white space and closing `#`. */
  readonly text: string
  readonly kind: 'blank' | 'heading' | 'item' | 'table' | 'rule' | 'fence' | 'code' | 'text'
  /** Heading level 1 to 6. */
  readonly level: number
  /** Columns before the marker or text. */
  readonly indent: number
  /** A numbered item's number, `''` for a bullet. */
  readonly number: string
}

/** A block of code, fenced or with line numbers. */
export interface Fence {
  /** With its fence lines. */
  readonly span: Span
  /** The code, its indentation that of the fence taken off. */
  readonly text: string
  /** First word after the opening fence, lower case. */
  readonly info: string
  /** Number of the opening line among all lines. */
  readonly line: number
}

export interface ProseDocument {
  readonly text: string
  readonly lines: readonly ProseLine[]
  readonly fences: readonly Fence[]
}

/** Splits a text into lines and fenced blocks. */
export function splitLines(text: string): ProseDocument {
  const lines: ProseLine[] = []
  const fences: Fence[] = []
  let frame = -1
  let open: { readonly mark: string, readonly info: string, readonly line: number, readonly indent: number } | undefined
  for (let start = text.charCodeAt(0) === 0xfeff ? 1 : 0; start <= text.length;) {
    const feed = text.indexOf('\n', start)
    const next = feed < 0 ? text.length + 1 : feed + 1
    const end = feed < 0 ? text.length : feed > start && text[feed - 1] === '\r' ? feed - 1 : feed
    const span = { start, end }
    const raw = text.slice(start, end)
    if (open === undefined) {
      const fence = openingFence(raw)
      const isInFrame = fence === undefined && (isNumberedCode(raw) || (frame >= 0 && isPointer(raw)))
      if (isInFrame && frame < 0) frame = lines.length
      if (!isInFrame && frame >= 0) {
        fences.push(frameOf(text, lines, frame))
        frame = -1
      }
      if (fence === undefined) lines.push(isInFrame ? plainLine('code', raw, span) : readLine(raw, span))
      else {
        open = { ...fence, line: lines.length }
        lines.push(plainLine('fence', raw, span))
      }
    } else if (isClosing(raw, open.mark)) {
      fences.push(fenceOf(text, lines, open))
      lines.push(plainLine('fence', raw, span))
      open = undefined
    } else lines.push(plainLine('code', raw, span))
    start = next
  }
  if (open !== undefined) fences.push(fenceOf(text, lines, open))
  if (frame >= 0) fences.push(frameOf(text, lines, frame))
  return { text, lines, fences }
}

function fenceOf(
  text: string,
  lines: readonly ProseLine[],
  { line, indent, info }: { readonly line: number; readonly indent: number; readonly info: string },
): Fence {
  const inside = lines.slice(line + 1).map((each) => withoutIndent(text.slice(each.span.start, each.span.end), indent))
  const start = lines[line]?.span.start ?? 0
  return { span: { start, end: lines.at(-1)?.span.end ?? start }, text: inside.join('\n'), info, line }
}

/** Code with line numbers before it, as tools print it at a terminal: a block without fences. */
function frameOf(text: string, lines: readonly ProseLine[], first: number): Fence {
  const start = lines[first]?.span.start ?? 0
  const end = lines.at(-1)?.span.end ?? start
  return { span: { start, end }, text: text.slice(start, end), info: '', line: first }
}

/** `12 | code`; a row of a table has more than one bar. */
function isNumberedCode(raw: string): boolean {
  const match = /^[ \t>]{0,24}\d{1,6} [|\u2502](?: |$)/.exec(raw)
  return match !== null && !raw.slice(match[0].length).includes(' | ')
}

/** `   | ^^^^^` under a line of code. */
function isPointer(raw: string): boolean {
  return /[\^~]/.test(raw) && /^[\s|\u2502^~]{1,400}$/.test(raw)
}

function withoutIndent(line: string, indent: number): string {
  let at = 0
  while (at < indent && (line[at] === ' ' || line[at] === '\t')) at += 1
  return line.slice(at)
}

function openingFence(
  raw: string,
): { readonly mark: string; readonly info: string; readonly indent: number } | undefined {
  let at = indentOf(raw)
  const indent = at
  // A fence may begin in a list item.
  const marker = /^(?:[-*+]|\d{1,4}[.)]) {1,3}/.exec(raw.slice(at, at + 10))
  if (marker !== null) at += marker[0].length
  const character = raw[at]
  if (character !== '`' && character !== '~') return undefined
  let to = at
  while (raw[to] === character) to += 1
  const info = raw.slice(to).trim()
  if (to - at < 3 || (character === '`' && info.includes('`'))) return undefined
  return { mark: raw.slice(at, to), info: info.split(' ', 1)[0]?.toLowerCase() ?? '', indent }
}

function isClosing(raw: string, mark: string): boolean {
  const text = raw.trim()
  return text.length >= mark.length && text.startsWith(mark) && [...text].every((each) => each === mark[0])
}

function indentOf(raw: string): number {
  let at = 0
  while (raw[at] === ' ' || raw[at] === '\t') at += 1
  return at
}

function plainLine(kind: ProseLine['kind'], raw: string, span: Span): ProseLine {
  const indent = indentOf(raw)
  return { span, textStart: span.start + indent, text: raw.trim(), kind, level: 0, indent, number: '' }
}

function readLine(raw: string, span: Span): ProseLine {
  const plain = plainLine('text', raw, span)
  const { text, indent } = plain
  if (text === '') return { ...plain, kind: 'blank' }
  if (isRule(text)) return { ...plain, kind: 'rule' }
  if (text.startsWith('|')) return { ...plain, kind: 'table' }
  const heading = /^(#{1,6})(?=\s|$)/.exec(text)
  if (heading !== null) return withMarker(plain, 'heading', heading[0].length, heading[0].length, '')
  const bullet = /^[-*+•] /.exec(text)
  if (bullet !== null) return withMarker(plain, 'item', 1, 0, '')
  const numbered = /^\(?(\d{1,4})[.)](?= |\*|$)/.exec(text)
  if (numbered !== null && indent < 10) return withMarker(plain, 'item', numbered[0].length, 0, numbered[1] ?? '')
  const quoted = /^>+ ?/.exec(text)
  if (quoted !== null) return withMarker(plain, 'text', quoted[0].length, 0, '')
  return plain
}

function withMarker(
  line: ProseLine,
  kind: ProseLine['kind'],
  marker: number,
  level: number,
  number: string,
): ProseLine {
  const rest = line.text.slice(marker)
  const lead = rest.length - rest.trimStart().length
  const text = kind === 'heading' ? trimHashes(rest.trim()) : rest.trim()
  return { ...line, kind, level, number, textStart: line.textStart + marker + lead, text }
}

function trimHashes(text: string): string {
  let end = text.length
  while (text[end - 1] === '#') end -= 1
  return end < text.length && text[end - 1] === ' ' ? text.slice(0, end).trimEnd() : text
}

function isRule(text: string): boolean {
  const mark = text[0] ?? ''
  if (!'-*_='.includes(mark)) return false
  const compact = [...text].filter((each) => each !== ' ')
  return compact.length >= 3 && compact.every((each) => each === mark)
}
