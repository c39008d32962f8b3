import type { Claim } from '../claim.ts'
import { tokensOf } from '../tokens.ts'
import { inlineCodes, isFilePath, linesMentions, splitLocation } from './mentions.ts'
import type { Sentence } from './sentences.ts'

/** Tokens of inline code that make it a quote where no line stands beside it, and where one does. */
const QUOTE_TOKENS = 6
const PLACED_QUOTE_TOKENS = 3

/** Words by which a sentence speaks of code that ought to be, or might be, not of code that is. */
const OTHER_CODE =
  /\b(?:should|instead|recommend|recommended|e\.g\.|for example|for instance|such as|consider|replace|rather than|could be used|payload|attacker (?:can|could|might|may)|would|if an attacker|input like|value like|sends?|submits?|suppl(?:y|ies))\b/i

/** Words of advice: what a sentence with them names need not be there. */
const ADVICE =
  /\b(?:should|instead|recommend|recommended|solution|replace|rather than|switch to|migrate to|fix(?:ed)? (?:by|is|would)|to fix)\b/i

/** Quotes and named constructs of a sentence. */
export function codeClaims(sentence: Sentence): readonly Claim[] {
  const claims: Claim[] = []
  const hasLine = linesMentions(sentence.text).length > 0
  const isOther = OTHER_CODE.test(sentence.text) && !hasLine
  const isAdvice = ADVICE.test(sentence.text) && !hasLine
  for (const { text, span: at } of inlineCodes(sentence.text)) {
    const span = { start: sentence.span.start + at.start, end: sentence.span.start + at.end }
    const claim = claimOfCode(text, span, hasLine, isOther)
    if (claim !== undefined && !(isAdvice && claim.kind === 'construct')) claims.push(claim)
  }
  if (isAdvice) return claims
  const plain = sentence.text.replaceAll(/`[^`]*`/g, (code) => ' '.repeat(code.length))
  for (const match of plain.matchAll(/(?<![\w.$/])([A-Za-z_][\w.]{2,80})\(\)/g)) {
    const start = sentence.span.start + match.index
    claims.push({
      kind: 'construct',
      name: match[1] ?? '',
      what: 'call',
      does: '',
      span: { start, end: start + match[0].length },
    })
  }
  return claims
}

function claimOfCode(text: string, span: Claim['span'], hasLine: boolean, isOther: boolean): Claim | undefined {
  if (text.length < 3 || isFilePath(splitLocation(text).path, true) || looksLikeData(text)) return undefined
  const name = dottedName(text)
  if (name !== '') return { kind: 'construct', name, what: text.endsWith(')') ? 'call' : 'name', does: '', span }
  const literal = /^(['"])(.{4,80})\1$/.exec(text)?.[2]
  if (literal !== undefined) {
    return isOther ? undefined : { kind: 'construct', name: literal, what: 'literal', does: '', span }
  }
  const tokens = tokensOf(text)
  const isCode = tokens.some((each) => each.kind === 'mark' && '(=[{.+%<'.includes(each.text))
  if (isCode && !isOther && tokens.length >= (hasLine ? PLACED_QUOTE_TOKENS : QUOTE_TOKENS)) {
    return { kind: 'quote', form: 'inline', text, span }
  }
  const called = dottedName(`${text.slice(0, Math.max(0, text.indexOf('(')))}()`)
  return called === '' || isOther ? undefined : { kind: 'construct', name: called, what: 'call', does: '', span }
}

/** The name in `a.b`, `a.b()` or `a.b(...)`; `''` for anything else. */
function dottedName(text: string): string {
  const bare = text.replace(/\((?:\.{3}|\u2026)?\)$/, '')
  return /^[A-Za-z_$][\w$.]*[\w$]$/.test(bare) && bare.length <= 120 ? bare : ''
}

/** Addresses, routes, options, attack strings: nothing that stands in the file as code. */
function looksLikeData(text: string): boolean {
  // Ids of rules and packages, fingerprints.
  if (/^[\w.-]+$/.test(text) && text.includes('-')) return true
  if (/^[0-9a-f]{16,128}$/i.test(text)) return true
  return /^(?:https?:|\/|\.\.\/|--|-[a-z]\b|<\w|;|\||\$\(|\{\{|'\s|GET |POST |PUT |DELETE |PATCH |curl |npm |pip |git |CWE|CVE)/i.test(
    text,
  )
}
