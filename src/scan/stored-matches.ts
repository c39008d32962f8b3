import type { Match, MatchBinding, RuleMatches, SectionMatch } from '../match/match.ts'

/** Nesting of a match file's own making is flat; lists longer than this are no matches. */
const MAX_ITEMS = 100_000

type Fields = Readonly<Record<string, unknown>>

/** Matches from JSON of any origin; `undefined` when they are not matches in every part. */
export function readRuleMatches(value: unknown): RuleMatches | undefined {
  if (!isFields(value) || !isFields(value['sections'])) return undefined
  const { sources, sinks, sanitizers, propagators } = value['sections']
  const isWhole = typeof value['rule'] === 'string'
    && isList(value['matches'], isMatch)
    && isList(value['excluded'], isExcluded)
    && isList(value['limits'], isText)
    && [sources, sinks, sanitizers].every((list) => isList(list, isSectionMatch))
    && isList(propagators, isPropagatorMatch)
  // Every field was looked at; the type adds nothing to what is known.
  return isWhole ? value as unknown as RuleMatches : undefined
}

function isMatch(value: unknown): value is Match {
  return isSpan(value) && isList(value['bindings'], isBinding) && isList(value['conditions'], isCondition)
    && (value['unless'] === undefined || isList(value['unless'], isException))
}

function isException(value: unknown): boolean {
  return isFields(value) && isSpan(value['by']) && isList(value['conditions'], isCondition)
}

function isExcluded(value: unknown): boolean {
  return isMatch(value) && 'by' in value && isSpan(value.by)
}

function isSectionMatch(value: unknown): value is SectionMatch {
  if (!isMatch(value) || !('item' in value && 'exact' in value && 'bySideEffect' in value)) return false
  return isOffset(value.item) && typeof value.exact === 'boolean' && typeof value.bySideEffect === 'boolean'
}

function isPropagatorMatch(value: unknown): boolean {
  return isSectionMatch(value) && 'from' in value && 'to' in value && isSpan(value.from) && isSpan(value.to)
}

function isBinding(value: unknown): value is MatchBinding {
  return isSpan(value) && isText(value['name']) && isText(value['text'])
}

function isCondition(value: unknown): boolean {
  if (!isFields(value) || !isSpan(value['at'])) return false
  if (value['kind'] === 'name') return isText(value['name'])
  if (value['kind'] === 'type') return isText(value['type'])
  return value['kind'] === 'constant' && (value['text'] === undefined || isText(value['text']))
}

function isSpan(value: unknown): value is Fields {
  return isFields(value) && isOffset(value['start']) && isOffset(value['end']) && Number(value['start']) <= Number(value['end'])
}

function isOffset(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 2 ** 31
}

function isText(value: unknown): boolean {
  return typeof value === 'string'
}

function isList(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length <= MAX_ITEMS && value.every(isItem)
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
