import type { Span } from '../../core/text.ts'
import type { LineRange } from '../claim.ts'

/*
 * Scanners for what prose mentions: weaknesses, paths, lines, code in
 * backticks. Each is one walk over the text; the expressions used are anchored
 * at a place and hold no repetition inside a repetition.
 */

/** A CWE id in a text. */
export interface WeaknessMention {
  readonly id: number
  readonly span: Span
}

/** Finds `CWE-79`, `cwe 079`, `CWE79`, `CWE_79` and addresses ending in `/definitions/79`. */
export function weaknessMentions(text: string): readonly WeaknessMention[] {
  const found: WeaknessMention[] = []
  for (const match of text.matchAll(
    /(?<![a-z0-9])cwe(?:[-_ :#]|: |\u2010|\u2011|\u2013)?(\d{1,5})(?!\d)|\/definitions\/(\d{1,5})(?!\d)/gi,
  )) {
    found.push({ id: Number(match[1] ?? match[2]), span: { start: match.index, end: match.index + match[0].length } })
  }
  return found
}

/** Endings of files that hold code or configuration. */
const ENDINGS: ReadonlySet<string> = new Set((
  'py pyi pyx js jsx mjs cjs ts tsx mts cts vue svelte go rb erb java kt kts scala groovy php phtml c h cc'
  + ' cpp cxx hh hpp hxx m mm cs fs vb rs '
  + 'swift dart lua pl pm sh bash zsh ps1 bat sql yml yaml json toml ini cfg conf xml html htm xhtml tf hcl'
  + ' gradle proto '
  + 'ex exs erl hs clj jsp jspx asp aspx cshtml ejs hbs j2 jinja jinja2 tmpl tpl twig ipynb mako sol zig nim r'
  + ' jl graphql env properties lock txt md rst'
).split(' '))

/** Files without ending that hold code. */
const NAMES: ReadonlySet<string> = new Set([
  'Dockerfile', 'Makefile', 'Jenkinsfile', 'Vagrantfile', 'Gemfile', 'Rakefile', 'Procfile',
])

/** Endings that a dotted name of code may have as well; such a path needs a slash or a line. */
const DOUBTFUL: ReadonlySet<string> = new Set([
  'c', 'h', 'm', 'r', 'go', 'env', 'json', 'sql', 'cs', 'pl', 'lock', 'conf', 'properties', 'html', 'xml', 'text',
  'md', 'txt',
])

/** A file that a text names, with the lines written beside it. */
export interface PathMention {
  readonly path: string
  readonly ranges: readonly LineRange[]
  readonly span: Span
  /** The commit in an address of a hosting site; `''` otherwise. */
  readonly commit: string
}

/** Characters that end a path in prose. */
const PATH_END = /[\s`"'<>()[\]{}|,;*]/

/**
 * Finds paths such as `src/app.py`, `app.py:12-15`, `src/a.ts#L10-L12`, and addresses of files at hosting sites;
 * under a label for files also `app.json`.
 */
export function pathMentions(text: string, isLabelled = false): readonly PathMention[] {
  const found: PathMention[] = []
  for (let at = 0; at < text.length;) {
    if (PATH_END.test(text[at] ?? '')) {
      at += 1
      continue
    }
    let end = at
    while (end < text.length && !PATH_END.test(text[end] ?? '')) end += 1
    const mention = pathIn(text.slice(at, end), at, isLabelled)
    if (mention !== undefined) found.push(mention)
    at = end
  }
  return found
}

/** Longest word that is looked at as a path. */
const MAX_PATH = 500

function pathIn(word: string, at: number, isLabelled: boolean): PathMention | undefined {
  if (word.length > MAX_PATH) return undefined
  if (/^https?:\/\//i.test(word)) return addressIn(word, at)
  const trimmed = word.replace(/[.:!?]+$/, '')
  const located = splitLocation(trimmed)
  const isPath = isFilePath(located.path, isLabelled || located.ranges.length > 0)
  return isPath ? { ...located, commit: '', span: { start: at, end: at + trimmed.length } } : undefined
}

/** `https://host/owner/name/blob/<commit>/path#L10-L12`. */
function addressIn(word: string, at: number): PathMention | undefined {
  const parts = word.split('/')
  const blob = parts.findIndex((part) => part === 'blob' || part === 'raw' || part === 'src')
  const commit = parts[blob + 1] ?? ''
  if (blob < 5 || !/^[0-9a-f]{7,40}$/.test(commit)) return undefined
  const located = splitLocation(parts.slice(blob + 2).join('/').replace(/[.,)]+$/, ''))
  return located.path === '' ? undefined : { ...located, commit, span: { start: at, end: at + word.length } }
}

/** Takes lines off the end of a path: `:12`, `:12:5`, `:12-15`, `#L10-L12`, `:L10-L12`. */
export function splitLocation(cited: string): { readonly path: string, readonly ranges: readonly LineRange[] } {
  const found = /(?::|#)L?(\d{1,7})(?:[-\u2013:]L?(\d{1,7}))?(?:[-:]\d{1,7})?$/i.exec(cited)
  if (found === null) return { path: cited, ranges: [] }
  const path = cited.slice(0, found.index)
  const start = Number(found[1])
  const isColumn = found[0].indexOf(':', 1) > 0
  const end = found[2] === undefined || isColumn ? start : Number(found[2])
  return { path, ranges: [{ start, end: Math.max(start, end) }] }
}

/** Whether a word names a file: a known ending, and nothing that a path does not have. */
export function isFilePath(word: string, hasLines: boolean): boolean {
  if (word.length < 3 || !/^[\w.@~+\-/\\ %:=$&!]+$/.test(word) || word.includes('://') || word.startsWith('-')) {
    return false
  }
  const name = word.slice(Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\')) + 1)
  if (NAMES.has(name)) return true
  const dot = name.lastIndexOf('.')
  if (dot < 0) return false
  const ending = name.slice(dot + 1)
  const hasFolder = word.includes('/') || word.includes('\\')
  if (!ENDINGS.has(ending.toLowerCase()) || (dot === 0 && !hasFolder)) return false
  if (hasFolder || hasLines) return true
  return !DOUBTFUL.has(ending) && !name.slice(0, dot).includes('.')
}

/** Lines that a text names. */
export interface LinesMention {
  readonly ranges: readonly LineRange[]
  readonly isApproximate: boolean
  readonly span: Span
}

const LINE_WORD = /(?<![\w.])(lines?|zeilen?|lignes?|l[ií]neas?)(?![\w(])|(?<![\w.])L(?=\d)|#L(?=\d)/giu

/** Finds `line 12`, `lines 10-12`, `lines 12 and 15`, `L12`, `L10-L12`. */
export function linesMentions(text: string): readonly LinesMention[] {
  const found: LinesMention[] = []
  for (const match of text.matchAll(LINE_WORD)) {
    const listed = rangesAt(text, match.index + match[0].length)
    if (listed === undefined) continue
    const before = text.slice(Math.max(0, match.index - 16), match.index).toLowerCase()
    const isApproximate =
      /(?:around|about|approximately|approx\.?|near|circa|ca\.|~)\s?$/.test(before) || listed.isApproximate
    found.push({ ranges: listed.ranges, isApproximate, span: { start: match.index, end: listed.end } })
  }
  return found
}

/** Numbers in one list of lines. */
const MAX_RANGES = 30

function rangesAt(
  text: string,
  from: number,
): { readonly ranges: readonly LineRange[]; readonly end: number; readonly isApproximate: boolean } | undefined {
  const lead = /^(?:\s?(?:numbers?|nos?\.?|#))?[\s:*`_(]{0,4}(~?)/i.exec(text.slice(from, from + 24))
  let at = from + (lead?.[0].length ?? 0)
  const ranges: LineRange[] = []
  let end = at
  while (ranges.length < MAX_RANGES) {
    const number =
      /^[L~]?(\d{1,7})(?![\d.]\d)(?:\s?(?:-|\u2013|\u2014|\bto\b|\bbis\b|\bthrough\b)\s?L?(\d{1,7}))?/i.exec(
        text.slice(at, at + 32),
      )
    if (number === null) break
    const start = Number(number[1])
    ranges.push({ start, end: Math.max(start, Number(number[2] ?? start)) })
    end = at + number[0].length
    const joint = /^\s?(?:,\s?(?:and |& )?|and |& |und |or )/i.exec(text.slice(end, end + 8))
    if (joint === null) break
    at = end + joint[0].length
  }
  return ranges.length === 0 ? undefined : { ranges, end, isApproximate: lead?.[1] === '~' }
}

/** Code between backticks. */
export interface InlineCode {
  /** Without the backticks and the spaces beside them. */
  readonly text: string
  /** With the backticks. */
  readonly span: Span
}

/** Finds code between backtick runs of the same length, on at most three lines. */
export function inlineCodes(text: string): readonly InlineCode[] {
  const found: InlineCode[] = []
  for (let at = text.indexOf('`'); at >= 0; at = text.indexOf('`', at)) {
    let open = at
    while (text[open] === '`') open += 1
    const close = closingRun(text, open, open - at)
    if (close < 0) {
      at = open
      continue
    }
    found.push({ text: text.slice(open, close).trim(), span: { start: at, end: close + open - at } })
    at = close + open - at
  }
  return found
}

const MAX_INLINE = 2_000

function closingRun(text: string, from: number, length: number): number {
  const last = Math.min(text.length, from + MAX_INLINE)
  for (let at = text.indexOf('`', from); at >= 0 && at < last;) {
    let end = at
    while (text[end] === '`') end += 1
    if (end - at === length) return text.slice(from, at).includes('\n\n') ? -1 : at
    at = text.indexOf('`', end)
  }
  return -1
}

/** A CVSS vector or score in a text. */
export interface CvssMention {
  readonly vector: string
  readonly score?: number
  readonly span: Span
}

/** Finds `CVSS:3.1/AV:N/...` and `CVSS Score: 9.8`. */
export function cvssMentions(text: string): readonly CvssMention[] {
  const found: CvssMention[] = []
  for (const match of text.matchAll(/CVSS:[34]\.[01]\/[A-Za-z:/]{8,300}/g)) {
    found.push({ vector: match[0], span: { start: match.index, end: match.index + match[0].length } })
  }
  for (const match of text.matchAll(
    /CVSS(?:v[234](?:\.[01])?)?(?: ?[234]\.[01](?![0-9.]))?(?: base)?(?: score)?[\s:*=(]{1,5}(\d{1,2}\.\d)(?![\d./])/gi,
  )) {
    const score = Number(match[1])
    if (score <= 10) found.push({ vector: '', score, span: { start: match.index, end: match.index + match[0].length } })
  }
  const [first] = found.filter((each) => each.vector !== '')
  const score = found.find((each) => each.score !== undefined)
  if (first === undefined || score?.score === undefined) return found
  return [{ ...first, score: score.score }]
}

/** A commit that a text names: `commit 1a2b3c4`, `revision`, `sha`. */
export function commitMentions(text: string): readonly { readonly commit: string; readonly span: Span }[] {
  const found: { readonly commit: string; readonly span: Span }[] = []
  for (const match of text.matchAll(
    /(?<!\w)(?:commit|revision|sha|rev|at)[\s:*`#(=]{1,4}([0-9a-f]{7,40})(?![0-9a-z])/gi,
  )) {
    const commit = match[1] ?? ''
    // Seven letters without a digit are a word.
    if (/\d/.test(commit)) found.push({ commit, span: { start: match.index, end: match.index + match[0].length } })
  }
  return found
}
