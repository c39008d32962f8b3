import type { VerifiedFinding } from './result.ts'
import { LABELS, type Label, type Subject, type Substance, type Verdict } from './verdict.ts'

/** Subjects that are premises: what must hold for the finding to be a weakness. */
const PREMISES: ReadonlySet<Subject> = new Set(['ingredient', 'flow', 'absence', 'reach'])

/** What is said to be missing may be there: then no other premise carries the finding. */
const POSSIBLE: ReadonlySet<string> = new Set(['possible', 'program-wide'])

/** Subjects that say where the finding is. */
const PLACES: ReadonlySet<Subject> = new Set(['quote', 'line', 'construct'])

/** The two axes of a finding from its verdicts; the first rule that applies decides the substance. */
export function rollUp(verdicts: readonly Verdict[]): Pick<VerifiedFinding, 'substance' | 'label' | 'because'> {
  return { ...substanceOf(verdicts), label: labelOf(verdicts) }
}

function substanceOf(verdicts: readonly Verdict[]): { readonly substance: Substance; readonly because: string } {
  for (const substance of ['refuted', 'ungrounded', 'misplaced'] as const) {
    const decisive = verdicts.find((each) => each.defect?.substance === substance)
    if (decisive !== undefined) return { substance, because: `${NAMES[decisive.subject]}: ${decisive.reason}` }
  }
  const engine = verdicts.find((each) => each.code === 'corroborated')
  if (engine !== undefined) return { substance: 'corroborated', because: engine.reason }
  const place = verdicts.find((each) => PLACES.has(each.subject) && isRight(each))
  const premise = verdicts.find((each) => PREMISES.has(each.subject) && each.verdict === 'confirmed')
  const doubt = verdicts.find((each) => each.subject === 'absence' && POSSIBLE.has(each.code))
  if (place !== undefined && doubt !== undefined) {
    return { substance: 'referenced', because: `${NAMES.absence}: ${doubt.reason}` }
  }
  if (place !== undefined && premise !== undefined) {
    return { substance: 'grounded', because: `${NAMES[premise.subject]}: ${premise.reason}` }
  }
  if (place !== undefined) {
    return {
      substance: 'referenced',
      because: 'The place is right; what is concluded from it has no support that could be checked.',
    }
  }
  return {
    substance: 'unverifiable',
    because: 'No quote, line or named construct leads to a place that could be checked.',
  }
}

function isRight({ subject, verdict, code }: Verdict): boolean {
  // A name that stands somewhere in the tree is no place.
  if (subject === 'construct' && code === 'other-file') return false
  return verdict === 'confirmed' || verdict === 'confirmed-elsewhere' || (verdict === 'near' && code !== 'load-bearing')
}

function labelOf(verdicts: readonly Verdict[]): Label {
  let label: Label = 'ok'
  for (const { defect } of verdicts) {
    const own = defect?.label
    if (own !== undefined && LABELS.indexOf(own) > LABELS.indexOf(label)) label = own
  }
  return label
}

/** Subjects in words. */
export const NAMES: Readonly<Record<Subject, string>> = {
  'cwe.id': 'CWE id', 'cwe.title': 'CWE title', 'cwe.usage': 'mapping', revision: 'revision', file: 'file',
  line: 'line', quote: 'quote',
  construct: 'construct', context: 'context', severity: 'severity', cvss: 'CVSS', ingredient: 'ingredient',
  flow: 'flow',
  absence: 'absence', reach: 'reach', recommendation: 'recommendation', duplicate: 'duplicate',
  conclusion: 'conclusion', count: 'count',
}
