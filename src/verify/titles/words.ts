/** Words that no title is about. */
const EMPTY: ReadonlySet<string> = new Set([
  'of', 'the', 'to', 'in', 'a', 'an', 'and', 'or', 'for', 'with', 'on', 'by', 'from', 'through', 'use', 'via',
])

/** Endings that a common form of a word loses, longest first. */
const ENDINGS: readonly string[] = ['ization', 'isation', 'ings', 'ions', 'ing', 'ion', 'ed', 'ly', 's']

/** Words this short keep their ending. */
const SHORT = 4

/** Longest title that is compared, in characters; a sentence is no title. */
const MAX_TITLE = 300

/**
 * A title in its plain form: lower case, `&` as `and`, no quote marks, everything else but letters and digits a
 * space.
 */
export function plainTitle(title: string): string {
  const lower = title
    .slice(0, MAX_TITLE)
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replaceAll(/['"`\u2018\u2019\u201c\u201d]/g, '')
  return lower
    .replaceAll(/[^\p{L}\p{N}]/gu, ' ')
    .split(' ')
    .filter((word) => word !== '')
    .join(' ')
}

/** Words that say that something is a finding, and nothing of which. */
const GENERIC: ReadonlySet<string> = new Set([
  'some', 'potential', 'possible', 'likely', 'security', 'vulnerability', 'vulnerabilities', 'weakness', 'weaknesses',
  'issue', 'issues', 'flaw', 'flaws', 'bug', 'bugs',
  'problem', 'problems', 'risk', 'risks', 'finding', 'detected', 'found', 'identified',
])

/**
 * A plain title without the words that say nothing of the weakness: of `potential sql injection vulnerability` `sql
 * injection`.
 */
export function specificTitle(plain: string): string {
  return plain.split(' ').filter((word) => !GENERIC.has(word)).join(' ')
}

/** The words of a title in their common form, for comparing paraphrases. */
export function titleWords(title: string): readonly string[] {
  const plain = title.slice(0, MAX_TITLE).toLowerCase().replaceAll('cross-site', 'cross site')
    .replaceAll('hardcoded', 'hard coded').replaceAll('hard-coded', 'hard coded')
  const words = plain.replaceAll(/[^a-z0-9]/g, ' ').split(' ')
  return words.filter((word) => word !== '' && !EMPTY.has(word)).map(commonForm)
}

function commonForm(word: string): string {
  if (word.length <= SHORT) return word
  const ending = ENDINGS.find((each) => word.endsWith(each))
  return ending === undefined ? word : word.slice(0, -ending.length)
}

/** A name without what stands in parentheses. */
export function withoutParentheses(name: string): string {
  let depth = 0
  let kept = ''
  for (const character of name) {
    if (character === '(') depth += 1
    else if (character === ')') depth = Math.max(0, depth - 1)
    else if (depth === 0) kept += character
  }
  return kept.split(' ').filter((word) => word !== '').join(' ')
}

/** What stands in parentheses, each part. */
export function inParentheses(name: string): readonly string[] {
  const parts: string[] = []
  let start = -1
  for (let at = 0; at < name.length; at++) {
    if (name[at] === '(') start = at + 1
    if (name[at] === ')' && start >= 0) {
      parts.push(name.slice(start, at))
      start = -1
    }
  }
  return parts.filter((part) => part.trim() !== '')
}
