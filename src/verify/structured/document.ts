import { UsageError } from '../../core/problem.ts'
import type { Span } from '../../core/text.ts'
import type { Claim, ConclusionClaim, ForeignFinding, ForeignReview, OtherPlace, RevisionClaim } from '../claim.ts'
import { readJson } from '../json.ts'
import { REVIEW_LIMITS, type JsonValue, type ReviewInput } from '../reader.ts'
import { JsonRecord } from './record.ts'

/** A finding as a reader of a format makes it; the document adds the place. */
export interface FindingParts {
  readonly name: string
  readonly claims: readonly Claim[]
  readonly otherPlaces?: readonly OtherPlace[]
}

/** Further places of one finding that are kept. */
const MAX_PLACES = 1_000

/**
 * Collects what a reader finds in a structured review and keeps the books: one
 * finding per entry of the format, limits told, and text of members that no
 * reader asked for left open as not understood.
 */
export class StructuredReview {
  readonly #input: ReviewInput
  readonly #format: string
  readonly #findings: ForeignFinding[] = []
  readonly #records: JsonRecord[] = []
  readonly #unread: Span[] = []
  readonly #revisions: RevisionClaim[] = []
  readonly #conclusions: ConclusionClaim[] = []
  readonly #problems: string[] = []
  #entries = 0
  #cutClaims = 0
  author = ''

  constructor(input: ReviewInput, format: string) {
    this.#input = input
    this.#format = format
  }

  get text(): string {
    return this.#input.text
  }

  /** Makes one finding of each entry, also of one that is no object: it is a finding of which nothing is known. */
  addFindings(entries: readonly JsonValue[], read: (record: JsonRecord) => FindingParts): void {
    for (const entry of entries) this.addFinding(entry, read)
  }

  addFinding(entry: JsonValue, read: (record: JsonRecord) => FindingParts): void {
    this.#entries += 1
    if (this.#findings.length === REVIEW_LIMITS.findings) return
    const record = JsonRecord.of(entry)
    const { name, claims, otherPlaces = [] } = record === undefined ? { name: '', claims: [] } : read(record)
    if (record === undefined) this.#problems.push(`Finding ${this.#entries} is no record; nothing of it could be read.`)
    else this.#records.push(record)
    if (claims.length > REVIEW_LIMITS.claims) this.#cutClaims += 1
    this.#findings.push({
      name,
      span: { start: entry.start, end: entry.end },
      claims: claims.slice(0, REVIEW_LIMITS.claims),
      ...(otherPlaces.length === 0 ? {} : { otherPlaces: otherPlaces.slice(0, MAX_PLACES) }),
    })
  }

  addRevision(revision: string, span: Span): void {
    if (!this.#revisions.some((each) => each.revision === revision)) {
      this.#revisions.push({ kind: 'commit', revision, span })
    }
  }

  addConclusion(claim: ConclusionClaim): void {
    this.#conclusions.push(claim)
  }

  addProblem(sentence: string): void {
    if (this.#problems.length < MAX_PROBLEMS) this.#problems.push(sentence)
  }

  /** Prose of a record that became no claim. */
  addUnread(span: Span): void {
    this.#unread.push(span)
  }

  /** `envelopes` are the records around the findings whose unread members count too. */
  finish(envelopes: readonly JsonRecord[] = []): ForeignReview {
    const expected = Math.min(this.#entries, REVIEW_LIMITS.findings)
    if (this.#findings.length !== expected) throw new Error('a finding was lost or made up while reading')
    const unread = [...[...envelopes, ...this.#records].flatMap((each) => each.unread()), ...this.#unread]
    return {
      text: this.#input.text,
      format: this.#format,
      author: this.author,
      findings: this.#findings,
      revisions: this.#revisions,
      conclusions: this.#conclusions,
      neutral: rest(this.#input, unread),
      problems: [...this.#problems.slice(0, MAX_PROBLEMS), ...this.#cuts()],
    }
  }

  #cuts(): readonly string[] {
    const left = this.#entries - this.#findings.length
    return [
      ...(left === 0 ? [] : [`Only the first ${REVIEW_LIMITS.findings} of ${this.#entries} findings were read.`]),
      ...(this.#cutClaims === 0
        ? []
        : [
            `${this.#cutClaims} findings make more than ${REVIEW_LIMITS.claims} claims; the rest of these was not read.`,
          ]),
    ]
  }
}

const MAX_PROBLEMS = 100

/** The JSON text without the values that were not understood; what stands around the JSON is not of this form. */
function rest({ text, json }: ReviewInput, unread: readonly Span[]): readonly Span[] {
  const spans: Span[] = []
  let from = json?.start ?? 0
  for (const { start, end } of [...unread].sort((a, b) => a.start - b.start)) {
    if (start > from) spans.push({ start: from, end: start })
    from = Math.max(from, end)
  }
  const end = json?.end ?? text.length
  return from < end ? [...spans, { start: from, end }] : spans
}

/** The outermost record of a review that was said to have this form; throws a `UsageError` for any other text. */
export function requireJson({ text, json }: ReviewInput, format: string): JsonValue {
  if (json !== undefined) return json
  const outcome = readJson(text)
  const cause = 'refusal' in outcome ? outcome.refusal : 'it is no record'
  throw new UsageError(
    'The review is no complete JSON',
    `${format}: ${cause}`,
    'Give the whole document as the tool wrote it.',
  )
}
