/**
 * Expectations written into rule tests, as comments on the line before:
 * `ruleid: a, b` must be reported on the next line, `ok: a` must not;
 * `todoruleid` and `todook` exempt the next line for that rule both ways, and so
 * do `deepruleid`, `proruleid` and their `ok`, which speak of engines that look
 * further than into one function or file.
 */
export interface Expectations {
  /** Lines (from 1) that must be reported. */
  readonly required: readonly number[]
  /** Lines where nothing is decided. */
  readonly exempt: readonly number[]
}

/** What a run got wrong against the annotations. */
export interface Mismatch {
  /** Expected and not reported. */
  readonly missing: readonly number[]
  /** Reported and not expected. */
  readonly extra: readonly number[]
}

/** What a run got wrong for one rule in one file. */
export interface RuleMismatch extends Mismatch {
  readonly rule: string
}

/** Openers of comments in the files that rules are tested on, whatever their language. */
const OPENERS = ['//', '#', '/*', '{/*', '<!--', '(*', ';;', "'"]

/**
 * The keyword, kinds that only other engines run (`prook`, `deepok` and the like
 * behind it: what counts here is the first), the ids and the comment's end.
 */
const ANNOTATION = new RegExp([
  /^ ?((?:pro|deep|todo)?(?:ruleid|ok))\s*:\s*/, /(?:(?:pro|deep)(?:ruleid|ok)\s*:\s*)*/, /([\w.,\s-]+?)\s*/,
  /(?:\*\/\}?|-->|\*\))?\s*$/,
].map((part) => part.source).join(''))

/** Reads the annotations for one rule; `lineComments` are further openers, of the file's language. */
export function expectationsIn(text: string, ruleId: string, lineComments: readonly string[] = []): Expectations {
  const required: number[] = []
  const exempt: number[] = []
  for (const { kind, ids, next } of annotationsIn(text, [...OPENERS, ...lineComments])) {
    if (!ids.includes(ruleId)) continue
    if (kind === 'ruleid') required.push(next)
    else if (kind !== 'ok') exempt.push(next)
  }
  return { required, exempt }
}

/** Compares reported first lines with the annotations; an unannotated report is extra. */
export function compare(expected: Expectations, reported: readonly number[]): Mismatch {
  const lines = new Set(reported)
  const isOpen = (line: number): boolean => expected.exempt.includes(line)
  return {
    missing: expected.required.filter((line) => !lines.has(line) && !isOpen(line)),
    extra: [...lines].filter((line) => !expected.required.includes(line) && !isOpen(line)).sort((a, b) => a - b),
  }
}

/**
 * Checks a test file for several rules: what each of them got wrong, rules without
 * a mistake left out. A rule that the file names but that is not among `ruleIds`
 * counts as one that reported nothing.
 */
export function checkAnnotations(
  ruleIds: readonly string[], text: string, lineComments: readonly string[],
  reported: ReadonlyMap<string, readonly number[]>,
): readonly RuleMismatch[] {
  const named = annotationsIn(text, [...OPENERS, ...lineComments])
    .flatMap((each) => (each.kind === 'ruleid' ? each.ids : []))
  return [...new Set([...ruleIds, ...named])].sort()
    .map((rule) => ({ rule, ...compare(expectationsIn(text, rule, lineComments), reported.get(rule) ?? []) }))
    .filter(({ missing, extra }) => missing.length + extra.length > 0)
}

/** Ids of the rules that any annotation names. */
export function rulesNamedIn(text: string, lineComments: readonly string[] = []): ReadonlySet<string> {
  return new Set(annotationsIn(text, [...OPENERS, ...lineComments]).flatMap((each) => each.ids))
}

interface Annotation {
  readonly kind: string
  readonly ids: readonly string[]
  /** The line it speaks of. */
  readonly next: number
}

function annotationsIn(text: string, openers: readonly string[]): Annotation[] {
  const found: Annotation[] = []
  for (const [index, written] of text.split(/\r\n|\r|\n/).entries()) {
    const line = written.trimStart()
    // The longest opener that fits: `{/*` before `/*`.
    for (const opener of openers) {
      const parts = line.startsWith(opener) ? ANNOTATION.exec(line.slice(opener.length).replace(/^\s+/, ' ')) : null
      if (parts === null) continue
      const ids = (parts[2] ?? '').split(',').map((id) => id.trim())
      found.push({ kind: parts[1] ?? '', ids, next: index + 2 })
      break
    }
  }
  return found
}
