import { defencesNamed } from '../defences.ts'
import type { Claim } from '../claim.ts'
import type { Sentence } from './sentences.ts'

/**
 * What a sentence of a description claims about the code: that something is missing, that data flows, that somebody
 * gets there.
 */
export function statementsOf(sentence: Sentence): readonly Claim[] {
  const { text, span } = sentence
  const words = text.toLowerCase()
  const claims: Claim[] = []
  const object = deniedObject(words)
  if (object !== '') claims.push({ kind: 'absence', span, text, object })
  if (speaksOfFlow(words)) claims.push({ kind: 'flow', span, text, steps: [] })
  if (speaksOfReach(words)) claims.push({ kind: 'reach', span, text })
  const context = contextOf(words)
  if (context !== undefined) claims.push({ kind: 'context', span, context })
  return claims
}

/** Words that deny what follows them. */
const NEGATIONS: readonly string[] = [
  'no ', 'without ', 'lack of ', 'lacks ', 'lacking ', 'lack ', 'missing ', 'absence of ', 'absent ', 'does not ',
  "doesn't ", 'do not ', "don't ", 'is not ',
  "isn't ", 'are not ', "aren't ", 'not ', 'fails to ', 'fail to ', 'never ', 'neither ', 'insufficient ',
  'inadequate ',
]

/** Words between the denial and the thing. */
const REACH = 9

/** What a sentence says is not there, in its words; `''` when it denies nothing that could be searched for. */
export function deniedObject(words: string): string {
  for (const negation of NEGATIONS) {
    for (let at = indexOfWord(words, negation, 0); at >= 0; at = indexOfWord(words, negation, at + negation.length)) {
      const object =
        words
          .slice(at + negation.length)
          .split(/[,;:.()]/, 1)[0]
          ?.split(' ')
          .filter((word) => word !== '')
          .slice(0, REACH)
          .join(' ') ?? ''
      // "is not only", "not just": nothing is denied.
      if (/^(?:only|just|merely|necessarily|limited)\b/.test(object)) continue
      if (defencesNamed(object).length > 0) return object
    }
  }
  return ''
}

function indexOfWord(words: string, wanted: string, from: number): number {
  for (let at = words.indexOf(wanted, from); at >= 0; at = words.indexOf(wanted, at + 1)) {
    if (at === 0 || !/[\w'-]/.test(words[at - 1] ?? '')) return at
  }
  return -1
}

const FLOW: readonly string[] = [
  'user input', 'user-supplied', 'user supplied', 'user-controlled', 'user controlled', 'attacker-controlled',
  'attacker controlled',
  'attacker-supplied', 'untrusted', 'tainted', 'user-provided', 'user provided', 'request parameter',
  'query parameter', 'from the request',
  'request body', 'query string', 'flows into', 'flows to', 'flows directly', 'is passed to', 'passed directly',
  'passed into', 'interpolated', 'concatenated', 'concatenates', 'directly into',
  'reaches the', 'externally controlled', 'unsanitized', 'unsanitised', 'unvalidated',
]

function speaksOfFlow(words: string): boolean {
  return FLOW.some((each) => words.includes(each))
}

/** People who ought not to get there: with a modal verb the sentence says that they do. */
const OUTSIDERS: readonly string[] = [
  'unauthorized', 'unauthorised', 'unauthenticated', 'any user', 'anyone', 'anybody', 'arbitrary user',
  'arbitrary users', 'malicious user', 'malicious actor',
  'only authorized', 'only authorised', 'non-admin', 'low-privileged', 'unprivileged',
]

const MODALS: ReadonlySet<string> = new Set([
  'can', 'could', 'may', 'might', 'able', 'allow', 'allows', 'allowing', 'lets', 'enables', 'permits',
])

/** What somebody does who gets there. */
const ACTS: ReadonlySet<string> = new Set([
  'call', 'invoke', 'access', 'start', 'stop', 'reach', 'trigger', 'execute', 'run', 'send', 'submit', 'delete',
  'modify', 'read', 'write', 'create', 'upload',
])

/** Words from an attacker to a modal verb, and from there to an act. */
const NEAR = 4

function speaksOfReach(words: string): boolean {
  const split = words.split(/[^a-z]+/)
  if (OUTSIDERS.some((each) => words.includes(each))) return split.some((word) => MODALS.has(word))
  const actor = split.findIndex((word) => word === 'attacker' || word === 'attackers')
  if (actor < 0) return false
  const around = split.slice(Math.max(0, actor - NEAR), actor + NEAR)
  return (
    around.some((word) => MODALS.has(word)) && split.slice(actor + 1, actor + 2 * NEAR).some((word) => ACTS.has(word))
  )
}

function contextOf(words: string): 'production' | 'test' | undefined {
  if (words.includes('production code')) return 'production'
  return /\b(?:is|in) (?:a )?test (?:code|file)\b/.test(words) ? 'test' : undefined
}
