import type { VerificationCounts, VerifiedFinding } from './result.ts'
import { CLAIM_VERDICTS, LABELS, SUBSTANCES, type ClaimVerdict, type Label, type Substance } from './verdict.ts'

/** Counts findings by both axes and verdicts by their word; every word is there, also with 0. */
export function tally(findings: readonly VerifiedFinding[]): VerificationCounts {
  const substance = zeros<Substance>(SUBSTANCES)
  const label = zeros<Label>(LABELS)
  const verdicts = zeros<ClaimVerdict>(CLAIM_VERDICTS)
  for (const finding of findings) {
    substance[finding.substance] += 1
    label[finding.label] += 1
    for (const { verdict } of finding.verdicts) verdicts[verdict] += 1
  }
  return { findings: findings.length, substance, label, verdicts }
}

function zeros<Word extends string>(words: readonly Word[]): Record<Word, number> {
  return Object.fromEntries(words.map((word) => [word, 0])) as Record<Word, number>
}
