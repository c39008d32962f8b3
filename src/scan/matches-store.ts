import type { RuleMatches } from '../match/match.ts'
import { readPack, writePack } from './pack.ts'
import { readRuleMatches } from './stored-matches.ts'

/*
 * Pattern matches by content and by rule. Which rules a file was matched with is
 * the same for nearly all files, so files refer to a list of such sets.
 */

/** Files in one store. */
const MAX_FILES = 400_000

interface Header {
  readonly engine: string
  /** Hashes of rules; everything else names a rule by its place here. */
  readonly rules: readonly string[]
  readonly sets: readonly (readonly number[])[]
  readonly files: readonly (readonly [key: string, set: number, matches: readonly (readonly [rule: number, matches: unknown])[]])[]
}

interface FileMatches {
  /** Hashes of the rules it was matched with. */
  readonly rules: ReadonlySet<string>
  /** By the hash of the rule. */
  readonly matches: ReadonlyMap<string, RuleMatches>
}

/** Matches kept from earlier runs, and those added in this one. */
export class MatchesStore {
  readonly #engine: string
  readonly #rules: readonly string[]
  readonly #stored = new Map<string, FileMatches>()
  readonly #kept = new Map<string, FileMatches>()
  readonly #missing = new Map<ReadonlySet<string>, readonly number[]>()
  isChanged = false

  /** `rules`: hashes of the rules that are run now. */
  constructor(engine: string, rules: readonly string[]) {
    this.#engine = engine
    this.#rules = rules
  }

  /** Takes what a store of the same engine holds. False for bytes that are not a store, whole and sound. */
  open(bytes: Uint8Array): boolean {
    const pack = readPack(bytes)
    const header = pack === undefined ? undefined : readHeader(pack.header)
    if (header === undefined) return false
    if (header.engine !== this.#engine) return true
    const sets = header.sets.map((set) => new Set(set.map((rule) => header.rules[rule] ?? '')))
    for (const [key, set, list] of header.files) {
      const matches = new Map<string, RuleMatches>()
      for (const [rule, value] of list) {
        const read = readRuleMatches(value)
        const hash = header.rules[rule]
        if (read === undefined || hash === undefined) {
          this.#stored.clear()
          return false
        }
        matches.set(hash, read)
      }
      this.#stored.set(key, { rules: sets[set] ?? new Set(), matches })
    }
    return true
  }

  /** Known matches of the rules run now, and the numbers of those about which nothing is known. */
  matches(key: string): { readonly known: readonly RuleMatches[], readonly missing: readonly number[] } {
    const stored = this.#stored.get(key)
    if (stored === undefined) return { known: [], missing: [...this.#rules.keys()] }
    this.#kept.set(key, stored)
    const known: RuleMatches[] = []
    if (stored.matches.size > 0) {
      for (const rule of this.#rules) {
        const matches = stored.matches.get(rule)
        if (matches !== undefined) known.push(matches)
      }
    }
    return { known, missing: this.#missingIn(stored.rules) }
  }

  /** Adds matches; `rules` are the numbers of all rules that were matched. */
  keep(key: string, rules: readonly number[], matches: readonly RuleMatches[], hashOfRule: (id: string) => string): void {
    if (rules.length === 0) return
    const before = this.#kept.get(key)
    const all = new Set(before?.rules)
    for (const rule of rules) all.add(this.#rules[rule] ?? '')
    const merged = new Map(before?.matches)
    for (const each of matches) merged.set(hashOfRule(each.rule), each)
    this.#kept.set(key, { rules: all, matches: merged })
    this.isChanged = true
  }

  /** The stored form of what is known of the files of this run, for the rules run now; the rest is forgotten. */
  write(): Uint8Array {
    const numbers = new Map(this.#rules.map((hash, at) => [hash, at]))
    const sets = new Map<string, number>()
    const files = [...this.#kept].sort(([one], [other]) => (one < other ? -1 : 1)).map(([key, { rules, matches }]) => {
      const set = JSON.stringify([...rules].flatMap((rule) => numbers.get(rule) ?? []).sort((a, b) => a - b))
      if (!sets.has(set)) sets.set(set, sets.size)
      const list = [...matches].flatMap(([rule, each]) => (numbers.has(rule) ? [[numbers.get(rule) ?? 0, each] as const] : []))
      return [key, sets.get(set) ?? 0, list] as const
    })
    const header: Header = {
      engine: this.#engine, rules: this.#rules, files, sets: [...sets.keys()].map((set) => JSON.parse(set) as number[]),
    }
    return writePack(header, [])
  }

  #missingIn(rules: ReadonlySet<string>): readonly number[] {
    let missing = this.#missing.get(rules)
    if (missing === undefined) {
      missing = [...this.#rules.keys()].filter((rule) => !rules.has(this.#rules[rule] ?? ''))
      this.#missing.set(rules, missing)
    }
    return missing
  }
}

function readHeader(value: unknown): Header | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { engine, rules, sets, files } = value as Readonly<Record<string, unknown>>
  const isWhole = typeof engine === 'string' && isListOf(rules, (each) => typeof each === 'string')
    && isListOf(sets, (set) => isListOf(set, (each) => typeof each === 'number'))
    && isListOf(files, isFileRow)
  return isWhole ? value as Header : undefined
}

function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length <= MAX_FILES && value.every(isItem)
}

function isFileRow(row: unknown): boolean {
  if (!Array.isArray(row)) return false
  const [key, set, matches] = row as readonly unknown[]
  return typeof key === 'string' && typeof set === 'number' && isListOf(matches, (each) => Array.isArray(each) && typeof each[0] === 'number')
}
