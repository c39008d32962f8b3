import type { Evidence, LocatedFinding } from '../evidence.ts'
import { partsOfName } from '../defences.ts'
import { ingredientOf, type Ingredient } from '../ingredients.ts'
import { platformMismatch } from '../platforms.ts'
import type { Premise } from '../premise.ts'
import { scopeOf, textOfPart, type Scope, type ScopePart } from '../scope.ts'
import { tokensOf } from '../tokens.ts'
import type { Verdict } from '../verdict.ts'
import { codeEvidence, entryEvidence, saidBy } from '../words.ts'

/** Whether what a weakness cannot be without is in sight: no injection into a query without a query. */
export const premise: Premise = {
  subject: 'ingredient',
  summary: 'what the weakness needs is in sight',
  judge(located, evidence) {
    const claims = located.finding.claims.filter((claim) => claim.kind === 'weakness')
    const first = new Map(claims.map((claim) => [claim.id, claim]))
    return [...first.values()].flatMap((claim) => {
      if (evidence.catalogue.get(claim.id) === undefined) return []
      const verdict = judgeIngredient(claim.id, located, evidence)
      return verdict === undefined ? [] : [{ ...verdict, said: saidBy(evidence.review.text, claim) }]
    })
  },
}

function judgeIngredient(id: number, located: LocatedFinding, evidence: Evidence): Verdict | undefined {
  const { catalogue, sources } = evidence
  const path = located.anchor?.path ?? located.file.path
  const source = sources.text(path)
  const weakness = catalogue.get(id)
  const mismatch = source === undefined || weakness === undefined ? undefined : platformMismatch(weakness, path, source.text)
  if (mismatch !== undefined) {
    return { subject: 'ingredient', verdict: 'contradicted', code: 'platform', defect: { label: 'wrong' }, reason: `${mismatch}.`, evidence: [entryEvidence(catalogue, id)] }
  }
  const ingredient = ingredientOf(catalogue, id)
  if (ingredient === undefined) {
    return { subject: 'ingredient', verdict: 'not-checkable', code: 'no-entry', reason: 'The table of ingredients has no entry for this weakness.', evidence: [] }
  }
  if (source === undefined) return undefined
  const scope = scopeOf(located, evidence)
  const near = located.anchor === undefined ? undefined : nearIngredient(ingredient, scope, evidence)
  if (near !== undefined) {
    return {
      subject: 'ingredient', verdict: 'confirmed', code: 'near', reason: `It needs ${ingredient.needs}; \`${near.name}\` is at the place.`,
      evidence: [codeEvidence(sources, near.part.path, near.line, 'the ingredient')],
    }
  }
  const lower = source.text.toLowerCase()
  const called = scope.parts.filter((part) => part.what === 'callee')
  const present = ingredient.anywhere.find((piece) => lower.includes(piece) || called.some((part) => textOfPart(sources, part).toLowerCase().includes(piece)))
  const searched = new Set([path, ...called.map((part) => part.path)]).size
  const search = { kind: 'search' as const, scope: 'the file and what the place calls', terms: ingredient.anywhere, searched, hits: present === undefined ? 0 : 1 }
  if (present !== undefined) {
    return { subject: 'ingredient', verdict: 'not-checkable', code: 'in-file', reason: `It needs ${ingredient.needs}; the file may have it, the place itself does not show it.`, evidence: [search] }
  }
  return {
    subject: 'ingredient', verdict: 'contradicted', code: 'absent', defect: { label: 'wrong' }, evidence: [search],
    reason: `It needs ${ingredient.needs}; neither the file nor what the place calls has one.`,
  }
}

interface NearHit {
  readonly part: ScopePart
  readonly line: number
  readonly name: string
}

/** A name of the ingredient at the place. */
function nearIngredient({ near }: Ingredient, { parts }: Scope, { sources }: Evidence): NearHit | undefined {
  for (const part of parts.filter((each) => each.what === 'place')) {
    const text = textOfPart(sources, part)
    const source = sources.text(part.path)
    const start = source?.lineStarts[part.line - 1] ?? 0
    for (const token of tokensOf(text, sources.languageOf(part.path)?.lineComments ?? [])) {
      if (token.kind !== 'word' || !partsOfName(token.text).some((each) => near.has(each))) continue
      return { part, line: source?.position(start + token.start).line ?? part.line, name: token.text }
    }
  }
  return undefined
}
