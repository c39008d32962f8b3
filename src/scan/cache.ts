import type { FileStatus } from '../core/files.ts'
import type { Problem } from '../core/problem.ts'
import type { FileFacts } from '../flow/facts.ts'
import type { RuleMatches } from '../match/match.ts'
import type { Review } from '../review/review.ts'
import type { Language } from '../tree/language.ts'
import type { AboutFile, FileProduct } from './analyse-file.ts'

/** What a file's content is called: by us, and by git. */
export interface ContentNames {
  readonly hash: string
  readonly objectId: string
}

/** What is known from earlier runs. Whatever it answers, the review is the same, only sooner. */
export interface Cache {
  /** Whether it knows nothing at all, so that every file will have to be analysed. */
  readonly isEmpty: boolean
  /** The names of the content of a file whose status shows that it did not change; `undefined` when that is not sure. */
  unchanged(path: string, status: FileStatus | undefined): ContentNames | undefined
  keepStatus(path: string, status: FileStatus | undefined, names: ContentNames): void
  facts(hash: string, language: Language): { readonly facts: FileFacts, readonly about: AboutFile } | undefined
  keepFacts(hash: string, language: Language, product: FileProduct): void
  /** Known matches, and the numbers of the rules about which nothing is known. */
  matches(hash: string, language: Language): { readonly known: readonly RuleMatches[], readonly missing: readonly number[] }
  keepMatches(hash: string, language: Language, rules: readonly number[], matches: readonly RuleMatches[]): void
  /** The review that answered a question, as `questionOf` names it. */
  review(question: string): Review | undefined
  /** Keeps and writes it. Never throws. */
  keepReview(question: string, review: Review): void
  /** Writes what was learned, if anything was. Never throws: a failure is a problem. */
  save(): void
  /** Why it was not used or not written. */
  readonly problems: readonly Problem[]
}

/** Remembers nothing. `rules` is the number of pattern rules. */
export function noCache(rules: number): Cache {
  const missing = [...Array(rules).keys()]
  return {
    isEmpty: true,
    unchanged: () => undefined,
    keepStatus: () => undefined,
    facts: () => undefined,
    keepFacts: () => undefined,
    matches: () => ({ known: [], missing }),
    keepMatches: () => undefined,
    review: () => undefined,
    keepReview: () => undefined,
    save: () => undefined,
    problems: [],
  }
}
