import type { AbsenceClaim } from '../claim.ts'
import { defencesNamed, partsOfName, qualifiersOf, type Defence } from '../defences.ts'
import type { Evidence, LocatedFinding, Sources } from '../evidence.ts'
import type { Premise } from '../premise.ts'
import { scopeOf, textOfPart, type Scope, type ScopePart } from '../scope.ts'
import { tokensOf } from '../tokens.ts'
import type { EvidenceItem, Verdict } from '../verdict.ts'
import { codeEvidence, counted, oneLine } from '../words.ts'

/** Lines above a function that belong to it: decorators, annotations, attributes. */
const ABOVE = 6

/** Whether something that is said to be missing is there: on the path, in the callee, in a decorator. */
export const premise: Premise = {
  subject: 'absence',
  summary: 'what is said to be missing is missing',
  judge(located, evidence) {
    const claims = located.finding.claims.filter((claim) => claim.kind === 'absence')
    if (claims.length === 0) return []
    const scope = scopeOf(located, evidence)
    return claims.map((claim) => ({
      ...judgeAbsence(claim, located, scope, evidence),
      said: { text: oneLine(claim.text), span: claim.span },
    }))
  },
}

type Judged = Omit<Verdict, 'said'>

function judgeAbsence({ object }: AbsenceClaim, located: LocatedFinding, scope: Scope, evidence: Evidence): Judged {
  const { sources } = evidence
  const about = { subject: 'absence' as const }
  const [defence] = defencesNamed(object)
  if (defence === undefined) {
    return {
      ...about,
      verdict: 'not-checkable',
      code: 'no-vocabulary',
      reason: 'What is missing has no known form in code.',
      evidence: [],
    }
  }
  if (scope.parts.length === 0 || scope.skipped > 0) {
    return {
      ...about,
      verdict: 'not-checkable',
      code: 'no-scope',
      reason: 'The code that would have to be searched is not known or could not be read.',
      evidence: [],
    }
  }
  const hits = hitsIn(defence, scope, sources)
  const qualifiers = qualifiersOf(object, defence)
  // What a test sets up is no part of the program's defence.
  const isTest = sources.isTest(located.anchor?.path ?? located.file.path)
  const decisive = isTest
    ? undefined
    : hits.find((each) => isCounterExample(each, located) && isAbout(each, qualifiers))
  const searched = searchOf(defence, scope, hits.length)
  if (decisive !== undefined) {
    return {
      ...about,
      verdict: 'contradicted',
      code: defence.name,
      defect: { substance: 'refuted' },
      reason: `There is ${ARTICLES[defence.name] ?? 'one'}: \`${decisive.name}\` in line ${decisive.line} of ${decisive.part.path}.`,
      evidence: [codeEvidence(sources, decisive.part.path, decisive.line, 'what is said to be missing'), searched],
    }
  }
  const [weak] = hits
  if (weak !== undefined) {
    return {
      ...about,
      verdict: 'not-checkable',
      code: 'possible',
      evidence: [codeEvidence(sources, weak.part.path, weak.line, 'may be what is said to be missing'), searched],
      reason: `\`${weak.name}\` in line ${weak.line} of ${weak.part.path} may be it; whether it covers the place is not decided.`,
    }
  }
  const wide = isTest ? undefined : programWide(defence, sources)
  if (wide !== undefined) {
    return {
      ...about,
      verdict: 'not-checkable',
      code: 'program-wide',
      evidence: [codeEvidence(sources, wide.path, wide.line, 'may cover the whole program'), searched],
      reason: `Nothing of the kind was found in ${scopeInWords(scope)}, but \`${wide.text}\` in line ${wide.line} of ${wide.path} may cover the whole program; whether it covers this place is not decided.`,
    }
  }
  return {
    ...about,
    verdict: 'unsupported',
    code: 'none-in-scope',
    reason: `Nothing of the kind was found in ${scopeInWords(scope)}; it may be elsewhere.`,
    evidence: [searched],
  }
}

interface WideHit {
  readonly path: string
  readonly line: number
  readonly text: string
}

/** Files looked at for one piece of code; tests come and go among them. */
const MAX_WIDE_FILES = 50

/** Middleware, hooks and settings of the whole program, outside of tests. */
function programWide({ wide }: Defence, sources: Sources): WideHit | undefined {
  for (const piece of wide) {
    const path = sources
      .filesWith(piece, MAX_WIDE_FILES)
      .paths.find((each) => sources.languageOf(each) !== undefined && !sources.isTest(each))
    const source = path === undefined ? undefined : sources.text(path)
    if (path !== undefined && source !== undefined) {
      return { path, line: source.position(source.text.indexOf(piece)).line, text: piece.replace('(', '') }
    }
  }
  return undefined
}

/** How a counter-example is called, by defence. */
const ARTICLES: Readonly<Record<string, string>> = {
  logging: 'a log or audit call', validation: 'a check', escaping: 'an escaping step',
  authentication: 'an authentication step',
  authorization: 'an authorization step', csrf: 'CSRF protection', 'rate-limit': 'a limit',
  encryption: 'encryption or hashing',
  'error-handling': 'error handling', locking: 'a lock or transaction', expiry: 'an expiry',
  integrity: 'an integrity check',
}

interface Hit {
  readonly part: ScopePart
  readonly line: number
  readonly name: string
  /** Whether it is called, or decorates. */
  readonly isUsed: boolean
  /** Whether it stands before the place, in the same function or above it. */
  readonly isBefore: boolean
  /** Whether its name alone says what it is. */
  readonly isPlain: boolean
  /** Its line, lower case. */
  readonly text: string
}

function hitsIn(defence: Defence, { parts }: Scope, sources: Sources): readonly Hit[] {
  const place = parts.find((each) => each.what === 'place')
  return parts.flatMap((part) =>
    hitsInPart(defence, part.what === 'function' ? withDecorators(part, sources) : part, sources, place?.endLine ?? 0),
  )
}

/** A function with the lines that stand right above it. */
function withDecorators(part: ScopePart, sources: Sources): ScopePart {
  const source = sources.text(part.path)
  if (source === undefined) return part
  let { line } = part
  while (line > 1 && line > part.line - ABOVE && source.line(line - 1).trim() !== '') line -= 1
  return { ...part, line }
}

/** Hits of one part that are told. */
const MAX_HITS = 50

function hitsInPart(defence: Defence, part: ScopePart, sources: Sources, placeEnd: number): readonly Hit[] {
  const source = sources.text(part.path)
  const start = source?.lineStarts[part.line - 1] ?? 0
  const text = textOfPart(sources, part)
  const tokens = tokensOf(text, sources.languageOf(part.path)?.lineComments ?? [])
  const hits: Hit[] = []
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== 'word' || hits.length === MAX_HITS) continue
    if (!partsOfName(token.text).some((each) => defence.code.has(each))) continue
    const isCalled = isCall(tokens.slice(at + 1, at + 6).map((each) => each.text))
    const isDecorator = tokens[at - 1]?.text === '@' || tokens[at - 3]?.text === '@'
    const line = source?.position(start + token.start).line ?? part.line
    const isPlain = partsOfName(token.text).some((each) => defence.decisive.has(each))
    hits.push({
      part, line, name: token.text, isPlain, isUsed: isCalled || isDecorator, isBefore: line <= placeEnd,
      text: (source?.line(line) ?? '').toLowerCase(),
    })
  }
  return hits
}

/** `(`, or `.name(`: `logger.info(...)` uses `logger`. */
function isCall(next: readonly string[]): boolean {
  return (
    next[0] === '(' || (next[0] === '.' && next[2] === '(') || (next[0] === '.' && next[2] === '.' && next[4] === '(')
  )
}

/** A denied thing that is narrower ("logging of failed logins") is only denied by what speaks of the same. */
function isAbout({ text }: Hit, qualifiers: readonly string[]): boolean {
  return qualifiers.length === 0 || qualifiers.some((word) => text.includes(word.slice(0, STEM)))
}

/** Letters by which a word of the review is found in the code, whatever its ending. */
const STEM = 5

/**
 * Only what is used, in the same function (or as its decorator) and not after
 * the place, denies an absence for sure; a log call may stand anywhere in it.
 */
function isCounterExample({ part, isUsed, isBefore, isPlain }: Hit, { file }: LocatedFinding): boolean {
  if (!isUsed || !isPlain || part.what === 'callee') return false
  return part.path === file.path && (part.what === 'place' || isBefore)
}

function searchOf(defence: Defence, scope: Scope, hits: number): EvidenceItem {
  return {
    kind: 'search',
    scope: scopeInWords(scope),
    terms: [...defence.code].slice(0, 12),
    searched: new Set(scope.parts.map((each) => each.path)).size,
    hits,
  }
}

function scopeInWords({ parts, callees }: Scope): string {
  const callee = parts.filter((each) => each.what === 'callee').length
  const called =
    callees.length === 0
      ? ''
      : ` and ${counted(callee, 'definition')} of what it calls (${callees.slice(0, 6).join(', ')})`
  return `the function with its decorators${called}`
}
