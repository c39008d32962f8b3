import { LIMITS } from '../core/limits.ts'
import type { Problem } from '../core/problem.ts'
import { SourceText, type Span } from '../core/text.ts'
import { encodeFacts } from '../flow/codec.ts'
import type { FileFacts } from '../flow/facts.ts'
import { factsOf } from '../flow/lower.ts'
import type { RuleMatches } from '../match/match.ts'
import type { FrontEnd, Language, ParsedFile } from '../tree/language.ts'
import { decodeText } from './decode-text.ts'
import type { FileMatcher } from './matching.ts'

/** What a file's bytes say by themselves: the facts, and what else a review needs without parsing again. */
export interface FileProduct {
  /** As `encodeFacts` writes them. */
  readonly facts: Uint8Array
  readonly about: AboutFile
}

/** Beside the facts: small, plain data. */
export interface AboutFile {
  readonly lines: number
  /** Starts and ends of the comments in turn. */
  readonly comments: readonly number[]
  /** With `path` left `''`. */
  readonly problems: readonly Problem[]
}

/** What to make of one file. */
export interface FileTask {
  readonly bytes: Uint8Array
  readonly language: Language
  readonly wantsFacts: boolean
  /** Rules, by their number in the matcher, whose matches are wanted. */
  readonly rules: readonly number[]
  /** Code that stands alone without being a file. */
  readonly mayBeFragment: boolean
}

export interface FileAnswer {
  /** `undefined` when not wanted, or when the file holds no text. */
  readonly product: FileProduct | undefined
  /** One per wanted rule that matched or reached a limit. */
  readonly matches: readonly RuleMatches[]
  /** Why the file was not analysed; `''` when it was. */
  readonly refusal: string
  /** Whether the file was parsed; matches of rules that cannot occur in the text need no tree. */
  readonly parsed: boolean
}

/** Makes the facts and matches of one file: a function of its bytes, the language and the rules. */
export function analyseFile(task: FileTask, front: FrontEnd, matcher: FileMatcher): FileAnswer {
  const decoded = decodeText(task.bytes, task.language)
  if (decoded === undefined) return { product: undefined, matches: [], refusal: 'a binary file; not reviewed', parsed: false }
  const { text } = decoded
  const rules = task.rules.filter((rule) => matcher.mayMatch(rule, text))
  if (!task.wantsFacts && rules.length === 0) return { product: undefined, matches: [], refusal: '', parsed: false }
  const parsed = task.mayBeFragment ? front.parseFragment(text) : front.parse(text)
  return {
    product: task.wantsFacts ? productOf(parsed, text, decoded.trouble, task.language) : undefined,
    matches: matcher.match(rules, parsed, text),
    refusal: '',
    parsed: true,
  }
}

function productOf(parsed: ParsedFile, text: string, trouble: string, language: Language): FileProduct {
  const encoding: readonly Problem[] = trouble === '' ? [] : [{ kind: 'encoding', path: '', message: trouble }]
  const facts = factsOf(parsed, language)
  return {
    facts: encodeFacts(facts),
    about: {
      lines: lineCount(text),
      comments: parsed.comments.flatMap((comment) => [comment.start, comment.end]),
      problems: [...encoding, ...parsed.problems, ...tooLong(facts)],
    },
  }
}

/** Functions whose code is too much to be followed. */
function tooLong({ functions, unlowered }: FileFacts): readonly Problem[] {
  return unlowered.flatMap((index): readonly Problem[] => {
    const of = functions[index]
    if (!of) return []
    const name = of.name === '' ? 'the top level of the file' : of.name
    const message = `${name} has more code than is followed in one function (${LIMITS.functionValues} values): calls and data in it are not known`
    return [{ kind: 'limit', path: '', message, span: { start: of.start, end: of.end } }]
  })
}

/** Lines as people count them: a line end at the end of the file begins no further line. */
function lineCount(text: string): number {
  if (text === '') return 0
  const { lineCount: lines } = new SourceText(text)
  return /[\r\n]$/.test(text) ? lines - 1 : lines
}

/** The comments' places, from the form in which they are kept. */
export function commentSpans(about: AboutFile): readonly Span[] {
  const spans: Span[] = []
  for (let at = 0; at + 1 < about.comments.length; at += 2) {
    spans.push({ start: about.comments[at] ?? 0, end: about.comments[at + 1] ?? 0 })
  }
  return spans
}
