import { join } from 'node:path'
import { errorCode, readRegular, rewrite } from '../core/files.ts'
import { SourceText, type Span } from '../core/text.ts'
import { languageOfPath } from '../languages/discover.ts'
import type { Finding, Replacement } from '../review/review.ts'
import type { FrontEnd, Language } from '../tree/language.ts'

/** What became of a finding's fix. */
export interface FixResult {
  readonly replacement: Replacement
  /** What stands there before. */
  readonly replaced: string
  /** Why the file was left as it is here; `''` for a fix that was made. */
  readonly refused: string
}

/** Largest file that is rewritten, in bytes. */
const MAX_FILE = 10_000_000

/** Fixes of one file that are tried one by one when together they break it. */
const MAX_TRIED = 100

interface Edit extends Span {
  readonly replacement: Replacement
  /** To be written, with the indentation of the place. */
  readonly text: string
}

/**
 * Makes the fixes that rules give for findings, in order of path and place. One
 * that overlaps another, or after which less of the file can be read, is
 * refused with the reason. Nothing is written when `isTrial`.
 */
export async function applyFixes(
  root: string, findings: readonly Finding[], languages: readonly Language[], isTrial: boolean,
): Promise<readonly FixResult[]> {
  const byPath = new Map<string, Replacement[]>()
  for (const { replacement } of findings) {
    if (replacement === undefined) continue
    const others = byPath.get(replacement.place.path)
    if (others === undefined) byPath.set(replacement.place.path, [replacement])
    else others.push(replacement)
  }
  const results: FixResult[] = []
  for (const path of [...byPath.keys()].sort()) {
    const language = languageOfPath(languages, path)
    const front = await language?.open()
    results.push(...fixFile(join(root, path), byPath.get(path) ?? [], front, isTrial))
  }
  return results
}

function fixFile(path: string, replacements: readonly Replacement[], front: FrontEnd | undefined, isTrial: boolean): readonly FixResult[] {
  const refuseAll = (reason: string): FixResult[] => replacements.map((replacement) => {
    return { replacement, replaced: replacement.place.code, refused: reason }
  })
  try {
    const bytes = readRegular(path, MAX_FILE)
    if (typeof bytes === 'string') return refuseAll(`the file is ${bytes}`)
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
    if (!Buffer.from(text).equals(bytes)) return refuseAll('the file is not UTF-8')
    const { fixed, results } = fixText(text, replacements, front)
    if (!isTrial && fixed !== text) rewrite(path, fixed)
    return results
  } catch (error) {
    return refuseAll(`the file cannot be rewritten (${errorCode(error)})`)
  }
}

/** The fixes of one text. */
function fixText(
  text: string, replacements: readonly Replacement[], front: FrontEnd | undefined,
): { readonly fixed: string, readonly results: readonly FixResult[] } {
  const source = new SourceText(text)
  const edits = replacements.map((each) => editOf(source, each)).sort((one, other) => one.start - other.start || one.end - other.end)
  const refused = new Map<Edit, string>()
  const apart = withoutOverlaps(source, edits, refused)
  const unread = (of: string): number => front?.parse(of).problems.length ?? 0
  const before = unread(text)
  let made = apart
  if (unread(edited(text, apart)) > before) {
    made = []
    for (const [at, edit] of apart.entries()) {
      if (at < MAX_TRIED && unread(edited(text, [...made, edit])) <= before) made.push(edit)
      else refused.set(edit, 'the file could not be read any more')
    }
  }
  const results = edits.map((edit) => ({ replacement: edit.replacement, replaced: source.slice(edit), refused: refused.get(edit) ?? '' }))
  return { fixed: edited(text, made), results }
}

function editOf(source: SourceText, replacement: Replacement): Edit {
  const { line, column, endLine, endColumn } = replacement.place
  const start = (source.lineStarts[line - 1] ?? 0) + column - 1
  const end = (source.lineStarts[endLine - 1] ?? 0) + endColumn - 1
  const indentation = /^[ \t]*/.exec(source.line(line))?.[0] ?? ''
  // What is cut out of the file has its indentation already.
  const isNew = line === endLine
  return { replacement, start, end, text: isNew ? replacement.text.replaceAll('\n', `\n${indentation}`) : replacement.text }
}

/** The first of overlapping edits stays; the same edit twice is one. */
function withoutOverlaps(source: SourceText, edits: readonly Edit[], refused: Map<Edit, string>): Edit[] {
  const kept: Edit[] = []
  for (const edit of edits) {
    const last = kept.at(-1)
    const isSame = last?.start === edit.start && last.end === edit.end && last.text === edit.text
    if (isSame) continue
    if (last === undefined || last.end <= edit.start) kept.push(edit)
    else refused.set(edit, `it overlaps the fix of line ${source.position(last.start).line}`)
  }
  return kept
}

function edited(text: string, edits: readonly Edit[]): string {
  let made = ''
  let after = 0
  for (const edit of edits) {
    made += text.slice(after, edit.start) + edit.text
    after = edit.end
  }
  return made + text.slice(after)
}
