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
  const mismatch =
    source === undefined || weakness === undefined ? undefined : platformMismatch(weakness, path, source.text)
  if (mismatch !== undefined) {
    return {
      subject: 'ingredient',
      verdict: 'contradicted',
      code: 'platform',
      defect: { label: 'wrong' },
      reason: `${mismatch}.`,
      evidence: [entryEvidence(catalogue, id)],
    }
  }
  const ingredient = ingredientOf(catalogue, id)
  if (ingredient === undefined) {
    return {
      subject: 'ingredient',
      verdict: 'not-checkable',
      code: 'no-entry',
      reason: 'The table of ingredients has no entry for this weakness.',
      evidence: [],
    }
  }
  if (source === undefined) return undefined
  const scope = scopeOf(located, evidence)
  const near = located.anchor === undefined ? undefined : nearIngredient(ingredient, scope, evidence)
  if (near !== undefined) return found(ingredient, near, evidence)
  const lower = source.text.toLowerCase()
  const called = scope.parts.filter((part) => part.what === 'callee')
  const present = ingredient.anywhere.find(
    (piece) => lower.includes(piece) || called.some((part) => textOfPart(sources, part).toLowerCase().includes(piece)),
  )
  const searched = new Set([path, ...called.map((part) => part.path)]).size
  const search = {
    kind: 'search' as const,
    scope: 'the file and what the place calls',
    terms: ingredient.anywhere,
    searched,
    hits: present === undefined ? 0 : 1,
  }
  const about = { subject: 'ingredient' as const, evidence: [search] }
  if (present === undefined) {
    return {
      ...about,
      verdict: 'contradicted',
      code: 'absent',
      defect: { label: 'wrong' },
      reason: `It needs ${ingredient.needs}; neither the file nor what the place calls has one.`,
    }
  }
  if (located.anchor === undefined) {
    return {
      ...about,
      verdict: 'not-checkable',
      code: 'in-file',
      reason: `It needs ${ingredient.needs}; the file may have one, and the review names no place in it.`,
    }
  }
  return {
    ...about,
    verdict: 'unsupported',
    code: 'not-at-place',
    evidence: [{ ...search, scope: 'the function and what the place calls', terms: [...ingredient.near], hits: 0 }],
    reason: `It needs ${ingredient.needs}; neither the function around the place nor what the place calls shows one.`,
  }
}

/** The ingredient at the place itself, or in the code around it, which says less. */
function found({ needs }: Ingredient, { part, line, name }: NearHit, { sources }: Evidence): Verdict {
  const evidence = [codeEvidence(sources, part.path, line, 'the ingredient')]
  if (part.what === 'place') {
    return {
      subject: 'ingredient',
      verdict: 'confirmed',
      code: 'near',
      reason: `It needs ${needs}; \`${name}\` is at the place.`,
      evidence,
    }
  }
  const where =
    part.what === 'callee'
      ? `what the place calls has \`${name}\`, line ${line} of ${part.path}`
      : `the function has \`${name}\` in line ${line}`
  return {
    subject: 'ingredient',
    verdict: 'confirmed-elsewhere',
    code: `in-${part.what}`,
    reason: `It needs ${needs}; ${where}.`,
    evidence,
  }
}

interface NearHit {
  readonly part: ScopePart
  readonly line: number
  readonly name: string
}

/** A name of the ingredient, nearest first: at the place, in its function, in what it calls. */
function nearIngredient({ near }: Ingredient, { parts }: Scope, { sources }: Evidence): NearHit | undefined {
  for (const part of parts) {
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
