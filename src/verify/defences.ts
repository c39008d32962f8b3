import { join } from 'node:path'
import { readText } from '../core/files.ts'
import { installation } from '../scan/installation.ts'

/** Something that a review can say is missing. */
export interface Defence {
  readonly name: string
  /** Words of a review, lower case. */
  readonly said: readonly string[]
  /** Parts of names in code that show it, lower case. */
  readonly code: ReadonlySet<string>
  /** Of these, names whose use in the function denies that it is missing. */
  readonly decisive: ReadonlySet<string>
  /** Pieces of code that put it in front of the whole program. */
  readonly wide: readonly string[]
}

interface StoredDefence {
  readonly said: readonly string[]
  readonly code: readonly string[]
  readonly decisive: readonly string[]
  readonly wide: readonly string[]
}

let loaded: readonly Defence[] | undefined

/** The curated vocabulary of `data/verify/defences.json`. */
export function defences(): readonly Defence[] {
  loaded ??= load()
  return loaded
}

function load(): readonly Defence[] {
  const file = join(installation().folder, 'data', 'verify', 'defences.json')
  const stored = JSON.parse(readText(file)) as { readonly defences: Readonly<Record<string, StoredDefence>> }
  return Object.entries(stored.defences).map(([name, { said, code, decisive, wide }]) => {
    return { name, said, code: new Set(code), decisive: new Set(decisive), wide }
  })
}

/** Words that say nothing about which defence is meant. */
const PLAIN: ReadonlySet<string> = new Set([
  'a', 'an', 'any', 'the', 'and', 'or', 'proper', 'adequate', 'sufficient', 'appropriate', 'explicit', 'mechanism',
  'mechanisms', 'measures', 'kind', 'sort',
  'form', 'system', 'control', 'controls', 'check', 'checks', 'is', 'are', 'be', 'been', 'being', 'performed', 'done',
  'implemented', 'in', 'place', 'here',
  'this', 'that', 'it', 'its', 'whatsoever', 'at', 'all', 'present', 'enforced', 'provided', 'visible', 'protection',
  'have', 'has', 'used', 'applied', 'code', 'function', 'method', 'endpoint',
])

/** Words after which the purpose follows, not the thing. */
const PURPOSE: ReadonlySet<string> = new Set([
  'to', 'so', 'which', 'because', 'making', 'allowing', 'could', 'can', 'might', 'may',
])

/**
 * What a denied thing is further said to concern: of "logging of failed logins" `failed`, `logins`; empty for
 * "logging".
 */
export function qualifiersOf(object: string, defence: Defence): readonly string[] {
  const own = new Set(defence.said.flatMap((term) => wordsOnly(term).split(' ')))
  const qualifiers: string[] = []
  for (const word of wordsOnly(object).split(' ')) {
    if (PURPOSE.has(word)) break
    if (word.length > 2 && !own.has(word) && !PLAIN.has(word)) qualifiers.push(word)
  }
  return qualifiers
}

/** The defences that some words name, those whose own words are longest first. */
export function defencesNamed(words: string): readonly Defence[] {
  const padded = ` ${wordsOnly(words)} `
  const named = defences()
    .map((defence) => ({ defence, length: longestIn(padded, defence.said) }))
    .filter((each) => each.length > 0)
  return named.sort((one, other) => other.length - one.length).map((each) => each.defence)
}

function longestIn(padded: string, said: readonly string[]): number {
  return Math.max(0, ...said.filter((term) => padded.includes(` ${wordsOnly(term)} `)).map((term) => term.length))
}

function wordsOnly(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, ' ').split(' ').filter((word) => word !== '').join(' ')
}

/**
 * Parts of a name in code, lower case: of `checkAuth_now.go` `check`, `auth`, `now`, `go`, and the whole of each
 * dotted part.
 */
export function partsOfName(name: string): readonly string[] {
  const parts: string[] = []
  for (const dotted of name.split('.')) {
    if (dotted === '') continue
    parts.push(dotted.toLowerCase())
    let start = 0
    for (let at = 1; at <= dotted.length; at++) {
      const isBorder =
        at === dotted.length || dotted[at] === '_' || (isCapital(dotted[at]) && !isCapital(dotted[at - 1]))
      if (!isBorder) continue
      const part = dotted.slice(start, at).replaceAll('_', '').toLowerCase()
      if (part !== '') parts.push(part)
      start = at
    }
  }
  return parts
}

function isCapital(character: string | undefined): boolean {
  return character !== undefined && character >= 'A' && character <= 'Z'
}
