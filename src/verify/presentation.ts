import type { VerifiedFinding, Verification } from './result.ts'
import type { ClaimVerdict, EvidenceItem, Label, Substance, Verdict } from './verdict.ts'
import { counted } from './words.ts'

/*
 * What the forms of a verifier's report have in common: which findings stand,
 * fall or stay open, and how evidence reads. Everything here is plain text that
 * may hold anything the review or the code holds; each form escapes it.
 */

/** A part of the first screen. */
export interface Group {
  readonly kind: 'stands' | 'falls' | 'open'
  readonly heading: string
  readonly findings: readonly VerifiedFinding[]
}

const KIND: Readonly<Record<Substance, Group['kind']>> = {
  corroborated: 'stands', grounded: 'stands', referenced: 'open', unverifiable: 'open', misplaced: 'falls',
  ungrounded: 'falls', refuted: 'falls',
}

/** Whether a finding of this substance stands, falls, or stays open. */
export function kindOf(substance: Substance): Group['kind'] {
  return KIND[substance]
}

/** The findings by what became of them, each part in the review's order. */
export function groupsOf({ findings }: Verification): readonly [Group, Group, Group] {
  const of = (kind: Group['kind'], heading: string): Group => ({
    kind,
    heading,
    findings: findings.filter((each) => KIND[each.substance] === kind),
  })
  return [of('stands', 'What stands'), of('falls', 'What falls'), of('open', 'What could not be checked')]
}

/** What each substance means, for a reader who sees the word first. */
export const MEANING: Readonly<Record<Substance, string>> = {
  corroborated: 'Assay reports the same kind of weakness there itself',
  grounded: 'place and code are right, and a premise was confirmed',
  referenced: 'the place is right; what is concluded from it found no support',
  unverifiable: 'too much could not be checked',
  misplaced: 'the code stands elsewhere',
  ungrounded: 'the code or the premise was not found',
  refuted: 'the code or the catalogue states the opposite',
}

/** What each label means; nothing for one that fits. */
export const LABEL_MEANING: Readonly<Record<Label, string>> = {
  ok: '', imprecise: 'the weakness is named imprecisely', 'not-mappable': 'no weakness may be mapped to that entry',
  wrong: 'the weakness is named wrongly',
}

/** `CWE-613 "Insufficient Logging"`, `CWE-79, CWE-80`, or what the review calls it. */
export function nameOf({ cwes, title, name }: VerifiedFinding): string {
  const ids = cwes.map((id) => `CWE-${id}`).join(', ')
  const called = title === '' ? name : title
  return [ids, called === '' ? '' : `"${called}"`].filter((part) => part !== '').join(' ') || 'no name'
}

/** `src/a.py:12`, `src/a.py:12-15`, `src/a.py`; '' without a place. */
export function placeOf({ place }: VerifiedFinding): string {
  if (place === undefined) return ''
  if (place.line === 0) return place.path
  return place.endLine > place.line ? `${place.path}:${place.line}-${place.endLine}` : `${place.path}:${place.line}`
}

/** What the review was judged against: `revision 4ba7baf451 of 2017-08-08, as asked for`. */
export function revisionInWords({ subject: { revision } }: Verification): string {
  const day = revision.date === '' ? '' : ` of ${revision.date}`
  const commit = `${revision.commit.slice(0, 10)}${day}`
  if (revision.from === 'disk') {
    if (revision.commit === '') return 'the files on disk'
    return `the files on disk (${commit} checked out${revision.isDirty ? ', cited files changed since' : ''})`
  }
  const who = { given: 'as asked for', review: 'which the review names' }[revision.from]
  return `revision ${commit}, ${who}`
}

/** The sentence every form opens with. */
export function leadSentence(verification: Verification): string {
  const { subject, catalogue, version, counts } = verification
  const review = subject.review === '-' ? 'the review from standard input' : subject.review
  const author = subject.author === '' ? '' : ` by ${subject.author}`
  return (
    `Assay ${version} verified ${review}${author} (${counted(counts.findings, 'finding')}, form ${subject.format}) against ${subject.against}, ` +
    `${revisionInWords(verification)}, and ${catalogue.name} ${catalogue.version} of ${catalogue.date}.`
  )
}

/** What was not judged or not understood, in sentences. */
export function uncheckedSentences({ counts, coverage, problems }: Verification): readonly string[] {
  const claims = counts.verdicts['not-checkable']
  const share = Math.round((1 - coverage.share) * 1000) / 10
  return [
    ...(claims === 0 ? [] : [`${counted(claims, 'claim')} could not be checked; each says why.`]),
    ...(coverage.unreadCount === 0
      ? []
      : [
          `${share} % of the review's text was not understood as a claim (${counted(coverage.unreadCount, 'passage')}).`,
        ]),
    ...problems,
  ]
}

/** Verdicts against a claim, or that qualify it. */
export function isAgainst(verdict: ClaimVerdict): boolean {
  return (
    verdict === 'contradicted' || verdict === 'unsupported' || verdict === 'near' || verdict === 'confirmed-elsewhere'
  )
}

/** A verdict as it is told: once for all claims that it answers alike, with the evidence that was not shown before. */
export interface ToldVerdict {
  readonly verdict: Verdict
  /** The review's own words, each claim once; none when it makes no such claim. */
  readonly said: readonly string[]
  readonly evidence: readonly EvidenceItem[]
}

/** The verdicts of one finding, or of the whole, in their order; `isFull` are those told with their evidence. */
export function toldVerdicts(
  verdicts: readonly Verdict[],
  isFull: (verdict: Verdict) => boolean,
): readonly ToldVerdict[] {
  const told = new Map<string, ToldVerdict>()
  const shown = new Set<string>()
  for (const verdict of verdicts) {
    const key = JSON.stringify([verdict.subject, verdict.verdict, verdict.reason])
    const known = told.get(key)
    const said = verdict.said === undefined ? [] : [verdict.said.text]
    const evidence =
      known?.evidence ?? (isFull(verdict) ? tellingEvidence(verdict).filter((item) => isNew(item, shown)) : [])
    told.set(key, {
      verdict: known?.verdict ?? verdict,
      said: [...new Set([...(known?.said ?? []), ...said])],
      evidence,
    })
  }
  return [...told.values()]
}

/** Whether lines of the code were not shown yet; other evidence belongs to its verdict. */
function isNew(item: EvidenceItem, shown: Set<string>): boolean {
  if (item.kind !== 'code') return true
  const key = `${item.revision}:${item.path}:${item.line}-${item.endLine}`
  if (shown.has(key)) return false
  shown.add(key)
  return true
}

/** Entries of the catalogue that one verdict shows. */
const MAX_ENTRIES = 4

/** The evidence of a verdict without what its reason says already. */
function tellingEvidence({ evidence, reason, said }: Verdict): readonly EvidenceItem[] {
  const isNamed = (id: number): boolean =>
    [reason, said?.text ?? ''].some((text) => text.split(/[^\w-]+/).includes(`CWE-${id}`))
  const entries = evidence
    .filter((item) => item.kind === 'catalogue' && (item.score !== undefined || !isNamed(item.id)))
    .slice(0, MAX_ENTRIES)
  return evidence.filter((item) =>
    item.kind === 'catalogue'
      ? entries.includes(item)
      : !(item.kind === 'search' && item.terms.every((term) => term === said?.text)),
  )
}

/** Evidence as a line of words, and lines of code when there are some. */
export interface ShownEvidence {
  readonly words: string
  readonly code: string
  /** Number of the first line of `code`; 0 when its lines have none. */
  readonly line: number
}

/** Words of a search that are told. */
const MAX_TERMS = 8

/** How a piece of evidence reads. */
export function shownEvidence(item: EvidenceItem): ShownEvidence {
  switch (item.kind) {
    case 'code': {
      const revision = item.revision === '' ? '' : ` at ${item.revision.slice(0, 10)}`
      const place = item.line === 0 ? '' : `:${item.line}`
      return {
        words: `${item.path}${place}${revision}${item.why === '' ? '' : `, ${item.why}`}`,
        code: item.text,
        line: item.line,
      }
    }
    case 'catalogue': {
      const details = [item.score === undefined ? '' : item.score.toFixed(2), item.usage ?? '']
        .filter((part) => part !== '')
        .join(', ')
      return words(`CWE-${item.id}${item.name === '' ? '' : ` ${item.name}`}${details === '' ? '' : ` (${details})`}`)
    }
    case 'search': {
      const left = item.terms.length - MAX_TERMS
      const terms =
        item.terms.length === 0
          ? ''
          : ` for ${item.terms.slice(0, MAX_TERMS).join(', ')}${left > 0 ? ` and ${left} more` : ''}`
      return words(
        `searched ${item.scope}${terms}: ${item.hits === 0 ? 'nothing' : counted(item.hits, 'hit')} (${item.searched} searched)`,
      )
    }
    case 'difference':
      return words(`the review has ${shown(item.said)} where the code has ${shown(item.found)}`)
    case 'revision':
      return words(`${item.revision.slice(0, 10)}: ${item.text}`)
    case 'engine':
      return words(`Assay's ${item.rule}, ${item.outcome}: ${item.text}`)
  }
}

function words(text: string): ShownEvidence {
  return { words: text, code: '', line: 0 }
}

function shown(tokens: string): string {
  return tokens === '' ? 'nothing' : tokens
}

