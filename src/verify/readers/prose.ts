import type { ForeignReview, RevisionClaim } from '../claim.ts'
import { readAround } from '../prose/around.ts'
import { readFinding } from '../prose/finding.ts'
import { splitLines } from '../prose/lines.ts'
import { commitMentions, pathMentions } from '../prose/mentions.ts'
import { segment } from '../prose/segment.ts'
import { REVIEW_LIMITS, type ReviewInput, type ReviewReader } from '../reader.ts'

/** Markdown and plain text, as people and language models write reviews. It accepts everything, so it is asked last. */
export const reader: ReviewReader = {
  name: 'prose',
  summary: 'markdown or plain text',
  rank: 80,
  isForProse: true,
  accepts: () => true,
  read,
}

function read({ text }: ReviewInput): ForeignReview {
  const isCut = text.length > REVIEW_LIMITS.proseCharacters
  const document = splitLines(isCut ? text.slice(0, REVIEW_LIMITS.proseCharacters) : text)
  const { findings, around } = segment(document)
  const problems: string[] = []
  if (isCut) problems.push(`Only the first ${REVIEW_LIMITS.proseCharacters} characters of the review were read.`)
  if (findings.length > REVIEW_LIMITS.findings) {
    problems.push(`Only the first ${REVIEW_LIMITS.findings} findings of the review were read.`)
  }
  return {
    text,
    format: 'prose',
    author: '',
    findings: findings.slice(0, REVIEW_LIMITS.findings).map((each) => readFinding(document, each)),
    revisions: revisionsOf(document.text),
    ...readAround(document, around),
    problems,
  }
}

/** Commits named, those in addresses of files first. */
function revisionsOf(text: string): readonly RevisionClaim[] {
  const addressed = pathMentions(text)
    .filter((each) => each.commit !== '')
    .map(({ commit, span }) => ({ commit, span }))
  const seen = new Set<string>()
  const claims: RevisionClaim[] = []
  for (const { commit, span } of [...addressed, ...commitMentions(text)]) {
    if (seen.has(commit)) continue
    seen.add(commit)
    claims.push({ kind: 'commit', revision: commit, span })
  }
  return claims
}
